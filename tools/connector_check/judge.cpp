#include "judge.hpp"

#include <algorithm>
#include <set>

namespace orderhub::kit {
namespace {

constexpr std::size_t kMostRequests = 12;

/// The facts of a situation that decide which results are right.
class Facts {
public:
    explicit Facts(const Situation& situation) : s_(situation) {
        const auto& all = s_.seen.seen;
        is_write = !s_.calm.seen[s_.ordinal].effect.empty();
        const Exchange* exchange = exchange_named(s_.script, s_.calm.seen[s_.ordinal].exchange);
        is_keyed = exchange && (!exchange->once_by.empty() || exchange->may_repeat);
        has_token_request = std::ranges::any_of(s_.script.exchanges, &Exchange::auth);
        is_auth = exchange && exchange->auth;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool writes = !all[i].effect.empty();
            any_write = any_write || writes;
            wrote_before = wrote_before || (writes && i < s_.ordinal);
            looked = looked || (i > s_.ordinal && !writes && !all[i].is_auth);
            got_token = got_token || (i > s_.ordinal && all[i].is_auth);
        }
        any_write = any_write || (is_write && all.size() > s_.ordinal);
        if (is_write) took_place = s_.seen.effects.contains(s_.calm.seen[s_.ordinal].effect);
        is_complete = same_effects(s_.script, s_.calm.effects, s_.seen.effects);
    }

    bool is_write = false;  ///< the fault was at a write
    bool is_keyed = false;  ///< which the system does only once
    bool is_auth = false;   ///< the fault was at the request for a token
    bool has_token_request = false;
    bool any_write = false;     ///< one was sent at all
    bool wrote_before = false;  ///< before the fault
    bool looked = false;        ///< something was read after the fault
    bool got_token = false;
    bool took_place = false;   ///< the write with the fault
    bool is_complete = false;  ///< all effects of the command are there

private:
    const Situation& s_;
};

using connectors::Outcome;

std::optional<Complaint> complaint(const Situation& s, std::string expected,
                                   const std::string& because) {
    return Complaint{std::move(expected), words(s.seen.result) + "; " + because};
}

std::optional<Complaint> judge_done(const Situation& s, const Facts& facts) {
    if (facts.is_complete) return std::nullopt;
    return complaint(s, "done only if it happened: " + words(s.calm.effects),
                     "in the outside system: " + words(s.seen.effects));
}

std::optional<Complaint> judge_retry(const Situation& s, const Facts& facts) {
    if (facts.is_write && s.fault.for_good)
        return complaint(s, "rejected, with the system's words", "it would be repeated for ever");
    if (facts.is_keyed) return std::nullopt;
    if (facts.is_write && facts.took_place)
        return complaint(s, "unknown, or done after a look", "but it did happen");
    if (facts.is_write && !s.fault.surely_not && !s.fault.is_open && !facts.looked)
        return complaint(s, "unknown, or a look before anything else is said",
                         "the request was sent in full and nobody looked");
    if (!facts.is_write && facts.wrote_before && facts.is_complete)
        return complaint(s, "unknown, or done", "but it did happen");
    return std::nullopt;
}

std::optional<Complaint> judge_rejected(const Situation& s, const Facts& facts) {
    if (facts.is_write && facts.took_place)
        return complaint(s, "unknown, or done after a look", "but it did happen");
    if (s.fault.will_pass && !(facts.is_auth && s.fault.asks_login))
        return complaint(s, "retry or unknown: it may work later", "the command is lost");
    return std::nullopt;
}

std::optional<Complaint> judge_unknown(const Situation& s, const Facts& facts) {
    if (!facts.any_write)
        return complaint(s, "retry: nothing was changed yet", "no write had been sent");
    if (facts.is_write && s.fault.surely_not && !facts.wrote_before && !facts.took_place)
        return complaint(s, "retry: the answer says that nothing was done", "");
    return std::nullopt;
}

std::optional<Complaint> judge_delay(const Situation& s) {
    const Exchange* exchange = exchange_named(s.script, s.calm.seen[s.ordinal].exchange);
    if (s.host_asks_for_tokens && exchange && exchange->auth) return std::nullopt;
    if (s.fault.at_least_ms == 0 || s.seen.result.outcome != Outcome::retry) return std::nullopt;
    const auto delay = s.seen.result.retry_after;
    const std::uint64_t given = delay ? static_cast<std::uint64_t>(delay->count()) : 0;
    const bool is_optional = s.fault.at_most_ms > 0;
    if (given == 0 && is_optional) return std::nullopt;
    if (given >= s.fault.at_least_ms && (!is_optional || given <= s.fault.at_most_ms))
        return std::nullopt;
    return complaint(s, "a delay of at least " + std::to_string(s.fault.at_least_ms) + " ms",
                     "delay " + std::to_string(given) + " ms");
}

std::optional<Complaint> judge_login(const Situation& s, const Facts& facts) {
    if (!s.fault.asks_login || s.fault.fault.every || facts.is_auth || !facts.has_token_request)
        return std::nullopt;
    if (s.seen.result.outcome == Outcome::done && facts.got_token) return std::nullopt;
    return complaint(s, "a new token, the request once more, done",
                     facts.got_token ? "a token was asked for" : "no token was asked for");
}

}  // namespace

std::optional<Complaint> judge_command(const Situation& situation) {
    const Facts facts(situation);
    if (auto wrong = judge_login(situation, facts)) return wrong;
    switch (situation.seen.result.outcome) {
        case Outcome::done:
            return judge_done(situation, facts);
        case Outcome::rejected:
            return judge_rejected(situation, facts);
        case Outcome::unknown:
            return judge_unknown(situation, facts);
        default:
            break;
    }
    if (auto wrong = judge_retry(situation, facts)) return wrong;
    return judge_delay(situation);
}

std::optional<Complaint> judge_read(const Situation& situation) {
    const Facts facts(situation);
    const Outcome outcome = situation.seen.result.outcome;
    if (auto wrong = judge_login(situation, facts)) return wrong;
    if (outcome == Outcome::unknown)
        return complaint(situation, "retry: reading changes nothing", "");
    const bool must_not_reject = situation.fault.will_pass &&
                                 situation.sample.kind != SampleKind::check &&
                                 !(facts.is_auth && situation.fault.asks_login);
    if (outcome == Outcome::rejected && must_not_reject)
        return complaint(situation, "retry: it may work later", "what it would bring is lost");
    if (situation.fault.will_pass && situation.sample.kind == SampleKind::poll &&
        situation.seen.records != situation.calm.records)
        return complaint(situation, "in the end " + words(situation.calm.records),
                         "in the end " + words(situation.seen.records));
    if (outcome == Outcome::done && situation.fault.will_pass &&
        situation.sample.kind == SampleKind::receive &&
        situation.seen.records != situation.calm.records)
        return complaint(situation, words(situation.calm.records), words(situation.seen.records));
    return judge_delay(situation);
}

bool is_risky(const Script& script, const Seen& seen) {
    const Exchange* exchange = exchange_named(script, seen.exchange);
    return seen.is_write() && !seen.is_keyed && !(exchange && exchange->may_repeat);
}

std::vector<std::size_t> worth_a_fault(const std::vector<Seen>& seen) {
    std::vector<std::size_t> ordinals;
    std::set<std::string> known;
    for (std::size_t i = 0; i < seen.size() && ordinals.size() < kMostRequests; ++i)
        if (known.insert(seen[i].exchange).second) ordinals.push_back(i);
    return ordinals;
}

}  // namespace orderhub::kit
