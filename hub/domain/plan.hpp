// An action worked out against one version of an order. Planning works on a copy: preview shows the
// plan, submit stores its order, so both give the same figures.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/order.hpp"
#include "hub/domain/policy.hpp"

namespace orderhub::domain {

enum class ActionKind {
    cancel,
    discount,
    appease,
    reship,
    return_,
    exchange,
    refund,
    retry_refund,
    open_return,
    submit_return,
    approve_return,
    receive_return,
    close_return,
    cancel_return,
    fulfil,
    update_fulfilment,
    capture,
    reverse_authorization,
    record_payment,
    suspend,
    resolve_exception
};

/// "cancel", "open-return", ... as the API and the command line name it.
std::string_view to_text(ActionKind action);
std::optional<ActionKind> action_kind(std::string_view text);

/// Who plans, by what rules, and when.
struct Context {
    Policy policy;
    std::string actor;
    std::int64_t now = 0;
};

/// Money that a plan moves to another order, which is to get a payment for it.
struct Transfer {
    std::string order_id;  ///< empty: the plan's own exchange order
    std::string payment;   ///< external id, of the plan's order
    std::string method;
    Minor amount;
};

/// `order` is as it will be. What the plan has added to it (change orders, refunds, fulfilments,
/// documents, return orders, payment operations) has an empty id and, where there is one, an empty
/// action_id; the caller gives both, the keys and the documents' numbers and change_orders. New
/// return lines and order lines have theirs.
struct Plan {
    ActionKind action = ActionKind::cancel;
    Amount before;  ///< the order's total
    Order order;
    std::optional<Order> exchange;  ///< a new order, without id and number
    std::vector<Transfer> transfers;
    std::string subject;  ///< id of the return order, fulfilment, refund or exception it is about
};

/// Refuses whatever may not be done to this order at all: Conflict "unmanaged" or "suspended".
Result<void> check_open(const Order& order, ActionKind action);

struct UnitsOfLine {
    std::string line_id;
    std::int64_t quantity = 0;
};

}  // namespace orderhub::domain
