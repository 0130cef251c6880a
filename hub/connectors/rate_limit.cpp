#include "hub/connectors/rate_limit.hpp"

#include <algorithm>

#include "hub/connectors/rate_words.hpp"

namespace orderhub::connectors {

namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::milliseconds kFirstPause{1'000};
// A longer pause is the router's matter: it gets the answer and lets the connector rest.
constexpr std::chrono::milliseconds kLongestPause{30'000};
constexpr std::uint32_t kMostDoublings = 5;

nanoseconds interval_of(const std::optional<RateSettings>& settings) {
    return settings ? settings->interval : nanoseconds(0);
}

nanoseconds head_start_of(const std::optional<RateSettings>& settings) {
    return settings ? settings->interval * (settings->burst - 1) : nanoseconds(0);
}

std::chrono::milliseconds until(RateLimit::Clock::time_point then,
                                RateLimit::Clock::time_point now) {
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(then - now, nanoseconds(0)));
}

}  // namespace

RateLimit::RateLimit(std::optional<RateSettings> settings)
    : settings_(settings), interval_(interval_of(settings)), head_start_(head_start_of(settings)) {}

RateLimit::Clock::time_point RateLimit::take(Clock::time_point now) {
    const std::scoped_lock lock(mutex_);
    const auto token = std::max(next_token_, now);
    next_token_ = token + interval_;
    return std::max({now, token - head_start_, paused_until_});
}

void RateLimit::give_back() {
    const std::scoped_lock lock(mutex_);
    next_token_ -= interval_;
}

RateLimit::Clock::time_point RateLimit::still_held(Clock::time_point now) const {
    const std::scoped_lock lock(mutex_);
    return std::max(now, paused_until_);
}

void RateLimit::waited(nanoseconds duration) {
    const std::scoped_lock lock(mutex_);
    ++facts_.waits;
    facts_.waited += std::chrono::duration_cast<std::chrono::milliseconds>(duration);
}

void RateLimit::heed(const WireAnswer& answer, Clock::time_point now) {
    const RateWords words = rate_words(answer);
    const std::scoped_lock lock(mutex_);
    if (!words.refused) refusals_ = 0;
    auto pause = words.pause;
    if (words.refused) {
        if (!pause) pause = kFirstPause * (1U << std::min(refusals_, kMostDoublings));
        ++refusals_;
        ++facts_.refusals;
    }
    if (!pause || pause->count() <= 0) return;
    paused_until_ = std::max(paused_until_, now + std::min(*pause, kLongestPause));
    facts_.reason = words.reason;
}

RateFacts RateLimit::facts(Clock::time_point now) const {
    const std::scoped_lock lock(mutex_);
    RateFacts facts = facts_;
    facts.settings = settings_;
    facts.held_for = std::max(until(paused_until_, now), until(next_token_ - head_start_, now));
    if (paused_until_ <= now) facts.reason.clear();
    return facts;
}

}  // namespace orderhub::connectors
