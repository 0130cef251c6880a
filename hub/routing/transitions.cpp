#include "hub/routing/transitions.hpp"

#include <boost/json.hpp>

#include "hub/routing/instant_text.hpp"

namespace orderhub::routing {

namespace json = boost::json;

namespace {

constexpr const char* kConnectorDied = "connector_died";  // it ended its own process
constexpr const char* kCrashLoop = "crash_loop";          // as the store writes it when it recovers
constexpr std::size_t kMaxHistory = 50;
// Outside systems may answer with whole pages.
constexpr std::size_t kMaxWords = 2'000;

std::string shortened(const std::string& words) {
    if (words.size() <= kMaxWords) return words;
    std::size_t end = kMaxWords;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xc0) == 0x80)
        --end;
    return words.substr(0, end) + "...";
}

std::string appended(const std::string& history, const CallResult& result, Instant now) {
    boost::system::error_code error;
    json::value parsed = json::parse(history, error);
    json::array attempts = !error && parsed.is_array() ? parsed.as_array() : json::array{};
    attempts.push_back(json::object{{"at", rfc3339(now)},
                                    {"outcome", to_text(result.outcome)},
                                    {"code", result.code},
                                    {"message", shortened(result.message)}});
    // The first attempt stays: it tells when the trouble began.
    while (attempts.size() > kMaxHistory)
        attempts.erase(attempts.begin() + 1);
    return json::serialize(attempts);
}

bool ended_unknown(const Delivery& delivery) {
    boost::system::error_code error;
    const json::value parsed = json::parse(delivery.history, error);
    if (error || !parsed.is_array() || parsed.as_array().empty()) return delivery.attempts > 0;
    const auto& last = parsed.as_array().back();
    return last.is_object() && last.as_object().contains("outcome") &&
           last.at("outcome") == "unknown";
}

std::unexpected<Error> refused(const Delivery& delivery, const char* what) {
    return fail(
        ErrorKind::Conflict, "wrong_state",
        "a delivery that is " + std::string(to_text(delivery.state)) + " cannot be " + what);
}

bool is_open(DeliveryState state) {
    return state != DeliveryState::done && state != DeliveryState::dropped;
}

}  // namespace

std::string_view to_text(Outcome outcome) {
    switch (outcome) {
        case Outcome::done:
            return "done";
        case Outcome::retry:
            return "retry";
        case Outcome::rejected:
            return "rejected";
        case Outcome::unknown:
            return "unknown";
    }
    return "unknown";
}

bool is_connector_wide(const CallResult& result) {
    return result.outcome == Outcome::retry &&
           (result.code == "unreachable" || result.code == "no_answer" ||
            result.code == "throttled" || result.code == "unauthorized" ||
            result.code == "connector_down" || result.code == "connector_parked");
}

bool may_begin(const Delivery& delivery, Instant now) {
    const bool waits =
        delivery.state == DeliveryState::waiting || delivery.state == DeliveryState::unknown;
    return waits && delivery.next_at <= now;
}

Delivery put_back(Delivery delivery, Instant now) {
    delivery.state = delivery.attempts > 1 ? DeliveryState::unknown : DeliveryState::waiting;
    delivery.next_at = now;
    return delivery;
}

Delivery settled(Delivery delivery, const CallResult& result, const Aftermath& aftermath,
                 const Settings& settings) {
    delivery.history = appended(delivery.history, result, aftermath.now);
    delivery.error_code = result.outcome == Outcome::done ? "" : result.code;
    delivery.error_message = result.outcome == Outcome::done ? "" : shortened(result.message);
    if (result.outcome == Outcome::done) {
        delivery.state = DeliveryState::done;
        delivery.result = result.result;
        return delivery;
    }
    if (result.outcome == Outcome::rejected) {
        delivery.state = DeliveryState::parked;
        return delivery;
    }
    if (aftermath.counts) {
        ++delivery.failures;
        delivery.next_at = aftermath.now + aftermath.delay.count();
    }
    if (result.code == kConnectorDied) ++delivery.crashes;
    if (delivery.crashes > kMaxCrashes) {
        delivery.error_code = kCrashLoop;
        delivery.state = DeliveryState::parked;
        return delivery;
    }
    const bool too_long = aftermath.now - delivery.tried_since >= settings.max_age.count();
    if (delivery.failures >= settings.max_failures || too_long)
        delivery.state = DeliveryState::parked;
    else
        delivery.state =
            result.outcome == Outcome::unknown ? DeliveryState::unknown : DeliveryState::waiting;
    return delivery;
}

Result<Delivery> asked_again(Delivery delivery, Instant now) {
    if (!is_open(delivery.state) || delivery.state == DeliveryState::in_flight)
        return refused(delivery, "tried again");
    if (delivery.state == DeliveryState::parked)
        delivery.state = ended_unknown(delivery) ? DeliveryState::unknown : DeliveryState::waiting;
    delivery.next_at = now;
    delivery.failures = 0;
    delivery.crashes = 0;
    delivery.tried_since = 0;
    return delivery;
}

Result<Delivery> set_aside(Delivery delivery) {
    if (!is_open(delivery.state) || delivery.state == DeliveryState::in_flight)
        return refused(delivery, "parked");
    delivery.state = DeliveryState::parked;
    return delivery;
}

Result<Delivery> given_up(Delivery delivery, const std::string& reason) {
    if (!is_open(delivery.state) || delivery.state == DeliveryState::in_flight)
        return refused(delivery, "dropped");
    delivery.state = DeliveryState::dropped;
    delivery.error_code = "dropped";
    delivery.error_message = reason;
    return delivery;
}

InboxMessage settled(InboxMessage message, const CallResult& result, const Aftermath& aftermath,
                     const Settings& settings) {
    message.error_code = result.code;
    message.error_message = shortened(result.message);
    if (aftermath.counts) message.next_at = aftermath.now + aftermath.delay.count();
    if (result.code == kConnectorDied) ++message.crashes;
    if (message.crashes > kMaxCrashes) {
        message.error_code = kCrashLoop;
        message.state = InboxState::parked;
        return message;
    }
    const bool too_often = aftermath.counts && message.attempts >= settings.max_failures;
    message.state =
        result.outcome == Outcome::rejected || too_often ? InboxState::parked : InboxState::waiting;
    return message;
}

}  // namespace orderhub::routing
