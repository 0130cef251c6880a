// Documents as the store keeps them: the whole aggregate as JSON, money as counts of the minor
// unit.
#pragma once

#include <string>
#include <string_view>

#include "hub/domain/case.hpp"
#include "hub/domain/order.hpp"

namespace orderhub::servicing {

std::string encode(const domain::Order& order);
std::string encode(const domain::Case& support_case);
/// Throws std::runtime_error if the text is not what encode() wrote: the store is damaged.
domain::Order decode_order(std::string_view text);
domain::Case decode_case(std::string_view text);

/// RFC 3339 UTC with milliseconds, and back. Error: Invalid.
std::string to_rfc3339(std::int64_t milliseconds);
Result<std::int64_t> from_rfc3339(std::string_view text);

}  // namespace orderhub::servicing
