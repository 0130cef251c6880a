// Amounts as Stripe counts them: whole numbers, with decimals of its own for some currencies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::stripe {

/// "12.30", "EUR" -> 1230. Throws Stop (rejected) for what Stripe cannot move exactly: more
/// decimals than it takes, a third decimal that is not 0, nothing or less; and for UGX without
/// `ugx_decimals`.
std::int64_t to_stripe(std::string_view amount, std::string_view currency,
                       std::optional<int> ugx_decimals);

/// 1230, "EUR" -> "12.30", with the decimals of ISO 4217. Nothing if it has more of them than that,
/// or for UGX without `ugx_decimals`.
std::optional<std::string> from_stripe(std::int64_t amount, std::string_view currency,
                                       std::optional<int> ugx_decimals);

}  // namespace orderhub::stripe
