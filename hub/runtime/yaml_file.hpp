// YAML with the line of every value, as the configuration reads it.
#pragma once

#include "hub/schemas/yaml_file.hpp"

namespace orderhub::runtime {

using schemas::Complaint;
using schemas::YamlFile;

}  // namespace orderhub::runtime
