// Payments and their transactions. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace orderhub::commercetools {

/// A payment, and a refund for each of its transactions of type Refund and Chargeback. Throws
/// std::exception for a document that does not fit.
void take_payment(const Json& payment, sdk::Order& record);

/// The key of the command that a transaction came of; or empty.
std::string key_of(const Json& transaction);

/// The transaction of this command; a null pointer if the payment has none.
const Json* find_transaction(const Json& payment, std::string_view key);

/// What can still be given back, in minor units: charges that succeeded, less refunds that have not
/// failed and chargebacks.
std::int64_t refundable(const Json& payment, const std::string& currency);

/// The action that adds a refund.
Json refund_action(const Settings& settings, const sdk::RefundCreate& wanted, std::string_view key,
                   const std::string& now);

sdk::RefundCreate::Result result_of(const Json& transaction);

}  // namespace orderhub::commercetools
