#include "hub/routing/subscription.hpp"

#include <algorithm>

#include "hub/routing/backoff.hpp"

namespace orderhub::routing {

namespace {

constexpr int kGone = 410;

Subscription with_a_clean_sheet(Subscription subscription, Instant now) {
    subscription.failures = 0;
    subscription.failing_since = 0;
    subscription.next_at = now;
    subscription.error_code.clear();
    subscription.error_message.clear();
    return subscription;
}

}  // namespace

bool wants(const Subscription& subscription, std::string_view type) {
    return subscription.types.empty() ||
           std::ranges::any_of(subscription.types,
                               [&](const std::string& begin) { return type.starts_with(begin); });
}

std::vector<std::string> signing_secrets(const Subscription& subscription, Instant now) {
    std::vector<std::string> secrets{subscription.secret};
    if (!subscription.previous_secret.empty() && now < subscription.previous_until)
        secrets.push_back(subscription.previous_secret);
    return secrets;
}

Verdict verdict_of(const PostResult& result) {
    if (result.outcome == PostResult::Outcome::stopped) return Verdict::stopped;
    if (result.outcome != PostResult::Outcome::answered) return Verdict::retry;
    if (result.status >= 200 && result.status < 300) return Verdict::delivered;
    return result.status == kGone ? Verdict::gone : Verdict::retry;
}

std::string error_code_of(const PostResult& result) {
    switch (result.outcome) {
        case PostResult::Outcome::answered:
            return verdict_of(result) == Verdict::delivered
                       ? ""
                       : "http_" + std::to_string(result.status);
        case PostResult::Outcome::no_answer:
            return "no_answer";
        case PostResult::Outcome::not_sent:
            return "not_sent";
        case PostResult::Outcome::refused:
            return "address_refused";
        case PostResult::Outcome::stopped:
            return "stopped";
    }
    return "unknown";
}

Subscription delivered(Subscription subscription, std::int64_t cursor) {
    subscription = with_a_clean_sheet(std::move(subscription), 0);
    subscription.cursor = cursor;
    return subscription;
}

Subscription failed(Subscription subscription, const PostResult& result, const RetryRules& rules,
                    Instant now, std::uint64_t random) {
    ++subscription.failures;
    if (subscription.failing_since == 0) subscription.failing_since = now;
    subscription.error_code = error_code_of(result);
    subscription.error_message = result.message;
    auto asked = result.retry_after;
    if (asked) asked = std::min(*asked, rules.longest_asked);
    subscription.next_at =
        now + retry_delay(rules.backoff, subscription.failures, random, asked).count();
    const bool is_gone = verdict_of(result) == Verdict::gone;
    if (is_gone || now - subscription.failing_since >= rules.give_up_after.count()) {
        subscription.is_active = false;
        subscription.reason = is_gone ? "gone" : "failing";
    }
    return subscription;
}

Subscription rotated(Subscription subscription, std::string secret, Instant previous_until) {
    subscription.previous_secret = std::move(subscription.secret);
    subscription.previous_until = previous_until;
    subscription.secret = std::move(secret);
    ++subscription.revision;
    return subscription;
}

Subscription switched(Subscription subscription, bool active, Instant now) {
    subscription = with_a_clean_sheet(std::move(subscription), now);
    subscription.is_active = active;
    subscription.reason = active ? "" : "operator";
    ++subscription.revision;
    return subscription;
}

Subscription moved(Subscription subscription, std::int64_t cursor, Instant now) {
    subscription = with_a_clean_sheet(std::move(subscription), now);
    subscription.cursor = cursor;
    ++subscription.revision;
    return subscription;
}

}  // namespace orderhub::routing
