// Cases of flows, written as YAML: what is done to an order, and what must come of it. The format
// is in hub/flows/README.md. Internal to hub/runtime.
#pragma once

#include <string>
#include <vector>

#include "hub/schemas/yaml_file.hpp"

namespace orderhub::runtime {

struct FlowCase {
    std::string file;
    std::string name;
    std::vector<schemas::Complaint> complaints;  ///< none: it went as expected
};

/// Runs all cases of a file. What is wrong with the file itself is the complaint of a case without
/// a name.
std::vector<FlowCase> run_flow_cases(const std::string& file);

}  // namespace orderhub::runtime
