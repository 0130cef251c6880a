#include "hub/domain/fulfilment.hpp"

#include <algorithm>
#include <map>

#include "hub/domain/planning.hpp"
#include "hub/domain/removal.hpp"
#include "hub/domain/words.hpp"

namespace orderhub::domain {

namespace {

struct Move {
    FulfilmentState from;
    FulfilmentState to;
};

constexpr Move kMoves[] = {
    {FulfilmentState::draft, FulfilmentState::pending},
    {FulfilmentState::draft, FulfilmentState::cancelled},
    {FulfilmentState::pending, FulfilmentState::shipped},
    {FulfilmentState::pending, FulfilmentState::delivered},
    {FulfilmentState::pending, FulfilmentState::cancelled},
    {FulfilmentState::shipped, FulfilmentState::delivered},
};

constexpr bool allowed(FulfilmentState from, FulfilmentState to) {
    return std::ranges::any_of(
        kMoves, [&](const Move& move) { return move.from == from && move.to == to; });
}

constexpr bool is_final(FulfilmentState state) {
    return std::ranges::none_of(kMoves, [&](const Move& move) { return move.from == state; });
}

static_assert(is_final(FulfilmentState::cancelled) && is_final(FulfilmentState::delivered));
static_assert(!allowed(FulfilmentState::shipped, FulfilmentState::cancelled),
              "what has left can be returned, not called back");
static_assert(std::ranges::all_of(kMoves,
                                  [](const Move& move) {
                                      return static_cast<int>(move.from) <
                                             static_cast<int>(move.to);
                                  }),
              "never back");

bool counts(const Fulfilment& each) {
    return each.state != FulfilmentState::draft && each.state != FulfilmentState::cancelled;
}

void count(const Fulfilment& each, Line& line, std::int64_t units) {
    if (each.kind == FulfilmentKind::reship) {
        line.reshipped += units;
        return;
    }
    line.allocated += units;
    if (each.state != FulfilmentState::pending) line.fulfilled += units;
}

/// Lines by the bundle that they are a part of.
using Parts = std::multimap<std::string_view, Line*>;

Parts parts_of_bundles(Order& order) {
    Parts parts;
    for (Line& line : order.lines)
        if (!line.bundle.empty() && line.units_per_bundle > 0) parts.emplace(line.bundle, &line);
    return parts;
}

Available availability(FulfilmentKind kind) {
    return kind == FulfilmentKind::reship ? &Line::available_to_reship : &Line::available_to_cancel;
}

Result<Plan> plan_new(Order order, FulfilmentKind kind, const FulfilInput& input,
                      const Context& context) {
    const bool again = kind == FulfilmentKind::reship;
    auto units =
        chosen_units(order, input.lines, availability(kind), again ? "reshipped" : "fulfilled");
    if (!units) return std::unexpected(std::move(units).error());
    Fulfilment made;
    made.kind = kind;
    made.state = input.draft ? FulfilmentState::draft : FulfilmentState::pending;
    for (UnitsOfLine& each : *units)
        made.lines.push_back({std::move(each.line_id), each.quantity});
    made.carrier = input.carrier;
    made.tracking_number = input.tracking_number;
    made.reason = input.reason;
    made.origin = "hub";
    made.at = context.now;
    Plan plan = start_plan(std::move(order), again ? ActionKind::reship : ActionKind::fulfil);
    plan.order.fulfilments.push_back(std::move(made));
    count_units(plan.order);
    return plan;
}

Result<void> check_still_free(const Order& order, const Fulfilment& draft) {
    const auto lines = index_of_lines(order);
    for (const FulfilmentLine& part : draft.lines) {
        const auto known = lines.find(part.line_id);
        const Line* line = known == lines.end() ? nullptr : &order.lines[known->second];
        const std::int64_t most = line ? (line->*availability(draft.kind))() : 0;
        if (part.quantity > most)
            return fail(ErrorKind::Invalid, "too_many_units",
                        "the draft needs " + std::to_string(part.quantity) + " units of " +
                            (line ? line->name : part.line_id) + ", " + std::to_string(most) +
                            " are left",
                        "/state");
    }
    return {};
}

Result<void> check_move(const Order& order, const Fulfilment& known,
                        const UpdateFulfilmentInput& input) {
    const bool tracking =
        !input.carrier.empty() || !input.tracking_number.empty() || !input.tracking_url.empty();
    const bool correction = input.state == known.state && counts(known) && !is_final(known.state);
    if (!(correction && tracking) && !may_become(known.state, input.state))
        return fail(ErrorKind::Conflict, "bad_state",
                    "the fulfilment order is " + std::string(to_text(known.state)) +
                        " and cannot become " + std::string(to_text(input.state)),
                    "/state");
    if (known.state == FulfilmentState::draft && input.state == FulfilmentState::pending)
        return check_still_free(order, known);
    return {};
}

void set(std::string& known, const std::string& text) {
    if (!text.empty()) known = text;
}

}  // namespace

bool may_become(FulfilmentState from, FulfilmentState to) {
    return allowed(from, to);
}

Result<Plan> plan_fulfil(Order order, const FulfilInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::fulfil));
    return plan_new(std::move(order), FulfilmentKind::standard, input, context);
}

Result<Plan> plan_reship(Order order, const FulfilInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::reship));
    if (input.reason.empty())
        return fail(ErrorKind::Invalid, "no_reason", "a reason is needed to send units again",
                    "/reason");
    return plan_new(std::move(order), FulfilmentKind::reship, input, context);
}

Result<Plan> plan_update_fulfilment(Order order, const UpdateFulfilmentInput& input,
                                    const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::update_fulfilment));
    Fulfilment* known = find_fulfilment(order, input.fulfilment);
    if (known == nullptr)
        return fail(ErrorKind::NotFound, "unknown_fulfilment",
                    "the order has no fulfilment order " + input.fulfilment, "/fulfilment");
    ORDERHUB_TRY(check_move(order, *known, input));
    known->state = input.state;
    known->at = context.now;
    set(known->carrier, input.carrier);
    set(known->tracking_number, input.tracking_number);
    set(known->tracking_url, input.tracking_url);
    set(known->reason, input.reason);
    Plan plan = start_plan(std::move(order), ActionKind::update_fulfilment);
    plan.subject = input.fulfilment;
    count_units(plan.order);
    return plan;
}

void count_bundles(Order& order) {
    const Parts parts = parts_of_bundles(order);
    constexpr std::int64_t Line::* kCounters[] = {&Line::cancelled, &Line::allocated,
                                                  &Line::fulfilled, &Line::return_initiated,
                                                  &Line::returned,  &Line::reshipped};
    for (Line& line : order.lines) {
        const auto [first, last] = parts.equal_range(line.id);
        if (first == last) continue;
        for (const auto counter : kCounters) {
            line.*counter = line.ordered;
            for (auto part = first; part != last; ++part)
                line.*counter = std::min(line.*counter,
                                         part->second->*counter / part->second->units_per_bundle);
        }
    }
}

void count_units(Order& order) {
    const Parts parts = parts_of_bundles(order);
    std::map<std::string_view, Line*> lines;
    for (Line& line : order.lines) {
        line.allocated = line.fulfilled = line.reshipped = 0;
        lines.emplace(line.id, &line);
    }
    for (const Fulfilment& each : order.fulfilments) {
        if (!counts(each)) continue;
        for (const FulfilmentLine& named : each.lines) {
            const auto [first, last] = parts.equal_range(named.line_id);
            for (auto part = first; part != last; ++part)
                count(each, *part->second, named.quantity * part->second->units_per_bundle);
            const auto line = lines.find(named.line_id);
            if (first == last && line != lines.end()) count(each, *line->second, named.quantity);
        }
    }
    count_bundles(order);
}

}  // namespace orderhub::domain
