// Internal to servicing: whose an order or a case is. The use cases are Service's.
#pragma once

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

/// Fills the row's columns about the customer. Whom nobody knows becomes a new customer; what the
/// contact shows for the first time is added to whom it was seen with; two customers whose
/// identities are seen on one order are joined, unless a person has split them.
void assign_customer(const Work& work, const domain::Order& order, OrderRow& row);
void assign_customer(const Work& work, const domain::Case& support_case, CaseRow& row);

/// The query with its customer as it is now: of one that was joined into another, that other; a
/// business account's orders are found by account_id.
OrderQuery about_customer(State& state, OrderQuery query);
CaseQuery about_customer(State& state, CaseQuery query);

/// A line of the customer's history, now and by the one who acts.
void remember(const Work& work, std::string_view customer_id, std::string what, std::string why,
              std::string_view other = {});

}  // namespace orderhub::servicing
