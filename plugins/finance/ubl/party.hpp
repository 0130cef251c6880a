// Seller and buyer as a document names them.
#pragma once

#include <string>

namespace orderhub::ubl {

/// An identifier and the list that it is from; empty `id` for none, empty `scheme` for no list.
struct Identifier {
    std::string id;
    std::string scheme;
};

struct PostalAddress {
    std::string line1;
    std::string line2;
    std::string city;
    std::string postcode;
    std::string state;
    std::string country;  ///< ISO 3166-1
};

struct Contact {
    std::string name;
    std::string phone;
    std::string email;

    bool empty() const { return name.empty() && phone.empty() && email.empty(); }
};

struct Party {
    std::string name;
    std::string vat_id;
    std::string tax_id;  ///< a registration for taxes that is no VAT number
    Identifier legal_id;
    Identifier endpoint;
    PostalAddress address;
    Contact contact;
};

}  // namespace orderhub::ubl
