// One call in progress, and what it is about: the host's functions as methods. Rules of threads and ownership: connector.h.
#pragma once

#include <orderhub/connector.h>
#include <orderhub/document.hpp>
#include <orderhub/http.hpp>
#include <orderhub/limits.hpp>
#include <orderhub/oauth2.h>
#include <orderhub/typed.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::sdk {

struct Message {
    std::string_view id;  ///< stable over redeliveries
    std::string_view content_type;
    std::string_view body;  ///< as it came; any bytes
    Headers headers;
    std::int64_t received_at_ms;
};

struct Command {
    std::string_view kind;
    std::string_view key;  ///< stable over attempts; write it where the outside system can be asked for it
    Document payload;       ///< for an untyped execute; a method of a command has its struct
    std::uint32_t attempt;  ///< from 1; above 1 an earlier attempt may have taken effect

    bool must_look_first() const { return attempt > 1; }
};

/// One call in progress. Lives on the call's own stack; do not keep it.
class Call {
public:
    Call(const oh_host* host, oh_call* call) : host_(host), call_(call) {}

    /// Sends and waits. Throws Stop if no complete answer came; any status is returned.
    HttpResponse http(const HttpRequest& request);

    /// Sends and waits; throws Stop for anything but a 2xx.
    HttpResponse http_ok(const HttpRequest& request) {
        HttpResponse response = http(request);
        if (!response.ok()) throw stop_for_status(response, request.effect);
        return response;
    }

    /// Hands a record over: Order, Case, Posting or Refund. Throws Stop rejected "invalid_record" that names the member
    /// which its schema refuses.
    template <class Record>
        requires requires { Record::kKind; }
    void emit(const Record& record) {
        if (const std::string fault = limit::fault_of(record); !fault.empty())
            throw rejected("invalid_record", std::string(Record::kKind) + " record: " + fault);
        emit_text(Record::kKind, to_json(record).dump());
    }
    void emit(std::string_view kind, const Document& record) { emit_text(kind, document_text(record)); }

    /// Where the next poll goes on.
    void set_cursor(std::string_view cursor) { host_->set_cursor(call_, borrow(cursor)); }
    /// For an untyped execute; a method of a command returns its result instead.
    void set_result(const Document& result) { set_result_text(document_text(result)); }

    /// The durable state of this instance; empty if there is none under this key.
    std::string state(std::string_view key) {
        oh_str value{};
        host_->state_get(call_, borrow(key), &value);
        return std::string(view(value));
    }
    void set_state(std::string_view key, std::string_view value) {
        host_->state_put(call_, borrow(key), borrow(value));
    }

    std::int64_t now_ms() { return host_->now_ms(call_); }
    /// The host's clock as records want it: what goes into source.observed_at, taken before the first read.
    std::string now() { return to_rfc3339(now_ms()); }
    void sleep_ms(std::uint64_t duration) { host_->sleep_ms(call_, duration); }
    /// What is left of the call's time; nothing if the host cannot tell (ABI 1.0).
    std::optional<std::int64_t> time_left_ms() {
        if (!OH_CAN(host_, deadline_ms)) return std::nullopt;
        return host_->deadline_ms(call_) - now_ms();
    }
    /// Whether there is time for another page; true if the host cannot tell.
    bool has_time(std::int64_t needed_ms = 10'000) { return time_left_ms().value_or(needed_ms) >= needed_ms; }
    void log(std::int32_t level, std::string_view message) { host_->log(call_, level, borrow(message)); }
    void fail(const Stop& stop) { host_->fail(call_, borrow(stop.code), borrow(stop.message), stop.retry_after_ms); }

    /// For systems that say "token expired" in another way than with 401: the next request gets a fresh one.
    void forget_oauth2_token() {
        const void* found = host_->get_extension(OH_OAUTH2);
        if (found) static_cast<const oh_oauth2*>(found)->forget(call_);
    }

    bool has_asked() const { return asked_; }   ///< an answer from outside has been read
    bool has_written() const { return wrote_; }  ///< this call may have changed something outside

    void set_result_text(std::string_view text) { host_->set_result(call_, borrow(text)); }
    void emit_text(std::string_view kind, std::string_view text) {
        if (host_->emit(call_, borrow(kind), borrow(text)) != OH_DONE)
            throw rejected("invalid_record", "the connector made a record that its schema refuses");
    }

private:
    const oh_host* host_;
    oh_call* call_;
    bool asked_ = false;
    bool wrote_ = false;
};

inline HttpResponse Call::http(const HttpRequest& request) {
    std::vector<oh_header> headers;
    for (const auto& [name, value] : request.headers)
        headers.push_back({borrow(name), borrow(value)});
    const oh_http_request raw{sizeof(oh_http_request),
                              borrow(request.method),
                              borrow(request.url),
                              headers.data(),
                              headers.size(),
                              borrow(request.body),
                              request.fill_body ? std::uint32_t{OH_HTTP_FILL_BODY} : 0U,
                              request.timeout_ms,
                              0};
    oh_http_response answer{};
    answer.size = sizeof answer;
    const oh_http_outcome outcome = host_->http(call_, &raw, &answer);
    if (outcome == OH_HTTP_STOPPING && wrote_)
        throw unknown("stopping", "the connector was stopped after a write was sent");
    if (request.effect == Effect::write && outcome == OH_HTTP_NO_ANSWER) wrote_ = true;
    if (outcome != OH_HTTP_ANSWERED) throw stop_for_exchange(outcome, request.effect, std::string(view(answer.body)));
    asked_ = true;
    HttpResponse response{answer.status, {}, std::string(view(answer.body))};
    for (std::size_t i = 0; i < answer.header_count; ++i)
        response.headers.emplace_back(view(answer.headers[i].name), view(answer.headers[i].value));
    if (request.effect == Effect::write && may_have_acted(response)) wrote_ = true;
    return response;
}

}  // namespace orderhub::sdk
