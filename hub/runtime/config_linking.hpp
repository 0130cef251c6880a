// config/linking.yaml: how cases find their orders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/linking/settings.hpp"
#include "hub/runtime/yaml_file.hpp"

namespace orderhub::runtime {

/// What the file says; what it leaves out is as built in. All that is wrong is in `complaints`.
linking::Settings load_linking(const std::string& path, std::vector<Complaint>& complaints);

/// linking.schema.json, as embedded.
std::string_view linking_schema_text();

}  // namespace orderhub::runtime
