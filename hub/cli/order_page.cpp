#include "hub/cli/order_page.hpp"

#include <fmt/format.h>

#include <functional>

#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;
using Cells = std::vector<std::string>;

/// A headline and a table with one row for each member of an array; nothing if there is none.
std::string section(const char* headline, const json::value& order, const char* pointer,
                    Table table, const std::function<Cells(const json::value&)>& row) {
    for (const json::value& each : items(order, pointer))
        table.add(row(each));
    if (table.empty()) return {};
    return fmt::format("\n{}\n{}", headline, table.text(2));
}

std::string joined(std::initializer_list<std::string> parts, const char* separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += separator;
        out += printable(part);
    }
    return out;
}

std::string address(const json::value& order, const std::string& pointer) {
    const auto part = [&](const char* name) { return text(order, pointer + name); };
    return joined(
        {part("/name"), part("/company"), part("/line1"), part("/line2"),
         joined({part("/postcode"), part("/city")}, " "), part("/state"), part("/country")},
        ", ");
}

std::string head(const json::value& order) {
    std::string out = fmt::format("Order {}  {}  payment {}\n", printable(text(order, "/number")),
                                  text(order, "/status"), text(order, "/payment_status"));
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

std::string lines(const json::value& order) {
    return section("Lines", order, "/lines",
                   Table({{"LINE"},
                          {"SKU"},
                          {"NAME", Align::left, 40},
                          {"STATUS"},
                          {"QTY", Align::right},
                          {"CANCELLABLE", Align::right},
                          {"RETURNABLE", Align::right},
                          {"TOTAL", Align::right}}),
                   [](const json::value& line) -> Cells {
                       return {text(line, "/id"),
                               text(line, "/sku"),
                               text(line, "/name"),
                               text(line, "/status"),
                               text(line, "/quantities/current"),
                               text(line, "/quantities/available_to_cancel"),
                               text(line, "/quantities/available_to_return"),
                               text(line, "/current/inc")};
                   });
}

std::string totals(const json::value& order) {
    Table table({{text(order, "/currency")},
                 {"NET", Align::right},
                 {"TAX", Align::right},
                 {"TOTAL", Align::right}});
    const auto add = [&](const char* name, const std::string& pointer) {
        table.add({name, text(order, pointer + "/ex"), text(order, pointer + "/tax"),
                   text(order, pointer + "/inc")});
    };
    add("placed", "/totals/original");
    add("changes", "/totals/changes");
    add("now", "/totals/current");
    const auto paid = [&](const char* name, const char* pointer) {
        table.add({name, "", "", text(order, pointer)});
    };
    paid("authorized", "/money/authorized");
    paid("captured", "/money/captured");
    paid("refunded", "/money/refunded");
    return "\nTotals\n" + table.text(2);
}

std::string payments(const json::value& order) {
    return section("Payments", order, "/payments",
                   Table({{"PAYMENT"},
                          {"METHOD"},
                          {"STATE"},
                          {"AMOUNT", Align::right},
                          {"REFUNDABLE", Align::right},
                          {"AT"}}),
                   [](const json::value& payment) -> Cells {
                       return {text(payment, "/external_id"),
                               text(payment, "/method"),
                               text(payment, "/state"),
                               text(payment, "/amount"),
                               text(payment, "/available_to_refund"),
                               instant(payment, "/at")};
                   });
}

std::string fulfilments(const json::value& order) {
    return section("Fulfilments", order, "/fulfilments",
                   Table({{"FULFILMENT"}, {"STATE"}, {"CARRIER"}, {"TRACKING"}, {"LINES"}, {"AT"}}),
                   [](const json::value& each) -> Cells {
                       std::string parts;
                       for (const json::value& part : items(each, "/lines"))
                           parts += (parts.empty() ? "" : ", ") + text(part, "/line_id") + ":" +
                                    text(part, "/quantity");
                       return {text(each, "/external_id"), text(each, "/state"),
                               text(each, "/carrier"),     text(each, "/tracking_number"),
                               std::move(parts),           instant(each, "/at")};
                   });
}

std::string changes(const json::value& order) {
    return section("Change orders", order, "/change_orders",
                   Table({{"CHANGE"},
                          {"KIND"},
                          {"LINES"},
                          {"DELTA", Align::right},
                          {"ORIGIN"},
                          {"BY"},
                          {"REASON", Align::left, 40},
                          {"AT"}}),
                   [](const json::value& each) -> Cells {
                       std::string parts;
                       for (const json::value& part : items(each, "/lines"))
                           parts += (parts.empty() ? "" : ", ") + text(part, "/line_id") + ":" +
                                    text(part, "/quantity");
                       return {text(each, "/id"),     text(each, "/kind"),
                               std::move(parts),      text(each, "/delta/inc"),
                               text(each, "/origin"), text(each, "/actor"),
                               text(each, "/reason"), instant(each, "/at")};
                   });
}

std::string refunds(const json::value& order) {
    return section("Refunds", order, "/refunds",
                   Table({{"REFUND"},
                          {"STATE"},
                          {"AMOUNT", Align::right},
                          {"PAYMENT"},
                          {"ORIGIN"},
                          {"IN THE SHOP"},
                          {"SAYS", Align::left, 60}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/id"),     text(each, "/state"),
                               text(each, "/amount"), text(each, "/payment"),
                               text(each, "/origin"), text(each, "/external_id"),
                               text(each, "/message")};
                   });
}

std::string memos(const json::value& order) {
    return section("Credit memos", order, "/credit_memos",
                   Table({{"NUMBER"},
                          {"STATE"},
                          {"TAX", Align::right},
                          {"TOTAL", Align::right},
                          {"IN THE BOOKS"},
                          {"SAYS", Align::left, 60}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/number"),        text(each, "/state"),
                               text(each, "/totals/tax"),    text(each, "/totals/inc"),
                               text(each, "/posted_number"), text(each, "/message")};
                   });
}

std::string exceptions(const json::value& order) {
    return section("Exceptions", order, "/exceptions",
                   Table({{"STATUS"}, {"SEVERITY"}, {"CODE"}, {"WHAT"}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/status"), text(each, "/severity"), text(each, "/code"),
                               text(each, "/message")};
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

Table steps_table(const json::value& order, const std::string& change_order) {
    Table table({{"STEP"},
                 {"CONNECTOR"},
                 {"STATE"},
                 {"ATTEMPTS", Align::right},
                 {"SAYS", Align::left, 80},
                 {"DELIVERY"}});
    for (const json::value& step : items(order, "/steps"))
        if (change_order.empty() || text(step, "/change_order") == change_order)
            table.add({text(step, "/kind"), text(step, "/connector"), text(step, "/state"),
                       text(step, "/attempts"), text(step, "/message"), text(step, "/delivery")});
    return table;
}

std::string order_page(const json::value& order) {
    std::string out = head(order);
    for (const auto part :
         {lines, totals, payments, fulfilments, changes, refunds, memos, exceptions, cases})
        out += part(order);
    const Table steps = steps_table(order, {});
    if (!steps.empty()) out += "\nSteps\n" + steps.text(2);
    return out;
}

}  // namespace orderhub::cli
