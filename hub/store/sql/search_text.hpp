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

/// "abc*" asks for what begins with "abc"; a shorter beginning would find half of everything.
inline bool is_beginning(std::string_view text) {
    return text.size() >= 4 && text.ends_with('*');
}

/// The text without the star of a beginning.
inline std::string_view searched(std::string_view text) {
    return is_beginning(text) ? text.substr(0, text.size() - 1) : text;
}

/// SQL: the column equals the parameter, or begins with it. Either is a range of the column's
/// index.
inline std::string matches(std::string_view column, std::string_view parameter, bool beginning) {
    const std::string what(parameter);
    if (!beginning) return std::string(column) + " = " + what;
    return std::string(column) + " BETWEEN " + what + " AND " + what + " || '\xF4\x8F\xBF\xBF'";
}

}  // namespace orderhub::store
