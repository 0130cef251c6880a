// Sums of money that a text names, in the spellings of several countries.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/linking/phrases.hpp"
#include "hub/linking/text.hpp"

namespace orderhub::linking {

struct AmountClaim {
    std::int64_t hundredths = 0;  ///< of the currency, whichever it is
    bool exact = false;           ///< with decimals; otherwise it may be rounded
};

/// "49,90 EUR", "$1,234.50", "1 234,50 euros", "130 Euro". A number without a currency counts if
/// it has two decimals or "paid" or the like stands before it. Marks the words in `taken`.
std::vector<AmountClaim> find_amounts(const Text& text, const std::vector<CueHit>& cues,
                                      std::vector<bool>& taken);

}  // namespace orderhub::linking
