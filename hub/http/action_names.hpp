// The words that the API has for actions and roles.
#pragma once

#include <string>
#include <string_view>

#include "hub/domain/plan.hpp"

namespace orderhub::http {

/// "cancel, discount, appease, ...": every action's word.
std::string action_words();

/// The schema of an action's body under components/schemas: "OpenReturnInput" for open-return.
std::string input_schema(domain::ActionKind action);

}  // namespace orderhub::http
