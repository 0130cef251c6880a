// What can be done to an order right now, and why the rest cannot.
#pragma once

#include "hub/domain/plan.hpp"

namespace orderhub::domain {

/// Of a line's units: "allocated", "fulfilled", "not_fulfilled", "in_fulfilment", "cancelled",
/// "returned", "on_the_way_back", "reshipped"; "incomplete": of a bundle whose other parts cannot;
/// "no_value": nothing left to discount; "not_a_product": a charge. Where nothing may be done to
/// the order: "unmanaged", "suspended".
struct Blocked {
    std::int64_t units = 0;
    std::string code;    ///< stable
    std::string reason;  ///< for a person
};

/// Of each unit of a line: eligible, or blocked with exactly one reason; together all ordered
/// units. A bundle's line counts whole bundles, and its parts count by themselves as well.
struct LineEligibility {
    std::string line_id;
    std::int64_t units = 0;
    std::vector<Blocked> blocked;
};

/// `possible`: some input would be accepted. Without a line's units that means for a discount that
/// units in fulfilment can be discounted if the input says so.
struct Eligibility {
    ActionKind action = ActionKind::cancel;
    bool possible = false;
    std::string code;  ///< why not, for the order as a whole; empty if possible
    std::string reason;
    std::vector<LineEligibility> lines;  ///< for actions on units
};

/// One entry for each action, in the order of ActionKind. `policy` is that of the person who asks.
std::vector<Eligibility> eligibility(const Order& order, const Policy& policy);

/// The lines of one action on units (cancel, discount, appease, reship, return, exchange,
/// open-return, fulfil); empty for others.
std::vector<LineEligibility> eligible_units(const Order& order, ActionKind action);

}  // namespace orderhub::domain
