// From a document of the hub to the note: categories, lines, charges, sums.
#include <algorithm>
#include <map>
#include <orderhub/http.hpp>

#include "note.hpp"
#include "parties.hpp"
#include "text.hpp"

namespace orderhub::ubl {

namespace {

const Untaxed& untaxed_of(const DocumentLine& line, const Config& config) {
    return line.kind == LineKind::fee ? config.untaxed_fee : config.untaxed;
}

Category category_of(const DocumentLine& line, const Config& config) {
    if (line.rate.e4 > 0) return {"S", line.rate};
    const std::string& code = untaxed_of(line, config).category;
    if (code == "O") return {code, std::nullopt};
    return {code, Rate{}};
}

/// Quantity times price is the net to the last digit: a price for one unit where it comes out even,
/// and otherwise the price of all of them together.
NoteLine line_of(const DocumentLine& source, const Config& config) {
    NoteLine line;
    line.net = source.total.ex;
    line.quantity = line.net < 0 ? -source.quantity : source.quantity;
    line.name = clean(source.name);
    line.sku = clean(source.sku);
    line.category = category_of(source, config);
    line.price = line.net < 0 ? -line.net : line.net;
    line.base_quantity = source.quantity;
    if (line.price % source.quantity == 0) {
        line.price /= source.quantity;
        line.base_quantity = 1;
    }
    return line;
}

Charge charge_of(const DocumentLine& source, const Config& config) {
    Charge charge;
    charge.is_charge = source.total.ex >= 0;
    if (charge.is_charge) charge.reason_code = "FC";
    charge.reason = clean(source.name);
    charge.amount = charge.is_charge ? source.total.ex : -source.total.ex;
    charge.category = category_of(source, config);
    return charge;
}

// A note of nothing but delivery has lines all the same (BR-16).
bool is_charge(const DocumentLine& line, const Document& document) {
    return line.kind == LineKind::delivery &&
           std::ranges::any_of(document.lines, [](const DocumentLine& each) {
               return each.kind != LineKind::delivery;
           });
}

void add_lines(const Document& document, const Config& config, Note& note) {
    for (const DocumentLine& line : document.lines)
        if (is_charge(line, document))
            note.charges.push_back(charge_of(line, config));
        else
            note.lines.push_back(line_of(line, config));
}

void explain(const Untaxed& untaxed, Subtotal& subtotal) {
    subtotal.reason_code = untaxed.reason_code;
    subtotal.reason = clean(untaxed.reason);
}

void add_subtotals(const Document& document, const Config& config, Note& note) {
    std::map<Category, Subtotal> subtotals;
    for (const DocumentLine& line : document.lines) {
        const Category category = category_of(line, config);
        Subtotal& subtotal = subtotals[category];
        subtotal.category = category;
        subtotal.taxable = sum(subtotal.taxable, line.total.ex);
        subtotal.tax = sum(subtotal.tax, line.total.tax);
        if (category.code != "S") explain(untaxed_of(line, config), subtotal);
    }
    for (const auto& [category, subtotal] : subtotals)
        note.subtotals.push_back(subtotal);
}

/// The tax next to the subtotal's own that the rules accept, in whole steps of the currency.
Hundredths accepted_tax(const Subtotal& subtotal, Hundredths step) {
    const Rate rate = *subtotal.category.rate;
    if (is_tax_accepted(subtotal.taxable, rate, subtotal.tax)) return subtotal.tax;
    const Hundredths sign = subtotal.taxable < 0 ? -1 : 1;
    const Hundredths formula = sign * tax_on(subtotal.taxable, rate);
    const Hundredths least = (std::max<Hundredths>(formula - 99, 0) + step - 1) / step * step;
    const Hundredths most = (formula + 99) / step * step;
    return sign * std::clamp(sign * subtotal.tax, least, most);
}

void restate_taxes(Note& note) {
    const Hundredths step = smallest_step(note.currency);
    for (Subtotal& subtotal : note.subtotals) {
        if (!subtotal.category.rate) continue;
        const Hundredths tax = accepted_tax(subtotal, step);
        note.totals.rounding = sum(note.totals.rounding, subtotal.tax - tax);
        subtotal.tax = tax;
    }
}

void add_totals(const Config& config, Note& note) {
    Totals& totals = note.totals;
    for (const NoteLine& line : note.lines)
        totals.lines = sum(totals.lines, line.net);
    for (const Charge& charge : note.charges) {
        Hundredths& total = charge.is_charge ? totals.charges : totals.allowances;
        total = sum(total, charge.amount);
    }
    for (const Subtotal& subtotal : note.subtotals)
        totals.tax = sum(totals.tax, subtotal.tax);
    totals.exclusive = sum(sum(totals.lines, -totals.allowances), totals.charges);
    totals.inclusive = sum(totals.exclusive, totals.tax);
    const Hundredths due = sum(totals.inclusive, totals.rounding);
    totals.prepaid = config.settled ? due : 0;
    totals.payable = due - totals.prepaid;
}

std::string filled(std::string pattern, std::string_view name, const std::string& value) {
    for (std::size_t at = pattern.find(name); at != pattern.npos;
         at = pattern.find(name, at + value.size()))
        pattern.replace(at, name.size(), value);
    return clean(pattern);
}

std::vector<std::string> originals_of(const Document& document, const Config& config) {
    const std::string& pattern = config.original_invoice;
    if (document.kind == Kind::invoice || pattern.empty()) return {};
    if (pattern.find("{fulfilment}") == pattern.npos)
        return {filled(pattern, "{order_number}", document.order_number)};
    std::vector<std::string> originals;
    for (const std::string& fulfilment : document.fulfilments)
        originals.push_back(filled(filled(pattern, "{order_number}", document.order_number),
                                   "{fulfilment}", fulfilment));
    return originals;
}

}  // namespace

Note compose(const Document& document, const Config& config) {
    Note note;
    note.kind = document.kind;
    note.number = clean(document.number);
    note.date = document.date;
    note.text = clean_note(document.reason);
    note.currency = document.currency;
    note.order_number = clean(document.order_number);
    note.originals = originals_of(document, config);
    note.payment = config.payment;
    note.unit = config.unit;
    add_lines(document, config, note);
    add_subtotals(document, config, note);
    add_parties(document.recipient, config, note);
    if (config.tax_difference == TaxDifference::restate) restate_taxes(note);
    add_totals(config, note);
    return note;
}

}  // namespace orderhub::ubl
