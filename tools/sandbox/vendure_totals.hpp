#pragma once

#include <map>

#include "vendure_types.hpp"

// Vendure's price arithmetic. Figures come in pairs, without and with tax; everything follows
// from the list price, the adjustments and the tax rate, and is rounded once, at the end.
namespace orderhub::sandbox::vendure {

struct Pair {
    std::int64_t net = 0;
    std::int64_t gross = 0;
};

struct LineFigures {
    Pair unit, discounted_unit, prorated_unit;
    Pair line, discounted_line, prorated_line;
    Pair item_discount, order_discount;
};

struct TaxRow {
    std::int64_t base = 0;
    std::int64_t tax = 0;
};

struct OrderFigures {
    Pair sub_total, shipping, total;
    std::map<std::int64_t, TaxRow> taxes;           ///< of goods, by rate
    std::map<std::int64_t, TaxRow> shipping_taxes;  ///< by rate
    Pair item_discounts, order_discounts, shipping_discounts;
};

LineFigures line_figures(const Line& line, bool prices_include_tax);
/// A shipping line before its cancellation.
Pair shipping_price(const Shipping& shipping, bool prices_include_tax);
OrderFigures order_figures(const Order& order);

/// Spreads a percentage off the order over its lines, as the promotion does when it is applied.
void apply_order_percentage(Order& order);

}  // namespace orderhub::sandbox::vendure
