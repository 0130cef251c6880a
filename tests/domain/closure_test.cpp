// The promise that money closes, for generated orders and sequences of everything that can happen
// to them. ORDERHUB_SEQUENCES says how many; a failure prints the smallest order and steps that
// still fail.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <sstream>

#include "hub/domain/removal.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "tests/domain/engine/engine.hpp"

namespace orderhub::domain {

void showValue(const Recipe& recipe, std::ostream& out) {
    try {
        play(recipe, &out);
    } catch (const std::exception& broken) {
        out << "BROKEN: " << broken.what() << '\n';
    }
}

namespace {

using List = std::vector<Recipe::Numbers>;

rc::Gen<Recipe::Numbers> numbers() {
    return rc::gen::container<Recipe::Numbers>(rc::gen::inRange<int>(0, 256));
}

rc::Gen<List> several(int least, int most) {
    return rc::gen::mapcat(rc::gen::inRange(least, most + 1), [](int count) {
        return rc::gen::container<List>(static_cast<std::size_t>(count), numbers());
    });
}

void add_shorter(std::vector<Recipe>& simpler, const Recipe& recipe, List Recipe::* member) {
    for (std::size_t i = (recipe.*member).size(); i-- > 0;) {
        Recipe shorter = recipe;
        (shorter.*member).erase((shorter.*member).begin() + static_cast<std::ptrdiff_t>(i));
        simpler.push_back(std::move(shorter));
    }
}

/// 0 from a place on, 0 at one place, half of what it is.
void add_smaller(std::vector<Recipe>& simpler, const Recipe& recipe,
                 const std::function<Recipe::Numbers&(Recipe&)>& part) {
    Recipe copy = recipe;
    const Recipe::Numbers was = part(copy);
    const auto add = [&](const Recipe::Numbers& now) {
        if (now == was) return;
        part(copy) = now;
        simpler.push_back(copy);
    };
    for (const std::size_t from : {0U, 2U, 4U, 8U}) {
        Recipe::Numbers now = was;
        std::fill(now.begin() + from, now.end(), std::uint8_t{});
        add(now);
    }
    for (const int by : {0, 2})
        for (std::size_t i = 0; i < was.size(); ++i) {
            Recipe::Numbers now = was;
            now[i] = by == 0 ? std::uint8_t{} : static_cast<std::uint8_t>(now[i] / by);
            add(now);
        }
}

/// Fewer steps and lines first: then what is left is read sooner.
rc::Seq<Recipe> simpler_than(const Recipe& recipe) {
    std::vector<Recipe> simpler;
    constexpr List Recipe::* kLists[] = {&Recipe::steps, &Recipe::lines, &Recipe::payments};
    for (const auto member : kLists)
        add_shorter(simpler, recipe, member);
    for (const auto member : kLists)
        for (std::size_t i = 0; i < (recipe.*member).size(); ++i)
            add_smaller(simpler, recipe,
                        [=](Recipe& from) -> Recipe::Numbers& { return (from.*member)[i]; });
    add_smaller(simpler, recipe, [](Recipe& from) -> Recipe::Numbers& { return from.order; });
    return rc::seq::fromContainer(std::move(simpler));
}

rc::Gen<Recipe> recipes() {
    const auto whole = rc::gen::resize(
        rc::kNominalSize, rc::gen::build<Recipe>(rc::gen::set(&Recipe::order, numbers()),
                                                 rc::gen::set(&Recipe::lines, several(1, 5)),
                                                 rc::gen::set(&Recipe::payments, several(1, 3)),
                                                 rc::gen::set(&Recipe::steps, several(0, 16))));
    return rc::gen::shrink(rc::gen::noShrink(whole),
                           [](const Recipe& recipe) { return simpler_than(recipe); });
}

int sequences() {
    const char* asked = std::getenv("ORDERHUB_SEQUENCES");
    return asked == nullptr ? 5'000 : std::max(1, std::atoi(asked));
}

TEST(Closure, HoldsForGeneratedOrdersAndSequences) {
    const std::string parameters = "max_success=" + std::to_string(sequences());
    setenv("RC_PARAMS", parameters.c_str(), 0);
    Outcome sum;
    bool holds = false;
    int undone = 0, played = 0;
    const auto start = std::chrono::steady_clock::now();
    holds = rc::check("the laws of order servicing hold after every step", [&] {
        const Recipe recipe = *recipes();
        const Outcome outcome = play(recipe);
        ++played;
        undone += outcome.undone ? 1 : 0;
        for (const auto& [what, count] : outcome.accepted)
            sum.accepted[what] += count;
        for (const auto& [what, count] : outcome.refused)
            sum.refused[what] += count;
    });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << played << " sequences, " << static_cast<int>(played / took.count())
              << " a second; " << undone << " undone to zero\n";
    for (const auto& [what, count] : sum.accepted)
        std::cout << "  " << what << ": " << count << " accepted, " << sum.refused[what]
                  << " refused\n";
    ASSERT_TRUE(holds);
    EXPECT_GT(undone, played / 5) << "too few orders are undone to show anything";
}

/// Returns units; gives the new order.
Order returned(Order order, const std::string& line, std::int64_t units) {
    auto plan = plan_return(std::move(order), {{{line, units}}, "broken"}, {});
    if (!plan) throw Broken(plan.error().message);
    for (ChangeOrder& each : plan->order.change_orders)
        if (each.id.empty()) each.id = "co";
    return std::move(plan->order);
}

TEST(Closure, UnitsOneByOneCostWhatTheyCostTogether) {
    EXPECT_TRUE(rc::check("n refunds of one unit are one refund of n", [] {
        Order order;
        apply_snapshot(order, order_of(*recipes()));
        RC_PRE(order.managed);
        for (const Line& line : order.lines) {
            const std::int64_t units = line.available_to_return();
            if (line.kind != LineKind::product || is_container(order, line) || units < 1) continue;
            const Order together = returned(order, line.id, units);
            Order single = order;
            for (std::int64_t i = 0; i < units; ++i)
                single = returned(std::move(single), line.id, 1);
            RC_ASSERT(total(single) == total(together));
            RC_ASSERT(refunded(single) == refunded(together));
            RC_ASSERT(value(*find_line(single, line.id), order.tax_locale) ==
                      value(*find_line(together, line.id), order.tax_locale));
        }
    }));
}

}  // namespace
}  // namespace orderhub::domain
