#include "hub/routing/breaker.hpp"

#include <algorithm>

#include "hub/routing/backoff.hpp"

namespace orderhub::routing {

namespace {

// So many failures in a row are taken for an outage; from then on another
// delivery is asked in each pause.
constexpr std::uint32_t kSecondOpinionAfter = 3;

}  // namespace

void Breaker::went_well(const std::string& id) {
    ++successes_;
    failed_at_.erase(id);
    if (failures_ > 0) trials_ = trial_calls_;
    if (trials_ > 0) --trials_;
    failures_ = 0;
    paused_until_ = 0;
    second_opinion_ = false;
}

bool Breaker::failed(const std::string& id, Instant now, std::uint64_t random,
                     std::optional<std::chrono::milliseconds> asked_for) {
    const auto before = failed_at_.find(id);
    const bool own_fault = before != failed_at_.end() && before->second < successes_;
    failed_at_[id] = successes_;
    if (own_fault) return true;
    // Calls that ran side by side fail together: that is one failure.
    if (is_paused(now)) {
        if (asked_for) paused_until_ = std::max(paused_until_, now + asked_for->count());
        return false;
    }
    ++failures_;
    paused_until_ = now + retry_delay(backoff_, failures_, random, asked_for).count();
    second_opinion_ = failures_ >= kSecondOpinionAfter;
    last_failed_ = id;
    return false;
}

std::string_view breaker_word(const Metrics& metrics, Instant now) {
    if (now < metrics.paused_until) return "open";
    return metrics.on_trial ? "half_open" : "closed";
}

bool Breaker::take_second_opinion(const std::string& id) {
    if (!second_opinion_ || id == last_failed_) return false;
    second_opinion_ = false;
    return true;
}

}  // namespace orderhub::routing
