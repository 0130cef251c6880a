// Discounts of a Vendure line as adjustments of the record's line. Pure.
#pragma once

#include <string>
#include <vector>

#include "amount.hpp"

namespace orderhub::vendure {

struct Adjustment {
    bool order_level = false;  ///< the line's share of a discount on the whole order
    std::string label;
    Amount amount;  ///< negative for a discount
};

/// The `discounts` of a line or shipping line; rows of zero (a cancelled line keeps them) are left
/// out.
std::vector<Adjustment> adjustments_of(const json::object& line);

/// Makes list + adjustments = total. Vendure rounds every figure by itself, so a minor unit may be
/// left over: it goes to the largest order-level adjustment, or becomes a line-level one labelled
/// "rounding".
void close_gap(std::vector<Adjustment>& adjustments, Amount list, Amount total);

Amount sum_of(const std::vector<Adjustment>& adjustments);

json::array to_json(const std::vector<Adjustment>& adjustments, std::string_view currency);

}  // namespace orderhub::vendure
