#include <fmt/format.h>

#include "hub/cli/fields.hpp"
#include "hub/cli/order_section.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

std::string lines(const json::value& order) {
    return section("Lines", order, "/lines",
                   Table({{"LINE"},
                          {"SKU"},
                          {"NAME", Align::left, 40},
                          {"STATUS"},
                          {"QTY", Align::right},
                          {"CANCELLABLE", Align::right},
                          {"RETURNABLE", Align::right},
                          {"TOTAL", Align::right},
                          {"PART OF"}}),
                   [](const json::value& line) -> Cells {
                       return {text(line, "/id"),
                               text(line, "/sku"),
                               text(line, "/name"),
                               text(line, "/status"),
                               text(line, "/quantities/current"),
                               text(line, "/quantities/available_to_cancel"),
                               text(line, "/quantities/available_to_return"),
                               text(line, "/current/inc"),
                               text(line, "/bundle")};
                   });
}

std::string fulfilments(const json::value& order) {
    return section("Fulfilments", order, "/fulfilments",
                   Table({{"FULFILMENT"},
                          {"KIND"},
                          {"STATE"},
                          {"CARRIER"},
                          {"TRACKING"},
                          {"LINES"},
                          {"IN THE SHOP"},
                          {"AT"}}),
                   [](const json::value& each) -> Cells {
                       return {text(each, "/id"),
                               text(each, "/kind"),
                               text(each, "/state"),
                               text(each, "/carrier"),
                               text(each, "/tracking_number"),
                               units_of(each),
                               text(each, "/external_id"),
                               instant(each, "/at")};
                   });
}

std::string return_lines(const json::value& order) {
    Table table({{"RETURN"},
                 {"STATE"},
                 {"PART"},
                 {"LINE"},
                 {"EXPECTED", Align::right},
                 {"RECEIVED", Align::right},
                 {"ACCEPTED", Align::right},
                 {"REJECTED", Align::right},
                 {"CONDITION"},
                 {"REASON", Align::left, 40},
                 {"REJECTED FOR", Align::left, 40}});
    for (const json::value& each : items(order, "/return_orders"))
        for (const json::value& line : items(each, "/lines"))
            table.add({text(each, "/number"), text(each, "/state"), text(line, "/id"),
                       text(line, "/line_id"), text(line, "/expected"), text(line, "/received"),
                       text(line, "/accepted"), text(line, "/rejected"), text(line, "/condition"),
                       text(line, "/reason"), text(line, "/rejection_reason")});
    return table.empty() ? "" : "\nReturn orders\n" + table.text(2);
}

}  // namespace

std::string goods_sections(const json::value& order) {
    return lines(order) + fulfilments(order) + return_lines(order);
}

}  // namespace orderhub::cli
