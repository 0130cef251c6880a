#include <fmt/format.h>

#include "hub/cli/fields.hpp"
#include "hub/cli/order_section.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

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
                          {"CAPTURED", Align::right},
                          {"CAPTURABLE", Align::right},
                          {"REFUNDABLE", Align::right},
                          {"AT"}}),
                   [](const json::value& payment) -> Cells {
                       return {text(payment, "/external_id"),
                               text(payment, "/method"),
                               text(payment, "/state"),
                               text(payment, "/amount"),
                               text(payment, "/captured"),
                               text(payment, "/available_to_capture"),
                               text(payment, "/available_to_refund"),
                               instant(payment, "/at")};
                   });
}

std::string operations(const json::value& order) {
    Table table({{"OPERATION"},
                 {"KIND"},
                 {"PAYMENT"},
                 {"STATE"},
                 {"AMOUNT", Align::right},
                 {"AT"},
                 {"SAYS", Align::left, 60}});
    for (const json::value& payment : items(order, "/payments"))
        for (const json::value& each : items(payment, "/operations"))
            table.add({text(each, "/id"), text(each, "/kind"), text(payment, "/external_id"),
                       text(each, "/state"), text(each, "/amount"), instant(each, "/at"),
                       text(each, "/message")});
    return table.empty() ? "" : "\nCaptures and reversals\n" + table.text(2);
}

std::string refunds(const json::value& order) {
    return section("Refunds", order, "/refunds",
                   Table({{"REFUND"},
                          {"KIND"},
                          {"STATE"},
                          {"AMOUNT", Align::right},
                          {"PAYMENT"},
                          {"ORIGIN"},
                          {"IN THE SHOP"},
                          {"INSTEAD OF"},
                          {"TO ORDER"},
                          {"SAYS", Align::left, 60}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/id"),          text(each, "/kind"),
                               text(each, "/state"),       text(each, "/amount"),
                               text(each, "/payment"),     text(each, "/origin"),
                               text(each, "/external_id"), text(each, "/replaces"),
                               text(each, "/order"),       text(each, "/message")};
                   });
}

std::string documents(const char* headline, const char* pointer, const json::value& order) {
    return section(headline, order, pointer,
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

}  // namespace

std::string money_sections(const json::value& order) {
    return totals(order) + payments(order) + operations(order) + refunds(order) +
           documents("Credit memos", "/credit_memos", order) +
           documents("Invoices", "/invoices", order);
}

}  // namespace orderhub::cli
