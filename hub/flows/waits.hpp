// Internal to flows: whether what a run waits for is there. It looks at how things stand and not at
// single events, so that nothing is missed and nothing counts twice.
#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <string_view>

#include "hub/flows/engine.hpp"

namespace orderhub::flows {

/// `what` is a word of wait.for; about what the run's action did, or about all of the order if the
/// run has submitted nothing. `commands`: keys of what the run sent.
Result<bool> has_come(Unit unit, const Run& run, std::string_view what,
                      const boost::json::array& commands);
/// Whether the order has an entry of this type after a place in the journal.
bool has_event(Unit unit, const Run& run, std::string_view type, std::int64_t after);

}  // namespace orderhub::flows
