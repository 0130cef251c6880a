#include "hub/cli/action_page.hpp"

#include <fmt/format.h>

#include "hub/cli/fields.hpp"
#include "hub/cli/table.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

std::string figures(const json::value& result, const std::string& currency) {
    Table table({{"LINE"},
                 {"NAME", Align::left, 40},
                 {"QTY", Align::right},
                 {"NET", Align::right},
                 {"TAX", Align::right},
                 {"TOTAL " + currency, Align::right}});
    const auto add = [&](std::vector<std::string> cells, const json::value& from,
                         const std::string& pointer) {
        for (const char* part : {"/ex", "/tax", "/inc"})
            cells.push_back(text(from, pointer + part));
        table.add(std::move(cells));
    };
    for (const json::value& line : items(result, "/change_order/lines"))
        add({text(line, "/line_id"), text(line, "/name"), text(line, "/quantity")}, line, "/delta");
    add({"", "order before", ""}, result, "/totals/before");
    add({"", "order after", ""}, result, "/totals/after");
    return table.text(2);
}

std::string money(const json::value& result, const std::string& currency) {
    std::string out;
    for (const json::value& refund : items(result, "/refunds"))
        out += fmt::format("  Refund       {} {} to payment {}\n", text(refund, "/amount"),
                           currency, printable(text(refund, "/payment")));
    if (out.empty()) out = "  No refund\n";
    const std::string memo = text(result, "/credit_memo/inc");
    if (!memo.empty())
        out += fmt::format("  Credit memo  {} {}, of it tax {}\n", memo, currency,
                           text(result, "/credit_memo/tax"));
    return out;
}

std::string steps(const json::value& result) {
    std::string list;
    for (const json::value& step : items(result, "/steps")) {
        // A step is its kind, or an object with it.
        const std::string kind =
            step.is_string() ? std::string(step.get_string()) : text(step, "/kind");
        list += (list.empty() ? "" : ", ") + kind;
    }
    return list.empty() ? "" : "  Steps        " + list + "\n";
}

}  // namespace

std::string action_page(const json::value& result, const std::string& number, bool submitted) {
    const std::string action = text(result, "/action");
    const std::string version = text(result, "/order_version");
    const std::string currency = text(result, "/currency");
    std::string out =
        submitted ? fmt::format("Submitted: {} for order {}, change order {}, version {}\n", action,
                                printable(number), text(result, "/change_order/id"), version)
                  : fmt::format("Preview: {} for order {}, version {}; nothing was changed\n",
                                action, printable(number), version);
    out += figures(result, currency) + money(result, currency) + steps(result);
    if (!submitted) out += fmt::format("To do exactly this: --submit --at-version {}\n", version);
    return out;
}

}  // namespace orderhub::cli
