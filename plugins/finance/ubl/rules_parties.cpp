// What the rules demand of seller and buyer, and the national rules of Peppol that are built.
#include "codes.hpp"
#include "parties.hpp"
#include "rules.hpp"

namespace orderhub::ubl {

namespace {

void check_endpoint(const Identifier& endpoint, const char* rule, const std::string& field) {
    demand(!endpoint.id.empty(), rule, field, "the electronic address for Peppol");
}

bool has_place(const PostalAddress& address) {
    return !address.city.empty() && !address.postcode.empty();
}

bool has_street(const PostalAddress& address) {
    return !address.line1.empty() && has_place(address);
}

void check_dutch_id(const Identifier& id, const char* rule, const std::string& field) {
    demand(id.id.empty() || id.scheme == "0106" || id.scheme == "0190", rule, field,
           "a KVK or OIN number (scheme 0106 or 0190)");
}

void check_german(const Note& note) {
    const Contact& contact = note.seller.contact;
    demand(!contact.name.empty(), "DE-R-005", "seller.contact.name", "a person or department");
    demand(contact.phone.find_first_of("0123456789") != std::string::npos, "DE-R-006",
           "seller.contact.phone", "a telephone number");
    demand(contact.email.find('@') != std::string::npos, "DE-R-007", "seller.contact.email",
           "an e-mail address");
    demand(has_place(note.seller.address), "DE-R-003", "seller.address", "city and postcode");
    demand(has_place(note.buyer.address), "DE-R-008", "billing_address", "city and postcode");
    demand(!note.buyer_reference.empty(), "DE-R-015", "buyers.*.reference", "a buyer reference");
}

void check_dutch(const Note& note) {
    demand(note.kind == Kind::invoice || !note.originals.empty(), "NL-R-001", "original_invoice",
           "the number of the invoice that the note corrects");
    demand(has_street(note.seller.address), "NL-R-002", "seller.address",
           "street, city and postcode");
    check_dutch_id(note.seller.legal_id, "NL-R-003", "seller.legal_id");
    if (note.buyer.address.country != "NL") return;
    demand(has_street(note.buyer.address), "NL-R-004", "billing_address",
           "street, city and postcode");
    check_dutch_id(note.buyer.legal_id, "NL-R-005", "buyers.*.legal_id");
    const std::string codes = " 30 48 57 58 ";
    demand(codes.find(" " + note.payment.code + " ") != std::string::npos, "NL-R-008",
           "payment.code", "30, 48, 57 or 58");
}

void check_italian(const Note& note) {
    demand(has_street(note.seller.address), "IT-R-002", "seller.address",
           "street, city and postcode");
    demand(note.seller.tax_id.empty() ||
               (note.seller.tax_id.size() >= 11 && note.seller.tax_id.size() <= 16),
           "IT-R-001", "seller.tax_id", "11 to 16 characters");
}

}  // namespace

void check_parties(const Note& note) {
    demand(!note.seller.name.empty(), "BR-06", "seller.name", "the seller's name");
    demand(is_country(note.seller.address.country), "BR-09", "seller.address.country",
           "a country of ISO 3166-1");
    demand(!note.seller.vat_id.empty() || !note.seller.legal_id.id.empty(), "BR-CO-26", "seller",
           "legal_id, where no VAT number is shown");
    demand(!note.buyer.name.empty(), "BR-07", "billing_address.name", "the buyer's name");
    demand(is_country(note.buyer.address.country), "BR-11", "billing_address.country",
           "a country of ISO 3166-1, or default_country in the configuration");
    if (!note.peppol) return;
    check_endpoint(note.seller.endpoint, "PEPPOL-EN16931-R020", "seller.endpoint");
    check_endpoint(note.buyer.endpoint, "PEPPOL-EN16931-R010", "buyers.*.endpoint");
}

void check_countries(const Note& note) {
    demand(!has_unbuilt_rules(note.seller.address.country) &&
               !has_unbuilt_rules(std::string_view(note.seller.vat_id).substr(0, 2)),
           "unbuilt_country", "seller",
           "a country whose national rules of Peppol are built; use profile en16931");
    const bool german = note.seller.address.country == "DE" && note.buyer.address.country == "DE";
    if (german) check_german(note);
    if (note.seller.address.country == "NL") check_dutch(note);
    if (is_seller_from(note, "IT")) check_italian(note);
}

}  // namespace orderhub::ubl
