// The queries of this connector. Pure.
#pragma once

#include <string>
#include <vector>

#include "salesforce_platform/changes.hpp"
#include "settings.hpp"

namespace orderhub::salesforce_commerce {

using Ids = std::vector<std::string>;

/// Whole orders, with items and delivery groups as sub-queries.
std::string order_query(const Settings& settings, const Ids& orders);
/// Discounts and taxes of the items of orders.
std::string adjustment_query(const Ids& orders);
std::string tax_query(const Ids& orders);
/// Authorizations ("PaymentAuthorization") or captures ("Payment") of orders.
std::string payment_query(const std::string& object, const Ids& orders);

/// Whole order summaries, with items, payments and delivery groups as sub-queries.
std::string summary_query(const Settings& settings, const Ids& summaries);
std::string fulfilment_query(const Ids& summaries);

/// Any one of them: whether they can be asked for at all.
std::string trial_query(const Settings& settings);

/// What tells of a change: the orders or summaries, and rows that belong to them.
std::vector<salesforce::Feed> feeds(const Settings& settings);

}  // namespace orderhub::salesforce_commerce
