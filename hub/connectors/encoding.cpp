#include "hub/connectors/encoding.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cctype>

namespace orderhub::connectors {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

unsigned char byte_at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const auto is_digit = [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '/'; };
    if (text.size() % 4 != 0 || text.size() > 1024 * 1024) return {};
    if (!std::ranges::all_of(text.substr(0, text.size() - padding), is_digit)) return {};
    std::string bytes(text.size() / 4 * 3 + 1, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0) return {};
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

std::string to_hex(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += kHexDigits[byte_at(bytes, i) >> 4U];
        text += kHexDigits[byte_at(bytes, i) & 15U];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return {};
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = kHexDigits.find(static_cast<char>(std::tolower(byte_at(text, i))));
        const auto low = kHexDigits.find(static_cast<char>(std::tolower(byte_at(text, i + 1))));
        if (high == kHexDigits.npos || low == kHexDigits.npos) return {};
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char c = byte_at(text, i);
        if (std::isalnum(c) || std::string_view("-._~").contains(text[i])) {
            encoded += text[i];
        } else {
            encoded += '%';
            encoded += static_cast<char>(std::toupper(kHexDigits[c >> 4U]));
            encoded += static_cast<char>(std::toupper(kHexDigits[c & 15U]));
        }
    }
    return encoded;
}

std::string json_escaped(std::string_view text) {
    const std::string quoted = boost::json::serialize(boost::json::value(text));
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace orderhub::connectors
