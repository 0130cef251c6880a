// Internal to servicing: what an action did, for a person who reads it in a service desk.
#pragma once

#include <string>

#include "hub/domain/order.hpp"

namespace orderhub::servicing {

/// Several lines; at most a few thousand characters.
std::string announcement(const domain::Order& order, const domain::ActionTaken& action);

}  // namespace orderhub::servicing
