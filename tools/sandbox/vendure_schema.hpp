#pragma once

#include "graphql_schema.hpp"

namespace orderhub::sandbox::vendure {

/// The shop's types, parsed once.
const graphql::Schema& schema();

}  // namespace orderhub::sandbox::vendure
