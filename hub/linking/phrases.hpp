// The words of languages that the matcher knows: phrases by the section of words/*.txt they stand
// in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/linking/text.hpp"

namespace orderhub::linking {

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

/// What sections of phrases mean.
enum class Cue : std::uint8_t {
    where,
    broken,
    wrong,
    missing,
    return_,
    refund,
    cancel,
    change,
    invoice,
    presale,
    order_word,
    number,
    customer_number,
    amount,
    ordered,
    last_order,
    first_order,
    several,
    somebody,
    month,
    weekday,
    unit,
    ago,
    last,
    before_last,
    this_,
    relative_day,
    part,
    number_word,
    about,
    count
};

/// A phrase found in a text.
struct CueHit {
    Cue cue = Cue::where;
    int value = 0;          ///< of "3: march": 3
    std::size_t first = 0;  ///< index of its first word
    std::size_t words = 1;
};

/// The text of words/NAME.txt; empty if there is none.
std::string_view word_list(std::string_view name);

/// The phrases of one section of a list, in their order.
std::vector<std::string> section(std::string_view list, std::string_view name);

/// All phrases of cues.txt and calendar.txt in a text, in its order; none of quoted history.
std::vector<CueHit> find_cues(const Text& text);

}  // namespace orderhub::linking
