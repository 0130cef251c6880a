// What units of a line are worth. A pool's price is shared by cumulative rounding: what k of n
// units cost depends on k alone, so units taken one by one cost in sum what they cost together and
// the last one takes the remainder.
#pragma once

#include <span>

#include "hub/domain/order.hpp"

namespace orderhub::domain {

/// A pool whose tax is split as `taxes` are.
Pool make_pool(std::int64_t units, const Amount& amount, std::vector<Tax> taxes);

/// What is left in a pool, with each tax.
ChangeLine worth(const Pool& pool, TaxLocale locale);
Amount value(const Pool& pool, TaxLocale locale);

/// Units that are left on the line and not held by a return order.
std::int64_t units_left(const Line& line);
/// What is left on the line, value without units included; what return orders hold is not.
Amount value(const Line& line, TaxLocale locale);
std::vector<Tax> taxes_left(const Line& line, TaxLocale locale);

/// What the next `quantity` units cost; quantity <= units_left(line). Of most discounted units
/// first, so that nobody gets back more than was paid for them.
ChangeLine worth(const Line& line, std::int64_t quantity, TaxLocale locale);

/// Takes them off the line. Positive amounts; line_id is set.
ChangeLine take(Line& line, std::int64_t quantity, TaxLocale locale);

/// Puts units, or only value (no units), on a line; `pool.taken` must be 0. Units of the same
/// price as a pool that the line has are joined with it.
void put(Line& line, Pool pool, TaxLocale locale);

/// Lowers what the next `quantity` units cost by `off` (positive amounts, each tax kept apart);
/// quantity 0: what the whole line has left. Those units stand first from then on.
void discount(Line& line, std::int64_t quantity, const ChangeLine& off, TaxLocale locale);

/// `percent` in hundredths of a percent (0 to 10,000) of each of the amounts, rounded to the
/// nearest minor unit, halves away from zero; ex + tax = inc.
ChangeLine percent_of(const ChangeLine& from, std::int64_t percent, TaxLocale locale);

/// A part of `from` whose inc (with_tax) or ex is exactly `amount`; the other figures in
/// proportion. |amount| <= |that of from|.
ChangeLine part_with_tax(const ChangeLine& from, Minor amount);
ChangeLine part_without_tax(const ChangeLine& from, Minor amount);

/// Splits into parts that add up exactly, in proportion to `weights`.
std::vector<ChangeLine> split(const ChangeLine& whole, std::span<const std::int64_t> weights);

ChangeLine operator-(ChangeLine line);
/// Adds amounts and quantities; taxes are joined by label and rate.
void add(ChangeLine& sum, const ChangeLine& part);

}  // namespace orderhub::domain
