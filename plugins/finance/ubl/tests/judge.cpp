#include "judge.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>

#include "order.hpp"

namespace orderhub::ubl::test {

namespace {

using Problems = std::vector<std::string>;

/// A decimal with at most two digits behind the point, in hundredths.
std::int64_t amount_of(const std::string& text, Problems& problems) {
    const std::size_t point = text.find('.');
    std::string digits = text.substr(0, point);
    std::string decimals = point == text.npos ? "" : text.substr(point + 1);
    if (decimals.size() > 2) problems.push_back("UBL-DT-01: " + text);
    decimals.resize(2, '0');
    const bool negative = digits.starts_with('-');
    const std::int64_t value = std::stoll(digits) * 100;
    return negative ? value - std::stoll(decimals) : value + std::stoll(decimals);
}

/// In ten-thousandths of a percent point; none where there is no rate.
std::int64_t percent_of(const std::string& text) {
    if (text.empty()) return 0;
    const std::size_t point = text.find('.');
    std::string decimals = point == text.npos ? "" : text.substr(point + 1);
    decimals.resize(4, '0');
    return std::stoll(text.substr(0, point)) * 10'000 + std::stoll(decimals);
}

class File {
public:
    File(const pugi::xml_node& root, Problems& problems) : root_(root), problems_(problems) {}

    void judge() {
        add_lines();
        add_charges();
        check_subtotals();
        check_totals();
    }

private:
    std::int64_t amount(const pugi::xml_node& node, const char* name) {
        const std::string text = node.child(name).text().get();
        return text.empty() ? 0 : amount_of(text, problems_);
    }
    void demand(bool holds, const char* rule) {
        if (!holds) problems_.emplace_back(rule);
    }
    static std::string category_of(const pugi::xml_node& category) {
        return std::string(category.child_value("cbc:ID")) + " " +
               std::to_string(percent_of(category.child_value("cbc:Percent")));
    }

    void add_lines() {
        const bool credit = std::string(root_.name()) == "CreditNote";
        for (const auto& line : root_.children(credit ? "cac:CreditNoteLine" : "cac:InvoiceLine")) {
            const std::int64_t net = amount(line, "cbc:LineExtensionAmount");
            const std::int64_t price = amount(line.child("cac:Price"), "cbc:PriceAmount");
            const auto quantity_node =
                line.child(credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity");
            const std::int64_t quantity = std::stoll(quantity_node.text().get());
            const auto base = line.child("cac:Price").child("cbc:BaseQuantity");
            demand(price * quantity == net * std::stoll(base.text().get()), "R120");
            demand(std::string(base.attribute("unitCode").value()) ==
                       quantity_node.attribute("unitCode").value(),
                   "R130");
            demand(price >= 0 && std::stoll(base.text().get()) > 0, "BR-27, R121");
            lines_ += net;
            bases_[category_of(line.child("cac:Item").child("cac:ClassifiedTaxCategory"))] += net;
        }
        demand(lines_ == amount(totals(), "cbc:LineExtensionAmount"), "BR-CO-10");
    }

    void add_charges() {
        for (const auto& charge : root_.children("cac:AllowanceCharge")) {
            const bool adds = std::string(charge.child_value("cbc:ChargeIndicator")) == "true";
            const std::int64_t value = amount(charge, "cbc:Amount");
            (adds ? charges_ : allowances_) += value;
            bases_[category_of(charge.child("cac:TaxCategory"))] += adds ? value : -value;
            demand(*charge.child_value("cbc:AllowanceChargeReason") != 0, "BR-33, BR-38");
        }
        demand(allowances_ == amount(totals(), "cbc:AllowanceTotalAmount"), "BR-CO-11");
        demand(charges_ == amount(totals(), "cbc:ChargeTotalAmount"), "BR-CO-12");
    }

    void check_subtotals() {
        std::map<std::string, std::int64_t> seen;
        for (const auto& subtotal : root_.child("cac:TaxTotal").children("cac:TaxSubtotal")) {
            const auto category = subtotal.child("cac:TaxCategory");
            const std::int64_t base = amount(subtotal, "cbc:TaxableAmount");
            demand(seen.emplace(category_of(category), base).second, "one subtotal for each rate");
            tax_ += amount(subtotal, "cbc:TaxAmount");
            check_tax(base, amount(subtotal, "cbc:TaxAmount"), category);
        }
        demand(seen == bases_, "BR-S-08");
        demand(tax_ == amount(root_.child("cac:TaxTotal"), "cbc:TaxAmount"), "BR-CO-14");
    }

    void check_tax(std::int64_t base, std::int64_t tax, const pugi::xml_node& category) {
        const std::int64_t rate = percent_of(category.child_value("cbc:Percent"));
        // Both sides in millionths of a hundredth, so that nothing is rounded here: half a
        // hundredth is what rounding may add.
        const std::int64_t exact = std::llabs(base) * rate;
        const std::int64_t off = std::llabs(std::llabs(tax) * 1'000'000 - exact);
        demand(off < 100 * 1'000'000 + 500'000, "BR-CO-17, BR-S-09");
        demand((base < 0) == (tax < 0) || base == 0 || tax == 0, "sign of the tax");
        const bool taxed = std::string(category.child_value("cbc:ID")) == "S";
        demand(taxed == (rate > 0), "BR-S-05, BR-Z-05");
        demand(taxed || tax == 0, "BR-Z-09");
    }

    void check_totals() {
        const std::int64_t exclusive = lines_ - allowances_ + charges_;
        demand(exclusive == amount(totals(), "cbc:TaxExclusiveAmount"), "BR-CO-13");
        demand(exclusive + tax_ == amount(totals(), "cbc:TaxInclusiveAmount"), "BR-CO-15");
        demand(
            amount(totals(), "cbc:PayableAmount") - amount(totals(), "cbc:PayableRoundingAmount") ==
                exclusive + tax_ - amount(totals(), "cbc:PrepaidAmount"),
            "BR-CO-16");
    }

    pugi::xml_node totals() const { return root_.child("cac:LegalMonetaryTotal"); }

    pugi::xml_node root_;
    Problems& problems_;
    std::int64_t lines_ = 0, allowances_ = 0, charges_ = 0, tax_ = 0;
    std::map<std::string, std::int64_t> bases_;
};

}  // namespace

std::vector<std::string> judge(const std::string& xml) {
    Problems problems;
    pugi::xml_document file;
    if (!file.load_string(xml.c_str())) return {"it is not XML"};
    const pugi::xml_node root = file.document_element();
    check_order(root, root.child_value("cbc:DocumentCurrencyCode"), problems);
    if (problems.empty()) File(root, problems).judge();
    return problems;
}

}  // namespace orderhub::ubl::test
