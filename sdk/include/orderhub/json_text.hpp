// The text of JSON values: numbers and strings as they stand in a document.
#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

namespace orderhub::sdk {

/// A document that is not JSON, or not the JSON that was expected.
struct JsonError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline std::size_t count_digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9')
        ++count;
    return count;
}

/// How many characters at the begin of `text` are a number by the grammar of JSON; 0 if none.
inline std::size_t json_number_length(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = count_digits(text.substr(at));
    if (whole == 0 || (whole > 1 && text[at] == '0')) return 0;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t decimals = count_digits(text.substr(at + 1));
        if (decimals == 0) return 0;
        at += 1 + decimals;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t exponent = at + 1;
        if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
        const std::size_t digits = count_digits(text.substr(exponent));
        if (digits == 0) return 0;
        at = exponent + digits;
    }
    return at;
}

inline bool is_json_number(std::string_view text) {
    return !text.empty() && json_number_length(text) == text.size();
}

/// Throws JsonError for a fraction, an exponent or more than fits.
inline std::int64_t json_integer(std::string_view digits) {
    const bool negative = digits.starts_with('-');
    const std::string_view magnitude = digits.substr(negative ? 1 : 0);
    if (magnitude.empty() || count_digits(magnitude) != magnitude.size())
        throw JsonError("expected a whole number, found " + std::string(digits));
    std::uint64_t value = 0;
    const std::uint64_t most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
    for (const char c : magnitude) {
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (most - digit) / 10) throw JsonError("the number " + std::string(digits) + " is too large");
        value = value * 10 + digit;
    }
    return negative ? static_cast<std::int64_t>(~value + 1) : static_cast<std::int64_t>(value);
}

/// Appends `text` between quotes, escaped.
inline void write_json_text(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20 || byte == 0x7f) {
            ((out += "\\u00") += kHex[byte >> 4]) += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

/// Appends a code point as UTF-8.
inline void write_utf8(std::string& out, std::uint32_t code) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | (code >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | (code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// Whether the bytes are UTF-8: shortest form, no surrogates, nothing above U+10FFFF.
inline bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        if (lead < 0x80) continue;
        const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || i + static_cast<std::size_t>(more) > text.size()) return false;
        std::uint32_t code = lead & (0x3fU >> more);
        for (int k = 0; k < more; ++k) {
            const auto byte = static_cast<unsigned char>(text[i++]);
            if ((byte & 0xc0U) != 0x80U) return false;
            code = code << 6 | (byte & 0x3fU);
        }
        if ((more == 2 && code < 0x800) || (more == 3 && (code < 0x10000 || code > 0x10ffff))) return false;
        if (code >= 0xd800 && code < 0xe000) return false;
    }
    return true;
}

}  // namespace orderhub::sdk
