#include "hub/domain/units.hpp"

#include <algorithm>
#include <cstdlib>

namespace orderhub::domain {

namespace {

/// Products of counts need more than 64 bits.
__extension__ using Wide = __int128;

/// What `kept` of the pool's units cost. The price that the customer was shown is rounded, the
/// other follows from it.
ChangeLine kept_worth(const Pool& pool, std::int64_t kept, TaxLocale locale) {
    ChangeLine result;
    result.quantity = kept;
    if (pool.units == 0) {
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

std::int64_t left(const Pool& pool) {
    return pool.units - pool.taken;
}

/// The next `quantity` units of a pool.
ChangeLine next(const Pool& pool, std::int64_t quantity, TaxLocale locale) {
    const ChangeLine after = kept_worth(pool, left(pool) - quantity, locale);
    ChangeLine part = kept_worth(pool, left(pool), locale);
    part.quantity = quantity;
    part.delta -= after.delta;
    for (std::size_t i = 0; i < part.taxes.size(); ++i)
        part.taxes[i].amount -= after.taxes[i].amount;
    return part;
}

Pool to_pool(ChangeLine part) {
    return {part.quantity, 0, part.delta, std::move(part.taxes)};
}

/// What is left of a pool, as a pool of its own.
Pool rebased(const Pool& pool, TaxLocale locale) {
    ChangeLine rest = worth(pool, locale);
    if (pool.units == 0) rest.quantity = 0;
    return to_pool(std::move(rest));
}

bool is_spent(const Pool& pool) {
    return pool.units > 0 && left(pool) == 0;
}

/// A spent pool stays if it is the only one: it knows the line's taxes.
void drop_spent(Line& line) {
    auto& pools = line.pools;
    while (pools.size() > 1) {
        const auto spent = std::ranges::find_if(pools, is_spent);
        if (spent == pools.end()) return;
        pools.erase(spent);
    }
}

/// Less than a minor unit apart for one unit.
bool same_price(const Pool& a, const Pool& b) {
    const auto near = [&](Minor x, Minor y) {
        const Wide apart = Wide{x.count()} * b.units - Wide{y.count()} * a.units;
        return (apart < 0 ? -apart : apart) < Wide{a.units} * b.units;
    };
    return near(a.amount.ex, b.amount.ex) && near(a.amount.inc, b.amount.inc);
}

bool is_cheaper(const Pool& a, const Pool& b) {
    if (a.units == 0 || b.units == 0) return b.units == 0 && a.units > 0;
    return Wide{a.amount.inc.count()} * b.units < Wide{b.amount.inc.count()} * a.units;
}

void join(Pool& pool, const Pool& other) {
    ChangeLine sum{{}, pool.units, pool.amount, std::move(pool.taxes)};
    add(sum, {{}, other.units, other.amount, other.taxes});
    pool = to_pool(std::move(sum));
}

/// Each component split in proportion to that component of the pieces, so that taking all of it off
/// leaves nothing behind anywhere.
std::vector<ChangeLine> split_like(const ChangeLine& whole, const std::vector<Pool>& pieces) {
    std::vector<ChangeLine> parts(pieces.size());
    const auto deal = [&](Minor total, auto weight_of, auto give) {
        std::vector<std::int64_t> weights;
        for (const Pool& piece : pieces)
            weights.push_back(std::max<std::int64_t>(0, weight_of(piece).count()));
        const std::vector<Minor> dealt = allocate(total, weights);
        for (std::size_t i = 0; i < parts.size(); ++i)
            give(parts[i], dealt[i]);
    };
    deal(
        whole.delta.ex, [](const Pool& piece) { return piece.amount.ex; },
        [](ChangeLine& part, Minor amount) { part.delta.ex = amount; });
    for (const Tax& tax : whole.taxes)
        deal(
            tax.amount,
            [&](const Pool& piece) {
                for (const Tax& each : piece.taxes)
                    if (each.label == tax.label && each.rate == tax.rate) return each.amount;
                return Minor{};
            },
            [&](ChangeLine& part, Minor amount) {
                part.taxes.push_back({tax.label, tax.rate, amount});
                part.delta.tax += amount;
            });
    if (whole.taxes.empty())
        deal(
            whole.delta.tax, [](const Pool& piece) { return piece.amount.tax; },
            [](ChangeLine& part, Minor amount) { part.delta.tax = amount; });
    for (ChangeLine& part : parts)
        part.delta.inc = part.delta.ex + part.delta.tax;
    return parts;
}

/// Takes the next units out as pools of their own; quantity 0: all that there is.
std::vector<Pool> carve(Line& line, std::int64_t quantity, TaxLocale locale) {
    std::vector<Pool> pieces;
    if (quantity == 0) {
        for (const Pool& pool : line.pools)
            pieces.push_back(rebased(pool, locale));
        line.pools.clear();
        return pieces;
    }
    for (Pool& pool : line.pools) {
        const std::int64_t units = std::min(quantity, left(pool));
        if (units <= 0) continue;
        pieces.push_back(to_pool(next(pool, units, locale)));
        pool.taken += units;
        quantity -= units;
    }
    std::erase_if(line.pools, is_spent);
    return pieces;
}

}  // namespace

Pool make_pool(std::int64_t units, const Amount& amount, std::vector<Tax> taxes) {
    std::vector<std::int64_t> weights;
    for (const Tax& tax : taxes)
        weights.push_back(std::abs(tax.amount.count()));
    if (!taxes.empty()) {
        const std::vector<Minor> parts = allocate(amount.tax, weights);
        for (std::size_t i = 0; i < taxes.size(); ++i)
            taxes[i].amount = parts[i];
    }
    return {units, 0, amount, std::move(taxes)};
}

ChangeLine worth(const Pool& pool, TaxLocale locale) {
    return kept_worth(pool, left(pool), locale);
}

Amount value(const Pool& pool, TaxLocale locale) {
    return worth(pool, locale).delta;
}

std::int64_t units_left(const Line& line) {
    std::int64_t units = 0;
    for (const Pool& pool : line.pools)
        units += left(pool);
    return units;
}

Amount value(const Line& line, TaxLocale locale) {
    Amount sum;
    for (const Pool& pool : line.pools)
        sum += value(pool, locale);
    return sum;
}

std::vector<Tax> taxes_left(const Line& line, TaxLocale locale) {
    ChangeLine sum;
    for (const Pool& pool : line.pools)
        add(sum, worth(pool, locale));
    return std::move(sum.taxes);
}

ChangeLine worth(const Line& line, std::int64_t quantity, TaxLocale locale) {
    ChangeLine sum;
    sum.line_id = line.id;
    for (const Pool& pool : line.pools) {
        const std::int64_t units = std::min(quantity, left(pool));
        if (units <= 0) continue;
        add(sum, next(pool, units, locale));
        quantity -= units;
    }
    return sum;
}

ChangeLine take(Line& line, std::int64_t quantity, TaxLocale locale) {
    ChangeLine sum = worth(line, quantity, locale);
    for (Pool& pool : line.pools) {
        const std::int64_t units = std::min(quantity, left(pool));
        pool.taken += units;
        quantity -= units;
    }
    drop_spent(line);
    return sum;
}

void put(Line& line, Pool pool, TaxLocale locale) {
    for (Pool& known : line.pools) {
        if (is_spent(known)) {
            known = std::move(pool);
            return;
        }
        const Pool rest = rebased(known, locale);
        const bool values = pool.units == 0 && rest.units == 0;
        const bool units = pool.units > 0 && rest.units > 0 && same_price(pool, rest);
        if (!values && !units) continue;
        join(pool, rest);
        known = std::move(pool);
        return;
    }
    const auto place = std::ranges::find_if(
        line.pools, [&](const Pool& known) { return is_cheaper(pool, rebased(known, locale)); });
    line.pools.insert(place, std::move(pool));
}

void discount(Line& line, std::int64_t quantity, const ChangeLine& off, TaxLocale locale) {
    std::vector<Pool> pieces = carve(line, quantity, locale);
    if (pieces.empty()) return;
    const std::vector<ChangeLine> parts = split_like(off, pieces);
    for (std::size_t i = pieces.size(); i-- > 0;) {
        ChangeLine rest{{}, pieces[i].units, pieces[i].amount, std::move(pieces[i].taxes)};
        add(rest, -ChangeLine{{}, 0, parts[i].delta, parts[i].taxes});
        put(line, to_pool(std::move(rest)), locale);
    }
}

}  // namespace orderhub::domain
