// Parts of amounts, each tax kept apart.
#include <algorithm>

#include "hub/domain/units.hpp"

namespace orderhub::domain {

ChangeLine percent_of(const ChangeLine& from, std::int64_t percent, TaxLocale locale) {
    constexpr std::int64_t kWhole = 10'000;
    // A hundredth of a percent is a unit of ten thousand; all but `percent` of them are gone.
    ChangeLine part = worth(Pool{kWhole, kWhole - percent, from.delta, from.taxes}, locale);
    part.line_id = from.line_id;
    part.quantity = from.quantity;
    return part;
}

namespace {

/// Taxes in the proportion of `kept` to `whole`; 0 <= kept <= whole.
ChangeLine with_taxes(const ChangeLine& from, Minor kept, Minor whole) {
    ChangeLine part;
    part.line_id = from.line_id;
    part.quantity = from.quantity;
    if (whole == Minor{}) return part;
    for (const Tax& tax : from.taxes) {
        part.taxes.push_back({tax.label, tax.rate, share(tax.amount, kept.count(), whole.count())});
        part.delta.tax += part.taxes.back().amount;
    }
    if (from.taxes.empty()) part.delta.tax = share(from.delta.tax, kept.count(), whole.count());
    return part;
}

}  // namespace

ChangeLine part_with_tax(const ChangeLine& from, Minor amount) {
    ChangeLine part = with_taxes(from, amount, from.delta.inc);
    part.delta.inc = amount;
    part.delta.ex = amount - part.delta.tax;
    return part;
}

ChangeLine part_without_tax(const ChangeLine& from, Minor amount) {
    ChangeLine part = with_taxes(from, amount, from.delta.ex);
    part.delta.ex = amount;
    part.delta.inc = amount + part.delta.tax;
    return part;
}

std::vector<ChangeLine> split(const ChangeLine& whole, std::span<const std::int64_t> weights) {
    std::vector<ChangeLine> parts(weights.size());
    const std::vector<Minor> ex = allocate(whole.delta.ex, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i].line_id = whole.line_id;
        parts[i].delta.ex = ex[i];
    }
    for (const Tax& tax : whole.taxes) {
        const std::vector<Minor> amounts = allocate(tax.amount, weights);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts[i].taxes.push_back({tax.label, tax.rate, amounts[i]});
            parts[i].delta.tax += amounts[i];
        }
    }
    if (whole.taxes.empty()) {
        const std::vector<Minor> tax = allocate(whole.delta.tax, weights);
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i].delta.tax = tax[i];
    }
    for (ChangeLine& part : parts)
        part.delta.inc = part.delta.ex + part.delta.tax;
    return parts;
}

ChangeLine operator-(ChangeLine line) {
    line.delta = -line.delta;
    for (Tax& tax : line.taxes)
        tax.amount = -tax.amount;
    return line;
}

void add(ChangeLine& sum, const ChangeLine& part) {
    sum.quantity += part.quantity;
    sum.delta += part.delta;
    for (const Tax& tax : part.taxes) {
        const auto known = std::ranges::find_if(sum.taxes, [&](const Tax& each) {
            return each.label == tax.label && each.rate == tax.rate;
        });
        if (known == sum.taxes.end())
            sum.taxes.push_back(tax);
        else
            known->amount += tax.amount;
    }
}

}  // namespace orderhub::domain
