// Internal to flows: what stands before an action, worked out the same way for its preview and its
// submission.
#pragma once

#include <vector>

#include "hub/flows/engine.hpp"
#include "hub/flows/names.hpp"
#include "hub/flows/refund_limit.hpp"

namespace orderhub::flows {

struct Ask {
    std::string step;
    std::string role;
    std::string reason;
    std::int64_t within_ms = 0;  ///< 0: as long as it takes
};

struct Passed {
    boost::json::object input;  ///< with the flow's fees
    boost::json::array fees;    ///< those alone
    std::vector<Ask> asks;
};

/// Errors: see Engine::preview().
Result<Passed> pass_gate(const Engine& engine, Unit unit, const servicing::Request& request,
                         const Flow& flow, const Asked& asked);

/// {"name","version","fees","approvals"}.
boost::json::object gate_view(const Flow& flow, const Passed& passed);

/// What gets back to the customer in a plan as Service::preview() shows it. Not for anything else.
domain::Minor refund_total(const boost::json::object& plan, const domain::Currency& currency);

/// Why somebody must agree, for a person.
std::string limit_words(const std::string& role, const OverLimit& over,
                        const domain::Currency& currency);

/// Whether an approval's limit says that somebody must be asked.
bool over_limit(const Step& approval, domain::Minor refund, const domain::Currency& currency);

}  // namespace orderhub::flows
