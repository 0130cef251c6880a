#include "salesforce_platform/usage.hpp"

#include <algorithm>
#include <charconv>

namespace orderhub::salesforce {
namespace {

constexpr std::int64_t kNewsMs = 10 * 60 * 1000;

std::optional<std::int64_t> take_digits(std::string_view& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

/// "18/5000" and whatever follows, in percent.
std::optional<int> share(std::string_view text) {
    const auto used = take_digits(text);
    if (!used || !text.starts_with('/')) return std::nullopt;
    text.remove_prefix(1);
    const auto most = take_digits(text);
    if (!most || *most == 0 || *used > 1'000'000'000'000) return std::nullopt;
    return static_cast<int>(std::min<std::int64_t>(*used * 100 / *most, 1000));
}

}  // namespace

std::optional<int> used_percent(std::string_view header) {
    constexpr std::string_view kName = "api-usage=";
    std::optional<int> most;
    for (std::size_t at = 0; (at = header.find(kName, at)) != std::string_view::npos;) {
        at += kName.size();
        if (const auto found = share(header.substr(at))) most = std::max(most.value_or(0), *found);
    }
    return most;
}

void Usage::note(const sdk::HttpResponse& response, std::int64_t now_ms) {
    const auto heard = used_percent(response.header("sforce-limit-info"));
    if (!heard) return;
    percent_ = *heard;
    heard_at_ms_ = now_ms;
}

void Usage::must_leave_room(int most_percent, std::int64_t now_ms) const {
    const std::int64_t age = now_ms - heard_at_ms_;
    if (percent_ < most_percent || age < 0 || age >= kNewsMs) return;
    throw sdk::retry(
        "request_limit",
        std::to_string(percent_) +
            "% of the organisation's requests of 24 hours are used; what is left is kept "
            "for commands",
        static_cast<std::uint64_t>(kNewsMs - age));
}

}  // namespace orderhub::salesforce
