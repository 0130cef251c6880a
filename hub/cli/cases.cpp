// cases find, show, link, confirm, reject, unlink
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct FindOptions {
    std::string text;
    std::string decision;
    std::string order;
    std::string customer;
    std::string limit;
    std::string before;
};

struct LinkOptions {
    std::string support_case;
    std::vector<std::string> orders;
};

Expected<int> find_cases(Session& session, const FindOptions& options) {
    std::string order;
    if (!options.order.empty()) {
        const auto id = order_id(session, options.order);
        if (!id) return std::unexpected(id.error());
        order = *id;
    }
    const auto answer =
        session.client.get(with_query("/api/v1/cases", {{"q", options.text},
                                                        {"decision", options.decision},
                                                        {"order", order},
                                                        {"customer", options.customer},
                                                        {"limit", options.limit},
                                                        {"before", options.before}}));
    if (!answer) return std::unexpected(answer.error());
    Table table({{"CASE"},
                 {"DESK"},
                 {"STATE"},
                 {"LINK"},
                 {"SUBJECT", Align::left, 48},
                 {"REQUESTER", Align::left, 36},
                 {"ORDER"},
                 {"ID"}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/external_id"), text(each, "/connector"),
                text(each, "/state"),       text(each, "/decision"),
                text(each, "/subject"),     text(each, "/requester_email"),
                text(each, "/order_id"),    text(each, "/id")};
    };
    return show_list(session, *answer, std::move(table), row, "No case was found.");
}

std::string evidence(const json::value& suggestion) {
    std::string out;
    for (const json::value& each : items(suggestion, "/evidence"))
        if (each.is_string()) out += (out.empty() ? "" : "; ") + std::string(each.get_string());
    return out;
}

std::string case_page(const json::value& support_case) {
    const auto field = [&](const char* pointer) { return printable(text(support_case, pointer)); };
    std::string out =
        fmt::format("Case {}  {}  {}\n", field("/external_id"), field("/state"), field("/subject"));
    const auto line = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += fmt::format("  {:<10} {}\n", name, value);
    };
    line("id", field("/id"));
    line("desk", field("/connector") + "  " + field("/queue") + "  " + field("/url"));
    line("requester", field("/requester/name") + "  " + field("/requester/email"));
    const std::string by = field("/decided_by");
    line("link", field("/decision") + (by.empty() ? "" : " by " + by));
    for (const json::value& each : items(support_case, "/order_ids"))
        if (each.is_string()) line("order", printable(std::string(each.get_string())));
    for (const json::value& each : items(support_case, "/rejected_orders"))
        if (each.is_string()) line("not", printable(std::string(each.get_string())));
    Table suggestions({{"ORDER"}, {"SCORE", Align::right}, {"WHY"}, {"ID"}});
    for (const json::value& each : items(support_case, "/suggestions"))
        suggestions.add(
            {text(each, "/number"), text(each, "/score"), evidence(each), text(each, "/order_id")});
    if (!suggestions.empty()) out += "\nSuggestions\n" + suggestions.text(2);
    Table messages({{"AT"}, {"WAY"}, {"AUTHOR", Align::left, 32}, {"TEXT", Align::left, 100}});
    for (const json::value& each : items(support_case, "/messages"))
        messages.add({instant(each, "/at"), text(each, "/direction"), text(each, "/author"),
                      text(each, "/text")});
    if (!messages.empty()) out += "\nMessages\n" + messages.text(2);
    return out;
}

Expected<int> show_case(Session& session, const std::string& named) {
    const auto answer = find_case(session, named);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, case_page);
}

Expected<int> set_link(Session& session, const std::string& named, Call call) {
    const auto id = case_id(session, named);
    if (!id) return std::unexpected(id.error());
    call.path = "/api/v1/cases/" + encoded(*id) + "/link";
    const auto answer = session.client.call(call);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, case_page);
}

Expected<int> link_case(Session& session, const LinkOptions& options) {
    json::array orders;
    for (const std::string& named : options.orders) {
        const auto order = order_id(session, named);
        if (!order) return std::unexpected(order.error());
        orders.emplace_back(*order);
    }
    json::object body{{"order_id", orders.front()}};
    orders.erase(orders.begin());
    if (!orders.empty()) body["further_order_ids"] = std::move(orders);
    return set_link(session, options.support_case, {"PUT", "", json::serialize(body)});
}

/// The link or the first suggestion is right.
Expected<int> confirm_link(Session& session, const std::string& named) {
    const auto answer = find_case(session, named);
    if (!answer) return std::unexpected(answer.error());
    json::array orders;
    for (const json::value& each : items(answer->document, "/order_ids"))
        orders.push_back(each);
    if (orders.empty())
        for (const json::value& each : items(answer->document, "/suggestions"))
            if (orders.empty()) orders.emplace_back(text(each, "/order_id"));
    if (orders.empty())
        return failed(kConflict,
                      "No order is linked or suggested; link one: cases link CASE ORDER");
    json::object body{{"order_id", orders.front()}};
    orders.erase(orders.begin());
    if (!orders.empty()) body["further_order_ids"] = std::move(orders);
    return set_link(session, named, {"PUT", "", json::serialize(body)});
}

Expected<int> reject_order(Session& session, const LinkOptions& options) {
    const auto id = case_id(session, options.support_case);
    if (!id) return std::unexpected(id.error());
    const auto order = order_id(session, options.orders.front());
    if (!order) return std::unexpected(order.error());
    const auto answer = session.client.call({"POST", "/api/v1/cases/" + encoded(*id) + ":reject",
                                             json::serialize(json::object{{"order_id", *order}})});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, case_page);
}

Expected<int> unlink_case(Session& session, const std::string& named) {
    return set_link(session, named, {"DELETE", ""});
}

void add_find(const Groups& groups, CLI::App* cases) {
    auto options = std::make_shared<FindOptions>();
    auto* find = cases->add_subcommand("find", "Cases, newest first");
    find->add_option("TEXT", options->text, "Number of the ticket or requester's e-mail, exactly");
    find->add_option("--decision", options->decision, "Only cases with this decision")
        ->check(CLI::IsMember({"linked", "suggested", "none"}));
    find->add_option("--customer", options->customer, "Only those of this customer (id)");
    find->add_option("--order", options->order, "Only cases of this order (id or number)");
    find->add_option("--limit", options->limit, "How many (1 to 200, default 50)")
        ->check(CLI::Range(1, 200));
    find->add_option("--before", options->before, "Go on after this case of the last page");
    on_hub(groups, find, options, find_cases);
}

void add_link(const Groups& groups, CLI::App* cases) {
    auto options = std::make_shared<LinkOptions>();
    auto* link = cases->add_subcommand(
        "link", "Say which order a case is about, or which orders; another link is given up");
    link->add_option("CASE", options->support_case, "Id or number of the ticket")->required();
    link->add_option("ORDER", options->orders, "Id or number, of each")->required();
    on_hub(groups, link, options, link_case);
}

void add_reject(const Groups& groups, CLI::App* cases) {
    auto options = std::make_shared<LinkOptions>();
    auto* reject = cases->add_subcommand(
        "reject", "Say that a case is not about an order; it is not suggested again");
    reject->add_option("CASE", options->support_case, "Id or number of the ticket")->required();
    reject->add_option("ORDER", options->orders, "Id or number")->required()->expected(1);
    on_hub(groups, reject, options, reject_order);
}

}  // namespace

void add_cases(const Groups& groups) {
    auto* cases = add_group(groups, "cases", "Support cases");
    add_find(groups, cases);
    add_link(groups, cases);
    add_reject(groups, cases);
    const auto add = [&](const char* name, const char* help, auto function) {
        auto named = std::make_shared<std::string>();
        auto* command = cases->add_subcommand(name, help);
        command->add_option("CASE", *named, "Id or number of the ticket")->required();
        on_hub(groups, command, named, function);
    };
    add("show", "One case, its link and the evidence for it", show_case);
    add("confirm", "Say that its link, or the first suggestion, is right", confirm_link);
    add("unlink", "Say that a case is about no order that the hub knows", unlink_case);
}

}  // namespace orderhub::cli
