// Internal to servicing: customers as the API shows them.
#pragma once

#include <boost/json/object.hpp>

#include "hub/servicing/state.hpp"

namespace orderhub::servicing {

boost::json::object customer_summary(const CustomerRow& row);
/// With identities, accounts or buyers, counts, suggestions and history: of each list the first
/// 200.
boost::json::object customer_page(State& state, const CustomerRow& row);

}  // namespace orderhub::servicing
