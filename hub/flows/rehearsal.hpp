// A flow tried out on the real state, in a unit of work that is to be undone.
#pragma once

#include <boost/json/object.hpp>

#include "hub/flows/engine.hpp"

namespace orderhub::flows {

struct Trial {
    FlowPtr flow;
    std::string order_id;  ///< or empty
    std::string case_id;   ///< or empty
    boost::json::object input;
};

/// What would happen: {"flow", "preview": plan and fees or null, "refused": {"code","message"} or
/// null, "state", "message", "steps": as run_view() has them}. Whatever a step would wait for is
/// taken to come, and whoever it asks to agree. The other flows are the engine's. The unit is
/// changed: the caller undoes it. Error: NotFound.
Result<boost::json::object> rehearse(const Engine& engine, Unit unit,
                                     const servicing::Request& request, const Trial& trial);

}  // namespace orderhub::flows
