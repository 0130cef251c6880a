// Internal to flows: which step comes after which. A place is a step's JSON Pointer; empty is the
// end of a list that stands for itself ("/after", or what compensates a step).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "hub/flows/definition.hpp"

namespace orderhub::flows {

/// The first step of a list, or what comes after the step that the list belongs to. `loops` holds
/// the for-each steps that are under way: {POINTER: {"index", "items", "as"}}; it is moved on.
std::string enter(const Flow& flow, const std::string& list, boost::json::object& loops);
/// What comes after a step that is over.
std::string next(const Flow& flow, const std::string& pointer, boost::json::object& loops);

}  // namespace orderhub::flows
