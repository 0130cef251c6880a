// What each VAT category demands of the document.
#include <algorithm>
#include <set>

#include "rules.hpp"

namespace orderhub::ubl {

namespace {

void check_seller(const Note& note, const std::string& category) {
    const std::string rule = "BR-" + category + "-02";
    const bool has_vat = !note.seller.vat_id.empty();
    if (category == "O")
        demand(!has_vat && note.buyer.vat_id.empty(), rule.c_str(), "vat_id", "none");
    else if (category == "G")
        demand(has_vat, rule.c_str(), "seller.vat_id", "the seller's VAT number");
    else
        demand(has_vat || !note.seller.tax_id.empty(), rule.c_str(), "seller.vat_id",
               "the seller's VAT number, or tax_id");
    if (category == "AE")
        demand(!note.buyer.vat_id.empty() || !note.buyer.legal_id.id.empty(), rule.c_str(),
               "buyers.*.vat_id", "the buyer's VAT number, or legal_id");
}

void check_subtotal(const Note& note, const Subtotal& subtotal) {
    const std::string& category = subtotal.category.code;
    check_seller(note, category);
    const bool has_reason = !subtotal.reason.empty() || !subtotal.reason_code.empty();
    const bool wants_reason = category != "S" && category != "Z";
    demand(has_reason == wants_reason, ("BR-" + category + "-10").c_str(), "untaxed.reason",
           wants_reason ? "why no tax is due" : "none");
    const bool has_rate = subtotal.category.rate.has_value();
    demand(has_rate != (category == "O"), "BR-48", "rate", has_rate ? "none" : "a rate");
    if (category == "S")
        demand(subtotal.category.rate->e4 > 0, "BR-S-05", "rate", "above zero");
    else
        demand(!has_rate || subtotal.category.rate->e4 == 0, ("BR-" + category + "-05").c_str(),
               "rate", "zero");
}

}  // namespace

void check_categories(const Note& note) {
    std::set<Category> seen;
    for (const Subtotal& subtotal : note.subtotals) {
        check_subtotal(note, subtotal);
        demand(seen.insert(subtotal.category).second,
               ("BR-" + subtotal.category.code + "-01").c_str(), "tax subtotals",
               "one for each category and rate");
    }
    const bool out_of_scope = std::ranges::any_of(
        note.subtotals, [](const Subtotal& each) { return each.category.code == "O"; });
    demand(!out_of_scope || note.subtotals.size() == 1, "BR-O-11", "lines",
           "none with tax beside what is out of its scope");
}

}  // namespace orderhub::ubl
