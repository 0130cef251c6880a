#include "config.hpp"

#include <stdexcept>

#include "codes.hpp"

namespace orderhub::ubl {

namespace {

using sdk::Json;

std::string text_of(const Json& source, std::string_view key, std::string fallback = {}) {
    const Json* found = source.find(key);
    return found ? found->text() : fallback;
}

[[noreturn]] void refuse(const std::string& key, const std::string& expected) {
    throw std::invalid_argument(key + ": expected " + expected);
}

Identifier identifier_of(const Json& source) {
    return {text_of(source, "id"), text_of(source, "scheme")};
}

Identifier legal_id_of(const Json& source, const std::string& at) {
    Identifier legal = identifier_of(source["legal_id"]);
    if (!legal.scheme.empty() && !is_legal_scheme(legal.scheme))
        refuse(at + ".legal_id.scheme", "a code of ISO 6523 (BR-CL-11), not " + legal.scheme);
    if (!is_well_formed(legal.scheme, legal.id))
        refuse(at + ".legal_id.id", "a number of scheme " + legal.scheme + " with its check digit");
    return legal;
}

Identifier endpoint_of(const Json& source, const std::string& at) {
    Identifier endpoint = identifier_of(source["endpoint"]);
    if (!endpoint.id.empty() && !is_endpoint_scheme(endpoint.scheme))
        refuse(at + ".endpoint.scheme", "a code of the Peppol list of electronic address schemes");
    if (!is_well_formed(endpoint.scheme, endpoint.id))
        refuse(at + ".endpoint.id",
               "a number of scheme " + endpoint.scheme + " with its check digit");
    return endpoint;
}

std::string vat_id_of(const Json& source, const std::string& at) {
    std::string vat_id = text_of(source, "vat_id");
    if (!vat_id.empty() && !is_vat_id(vat_id))
        refuse(at + ".vat_id", "a VAT number with its country before it (BR-CO-09)");
    return vat_id;
}

std::string country_of(const Json& source, std::string_view key, const std::string& at) {
    std::string country = text_of(source, key);
    if (!country.empty() && !is_country(country))
        refuse(at, "a country of ISO 3166-1 (BR-CL-14), not " + country);
    return country;
}

PostalAddress address_of(const Json& source, const std::string& at) {
    return {text_of(source, "line1"), text_of(source, "line2"),
            text_of(source, "city"),  text_of(source, "postcode"),
            text_of(source, "state"), country_of(source, "country", at + ".country")};
}

Party seller_of(const Json& source) {
    const Json& contact = source["contact"];
    Party seller{text_of(source, "name"),
                 vat_id_of(source, "seller"),
                 text_of(source, "tax_id"),
                 legal_id_of(source, "seller"),
                 endpoint_of(source, "seller"),
                 address_of(source["address"], "seller.address"),
                 {text_of(contact, "name"), text_of(contact, "phone"), text_of(contact, "email")}};
    if (seller.vat_id.empty() && seller.legal_id.id.empty())
        refuse("seller", "vat_id or legal_id (BR-CO-26)");
    return seller;
}

Buyer buyer_of(const Json& source, const std::string& at) {
    return {text_of(source, "name"), vat_id_of(source, at), legal_id_of(source, at),
            endpoint_of(source, at), text_of(source, "reference")};
}

bool needs_reason(const std::string& category) {
    return category != "Z";
}

Untaxed untaxed_of(const Json& source, const std::string& at, const Untaxed& fallback) {
    if (source.is_null()) return fallback;
    Untaxed untaxed{source.at("category").text(), text_of(source, "reason_code"),
                    text_of(source, "reason")};
    const bool has_reason = !untaxed.reason.empty() || !untaxed.reason_code.empty();
    if (has_reason != needs_reason(untaxed.category))
        refuse(at, has_reason ? "no reason for category Z (BR-Z-10)"
                              : "reason or reason_code for category " + untaxed.category + " (BR-" +
                                    untaxed.category + "-10)");
    return untaxed;
}

Profile profile_of(const std::string& text) {
    if (text == "by_buyer") return Profile::by_buyer;
    return text == "peppol" ? Profile::peppol : Profile::en16931;
}

Payment payment_of(const Json& source) {
    Payment payment{text_of(source, "code", "57"), text_of(source, "account"),
                    text_of(source, "terms", "Settled together with the refund.")};
    if ((payment.code == "30" || payment.code == "58") && payment.account.empty())
        refuse("payment.account", "the account of a transfer (BR-61)");
    return payment;
}

void read_buyers(const Json& source, Config& config) {
    if (source.is_null()) return;
    for (const auto& [who, buyer] : source.members())
        config.buyers.emplace(who, buyer_of(buyer, "buyers." + who));
}

}  // namespace

Config read_config(const sdk::Document& source) {
    Config config;
    config.directory = source.at("directory").text();
    config.taken = text_of(source, "taken", config.directory + "/taken");
    config.seller = seller_of(source.at("seller"));
    read_buyers(source["buyers"], config);
    config.profile = profile_of(text_of(source, "profile", "by_buyer"));
    config.untaxed = untaxed_of(source["untaxed"], "untaxed", {});
    config.untaxed_fee = untaxed_of(source["untaxed_fee"], "untaxed_fee", config.untaxed);
    config.payment = payment_of(source["payment"]);
    config.unit = text_of(source, "unit", "C62");
    config.original_invoice = text_of(source, "original_invoice", "{order_number}");
    config.default_country = country_of(source, "default_country", "default_country");
    config.settled = source.find("settled") && source.at("settled").boolean();
    if (text_of(source, "tax_difference", "refuse") == "restate")
        config.tax_difference = TaxDifference::restate;
    return config;
}

}  // namespace orderhub::ubl
