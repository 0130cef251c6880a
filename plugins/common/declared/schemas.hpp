// The hub's schemas, as the build found them in sdk/schemas.
#pragma once

#include <string_view>

namespace orderhub::declared {

/// "records/order", "commands/refund.create": the text, or empty.
std::string_view schema_text(std::string_view name);

}  // namespace orderhub::declared
