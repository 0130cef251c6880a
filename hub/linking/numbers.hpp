// Order, tracking and customer numbers as people write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/linking/phrases.hpp"
#include "hub/linking/settings.hpp"
#include "hub/linking/text.hpp"

namespace orderhub::linking {

/// Letters and digits only, upper case.
std::string plain_number(std::string_view text);
/// The plain number with what is taken for one another made the same: O and 0, I, L and 1, S and
/// 5, B and 8, Z and 2.
std::string number_key(std::string_view text);
/// The last run of digits without leading zeros, at least four long; otherwise empty: what is left
/// when somebody leaves out prefixes.
std::string number_tail(std::string_view text);

/// Words of a text that may be a number.
struct NumberWord {
    std::string plain;
    std::string key;
    std::size_t first = 0;  ///< index of the first word
    std::size_t words = 1;
    Zone zone = Zone::fresh;
    /// Called an order number by the words around it, or made as only order numbers are.
    bool claimed = false;
    bool called_customer = false;  ///< called a customer's number
    bool known = false;            ///< it is something else too, such as a phone number or a date
    bool patterned = false;        ///< fits a configured pattern
};

/// The number as a configured pattern has it, mended where a letter stands for a digit; empty if
/// it does not fit or its check digit is wrong.
std::string fit_pattern(const NumberPattern& pattern, std::string_view plain);

/// Each word, and neighbouring words as one, that holds at least two digits and is 4 to 32
/// characters long. `taken` says of each word whether it is known for something else, such as part
/// of a date.
std::vector<NumberWord> find_numbers(const Text& text, const std::vector<CueHit>& cues,
                                     const std::vector<bool>& taken, const Settings& settings);

}  // namespace orderhub::linking
