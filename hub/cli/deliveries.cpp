// deliveries list, show, retry, park, drop
#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct ListOptions {
    std::string connector;
    std::string state;
    std::string order;
    std::string limit;
    std::string before;
};

Expected<int> list_deliveries(Session& session, const ListOptions& options) {
    std::string order;
    if (!options.order.empty()) {
        const auto id = order_id(session, options.order);
        if (!id) return std::unexpected(id.error());
        order = *id;
    }
    const auto answer =
        session.client.get(with_query("/api/v1/deliveries", {{"connector", options.connector},
                                                             {"state", options.state},
                                                             {"order", order},
                                                             {"limit", options.limit},
                                                             {"before", options.before}}));
    if (!answer) return std::unexpected(answer.error());
    Table table({{"ID"},
                 {"CONNECTOR"},
                 {"KIND"},
                 {"STATE"},
                 {"ATTEMPTS", Align::right},
                 {"UPDATED"},
                 {"ORDER"},
                 {"SAYS", Align::left, 60}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/id"),       text(each, "/connector"),    text(each, "/kind"),
                text(each, "/state"),    text(each, "/attempts"),     instant(each, "/updated_at"),
                text(each, "/order_id"), text(each, "/error/message")};
    };
    return show_list(session, *answer, std::move(table), row, "No delivery was found.");
}

std::string delivery_page(const json::value& delivery) {
    std::string out =
        fmt::format("Delivery {}  {}\n", text(delivery, "/id"), text(delivery, "/state"));
    const auto line = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += fmt::format("  {:<10} {}\n", name, printable(value));
    };
    line("kind", text(delivery, "/kind") + " by " + text(delivery, "/connector"));
    line("key", text(delivery, "/key"));
    line("order", text(delivery, "/order_id"));
    line("change", text(delivery, "/action_id"));
    line("case", text(delivery, "/case_id"));
    line("attempts", text(delivery, "/attempts"));
    line("created", instant(delivery, "/created_at"));
    line("updated", instant(delivery, "/updated_at"));
    if (text(delivery, "/state") == "waiting") line("next", instant(delivery, "/next_at"));
    line("says", text(delivery, "/error/message"));
    const auto document = [&](const char* name) {
        const json::value* found = delivery.as_object().if_contains(name);
        if (found != nullptr && found->is_object()) line(name, json::serialize(*found));
    };
    document("payload");
    document("result");
    Table history({{"AT"}, {"OUTCOME"}, {"CODE"}, {"SAYS"}});
    for (const json::value& each : items(delivery, "/history"))
        history.add({instant(each, "/at"), text(each, "/outcome"), text(each, "/code"),
                     text(each, "/message")});
    if (!history.empty()) out += "\nAttempts\n" + history.text(2);
    return out;
}

Expected<int> show_delivery(Session& session, const std::string& id) {
    const auto answer = session.client.get("/api/v1/deliveries/" + encoded(id));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, delivery_page);
}

Expected<int> decide(Session& session, const std::string& id, const std::string& decision) {
    const auto answer =
        session.client.call({"POST", "/api/v1/deliveries/" + encoded(id) + ":" + decision});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& delivery) {
        return fmt::format("Delivery {} is {} now.\n", text(delivery, "/id"),
                           text(delivery, "/state"));
    });
}

void add_list(const Groups& groups, CLI::App* deliveries) {
    auto options = std::make_shared<ListOptions>();
    auto* list = deliveries->add_subcommand("list", "Deliveries, newest first");
    list->add_option("--connector", options->connector, "Only those to this connector");
    list->add_option("--state", options->state, "Only those in this state")
        ->check(CLI::IsMember({"waiting", "in_flight", "unknown", "done", "parked", "dropped"}));
    list->add_option("--order", options->order, "Only those of this order (id or number)");
    list->add_option("--limit", options->limit, "How many (1 to 200, default 50)")
        ->check(CLI::Range(1, 200));
    list->add_option("--before", options->before, "Go on after this delivery of the last page");
    on_hub(groups, list, options, list_deliveries);
}

}  // namespace

void add_deliveries(const Groups& groups) {
    auto* deliveries = add_group(groups, "deliveries", "Effects in outside systems");
    add_list(groups, deliveries);
    const auto add = [&](const std::string& name, const char* help, auto function) {
        auto id = std::make_shared<std::string>();
        auto* command = deliveries->add_subcommand(name, help);
        command->add_option("ID", *id, "The delivery")->required();
        on_hub(groups, command, id, function);
    };
    add("show", "One delivery with payload, result and every attempt", show_delivery);
    const auto add_decision = [&](const std::string& name, const char* help) {
        add(name, help,
            [name](Session& session, const std::string& id) { return decide(session, id, name); });
    };
    add_decision("retry", "Try again now (admin)");
    add_decision("park", "Keep it until a person decides; later ones of its order wait (admin)");
    add_decision("drop", "Give up on it for good; later ones of its order go on (admin)");
}

}  // namespace orderhub::cli
