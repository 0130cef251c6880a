#include "salesforce_platform/soql.hpp"

#include <algorithm>
#include <orderhub/instant.hpp>

namespace orderhub::salesforce {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\'' || c == '\\')
            (out += '\\') += c;
        else
            out += c;
    }
    return out + "'";
}

std::string quoted_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts)
        (out += out.empty() ? "(" : ", ") += quoted(text);
    return out + ")";
}

std::string instant_literal(std::int64_t milliseconds) {
    constexpr std::size_t kToTheSecond = 19;
    return sdk::to_rfc3339(milliseconds).substr(0, kToTheSecond) + "Z";
}

std::optional<std::int64_t> instant_of(std::string_view text) {
    return sdk::from_rfc3339(text);
}

bool is_id(std::string_view text) {
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    return (text.size() == 15 || text.size() == 18) && std::ranges::all_of(text, plain);
}

std::string_view short_id(std::string_view id) {
    return id.substr(0, 15);
}

}  // namespace orderhub::salesforce
