#include "hub/cli/order_page.hpp"

#include <fmt/format.h>

#include "hub/cli/fields.hpp"
#include "hub/cli/order_section.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

std::string address(const json::value& order, const std::string& pointer) {
    const auto part = [&](const char* name) { return text(order, pointer + name); };
    return joined(
        {part("/name"), part("/company"), part("/line1"), part("/line2"),
         joined({part("/postcode"), part("/city")}, " "), part("/state"), part("/country")},
        ", ");
}

/// What a person must know before anything else.
std::string warnings(const json::value& order) {
    std::string out;
    if (text(order, "/suspended") == "true")
        out += "  SUSPENDED: nothing can be done before its exception is resolved\n";
    if (text(order, "/managed") == "false")
        out += "  Not managed: shown here, changed only where it comes from\n";
    return out;
}

std::string head(const json::value& order) {
    std::string out = fmt::format("Order {}  {}  payment {}", printable(text(order, "/number")),
                                  text(order, "/status"), text(order, "/payment_status"));
    for (const char* of : {"fulfilment", "return"}) {
        const std::string status = text(order, fmt::format("/{}_status", of));
        if (!status.empty() && status != "none") out += fmt::format("  {} {}", of, status);
    }
    out += "\n" + warnings(order);
    const auto line = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += fmt::format("  {:<10} {}\n", name, value);
    };
    line("id", text(order, "/id") + ", version " + text(order, "/version"));
    line("shop", joined({text(order, "/connector"), text(order, "/external_id"),
                         text(order, "/storefront_state"), text(order, "/url")},
                        "  "));
    line("placed", instant(order, "/placed_at"));
    line("customer", joined({text(order, "/customer/name"), text(order, "/customer/email"),
                             text(order, "/customer/phone")},
                            "  "));
    line("ship to", address(order, "/shipping_address"));
    line("bill to", address(order, "/billing_address"));
    return out;
}

/// Where the parts of an order go if they do not all go the same way.
std::string groups(const json::value& order) {
    if (items(order, "/delivery_groups").size() < 2) return {};
    return section("Deliveries", order, "/delivery_groups",
                   Table({{"GROUP"}, {"METHOD"}, {"TO", Align::left, 80}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/id"), text(each, "/method"),
                               address(each, "/recipient")};
                   });
}

std::string changes(const json::value& order) {
    return section("Change orders", order, "/change_orders",
                   Table({{"CHANGE"},
                          {"KIND"},
                          {"STAGE"},
                          {"LINES"},
                          {"DELTA", Align::right},
                          {"ORIGIN"},
                          {"BY"},
                          {"REASON", Align::left, 40},
                          {"AT"}}),
                   [](const json::value& each) -> Cells {
                       return {
                           text(each, "/id"),    text(each, "/kind"),      text(each, "/stage"),
                           units_of(each),       text(each, "/delta/inc"), text(each, "/origin"),
                           text(each, "/actor"), text(each, "/reason"),    instant(each, "/at")};
                   });
}

std::string exceptions(const json::value& order) {
    return section("Exceptions", order, "/exceptions",
                   Table({{"EXCEPTION"},
                          {"STATUS"},
                          {"PRIORITY"},
                          {"SEVERITY"},
                          {"CODE"},
                          {"WHAT"},
                          {"RESOLVED BY"},
                          {"HOW", Align::left, 60}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/id"),          text(each, "/status"),
                               text(each, "/priority"),    text(each, "/severity"),
                               text(each, "/code"),        text(each, "/message"),
                               text(each, "/resolved_by"), text(each, "/resolution")};
                   });
}

std::string related(const json::value& order) {
    return section("Related orders", order, "/related", Table({{"RELATION"}, {"ORDER"}, {"ID"}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/relation"), text(each, "/number"),
                               text(each, "/order_id")};
                   });
}

std::string cases(const json::value& order) {
    return section("Cases", order, "/cases",
                   Table({{"CASE"}, {"DESK"}, {"STATE"}, {"SUBJECT", Align::left, 60}, {"ID"}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/external_id"), text(each, "/connector"),
                               text(each, "/state"), text(each, "/subject"), text(each, "/id")};
                   });
}

}  // namespace

Table steps_table(const json::value& order, const std::string& action_id) {
    Table table({{"STEP"},
                 {"CONNECTOR"},
                 {"STATE"},
                 {"ATTEMPTS", Align::right},
                 {"SAYS", Align::left, 80},
                 {"DELIVERY"}});
    for (const json::value& step : items(order, "/steps"))
        if (action_id.empty() || text(step, "/action") == action_id)
            table.add({text(step, "/kind"), text(step, "/connector"), text(step, "/state"),
                       text(step, "/attempts"), text(step, "/message"), text(step, "/delivery")});
    return table;
}

std::string order_page(const json::value& order) {
    std::string out = head(order);
    for (const auto part :
         {groups, goods_sections, money_sections, changes, exceptions, related, cases})
        out += part(order);
    const Table steps = steps_table(order, {});
    if (!steps.empty()) out += "\nSteps\n" + steps.text(2);
    return out;
}

}  // namespace orderhub::cli
