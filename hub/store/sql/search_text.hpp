// How a text that somebody typed is brought into the form that is stored.
#pragma once

#include <string>
#include <string_view>

namespace orderhub::store {

/// ASCII letters in lower case: what e-mail addresses are compared by.
inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Digits with a leading +, if the text is a phone number with its country ("+49 (30) 12-34", "0049
/// 30 1234"); empty if it is something else.
inline std::string phone_number(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c == '+' && digits.empty())
            digits += c;
        else if (std::string_view(" -./()").find(c) == std::string_view::npos)
            return {};
    }
    if (digits.starts_with("00")) digits.replace(0, 2, "+");
    return digits.starts_with('+') ? digits : std::string{};
}

}  // namespace orderhub::store
