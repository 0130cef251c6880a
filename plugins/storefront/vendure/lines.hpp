// Order lines, shipping lines and surcharges of a Vendure order as lines of the order record. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fields.hpp"

namespace orderhub::vendure {

/// Units cancelled so far, by order line id; what the order's history tells.
using CancelledUnits = std::map<std::string, std::int64_t>;

/// All lines of the record: products first, then delivery ("shipping:<id>"), then fees
/// ("surcharge:<id>"); the prefixes keep ids apart that Vendure counts separately. On each line
/// list + adjustments = total, exactly, and the totals add up to the order's total and
/// totalWithTax. Throws MappingError.
json::array map_lines(const json::object& order, const CancelledUnits& cancelled);

/// Shares `tax` (minor units) between rates (ten-thousandths of a percent) by largest remainder;
/// the first one wins a tie. All of it goes to the first if every rate is 0. `rates` is not empty.
std::vector<std::int64_t> share_tax(std::int64_t tax, const std::vector<std::int64_t>& rates);

}  // namespace orderhub::vendure
