// Amounts as the vendor's documents give them: JSON numbers in the major unit.
#pragma once

#include <cstdint>
#include <orderhub/json.hpp>
#include <orderhub/money.hpp>
#include <orderhub/price.hpp>
#include <string>
#include <vector>

namespace orderhub::documents {

/// A number (or a text of one) in minor units. Digits beyond the currency's are rounded half away
/// from zero; null is nothing. Throws std::invalid_argument for what is no number or does not fit.
std::int64_t minor_of(const sdk::Json& number, const std::string& currency);

/// `ex` + `tax`, in minor units, as a record's price.
sdk::Money price(std::int64_t ex, std::int64_t tax, const std::string& currency);

/// `total` in shares in proportion to `weights` (by their magnitude), which add up to it exactly;
/// all to the first where there is no weight. Not for an empty list.
std::vector<std::int64_t> spread(std::int64_t total, const std::vector<std::int64_t>& weights);

/// The digits of a number with its decimal point moved `places` to the right: "0.0825", 2 ->
/// "8.25".
std::string shifted(const std::string& digits, int places);

}  // namespace orderhub::documents
