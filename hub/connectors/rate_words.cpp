#include "hub/connectors/rate_words.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <string_view>

namespace orderhub::connectors {

namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr int kTooManyRequests = 429;
constexpr int kUnavailable = 503;
constexpr std::int64_t kMostSeconds = 7L * 24 * 3600;

std::optional<std::int64_t> number(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0) return std::nullopt;
    return value;
}

std::optional<milliseconds> seconds(std::optional<std::int64_t> count) {
    if (!count) return std::nullopt;
    return milliseconds(std::min(*count, kMostSeconds) * 1'000);
}

std::string_view header(const WireAnswer& answer, std::string_view name) {
    const auto found = std::ranges::find(answer.headers, name, &Header::name);
    return found == answer.headers.end() ? std::string_view{} : std::string_view(found->value);
}

/// The number after `name` and "=" among members that "," or ";" part.
std::optional<std::int64_t> member(std::string_view text, std::string_view name) {
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(",;"), text.size());
        auto part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        if (part.starts_with(name) && part.substr(name.size()).starts_with('='))
            return number(part.substr(name.size() + 1));
    }
    return std::nullopt;
}

void read_retry_after(const WireAnswer& answer, RateWords& words) {
    const auto asked = seconds(number(header(answer, "retry-after")));
    words.refused = answer.status == kTooManyRequests || (answer.status == kUnavailable && asked);
    if (!words.refused) return;
    words.pause = asked;
    words.reason = asked ? "retry-after" : "status 429";
}

void pause_at_least(RateWords& words, std::optional<milliseconds> pause, const char* reason) {
    if (!pause || pause->count() <= 0 || (words.pause && *words.pause >= *pause)) return;
    words.pause = pause;
    words.reason = reason;
}

void read_remaining(const WireAnswer& answer, RateWords& words) {
    const auto whole = header(answer, "ratelimit");
    auto left = number(header(answer, "ratelimit-remaining"));
    auto reset = number(header(answer, "ratelimit-reset"));
    for (const char* name : {"r", "remaining"})
        if (const auto found = member(whole, name)) left = found;
    for (const char* name : {"t", "reset"})
        if (const auto found = member(whole, name)) reset = found;
    if (left && *left == 0) pause_at_least(words, seconds(reset), "ratelimit");
}

void read_call_limit(const WireAnswer& answer, RateWords& words) {
    constexpr std::int64_t kSecondsToEmpty = 20;
    constexpr std::int64_t kReserve = 10;  // one in so many
    const auto text = header(answer, "x-shopify-shop-api-call-limit");
    const auto slash = text.find('/');
    if (slash == text.npos) return;
    const auto used = number(text);
    const auto bucket = number(text.substr(slash + 1));
    if (!used || !bucket || *bucket == 0 || *bucket > 1'000'000 || *used > *bucket) return;
    const std::int64_t short_of = std::max<std::int64_t>(1, *bucket / kReserve) - (*bucket - *used);
    if (short_of <= 0) return;
    pause_at_least(words, milliseconds(short_of * kSecondsToEmpty * 1'000 / *bucket), "call-limit");
}

/// A member of an object as a whole number, whether it was written 12 or 12.0.
std::optional<std::int64_t> whole(const json::object& from, std::string_view name) {
    constexpr double kMost = 1e9;
    const auto* found = from.if_contains(name);
    if (!found || !found->is_number()) return std::nullopt;
    const auto value = found->to_number<double>();
    if (!(value >= 0) || value > kMost) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

void read_cost(const WireAnswer& answer, RateWords& words) {
    if (answer.body.find("\"throttleStatus\"") == std::string::npos) return;
    json::error_code error;
    const json::value document = json::parse(answer.body, error);
    if (error) return;
    const auto* cost = document.find_pointer("/extensions/cost", error);
    if (error || !cost || !cost->is_object()) return;
    const auto* status = cost->get_object().if_contains("throttleStatus");
    if (!status || !status->is_object()) return;
    const auto available = whole(status->get_object(), "currentlyAvailable");
    const auto rate = whole(status->get_object(), "restoreRate");
    const auto needed = whole(cost->get_object(), "requestedQueryCost");
    if (!available || !rate || *rate == 0 || !needed || *available >= *needed) return;
    pause_at_least(words, milliseconds((*needed - *available) * 1'000 / *rate), "query cost");
}

void read_concurrency(const WireAnswer& answer, RateWords& words) {
    const bool well = answer.status >= 200 && answer.status < 300;
    if (well || answer.body.find("SSS_REQUEST_LIMIT_EXCEEDED") == std::string::npos) return;
    words.refused = true;
    if (words.reason.empty() || words.reason == "status 429") words.reason = "concurrency";
}

}  // namespace

RateWords rate_words(const WireAnswer& answer) {
    RateWords words;
    if (answer.outcome != OH_HTTP_ANSWERED) return words;
    read_retry_after(answer, words);
    read_remaining(answer, words);
    read_call_limit(answer, words);
    read_cost(answer, words);
    read_concurrency(answer, words);
    return words;
}

}  // namespace orderhub::connectors
