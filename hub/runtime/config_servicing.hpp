// The part of the configuration that says what the company allows in servicing.
#pragma once

#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

/// Percentages are decimal text with at most two decimals, which the schema has checked. Complains
/// about a payment method that is to be first and last.
ServicingConfig read_servicing(const YamlFile& file, std::vector<Complaint>& complaints);

}  // namespace orderhub::runtime
