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

/// One order through all of them, each on every line.
class Life {
public:
    Life(Desk& desk, Actions& actions, std::string order, int lines)
        : desk_(desk), actions_(actions), order_(std::move(order)), lines_(lines) {}

    void run() {
        act(Kind::discount, {{"basis", "percentage"}, {"value", "10"}, {"reason", "measured"}});
        act(Kind::appease, {{"basis", "percentage"}, {"value", "2.5"}, {"reason", "measured"}});
        act(Kind::cancel, units(lines_, 1, {{"delivery", "proportional"}}));
        act(Kind::fulfil, units(lines_, 1));
        act(Kind::reship, units(lines_, 1));
        act(Kind::return_, units(lines_, 1, {{"delivery", "proportional"}}));
        const auto opened = act(Kind::open_return, units(lines_, 1));
        const std::string id(opened.at("created").at("return_orders").at(0).as_string());
        act(Kind::receive_return, receipts(id, lines_));
        act(Kind::close_return, {{"return_order", id}});
        act(Kind::exchange,
            units(lines_, 1,
                  {{"items", json::array{json::object{
                                 {"sku", "OTHER"}, {"name", "Other mug"}, {"quantity", 1}}}}}));
        act(Kind::refund, {{"kind", "goodwill"}, {"amount", "1.00"}, {"reason", "measured"}});
    }

private:
    json::object act(Kind action, const json::object& input) {
        const std::string name(to_text(action));
        auto known = std::ranges::find(actions_, name, &Actions::value_type::first);
        if (known == actions_.end()) known = actions_.insert(actions_.end(), {name, {}});
        return desk_.act(action, order_, input, known->second.previews, known->second.submits);
    }

    Desk& desk_;
    Actions& actions_;
    std::string order_;
    int lines_;
};

void measure_actions(Desk& desk, Figures& figures, int lines, int runs) {
    Times imports;
    Actions actions;
    for (int run = 0; run < runs; ++run) {
        const std::string number = fmt::format("B{}-{}", lines, run);
        const std::string record = order_record(number, lines, "ada@example.test");
        imports.take([&] { desk.import({record}); });
        Life(desk, actions, desk.find(number).id, lines).run();
    }
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
    measure_actions(desk, figures, 5, 100);
    measure_actions(desk, figures, 100, 40);
    measure_actions(desk, figures, 2'000, 12);
    measure_pages(desk, figures);
    measure_engine(figures);
}

}  // namespace orderhub::bench
