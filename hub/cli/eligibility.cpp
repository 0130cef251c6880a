// order actions: what can be done to an order now
#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

std::string line_name(const json::value& order, const std::string& id) {
    for (const json::value& line : items(order, "/lines"))
        if (text(line, "/id") == id) return id + " " + text(line, "/name");
    return id;
}

void add_rows(Table& table, const json::value& order, const json::value& action) {
    const bool possible = text(action, "/possible") == "true";
    table.add({text(action, "/action"), possible ? "yes" : "no", "", "", text(action, "/reason")});
    for (const json::value& line : items(action, "/lines")) {
        const std::string name = line_name(order, text(line, "/line_id"));
        if (whole_number(line, "/units") > 0)
            table.add({"", "yes", name, text(line, "/units"), ""});
        for (const json::value& blocked : items(line, "/blocked"))
            table.add({"", "no", name, text(blocked, "/units"), text(blocked, "/reason")});
    }
}

std::string eligibility_page(const json::value& order, const json::value& eligibility) {
    Table table({{"ACTION"},
                 {"POSSIBLE"},
                 {"LINE", Align::left, 40},
                 {"UNITS", Align::right},
                 {"WHY NOT", Align::left, 80}});
    for (const json::value& action : items(eligibility, "/actions"))
        add_rows(table, order, action);
    return fmt::format("Order {}, version {}\n", printable(text(order, "/number")),
                       text(eligibility, "/order_version")) +
           table.text(2);
}

Expected<int> show_actions(Session& session, const std::string& named) {
    const auto order = find_order(session, named);
    if (!order) return std::unexpected(order.error());
    const auto answer =
        session.client.get("/api/v1/orders/" + encoded(text(order->document, "/id")) + "/actions");
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [&](const json::value& eligibility) {
        return eligibility_page(order->document, eligibility);
    });
}

}  // namespace

void add_eligibility(const Groups& groups, CLI::App* order) {
    auto named = std::make_shared<std::string>();
    auto* command = order->add_subcommand(
        "actions", "What can be done to the order now, and why the rest cannot");
    command->add_option("ORDER", *named, "Id or number")->required();
    on_hub(groups, command, named, show_actions);
}

}  // namespace orderhub::cli
