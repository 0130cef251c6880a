// What a connector says about itself.
#pragma once

#include <string>
#include <string_view>

#include "hub/connectors/host.hpp"

namespace orderhub::connectors {

/// Reads a manifest. Errors: Invalid "bad_manifest": not JSON, refused by its schema (the field is
/// named), a webhook scheme that lacks something, a configuration schema that cannot be used.
Result<Manifest> parse_manifest(std::string_view text);

/// Its "webhook": {"ping"}; empty if it has none.
std::string ping_of(const Manifest& manifest);

}  // namespace orderhub::connectors
