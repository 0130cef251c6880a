#include "hub/domain/eligibility.hpp"

#include <algorithm>

#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"

namespace orderhub::domain {

namespace {

bool any_return(const Order& order, auto fits) {
    return std::ranges::any_of(order.return_orders, fits);
}

bool can_receive(const Order& order, const ReturnOrder& each) {
    if (!may_receive(each.state)) return false;
    if (!std::ranges::all_of(each.lines, is_frozen)) return true;
    const auto lines = index_of_lines(order);
    return std::ranges::any_of(each.lines, [&](const ReturnLine& part) {
        return order.lines[lines.at(part.line_id)].available_to_return() > 0;
    });
}

bool has_return_for(const Order& order, ActionKind action) {
    switch (action) {
        case ActionKind::submit_return:
            return any_return(order, [](const ReturnOrder& each) {
                return may_become(each.state, ReturnState::submitted);
            });
        case ActionKind::approve_return:
            return any_return(order, [](const ReturnOrder& each) {
                return may_become(each.state, ReturnState::approved);
            });
        case ActionKind::receive_return:
            return any_return(order,
                              [&](const ReturnOrder& each) { return can_receive(order, each); });
        case ActionKind::close_return:
            return any_return(order, [](const ReturnOrder& each) {
                return may_become(each.state, ReturnState::closed);
            });
        default:
            return any_return(order, [](const ReturnOrder& each) {
                return may_become(each.state, ReturnState::cancelled) && accepted_units(each) == 0;
            });
    }
}

bool has_open_fulfilment(const Order& order) {
    return std::ranges::any_of(order.fulfilments, [](const Fulfilment& each) {
        return may_become(each.state, FulfilmentState::delivered) ||
               may_become(each.state, FulfilmentState::cancelled);
    });
}

bool has_failed_refund(const Order& order) {
    return std::ranges::any_of(order.refunds, [&](const Refund& each) {
        return each.state == MoneyState::failed && each.kind != RefundKind::foreign &&
               each.kind != RefundKind::transfer &&
               std::ranges::none_of(order.refunds, [&](const Refund& other) {
                   return !other.replaces.empty() && other.replaces == each.id;
               });
    });
}

bool has_exception(const Order& order) {
    return std::ranges::any_of(order.exceptions, [](const ProcessException& each) {
        return each.state == ExceptionState::active;
    });
}

bool can_refund(const Order& order, const Context& context) {
    if (excess_funds(order) > Minor{}) return true;
    if (captured(order) <= refunded(order)) return false;
    RefundInput least;
    least.kind = RefundKind::goodwill;
    least.amount = Minor{1};
    least.reason = "least";
    return plan_refund(order, least, context).has_value();
}

bool can_reverse(const Order& order, const Context& context) {
    return authorized(order) > Minor{} &&
           plan_reverse_authorization(order, {}, "least", context).has_value();
}

void refuse(Eligibility& entry, std::string code, std::string reason) {
    entry.possible = false;
    entry.code = std::move(code);
    entry.reason = std::move(reason);
}

/// Nothing may be done to the order at all: that blocks every unit alike.
void refuse_all(Eligibility& entry, const Order& order, const Error& error) {
    refuse(entry, error.code, error.message);
    for (std::size_t i = 0; i < entry.lines.size(); ++i) {
        const std::int64_t ordered = order.lines[i].ordered;
        entry.lines[i].units = 0;
        entry.lines[i].blocked.clear();
        if (ordered > 0) entry.lines[i].blocked.push_back({ordered, error.code, error.message});
    }
}

void judge_units(Eligibility& entry, const Policy& policy) {
    const bool discounts = entry.action == ActionKind::discount;
    const bool any = std::ranges::any_of(entry.lines, [&](const LineEligibility& line) {
        return line.units > 0 || (discounts && std::ranges::any_of(line.blocked, [](const auto& b) {
                                      return b.code == "in_fulfilment";
                                  }));
    });
    if (!any)
        return refuse(entry, "nothing_to_" + std::string(to_text(entry.action)),
                      "no unit of the order is eligible");
    if (entry.action == ActionKind::appease && policy.appeasement_limit == 0)
        refuse(entry, "over_limit", "you may not give anything");
}

void judge(Eligibility& entry, const Order& order, const Context& context) {
    entry.possible = true;
    switch (entry.action) {
        case ActionKind::submit_return:
        case ActionKind::approve_return:
        case ActionKind::receive_return:
        case ActionKind::close_return:
        case ActionKind::cancel_return:
            if (!has_return_for(order, entry.action))
                refuse(entry, "no_return_order", "no return order is in a state that allows it");
            return;
        case ActionKind::update_fulfilment:
            if (!has_open_fulfilment(order))
                refuse(entry, "no_fulfilment", "no fulfilment order is under way");
            return;
        case ActionKind::refund:
            if (!can_refund(order, context))
                refuse(entry, "nothing_to_refund",
                       "the order has no excess funds, and no money that you may give");
            return;
        case ActionKind::retry_refund:
            if (!has_failed_refund(order))
                refuse(entry, "no_failed_refund", "no refund failed without being replaced");
            return;
        case ActionKind::capture:
            if (authorized(order) <= Minor{})
                refuse(entry, "nothing_authorized", "no authorized money is left");
            return;
        case ActionKind::reverse_authorization:
            if (!can_reverse(order, context))
                refuse(entry, "nothing_to_reverse",
                       "no money is authorized beyond what the order needs");
            return;
        case ActionKind::record_payment:
            if (balance_due(order) <= Minor{})
                refuse(entry, "no_balance", "the order lacks no money");
            return;
        case ActionKind::resolve_exception:
            if (!has_exception(order)) refuse(entry, "no_exception", "no exception is active");
            return;
        case ActionKind::suspend:
            return;
        default:
            judge_units(entry, context.policy);
    }
}

}  // namespace

std::vector<Eligibility> eligibility(const Order& order, const Policy& policy) {
    const Context context{policy, {}, 0};
    std::vector<Eligibility> all;
    for (int i = 0; i <= static_cast<int>(ActionKind::resolve_exception); ++i) {
        Eligibility entry;
        entry.action = static_cast<ActionKind>(i);
        entry.lines = eligible_units(order, entry.action);
        if (const auto open = check_open(order, entry.action))
            judge(entry, order, context);
        else
            refuse_all(entry, order, open.error());
        all.push_back(std::move(entry));
    }
    return all;
}

}  // namespace orderhub::domain
