// From the platform's rows to an order record. Pure.
#pragma once

#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "settings.hpp"

namespace orderhub::salesforce_commerce {

/// An order, as one read showed it.
struct OrderRows {
    Json order;  ///< with its items and delivery groups
    std::vector<Json> adjustments;
    std::vector<Json> taxes;
    std::vector<Json> authorizations;
    std::vector<Json> payments;
};

/// An order summary, as one read showed it.
struct SummaryRows {
    Json summary;  ///< with its items, payments and delivery groups
    std::vector<Json> fulfilments;
};

/// Both throw JsonError or std::invalid_argument for rows that cannot be an order. The external id
/// is the order's in either case, so that an order and its summary are one.
sdk::Order to_order(const Settings& settings, const OrderRows& rows,
                    const std::string& observed_at);
sdk::Order to_order(const Settings& settings, const SummaryRows& rows,
                    const std::string& observed_at);

}  // namespace orderhub::salesforce_commerce
