// A flow as a picture, and two flows side by side.
#pragma once

#include <string>
#include <vector>

#include "hub/flows/definition.hpp"

namespace orderhub::flows {

/// A Mermaid flowchart.
std::string mermaid(const Flow& flow);

/// "+ STEP ...", "- STEP ...", "~ STEP: what changed"; none if they do the same.
std::vector<std::string> differences(const Flow& before, const Flow& after);

}  // namespace orderhub::flows
