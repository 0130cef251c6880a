#include "order.hpp"

#include <map>
#include <sstream>

namespace orderhub::ubl::test {

namespace {

// After each name: nothing for exactly one, ? for at most one, * for any number, + for at least
// one.
const std::map<std::string, std::string> kChildren{
    {"CreditNote",
     "CustomizationID ProfileID ID IssueDate TaxPointDate? CreditNoteTypeCode Note? "
     "DocumentCurrencyCode TaxCurrencyCode? AccountingCost? BuyerReference? InvoicePeriod? "
     "OrderReference? BillingReference* ContractDocumentReference? AccountingSupplierParty "
     "AccountingCustomerParty Delivery? PaymentMeans* PaymentTerms? AllowanceCharge* TaxTotal "
     "LegalMonetaryTotal CreditNoteLine+"},
    {"Invoice",
     "CustomizationID ProfileID ID IssueDate DueDate? InvoiceTypeCode Note? TaxPointDate? "
     "DocumentCurrencyCode TaxCurrencyCode? AccountingCost? BuyerReference? InvoicePeriod? "
     "OrderReference? BillingReference* ContractDocumentReference? AccountingSupplierParty "
     "AccountingCustomerParty Delivery? PaymentMeans* PaymentTerms? AllowanceCharge* TaxTotal "
     "LegalMonetaryTotal InvoiceLine+"},
    {"OrderReference", "ID"},
    {"BillingReference", "InvoiceDocumentReference"},
    {"InvoiceDocumentReference", "ID IssueDate?"},
    {"AccountingSupplierParty", "Party"},
    {"AccountingCustomerParty", "Party"},
    {"Party",
     "EndpointID? PartyIdentification* PartyName? PostalAddress PartyTaxScheme* PartyLegalEntity "
     "Contact?"},
    {"PostalAddress",
     "StreetName? AdditionalStreetName? CityName? PostalZone? CountrySubentity? Country"},
    {"Country", "IdentificationCode"},
    {"PartyTaxScheme", "CompanyID TaxScheme"},
    {"TaxScheme", "ID"},
    {"PartyLegalEntity", "RegistrationName CompanyID?"},
    {"Contact", "Name? Telephone? ElectronicMail?"},
    {"PaymentMeans", "PaymentMeansCode PaymentID? PayeeFinancialAccount?"},
    {"PayeeFinancialAccount", "ID Name?"},
    {"PaymentTerms", "Note"},
    {"AllowanceCharge",
     "ChargeIndicator AllowanceChargeReasonCode? AllowanceChargeReason? MultiplierFactorNumeric? "
     "Amount BaseAmount? TaxCategory"},
    {"TaxCategory", "ID Percent? TaxExemptionReasonCode? TaxExemptionReason? TaxScheme"},
    {"ClassifiedTaxCategory", "ID Percent? TaxScheme"},
    {"TaxTotal", "TaxAmount TaxSubtotal+"},
    {"TaxSubtotal", "TaxableAmount TaxAmount TaxCategory"},
    {"LegalMonetaryTotal",
     "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount? "
     "ChargeTotalAmount? PrepaidAmount? PayableRoundingAmount? PayableAmount"},
    {"CreditNoteLine", "ID Note? CreditedQuantity LineExtensionAmount Item Price"},
    {"InvoiceLine", "ID Note? InvoicedQuantity LineExtensionAmount Item Price"},
    {"Item", "Description? Name SellersItemIdentification? ClassifiedTaxCategory"},
    {"SellersItemIdentification", "ID"},
    {"Price", "PriceAmount BaseQuantity?"},
};

std::string local(const std::string& name) {
    const std::size_t colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

/// The one attribute that an element has, or none.
std::string attribute_of(const std::string& name) {
    if (name.ends_with("Amount")) return "currencyID";
    if (name.ends_with("Quantity")) return "unitCode";
    return name == "EndpointID" ? "schemeID" : "";
}

void check_value(const pugi::xml_node& node, const std::string& currency,
                 std::vector<std::string>& problems) {
    const std::string name = local(node.name());
    if (node.text().empty()) problems.push_back("R008: " + name + " is empty");
    const std::string wanted = attribute_of(name);
    for (const auto& attribute : node.attributes())
        if (attribute.name() != wanted &&
            !(name == "CompanyID" && attribute.name() == std::string("schemeID")))
            problems.push_back(name + " has the attribute " + attribute.name());
    if (!wanted.empty() && node.attribute(wanted.c_str()).empty())
        problems.push_back(name + " lacks " + wanted);
    if (wanted == "currencyID" && node.attribute("currencyID").value() != currency)
        problems.push_back("R051: " + name);
}

void check_children(const pugi::xml_node& group, const std::string& table,
                    std::vector<std::string>& problems) {
    std::istringstream entries(table);
    pugi::xml_node child = group.first_child();
    for (std::string entry; entries >> entry;) {
        const char last = entry.back();
        const bool optional = last == '?' || last == '*';
        if (optional || last == '+') entry.pop_back();
        int count = 0;
        for (; child && local(child.name()) == entry; child = child.next_sibling())
            ++count;
        const bool many = last == '*' || last == '+';
        if ((count == 0 && !optional) || (count > 1 && !many))
            problems.push_back(local(group.name()) + " has " + std::to_string(count) + " " + entry);
    }
    if (child)
        problems.push_back(std::string(child.name()) + " stands where it may not, in " +
                           group.name());
}

}  // namespace

void check_order(const pugi::xml_node& group, const std::string& currency,
                 std::vector<std::string>& problems) {
    const auto table = kChildren.find(local(group.name()));
    if (table == kChildren.end()) return check_value(group, currency, problems);
    check_children(group, table->second, problems);
    for (const auto& child : group.children())
        if (child.type() == pugi::node_element) check_order(child, currency, problems);
}

}  // namespace orderhub::ubl::test
