// The shop's figures as whole minor units that add up. Pure.
#pragma once

#include <cstdint>
#include <orderhub/json.hpp>
#include <string>
#include <vector>

namespace orderhub::woocommerce {

/// Parts of a minor unit that an exact figure counts: WooCommerce keeps more decimals than the
/// currency has.
inline constexpr std::int64_t kParts = 10'000;

/// A figure ("29.995", "-5.7", a number, "" or null for nothing) in parts of minor units. Throws
/// std::invalid_argument for what is no number or does not fit.
std::int64_t exact(const sdk::Json& figure, const std::string& currency);

/// Exact figures in minor units, each rounded half away from zero, then moved by one unit where
/// needed so that they add up to `sum`: those first whose rounding was furthest off. If more than
/// one unit for each figure is missing they are left alone: the document does not add up.
std::vector<std::int64_t> fitted(const std::vector<std::int64_t>& exact_figures, std::int64_t sum);

}  // namespace orderhub::woocommerce
