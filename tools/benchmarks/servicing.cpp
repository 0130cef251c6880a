// Times of order servicing on a real, durable store, and how fast the property engine plays.
#include <fmt/format.h>

#include "tests/domain/engine/engine.hpp"
#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/desk.hpp"

namespace orderhub::bench {

namespace {

using Kind = domain::ActionKind;

json::object units(int lines, int quantity, json::object more = {}) {
    json::array chosen;
    for (int i = 1; i <= lines; ++i)
        chosen.push_back(json::object{{"line_id", fmt::format("l{}", i)}, {"quantity", quantity}});
    more["lines"] = std::move(chosen);
    more["reason"] = "measured";
    return more;
}

json::object receipts(const std::string& return_order, int lines) {
    json::array booked;
    for (int i = 1; i <= lines; ++i)
        booked.push_back(json::object{{"return_line", fmt::format("r{}", i)},
                                      {"accepted", 1},
                                      {"rejected", 0},
                                      {"condition", "damaged"}});
    return {{"return_order", return_order}, {"lines", std::move(booked)}};
}

/// Previews and submits of one action.
struct Measured {
    Times previews, submits;
};
using Actions = std::vector<std::pair<std::string, Measured>>;

/// Each action once, on every line of an order of its own that has been brought where the action is
/// possible.
class Round {
public:
    Round(Desk& desk, Actions& actions, Times& imports, std::string name, int lines)
        : desk_(desk),
          actions_(actions),
          imports_(imports),
          name_(std::move(name)),
          lines_(lines) {}

    void run() {
        timed(fresh(), Kind::discount,
              {{"basis", "percentage"}, {"value", "10"}, {"reason", "measured"}});
        timed(fresh(), Kind::appease,
              {{"basis", "percentage"}, {"value", "2.5"}, {"reason", "measured"}});
        timed(fresh(), Kind::cancel, units(lines_, 1, {{"delivery", "proportional"}}));
        timed(fresh(), Kind::fulfil, units(lines_, 1));
        timed(fresh(), Kind::reship, units(lines_, 1));
        timed(fresh(), Kind::return_, units(lines_, 1, {{"delivery", "proportional"}}));
        timed(fresh(), Kind::exchange,
              units(lines_, 1,
                    {{"items", json::array{json::object{
                                   {"sku", "OTHER"}, {"name", "Other mug"}, {"quantity", 1}}}}}));
        timed(fresh(), Kind::refund,
              {{"kind", "goodwill"}, {"amount", "1.00"}, {"reason", "measured"}});
        const std::string inspected = fresh();
        const auto opened = timed(inspected, Kind::open_return, units(lines_, 1));
        const std::string id(opened.at("created").at("return_orders").at(0).as_string());
        timed(inspected, Kind::receive_return, receipts(id, lines_));
        timed(inspected, Kind::close_return, {{"return_order", id}});
    }

private:
    std::string fresh() {
        const std::string number = fmt::format("{}-{}", name_, ++orders_);
        const std::string record = order_record(number, lines_, "ada@example.test");
        imports_.take([&] { desk_.import({record}); });
        return desk_.find(number).id;
    }

    json::object timed(const std::string& order, Kind action, const json::object& input) {
        const std::string name(to_text(action));
        auto known = std::ranges::find(actions_, name, &Actions::value_type::first);
        if (known == actions_.end()) known = actions_.insert(actions_.end(), {name, {}});
        return desk_.act(action, order, input, known->second.previews, known->second.submits);
    }

    Desk& desk_;
    Actions& actions_;
    Times& imports_;
    std::string name_;
    int lines_;
    int orders_ = 0;
};

void measure_actions(Desk& desk, Figures& figures, int lines, int runs) {
    Times imports;
    Actions actions;
    for (int run = 0; run < runs; ++run)
        Round(desk, actions, imports, fmt::format("B{}-{}", lines, run), lines).run();
    const std::string size = fmt::format(" {} lines", lines);
    figures.add("import" + size, "apply", imports);
    for (const auto& [name, measured] : actions) {
        figures.add(name + size, "preview", measured.previews);
        figures.add(name + size, "submit", measured.submits);
    }
}

void measure_pages(Desk& desk, Figures& figures) {
    constexpr int kOrders = 10'000, kBatch = 250, kPage = 50;
    const std::string email = "faithful@example.test";
    for (int from = 0; from < kOrders; from += kBatch) {
        std::vector<std::string> records;
        for (int i = from; i < from + kBatch; ++i)
            records.push_back(order_record(fmt::format("H{}", i), 1, email));
        desk.import(records);
    }
    servicing::OrderQuery query;
    query.customer_id = desk.find("H0").customer_id;
    query.limit = kPage;
    Times first, last;
    for (int round = 0; round < 20; ++round) {
        query.before_id.clear();
        desk.page(query, first);
    }
    int shown = 0;
    for (;;) {
        Times times;
        const json::object page = desk.page(query, times);
        shown += static_cast<int>(page.at("items").as_array().size());
        if (page.at("next").is_null()) break;
        query.before_id = page.at("next").as_string();
    }
    for (int round = 0; round < 20; ++round)
        desk.page(query, last);
    figures.add("history of one customer", "orders", shown, "orders");
    figures.add("history first page of 50", "read", first);
    figures.add("history last page of 50", "read", last);
}

void measure_engine(Figures& figures) {
    constexpr std::uint64_t kSequences = 2'000;
    Times times;
    times.take([] {
        for (std::uint64_t seed = 0; seed < kSequences; ++seed)
            domain::play(domain::random_recipe(seed));
    });
    figures.add("property engine", "sequences_per_second",
                static_cast<double>(kSequences) * 1'000 / times.quantile(0.5), "1/s");
}

}  // namespace

void measure_servicing(Figures& figures) {
    Desk desk;
    figures.add("disk", "fdatasync_per_second", syncs_per_second(desk.folder()), "1/s");
    measure_actions(desk, figures, 5, 50);
    measure_actions(desk, figures, 100, 20);
    measure_actions(desk, figures, 2'000, 7);
    measure_pages(desk, figures);
    measure_engine(figures);
}

}  // namespace orderhub::bench
