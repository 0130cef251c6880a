#include "xml_parties.hpp"

namespace orderhub::ubl {

namespace {

void add_address(const Element& party, const PostalAddress& address) {
    const Element made = party.group("PostalAddress");
    made.value("StreetName", address.line1);
    made.value("AdditionalStreetName", address.line2);
    made.value("CityName", address.city);
    made.value("PostalZone", address.postcode);
    made.value("CountrySubentity", address.state);
    made.group("Country").value("IdentificationCode", address.country);
}

void add_tax_number(const Element& party, const std::string& number, const char* scheme) {
    if (number.empty()) return;
    const Element made = party.group("PartyTaxScheme");
    made.value("CompanyID", number);
    made.group("TaxScheme").value("ID", scheme);
}

void add_contact(const Element& party, const Contact& contact) {
    if (contact.empty()) return;
    const Element made = party.group("Contact");
    made.value("Name", contact.name);
    made.value("Telephone", contact.phone);
    made.value("ElectronicMail", contact.email);
}

void add_party(const Element& role, const Party& party) {
    const Element made = role.group("Party");
    made.value("EndpointID", party.endpoint.id, "schemeID", party.endpoint.scheme);
    add_address(made, party.address);
    add_tax_number(made, party.vat_id, "VAT");
    add_tax_number(made, party.tax_id, "TAX");
    const Element legal = made.group("PartyLegalEntity");
    legal.value("RegistrationName", party.name);
    legal.value("CompanyID", party.legal_id.id, "schemeID", party.legal_id.scheme);
    add_contact(made, party.contact);
}

}  // namespace

void add_parties(const Element& root, const Note& note) {
    add_party(root.group("AccountingSupplierParty"), note.seller);
    add_party(root.group("AccountingCustomerParty"), note.buyer);
}

}  // namespace orderhub::ubl
