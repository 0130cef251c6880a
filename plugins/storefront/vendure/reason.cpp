#include "reason.hpp"

#include <algorithm>

namespace orderhub::vendure {
namespace {

constexpr std::string_view kOpen = "[orderhub:";
constexpr std::size_t kLongestKey = 64;

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= kLongestKey &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
           });
}

}  // namespace

std::string with_key(std::string_view text, std::string_view key) {
    std::string tagged(text);
    if (!tagged.empty()) tagged += ' ';
    return tagged + std::string(kOpen) + std::string(key) + "]";
}

Reason split_reason(std::string_view reason) {
    const std::size_t open = reason.rfind(kOpen);
    if (open == std::string_view::npos || !reason.ends_with(']')) return {std::string(reason), {}};
    const std::size_t start = open + kOpen.size();
    const std::string_view key = reason.substr(start, reason.size() - 1 - start);
    if (!is_key(key)) return {std::string(reason), {}};
    std::string_view text = reason.substr(0, open);
    if (text.ends_with(' ')) text.remove_suffix(1);
    return {std::string(text), std::string(key)};
}

}  // namespace orderhub::vendure
