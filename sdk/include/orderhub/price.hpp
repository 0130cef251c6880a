// Prices as records have them, from exact sums.
#pragma once

#include <orderhub/money.hpp>
#include <orderhub/records/shared.hpp>

namespace orderhub::sdk {

/// Tax included, and the tax in it. Throws std::invalid_argument if their currencies differ.
inline Money money_of(const Amount& inc, const Amount& tax) { return {(inc - tax).text(), tax.text(), inc.text()}; }

inline Amount inc_of(const Money& money, const std::string& currency) { return {money.inc, currency}; }
inline Amount tax_of(const Money& money, const std::string& currency) { return {money.tax, currency}; }

}  // namespace orderhub::sdk
