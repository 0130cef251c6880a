#include "hub/connectors/call.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <cctype>
#include <orderhub/http.hpp>

#include "hub/connectors/taps.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::connectors {
namespace {

constexpr std::size_t kMostLogBytes = 8 * 1024;

spdlog::level::level_enum to_spdlog(std::int32_t level) {
    switch (level) {
        case OH_LOG_DEBUG:
            return spdlog::level::debug;
        case OH_LOG_WARN:
            return spdlog::level::warn;
        case OH_LOG_ERROR:
            return spdlog::level::err;
        default:
            return spdlog::level::info;
    }
}

}  // namespace

std::string InstanceContext::mask(std::string_view text) const {
    std::string masked = secrets.mask(text);
    return token ? token->mask(std::move(masked)) : masked;
}

void write_log(const InstanceContext& context, std::int32_t level, std::string_view message) {
    if (!context.log->should_log(to_spdlog(level))) return;
    std::string text = context.mask(message);
    if (text.size() > kMostLogBytes) text.resize(kMostLogBytes);
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
    std::ranges::replace_if(text, is_control, ' ');
    context.log->log(to_spdlog(level), spdlog::string_view_t(text));
}

std::unexpected<Error> refused_config(const InstanceContext& context, std::string_view words) {
    return orderhub::fail(
        ErrorKind::Invalid, "bad_config",
        context.name + ": the connector refuses its configuration: " + context.mask(words));
}

}  // namespace orderhub::connectors

using namespace orderhub::connectors;

namespace {

namespace json = boost::json;

constexpr std::size_t kMostRecords = 10'000;
constexpr std::size_t kMostEmittedBytes = 64 * 1024 * 1024;
constexpr std::size_t kMostStateBytes = 64 * 1024;
constexpr std::size_t kMostStates = 1'000;  ///< put by one call
constexpr std::size_t kMostWords = 2000;

/// Whether a state key is one that the host keeps for itself.
bool is_own(std::string_view key) {
    return key.starts_with("host.");
}

std::string cut(std::string text) {
    if (text.size() <= kMostWords) return text;
    std::size_t end = kMostWords;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

Outcome to_outcome(oh_outcome outcome) {
    switch (outcome) {
        case OH_DONE:
            return Outcome::done;
        case OH_RETRY:
            return Outcome::retry;
        case OH_REJECTED:
            return Outcome::rejected;
        default:
            return Outcome::unknown;
    }
}

orderhub::Result<void> invalid_record(std::string message) {
    return orderhub::fail(orderhub::ErrorKind::Invalid, "invalid_record", std::move(message));
}

}  // namespace

oh_call::oh_call(const InstanceContext& context, Services& services, CallKind kind)
    : context_(context),
      services_(services),
      kind_(kind),
      deadline_(Clock::now() + services.settings.call_deadline) {}

void oh_call::interrupt() {
    if (interrupt_) interrupt_();
}

oh_call::Clock::time_point oh_call::deadline_for(const oh_http_request& request) const {
    const bool has_own = OH_HAS(&request, timeout_ms) && request.timeout_ms > 0;
    const auto wanted =
        has_own ? std::chrono::milliseconds(request.timeout_ms) : services_.settings.http_deadline;
    return std::min(Clock::now() + wanted, deadline_);
}

WireAnswer oh_call::transmit(const oh_http_request& request, WireRequest wire) {
    if (state_is_lost_) return {OH_HTTP_NOT_SENT, 0, {}, "the connector's state cannot be read"};
    if (services_.gate.is_closed())
        return {OH_HTTP_STOPPING, 0, {}, "the connector is being stopped"};
    if (Clock::now() >= deadline_)
        return {OH_HTTP_NOT_SENT, 0, {}, "the time for this call is over"};
    if (!wait_for_turn())
        return {OH_HTTP_NOT_SENT, 0, {}, "the rate limit leaves this call no time for it"};
    if (services_.gate.is_closed())
        return {OH_HTTP_STOPPING, 0, {}, "the connector is being stopped"};
    wire.owner = context_.name;
    wire.deadline = deadline_for(request);
    const bool has_limit = OH_HAS(&request, max_response_bytes) && request.max_response_bytes > 0;
    wire.max_response_bytes =
        has_limit ? request.max_response_bytes : services_.settings.max_response_bytes;
    const auto& taps = services_.settings.taps;
    if (taps && taps->outgoing) taps->outgoing(wire);
    if (kind_ == CallKind::execute && services_.settings.surely_owns)
        wire.may_act = [this] { return services_.settings.surely_owns(owner); };
    WireAnswer answer = send(std::move(wire));
    context_.rate->heed(answer, Clock::now());
    if (taps && taps->exchanged) taps->exchanged(request, answer);
    return answer;
}

WireAnswer oh_call::send(WireRequest wire) {
    WireAnswer answer;
    waiter->wait([&](Waiter::Resume resume) {
        interrupt_ = services_.http.send(std::move(wire), [&, resume](WireAnswer received) {
            answer = std::move(received);
            interrupt_ = nullptr;
            resume();
        });
        if (services_.gate.is_closed()) interrupt_();
    });
    return answer;
}

/// False if that would be after the call's deadline.
bool oh_call::wait_for_turn() {
    const auto begin = Clock::now();
    auto turn = context_.rate->take(begin);
    if (turn <= begin) return true;
    for (auto now = begin; turn > now; turn = context_.rate->still_held(now)) {
        if (turn >= deadline_) {
            context_.rate->give_back();
            return false;
        }
        sleep_until(turn);
        if (services_.gate.is_closed()) return true;
        now = Clock::now();
    }
    context_.rate->waited(Clock::now() - begin);
    return true;
}

oh_http_outcome oh_call::http(const oh_http_request& request, oh_http_response& response) {
    answer_ = exchange(request);
    if (answer_.outcome == OH_HTTP_ANSWERED || answer_.outcome == OH_HTTP_NO_ANSWER)
        may_have_acted_ = true;
    else if (answer_.outcome == OH_HTTP_REFUSED)
        log(OH_LOG_WARN, "request refused: " + answer_.body);
    show(response);
    return answer_.outcome;
}

void oh_call::show(oh_http_response& response) {
    answer_headers_.clear();
    for (const Header& header : answer_.headers)
        answer_headers_.push_back(
            {orderhub::sdk::borrow(header.name), orderhub::sdk::borrow(header.value)});
    response.status = answer_.status;
    response.headers = answer_headers_.data();
    response.header_count = answer_headers_.size();
    response.body = orderhub::sdk::borrow(answer_.body);
}

orderhub::Result<void> oh_call::check_record(std::string_view kind, std::string_view text,
                                             EmittedRecord& record) const {
    const auto& kinds = context_.manifest.records;
    if (std::ranges::find(kinds, kind) == kinds.end())
        return invalid_record("the manifest does not list the record kind " +
                              cut(std::string(kind)));
    if (result_.records.size() >= kMostRecords || emitted_bytes_ + text.size() > kMostEmittedBytes)
        return invalid_record("too many records in one call");
    json::error_code error;
    // Only looked at: its values lie side by side and are given back together.
    json::monotonic_resource memory(2 * text.size() + 4096);
    const json::value document = json::parse(text, error, &memory);
    if (error) return invalid_record("the record is not JSON: " + error.message());
    const std::string schema = "records/" + std::string(kind) + ".schema.json";
    ORDERHUB_TRY(orderhub::schemas::validate(schema, document));
    record.external_id = document.at("source").at("external_id").as_string();
    return {};
}

oh_outcome oh_call::emit(std::string_view kind, std::string_view text) {
    EmittedRecord record{std::string(kind), {}, std::string(text)};
    if (const auto valid = check_record(kind, text, record); !valid) {
        log(OH_LOG_ERROR, "record refused: " + valid.error().message);
        return OH_REJECTED;
    }
    emitted_bytes_ += text.size();
    result_.records.push_back(std::move(record));
    return OH_DONE;
}

void oh_call::set_cursor(std::string_view cursor) {
    if (kind_ == CallKind::poll)
        result_.cursor = cursor;
    else
        log(OH_LOG_WARN, "set_cursor outside poll has no effect");
}

void oh_call::set_result(std::string_view text) {
    result_.result = context_.mask(text);
}

void oh_call::fail(std::string_view code, std::string_view message, std::uint64_t retry_after_ms) {
    constexpr std::uint64_t kLongestDelay = 7ULL * 24 * 3600 * 1000;
    result_.code = cut(std::string(code));
    result_.message = cut(context_.mask(message));
    result_.retry_after.reset();
    if (retry_after_ms > 0)
        result_.retry_after = std::chrono::milliseconds(std::min(retry_after_ms, kLongestDelay));
}

// An empty text would say that there is no such state, so after a failure the call reaches nobody
// any more and is tried again as a whole.
std::string oh_call::stored_state(const std::string& key) {
    try {
        return services_.state(context_.name, key);
    } catch (const std::exception& failure) {
        state_is_lost_ = true;
        log(OH_LOG_WARN, std::string("state cannot be read: ") + failure.what());
        return {};
    }
}

oh_str oh_call::state_get(std::string_view key) {
    if (is_own(key)) return {};
    const auto own =
        std::ranges::find(result_.state, key, &std::pair<std::string, std::string>::first);
    state_value_ = own != result_.state.end() ? own->second : stored_state(std::string(key));
    return orderhub::sdk::borrow(state_value_);
}

void oh_call::state_put(std::string_view key, std::string_view value) {
    if (is_own(key)) return log(OH_LOG_ERROR, "state keys that begin with host. are the host's");
    if (value.size() > kMostStateBytes) {
        log(OH_LOG_ERROR, "a state value of more than 64 KiB was not kept");
        return;
    }
    const auto own =
        std::ranges::find(result_.state, key, &std::pair<std::string, std::string>::first);
    if (own != result_.state.end())
        own->second = value;
    else if (result_.state.size() < kMostStates)
        result_.state.emplace_back(key, value);
    else
        log(OH_LOG_ERROR, "more than 1,000 state values in one call were not kept");
}

void oh_call::sleep(std::chrono::milliseconds duration) {
    sleep_until(std::min(Clock::now() + duration, deadline_));
}

std::chrono::milliseconds oh_call::time_left() const {
    return std::chrono::floor<std::chrono::milliseconds>(deadline_ - Clock::now());
}

void oh_call::sleep_until(Clock::time_point then) {
    waiter->wait([&](Waiter::Resume resume) {
        const auto timer = std::make_shared<boost::asio::steady_timer>(services_.io, then);
        interrupt_ = [timer] { timer->cancel(); };
        timer->async_wait([this, timer, resume](boost::system::error_code) {
            interrupt_ = nullptr;
            resume();
        });
        if (services_.gate.is_closed()) timer->cancel();
    });
}

void oh_call::log(std::int32_t level, std::string_view message) const {
    write_log(context_, level, message);
}

CallResult oh_call::finish(oh_outcome outcome) {
    if (state_is_lost_) {
        fail("state_unavailable", "the connector's state cannot be read", 0);
        outcome = kind_ == CallKind::execute && may_have_acted_ ? OH_UNKNOWN : OH_RETRY;
    }
    result_.outcome = to_outcome(outcome);
    if (result_.outcome == Outcome::done) {
        result_.code.clear();
        // A check or poll that is well may say what the operator should know.
        if (kind_ != CallKind::check && kind_ != CallKind::poll) result_.message.clear();
        result_.retry_after.reset();
        return std::move(result_);
    }
    CallResult rest;
    rest.outcome = result_.outcome;
    rest.code = result_.code.empty() ? "no_reason" : std::move(result_.code);
    rest.message =
        result_.message.empty() ? "the connector gave no reason" : std::move(result_.message);
    rest.retry_after = result_.retry_after;
    return rest;
}

CallResult oh_call::finish_broken() {
    fail("connector_error", "the connector let an exception escape", 0);
    return finish(kind_ == CallKind::execute && may_have_acted_ ? OH_UNKNOWN : OH_REJECTED);
}
