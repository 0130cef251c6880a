// Who bought and where it goes, from rows of Order or OrderSummary. Pure.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <vector>

#include "settings.hpp"

namespace orderhub::salesforce_commerce {

std::optional<sdk::OrderCustomer> to_customer(const Json& row);
std::optional<sdk::Address> to_billing_address(const Json& row);
std::vector<sdk::OrderDeliveryGroup> to_groups(const std::vector<Json>& rows);

}  // namespace orderhub::salesforce_commerce
