// What an order is found by.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "hub/linking/order.hpp"

namespace orderhub::linking {

enum class KeyKind : char {
    number = 'n',         ///< number_key() of the order's number or an outside system's id
    number_tail = 'd',    ///< number_tail()
    tracking = 't',       ///< number_key()
    mailbox = 'e',        ///< mailbox()
    phone = 'p',          ///< phone_key()
    customer = 'c',       ///< number_key() of the customer's number
    name_postcode = 'a',  ///< one part of a name, '@', postcode_key()
    name = 'f',           ///< name_key()
    address = 's',        ///< address_key()
    postcode = 'z'        ///< postcode_key()
};

struct Key {
    KeyKind kind = KeyKind::number;
    std::string text;
    auto operator<=>(const Key&) const = default;
};

/// The parts of a name that tell, squashed: no titles, no "family".
std::vector<std::string> name_parts(std::string_view name);
/// The first and last part of a name in alphabetical order; empty for fewer than two.
std::string name_key(const std::vector<std::string>& parts);

/// The longest word of a street without its kind, and the house number; empty without either.
struct Street {
    std::string word;  ///< folded: "linden" of "Lindenstrasse 5"
    std::string number;
};
Street street_of(std::string_view line);
std::string address_key(const Street& street, std::string_view postcode);

/// All keys of an order, each once, in order.
std::vector<Key> keys_of(const Order& order, std::string_view default_country);

}  // namespace orderhub::linking
