#include "xml_amounts.hpp"

namespace orderhub::ubl {

namespace {

void add_category(const Element& parent, const char* name, const Category& category,
                  const Subtotal* reasons = nullptr) {
    const Element made = parent.group(name);
    made.value("ID", category.code);
    if (category.rate) made.value("Percent", to_text(*category.rate));
    if (reasons) {
        made.value("TaxExemptionReasonCode", reasons->reason_code);
        made.value("TaxExemptionReason", reasons->reason);
    }
    made.group("TaxScheme").value("ID", "VAT");
}

void add_charge(const Element& root, const Charge& charge) {
    const Element made = root.group("AllowanceCharge");
    made.value("ChargeIndicator", charge.is_charge ? "true" : "false");
    made.value("AllowanceChargeReasonCode", charge.reason_code);
    made.value("AllowanceChargeReason", charge.reason);
    made.amount("Amount", charge.amount);
    add_category(made, "TaxCategory", charge.category);
}

void add_subtotal(const Element& total, const Subtotal& subtotal, bool german) {
    const Element made = total.group("TaxSubtotal");
    made.amount("TaxableAmount", subtotal.taxable);
    made.amount("TaxAmount", subtotal.tax);
    Category category = subtotal.category;
    // DE-R-014 wants a rate in every subtotal, also where the lines must have none.
    if (german && !category.rate) category.rate = Rate{};
    add_category(made, "TaxCategory", category, &subtotal);
}

void add_tax(const Element& root, const Note& note) {
    const bool german = note.seller.address.country == "DE" && note.buyer.address.country == "DE";
    const Element made = root.group("TaxTotal");
    made.amount("TaxAmount", note.totals.tax);
    for (const Subtotal& subtotal : note.subtotals)
        add_subtotal(made, subtotal, german);
}

void add_totals(const Element& root, const Note& note) {
    const Totals& totals = note.totals;
    bool has_charge = false, has_allowance = false;
    for (const Charge& charge : note.charges)
        (charge.is_charge ? has_charge : has_allowance) = true;
    const Element made = root.group("LegalMonetaryTotal");
    made.amount("LineExtensionAmount", totals.lines);
    made.amount("TaxExclusiveAmount", totals.exclusive);
    made.amount("TaxInclusiveAmount", totals.inclusive);
    if (has_allowance) made.amount("AllowanceTotalAmount", totals.allowances);
    if (has_charge) made.amount("ChargeTotalAmount", totals.charges);
    if (totals.prepaid != 0) made.amount("PrepaidAmount", totals.prepaid);
    if (totals.rounding != 0) made.amount("PayableRoundingAmount", totals.rounding);
    made.amount("PayableAmount", totals.payable);
}

void add_item(const Element& line, const NoteLine& source) {
    const Element item = line.group("Item");
    item.value("Name", source.name);
    if (!source.sku.empty()) item.group("SellersItemIdentification").value("ID", source.sku);
    add_category(item, "ClassifiedTaxCategory", source.category);
}

void add_line(const Element& root, const Note& note, std::size_t index) {
    const bool credit = note.kind == Kind::credit_note;
    const NoteLine& source = note.lines[index];
    const Element line = root.group(credit ? "CreditNoteLine" : "InvoiceLine");
    line.value("ID", std::to_string(index + 1));
    line.value(credit ? "CreditedQuantity" : "InvoicedQuantity", std::to_string(source.quantity),
               "unitCode", note.unit);
    line.amount("LineExtensionAmount", source.net);
    add_item(line, source);
    const Element price = line.group("Price");
    price.amount("PriceAmount", source.price);
    price.value("BaseQuantity", std::to_string(source.base_quantity), "unitCode", note.unit);
}

}  // namespace

void add_amounts(const Element& root, const Note& note) {
    for (const Charge& charge : note.charges)
        add_charge(root, charge);
    add_tax(root, note);
    add_totals(root, note);
    for (std::size_t i = 0; i < note.lines.size(); ++i)
        add_line(root, note, i);
}

}  // namespace orderhub::ubl
