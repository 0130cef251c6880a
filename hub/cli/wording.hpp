// Taking apart what people write in one word: LINE:QTY, LABEL=BASIS:VALUE.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hub/cli/action_option.hpp"

namespace orderhub::cli {

using Halves = std::pair<std::string, std::string>;

/// What stands before and after the first or last `separator`; nothing if one of them is empty.
std::optional<Halves> halves(std::string_view text, std::string_view separator);
std::optional<Halves> halves_at_last(std::string_view text, char separator);

/// A whole number above 0; 0 if it is anything else.
std::int64_t quantity(std::string_view text);

/// "--fee X: write LABEL=BASIS:VALUE."
std::unexpected<Failure> unclear(const Written& written, const std::string& word,
                                 std::string_view instead);

}  // namespace orderhub::cli
