#include "parties.hpp"

#include <algorithm>

#include "codes.hpp"
#include "text.hpp"

namespace orderhub::ubl {

namespace {

const Buyer* known_buyer(const Recipient& recipient, const Config& config) {
    for (const std::string& who : {recipient.customer_id, recipient.email})
        if (const auto found = config.buyers.find(who);
            !who.empty() && found != config.buyers.end())
            return &found->second;
    return nullptr;
}

std::string first_of(std::initializer_list<std::string> texts) {
    for (const std::string& text : texts)
        if (std::string cleaned = clean(text); !cleaned.empty()) return cleaned;
    return {};
}

PostalAddress address_of(const sdk::Address& source, const Config& config) {
    const auto text = [](const std::optional<std::string>& value) {
        return clean(value.value_or(""));
    };
    return {text(source.line1), text(source.line2),
            text(source.city),  text(source.postcode),
            text(source.state), first_of({source.country.value_or(""), config.default_country})};
}

Party buyer_of(const Recipient& recipient, const Config& config, const Buyer& known) {
    Party buyer;
    const sdk::Address& address = recipient.address;
    buyer.name = first_of(
        {known.name, address.company.value_or(""), address.name.value_or(""), recipient.name});
    buyer.vat_id = known.vat_id;
    buyer.legal_id = known.legal_id;
    buyer.endpoint = known.endpoint;
    buyer.address = address_of(address, config);
    return buyer;
}

bool is_out_of_scope(const Note& note) {
    return std::ranges::any_of(note.subtotals,
                               [](const Subtotal& each) { return each.category.code == "O"; });
}

bool fits_peppol(const Note& note) {
    const std::string_view vat_country = std::string_view(note.seller.vat_id).substr(0, 2);
    return !note.buyer.endpoint.id.empty() && !note.seller.endpoint.id.empty() &&
           !has_unbuilt_rules(vat_country) && !has_unbuilt_rules(note.seller.address.country);
}

// German authorities and companies want a reference in any case (DE-R-015).
std::string reference_of(const Note& note, const Buyer& known) {
    const bool german = note.seller.address.country == "DE" && note.buyer.address.country == "DE";
    return first_of({known.reference, german ? note.order_number : ""});
}

}  // namespace

bool is_seller_from(const Note& note, std::string_view country) {
    return note.seller.address.country == country || note.seller.vat_id.starts_with(country);
}

void add_parties(const Recipient& recipient, const Config& config, Note& note) {
    const Buyer* known = known_buyer(recipient, config);
    note.seller = config.seller;
    note.buyer = buyer_of(recipient, config, known ? *known : Buyer{});
    note.buyer_reference = reference_of(note, known ? *known : Buyer{});
    note.peppol = config.profile == Profile::peppol ||
                  (config.profile == Profile::by_buyer && fits_peppol(note));
    if (!is_out_of_scope(note)) return;
    // BR-O-02 to BR-O-04: such a document shows no VAT number.
    note.seller.vat_id.clear();
    note.buyer.vat_id.clear();
}

}  // namespace orderhub::ubl
