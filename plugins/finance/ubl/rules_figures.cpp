// The arithmetic of EN 16931, exactly; where its rules leave room, so do we only where we must.
#include <cstdlib>
#include <string>

#include "rules.hpp"

namespace orderhub::ubl {

namespace {

__extension__ using Wide = __int128;

constexpr Hundredths kOne = 100;
constexpr std::int64_t kHalfPercent = 5'000;

std::string shown(const Note& note, Hundredths amount) {
    return to_text(amount, note.currency) + " " + note.currency;
}

void check_line_prices(const Note& note) {
    for (const NoteLine& line : note.lines)
        demand(Wide{line.quantity} * line.price == Wide{line.net} * line.base_quantity,
               "PEPPOL-EN16931-R120", "line " + line.name, "quantity times price");
}

Hundredths base_of(const Note& note, const Category& category) {
    Hundredths base = 0;
    for (const NoteLine& line : note.lines)
        if (line.category == category) base = sum(base, line.net);
    for (const Charge& charge : note.charges)
        if (charge.category == category)
            base = sum(base, charge.is_charge ? charge.amount : -charge.amount);
    return base;
}

void check_subtotal(const Note& note, const Subtotal& subtotal) {
    const Category& category = subtotal.category;
    const std::string rule = "BR-" + category.code;
    const Rate rate = category.rate.value_or(Rate{});
    demand(subtotal.taxable == base_of(note, category), (rule + "-08").c_str(), "taxable amount",
           "the sum of the lines and charges at " + to_text(rate) + " %");
    if (category.code != "S")
        return demand(subtotal.tax == 0, (rule + "-09").c_str(), "tax", "none");
    const Hundredths formula = tax_on(subtotal.taxable, rate);
    demand(is_tax_accepted(subtotal.taxable, rate, subtotal.tax), "BR-S-09",
           "tax at " + to_text(rate) + " %",
           shown(note, formula) + " on " + shown(note, subtotal.taxable) +
               ", or less than 1.00 off it, not " + shown(note, subtotal.tax));
    // The official rules look at magnitudes only.
    demand(
        (subtotal.taxable < 0) == (subtotal.tax < 0) || subtotal.tax == 0 || subtotal.taxable == 0,
        "BR-S-09", "tax at " + to_text(rate) + " %", "the sign of its base");
}

void check_rounding(const Note& note) {
    Hundredths units = 0;
    for (const NoteLine& line : note.lines)
        units = sum(units, std::abs(line.quantity));
    units = sum(units, static_cast<Hundredths>(note.charges.size()));
    const Wide most = Wide{units} * smallest_step(note.currency);
    demand(std::abs(note.totals.rounding) <= most, "BR-CO-16", "rounding amount",
           "no more than the smallest coin for each unit");
}

void check_sums(const Note& note) {
    Hundredths lines = 0, allowances = 0, charges = 0, tax = 0, bases = 0;
    for (const NoteLine& line : note.lines)
        lines = sum(lines, line.net);
    for (const Charge& charge : note.charges) {
        Hundredths& side = charge.is_charge ? charges : allowances;
        side = sum(side, charge.amount);
    }
    for (const Subtotal& subtotal : note.subtotals) {
        tax = sum(tax, subtotal.tax);
        bases = sum(bases, subtotal.taxable);
    }
    const Totals& totals = note.totals;
    demand(totals.lines == lines, "BR-CO-10", "sum of the lines", shown(note, lines));
    demand(totals.allowances == allowances, "BR-CO-11", "allowances", shown(note, allowances));
    demand(totals.charges == charges, "BR-CO-12", "charges", shown(note, charges));
    const Hundredths exclusive = sum(sum(lines, -allowances), charges);
    demand(totals.exclusive == exclusive, "BR-CO-13", "total without tax", shown(note, exclusive));
    demand(bases == exclusive, "BR-CO-13", "taxable amounts", shown(note, exclusive));
    demand(totals.tax == tax, "BR-CO-14", "total tax", shown(note, tax));
    const Hundredths inclusive = sum(exclusive, tax);
    demand(totals.inclusive == inclusive, "BR-CO-15", "total with tax", shown(note, inclusive));
    const Hundredths payable = sum(sum(inclusive, -totals.prepaid), totals.rounding);
    demand(totals.payable == payable, "BR-CO-16", "payable amount", shown(note, payable));
    demand(totals.inclusive >= 0 && totals.payable >= 0, "negative_total", "totals",
           "no sum below zero: what turns the sign is a document of the other kind");
}

}  // namespace

bool is_tax_accepted(Hundredths base, Rate rate, Hundredths tax) {
    const Hundredths size = std::abs(tax);
    // A rate that rounds to 0 % must have a tax that rounds to 0 (BR-CO-17).
    if (rate.e4 < kHalfPercent && size >= kOne / 2) return false;
    const Hundredths formula = tax_on(std::abs(base), rate);
    return size - kOne < formula && formula < sum(size, kOne);
}

void check_figures(const Note& note) {
    check_line_prices(note);
    demand(!note.subtotals.empty(), "BR-CO-18", "tax", "at least one subtotal");
    for (const Subtotal& subtotal : note.subtotals)
        check_subtotal(note, subtotal);
    check_rounding(note);
    check_sums(note);
}

}  // namespace orderhub::ubl
