// deliveries list, show, edit, retry, retry-all, park, drop
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/parked.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct ListOptions {
    WorkOptions work;
    std::string state;
    std::string limit;
    std::string before;
};

Expected<int> list_deliveries(Session& session, const ListOptions& options) {
    const auto order = resolved_order(session, options.work);
    if (!order) return std::unexpected(order.error());
    const auto answer = session.client.get(
        with_query("/api/v1/deliveries", {{"connector", options.work.connector},
                                          {"state", options.state},
                                          {"order", *order},
                                          {"kind", options.work.kind},
                                          {"code", options.work.code},
                                          {"older_than", options.work.older_than},
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

std::string line_behind(const json::value& delivery) {
    const auto count = whole_number(delivery, "/waiting_behind/count");
    if (count == 0) return {};
    Table behind({{"ID"}, {"KIND"}, {"STATE"}, {"CREATED"}});
    for (const json::value& each : items(delivery, "/waiting_behind/first"))
        behind.add({text(each, "/id"), text(each, "/kind"), text(each, "/state"),
                    instant(each, "/created_at")});
    return fmt::format("\nWaiting behind it: {}\n", count) + behind.text(2);
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
    if (const json::value* original = delivery.as_object().if_contains("original");
        original != nullptr && original->is_object())
        line("original", json::serialize(original->at("payload")) + "  until " +
                             text(*original, "/edited_by") + " changed it at " +
                             instant(*original, "/edited_at"));
    out += line_behind(delivery);
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

struct Decision {
    std::string id;
    std::string reason;
};

Expected<int> decide(Session& session, const Decision& decision, const std::string& verb) {
    Call call{"POST", "/api/v1/deliveries/" + encoded(decision.id) + ":" + verb};
    if (!decision.reason.empty())
        call.body = json::serialize(json::object{{"reason", decision.reason}});
    const auto answer = session.client.call(call);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& delivery) {
        return fmt::format("Delivery {} is {} now.\n", text(delivery, "/id"),
                           text(delivery, "/state"));
    });
}

struct Edit {
    std::string id;
    std::string file;
};

Expected<int> edit_delivery(Session& session, const Edit& edit) {
    const auto content = read_content(edit.file);
    if (!content) return std::unexpected(content.error());
    json::error_code error;
    const json::value payload = json::parse(*content, error);
    if (error) return failed(kUsage, edit.file + " is not JSON: " + error.message());
    const auto answer =
        session.client.call({"POST", "/api/v1/deliveries/" + encoded(edit.id) + ":edit",
                             json::serialize(json::object{{"payload", payload}})});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& delivery) {
        return fmt::format("Delivery {} is to send this now; retry it when it may go.\n",
                           text(delivery, "/id"));
    });
}

Expected<int> retry_all(Session& session, const RetryOptions& options) {
    return retry_many(session, options, {"/api/v1/deliveries:retry", "before", "deliveries"});
}

void add_list(const Groups& groups, CLI::App* deliveries) {
    auto options = std::make_shared<ListOptions>();
    auto* list = deliveries->add_subcommand("list", "Deliveries, newest first");
    add_work_options(list, options->work);
    list->add_option("--state", options->state, "Only those in this state")
        ->check(CLI::IsMember({"waiting", "in_flight", "unknown", "done", "parked", "dropped"}));
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
    const auto add_decision = [&](const std::string& verb, const char* help) {
        auto decision = std::make_shared<Decision>();
        auto* command = deliveries->add_subcommand(verb, help);
        command->add_option("ID", decision->id, "The delivery")->required();
        on_hub(groups, command, decision, [verb](Session& session, const Decision& each) {
            return decide(session, each, verb);
        });
        return std::pair{command, decision};
    };
    add_decision("retry", "Try again now (admin)");
    add_decision("park", "Keep it until a person decides; later ones of its order wait (admin)");
    const auto [drop, dropped] =
        add_decision("drop", "Give up on it for good; later ones of its order go on (admin)");
    drop->add_option("--reason", dropped->reason, "Why, for the journal");
    add_retry_all(groups, deliveries, "Try again all parked ones that fit (admin)", retry_all);
    auto edit = std::make_shared<Edit>();
    auto* command = deliveries->add_subcommand(
        "edit", "What a parked one is to send instead; the first payload is kept (admin)");
    command->add_option("ID", edit->id, "The delivery")->required();
    command->add_option("FILE", edit->file, "The payload as JSON; - for standard input")
        ->required();
    on_hub(groups, command, edit, edit_delivery);
}

}  // namespace orderhub::cli
