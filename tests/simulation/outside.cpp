#include "tests/simulation/outside.hpp"

#include <array>

namespace orderhub::simulation {

using routing::CallResult;
using routing::Outcome;

CallResult failed(Outcome outcome, const std::string& code,
                  std::optional<std::chrono::milliseconds> after) {
    CallResult result;
    result.outcome = outcome;
    result.code = code;
    result.message = code;
    result.retry_after = after;
    return result;
}

Minor minor_of(std::string_view decimal) {
    Minor amount = 0;
    for (const char c : decimal)
        if (c >= '0' && c <= '9') amount = amount * 10 + (c - '0');
    return decimal.starts_with('-') ? -amount : amount;
}

std::string decimal_of(Minor amount) {
    const std::string cents = std::to_string(100 + amount % 100).substr(1);
    return std::to_string(amount / 100) + "." + cents;
}

void Outside::receive(const routing::InboxMessage&, Done done) {
    done(failed(Outcome::rejected, "no_webhooks"));
}

void Outside::poll(const std::string&, Done done) {
    done(failed(Outcome::rejected, "no_poll"));
}

bool Outside::refuses(const std::string& key) {
    const auto [entry, is_new] = refused_.try_emplace(key, false);
    if (is_new) entry->second = world_.chance.percent(refuses_percent);
    return entry->second;
}

void Outside::put_right() {
    refuses_percent = 0;
    for (auto& [key, is_refused] : refused_)
        is_refused = false;
}

Mishap Outside::mishap(bool can_lie) {
    if (weather.is_out) return Mishap::unreachable;
    if (world_.chance.percent(weather.throttles_percent)) return Mishap::throttled;
    if (!world_.chance.percent(weather.fails_percent)) return Mishap::none;
    static constexpr std::array kWays{Mishap::unreachable, Mishap::error_before,
                                      Mishap::error_after, Mishap::cut_before,
                                      Mishap::cut_after,   Mishap::lie};
    return kWays[world_.chance.below(kWays.size() - (can_lie ? 0 : 1))];
}

routing::Caller::Done Outside::for_this_life(Done done) const {
    return [life = world_.life(), done = std::move(done)](CallResult result) {
        if (*life) done(std::move(result));
    };
}

void Outside::request(Mishap how, bool safe_late, Perform perform, Answer answer) {
    const bool is_done =
        how == Mishap::none || how == Mishap::error_after || how == Mishap::cut_after;
    const Time there = world_.chance.between(1, weather.slowest);
    const Time back = world_.chance.between(1, weather.slowest);
    const Time asked_to_wait = world_.chance.between(1, 60) * kSecond;
    world_.after(there, [=, this, life = world_.life(), perform = std::move(perform),
                         answer = std::move(answer)] {
        if (!*life && !safe_late) return;
        CallResult result = is_done ? perform() : CallResult{};
        switch (how) {
            case Mishap::none:
            case Mishap::lie:
                break;
            case Mishap::unreachable:
                result = failed(Outcome::retry, "unreachable");
                break;
            case Mishap::throttled:
                result =
                    failed(Outcome::retry, "throttled", std::chrono::milliseconds(asked_to_wait));
                break;
            case Mishap::error_before:
            case Mishap::error_after:
                result = failed(Outcome::unknown, "server_error");
                break;
            case Mishap::cut_before:
            case Mishap::cut_after:
                result = failed(Outcome::unknown, "no_answer");
                break;
        }
        world_.after(back, [answer, result = std::move(result)] { answer(result); });
    });
}

}  // namespace orderhub::simulation
