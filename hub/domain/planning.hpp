// What every planning function needs.
#pragma once

#include <string>
#include <utility>

#include "hub/domain/plan.hpp"
#include "hub/domain/status.hpp"

namespace orderhub::domain {

/// A plan that changes nothing yet.
inline Plan start_plan(Order order, ActionKind action) {
    Plan plan;
    plan.action = action;
    plan.before = total(order);
    plan.order = std::move(order);
    return plan;
}

/// "12.00 EUR", for a person.
inline std::string in_words(Minor amount, const Order& order) {
    return to_decimal(amount, order.currency) + " " + order.currency.code;
}

}  // namespace orderhub::domain
