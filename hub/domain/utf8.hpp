// UTF-8, one code point after the other.
#pragma once

#include <cstddef>
#include <string_view>

namespace orderhub {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;  ///< how many it took
    bool is_valid = true;
};

/// What stands at the beginning of `text`, which is not empty. A byte that is no UTF-8 (Unicode,
/// table 3-7: nothing overlong, no surrogates, nothing above U+10FFFF) counts singly, as U+FFFD.
CodePoint first_code_point(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace orderhub
