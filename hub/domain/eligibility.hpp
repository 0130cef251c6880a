// What can be done to an order right now, and why the rest cannot.
#pragma once

#include "hub/domain/plan.hpp"

namespace orderhub::domain {

struct Blocked {
    std::int64_t units = 0;
    std::string code;    ///< stable: "allocated", "returned", ...
    std::string reason;  ///< for a person
};

/// Of each unit of a line: eligible, or blocked with a reason; together all ordered units.
struct LineEligibility {
    std::string line_id;
    std::int64_t units = 0;
    std::vector<Blocked> blocked;
};

struct Eligibility {
    ActionKind action = ActionKind::cancel;
    bool possible = false;
    std::string code;  ///< why not, for the order as a whole
    std::string reason;
    std::vector<LineEligibility> lines;  ///< for actions on units
};

std::vector<Eligibility> eligibility(const Order& order, const Policy& policy);

}  // namespace orderhub::domain
