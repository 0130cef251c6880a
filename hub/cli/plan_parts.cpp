#include "hub/cli/plan_parts.hpp"

#include <fmt/format.h>

#include <utility>

#include "hub/cli/fields.hpp"
#include "hub/cli/order_section.hpp"
#include "hub/cli/table.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

std::string stage_words(const std::string& stage) {
    if (stage == "pre") return "before fulfilment";
    return stage == "in" ? "in fulfilment" : "after fulfilment";
}

/// A labelled line of the page.
std::string row(const char* label, const std::string& words) {
    return fmt::format("  {:<12} {}\n", label, printable(words));
}

std::string refund(const json::value& refund, const std::string& currency) {
    const std::string kind = text(refund, "/kind");
    const std::string capture = text(refund, "/operation");
    std::string words = fmt::format("{} {} to payment {}", text(refund, "/amount"), currency,
                                    text(refund, "/payment"));
    if (kind == "transfer")
        words = fmt::format("{} {} of payment {} to the exchange order", text(refund, "/amount"),
                            currency, text(refund, "/payment"));
    else if (!kind.empty() && kind != "change")
        words += ", " + kind;
    return words + (capture.empty() ? "" : ", capture " + capture);
}

std::string document(const char* label, const json::value& plan, const std::string& pointer) {
    const std::string total = text(plan, pointer + "/totals/inc");
    if (total.empty()) return {};
    return row(label, fmt::format("{} {}, of it tax {}", total, text(plan, "/currency"),
                                  text(plan, pointer + "/totals/tax")));
}

std::string afterwards(const json::value& plan) {
    const auto amount = [&](const char* name) {
        return text(plan, fmt::format("/money/{}", name));
    };
    if (amount("captured").empty()) return {};
    return row("Afterwards",
               fmt::format("captured {}, refunded {}, excess {}, due {}", amount("captured"),
                           amount("refunded"), amount("excess"), amount("balance_due")));
}

std::string return_order(const json::value& plan) {
    const std::string state = text(plan, "/return_order/state");
    if (state.empty()) return {};
    Table table({{"PART"},
                 {"LINE"},
                 {"EXPECTED", Align::right},
                 {"RECEIVED", Align::right},
                 {"ACCEPTED", Align::right},
                 {"REJECTED", Align::right},
                 {"CONDITION"},
                 {"REASON", Align::left, 40},
                 {"REJECTED FOR", Align::left, 40}});
    for (const json::value& line : items(plan, "/return_order/lines"))
        table.add({text(line, "/id"), text(line, "/line_id"), text(line, "/expected"),
                   text(line, "/received"), text(line, "/accepted"), text(line, "/rejected"),
                   text(line, "/condition"), text(line, "/reason"),
                   text(line, "/rejection_reason")});
    return row("Return order", state) + (table.empty() ? "" : table.text(4));
}

}  // namespace

std::string planned_changes(const json::value& plan) {
    Table table({{"CHANGE"},
                 {"LINE"},
                 {"NAME", Align::left, 40},
                 {"QTY", Align::right},
                 {"NET", Align::right},
                 {"TAX", Align::right},
                 {"TOTAL " + text(plan, "/currency"), Align::right}});
    const auto add = [&](Cells cells, const json::value& from, const std::string& pointer) {
        for (const char* part : {"/ex", "/tax", "/inc"})
            cells.push_back(text(from, pointer + part));
        table.add(std::move(cells));
    };
    for (const json::value& change : items(plan, "/change_orders")) {
        std::string title = text(change, "/kind") + " " + stage_words(text(change, "/stage"));
        for (const json::value& line : items(change, "/lines"))
            add({std::exchange(title, ""), text(line, "/line_id"), text(line, "/name"),
                 text(line, "/quantity")},
                line, "/delta");
    }
    if (table.empty()) return {};
    add({"", "", "order before", ""}, plan, "/totals/before");
    add({"", "", "order after", ""}, plan, "/totals/after");
    return table.text(2);
}

std::string planned_money(const json::value& plan) {
    const std::string currency = text(plan, "/currency");
    std::string out;
    for (const json::value& each : items(plan, "/refunds"))
        out += row("Refund", refund(each, currency));
    if (out.empty() && !items(plan, "/change_orders").empty()) out = row("Refund", "none");
    for (const json::value& each : items(plan, "/payment_operations"))
        out += row(text(each, "/kind") == "capture" ? "Capture" : "Reversal",
                   fmt::format("{} {} of payment {}", text(each, "/amount"), currency,
                               text(each, "/payment")));
    return out + document("Credit memo", plan, "/credit_memo") +
           document("Invoice", plan, "/invoice") + afterwards(plan);
}

std::string planned_goods(const json::value& plan) {
    std::string out;
    for (const json::value& each : items(plan, "/fulfilments"))
        out += row("Fulfilment",
                   joined({text(each, "/kind") + ", " + text(each, "/state"), units_of(each),
                           text(each, "/carrier"), text(each, "/tracking_number")},
                          "  "));
    return out + return_order(plan);
}

std::string planned_exchange(const json::value& plan) {
    const std::string total = text(plan, "/exchange/totals/inc");
    if (total.empty()) return {};
    const std::string currency = text(plan, "/currency");
    Table table({{"SKU"},
                 {"NAME", Align::left, 40},
                 {"QTY", Align::right},
                 {"TOTAL " + currency, Align::right}});
    for (const json::value& line : items(plan, "/exchange/lines"))
        table.add({text(line, "/sku"), text(line, "/name"), text(line, "/quantity"),
                   text(line, "/total/inc")});
    std::string out = row("Exchange", fmt::format("a new order of {} {}; to pay {}", total,
                                                  currency, text(plan, "/exchange/balance_due")));
    for (const json::value& each : items(plan, "/transfers"))
        out +=
            row("Transfer", fmt::format("{} {} of payment {} to the exchange order",
                                        text(each, "/amount"), currency, text(each, "/payment")));
    return out + (table.empty() ? "" : table.text(4));
}

}  // namespace orderhub::cli
