#include "hub/cli/action_page.hpp"

#include <fmt/format.h>

#include <array>

#include "hub/cli/fields.hpp"
#include "hub/cli/plan_parts.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

std::string list_of(const json::array& texts) {
    std::string list;
    for (const json::value& each : texts)
        list += (list.empty() ? "" : ", ") + text(each, "");
    return list;
}

std::string steps(const json::value& plan) {
    const std::string list = list_of(items(plan, "/steps"));
    return list.empty() ? "" : "  Steps        " + list + "\n";
}

/// Who must agree before it is done.
std::string approvals(const json::value& result) {
    std::string out;
    for (const json::value& each : items(result, "/flow/approvals"))
        out += fmt::format("  Approval     {} must agree: {}\n", printable(text(each, "/role")),
                           printable(text(each, "/reason")));
    return out;
}

/// ".3" if the third version of a flow had a part in it.
std::string flow_of(const json::value& preview) {
    const std::string version = text(preview, "/flow/version");
    return version.empty() ? version : "." + version;
}

std::string page_of(const json::value& result) {
    json::error_code none;
    const json::value* found = result.find_pointer("/plan", none);
    const json::value plan = found == nullptr ? json::value() : *found;
    std::string out;
    for (const auto part : {planned_changes, planned_goods, planned_exchange, planned_money, steps})
        out += part(plan);
    return out + approvals(result);
}

std::string created(const json::value& submission) {
    struct Kind {
        const char* name;
        const char* pointer;
    };
    static constexpr std::array kKinds{Kind{"change order", "/created/change_orders"},
                                       Kind{"refund", "/created/refunds"},
                                       Kind{"credit memo", "/created/credit_memos"},
                                       Kind{"invoice", "/created/invoices"},
                                       Kind{"fulfilment", "/created/fulfilments"},
                                       Kind{"return order", "/created/return_orders"}};
    std::string list;
    for (const Kind& kind : kKinds)
        for (const json::value& id : items(submission, kind.pointer))
            list += fmt::format("{}{} {}", list.empty() ? "" : ", ", kind.name, text(id, ""));
    const std::string order = text(submission, "/created/exchange_order");
    if (!order.empty()) list += fmt::format("{}order {}", list.empty() ? "" : ", ", order);
    return list.empty() ? "" : "  Created      " + printable(list) + "\n";
}

}  // namespace

std::string preview_page(const json::value& preview, const std::string& number) {
    const std::string version = text(preview, "/order_version");
    return fmt::format("Preview: {} for order {}, version {}; nothing was changed\n",
                       text(preview, "/plan/action"), printable(number), version) +
           page_of(preview) +
           fmt::format("To do exactly this: --submit --at-version {}{}\n", version,
                       flow_of(preview));
}

std::string submission_page(const json::value& submission, const std::string& number) {
    if (submission.as_object().contains("waits_for"))
        return fmt::format("Not done yet: {} for order {} waits for {} in run {}\n",
                           text(submission, "/plan/action"), printable(number),
                           printable(text(submission, "/waits_for/role")),
                           text(submission, "/flow_run")) +
               page_of(submission);
    return fmt::format("Submitted: {} for order {}, action {}, version {}\n",
                       text(submission, "/plan/action"), printable(number),
                       text(submission, "/action_id"), text(submission, "/order_version")) +
           page_of(submission) + created(submission);
}

}  // namespace orderhub::cli
