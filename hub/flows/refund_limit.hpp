// Internal to flows: what a role may give back to a customer in one action.
#pragma once

#include <optional>
#include <string>

#include "hub/domain/money.hpp"
#include "hub/servicing/service.hpp"

namespace orderhub::flows {

struct OverLimit {
    std::string limit;     ///< decimal text
    std::string approver;  ///< the first of supervisor, finance, admin who may give so much
};

/// Nothing if the role may.
std::optional<OverLimit> over_refund_limit(const servicing::Settings& settings,
                                           const std::string& role, domain::Minor refund,
                                           const domain::Currency& currency);

}  // namespace orderhub::flows
