// `orderhub flow lint|graph|diff|test`: what can be said of flows without a hub.
#pragma once

#include <string>
#include <vector>

namespace orderhub::runtime {

/// `tool`: lint, graph, diff or test; `files`: the flow, the two to compare, or the folders and
/// files of cases. Prints to stdout, complaints to stderr; gives the exit code: 0, or 1 if
/// something is wrong, if a case failed or if the two differ.
int flow_tool(const std::string& tool, const std::vector<std::string>& files, bool json);

}  // namespace orderhub::runtime
