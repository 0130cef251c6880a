#include "hub/domain/order.hpp"

#include <algorithm>

namespace orderhub::domain {

namespace {

template <class Range, class Key, class Projection>
auto* find_in(Range& range, const Key& key, Projection projection) {
    const auto found = std::ranges::find(range, key, projection);
    return found == range.end() ? nullptr : &*found;
}

/// What `kept` of the pool's units cost. The price that the customer was shown is rounded, the
/// other follows from it.
ChangeLine kept_value(const Pool& pool, std::int64_t kept, TaxLocale locale) {
    ChangeLine result;
    result.quantity = kept;
    if (pool.units == 0) {  // a line without units (edited away) can still carry an amount
        result.delta = pool.amount;
        result.taxes = pool.taxes;
        return result;
    }
    Amount& amount = result.delta;
    for (const Tax& tax : pool.taxes) {
        result.taxes.push_back({tax.label, tax.rate, share(tax.amount, kept, pool.units)});
        amount.tax += result.taxes.back().amount;
    }
    if (pool.taxes.empty()) amount.tax = share(pool.amount.tax, kept, pool.units);
    if (locale == TaxLocale::gross) {
        amount.inc = share(pool.amount.inc, kept, pool.units);
        amount.ex = amount.inc - amount.tax;
    } else {
        amount.ex = share(pool.amount.ex, kept, pool.units);
        amount.inc = amount.ex + amount.tax;
    }
    return result;
}

}  // namespace

Line* find_line(Order& order, std::string_view id) {
    return find_in(order.lines, id, &Line::id);
}
const Line* find_line(const Order& order, std::string_view id) {
    return find_in(order.lines, id, &Line::id);
}
Line* find_line_by_external_id(Order& order, std::string_view external_id) {
    return find_in(order.lines, external_id, &Line::external_id);
}
ChangeOrder* find_change_order(Order& order, std::string_view id) {
    return find_in(order.change_orders, id, &ChangeOrder::id);
}

Amount value(const Pool& pool, TaxLocale locale) {
    return kept_value(pool, pool.units - pool.taken, locale).delta;
}

ChangeLine take(const Pool& pool, std::int64_t quantity, TaxLocale locale) {
    const ChangeLine before = kept_value(pool, pool.units - pool.taken, locale);
    const ChangeLine after = kept_value(pool, pool.units - pool.taken - quantity, locale);
    ChangeLine taken;
    taken.quantity = quantity;
    taken.delta = before.delta - after.delta;
    for (std::size_t i = 0; i < before.taxes.size(); ++i)
        taken.taxes.push_back({before.taxes[i].label, before.taxes[i].rate,
                               before.taxes[i].amount - after.taxes[i].amount});
    return taken;
}

}  // namespace orderhub::domain
