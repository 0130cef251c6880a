// Patterns of the kind that most schemas use, matched without a search.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace orderhub::schemas {

/// An anchored sequence of characters and classes, each with a count, and of optional groups of
/// them: "^-?[0-9]{1,15}(\.[0-9]{1,4})?$". At each character only one way goes on, so a match
/// never has to look back.
class PlainPattern {
public:
    /// Nothing if the pattern is of another kind.
    static std::optional<PlainPattern> parse(std::string_view pattern);

    bool matches(std::string_view text) const;

private:
    using Characters = std::bitset<256>;
    struct Step {
        Characters characters;
        std::size_t least = 1;
        std::size_t most = 1;
        std::size_t skips = 0;  ///< begins an optional group of so many steps; 0: none
    };
    class Parser;

    bool has_one_way() const;

    std::vector<Step> steps_;
};

}  // namespace orderhub::schemas
