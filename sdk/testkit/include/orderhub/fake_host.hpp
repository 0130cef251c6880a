// A host for connector tests, in memory: no network, no clock, no disk. The test scripts what the outside system answers
// and reads what the connector asked, emitted and reported.
#pragma once

#include <orderhub/connector.h>
#include <orderhub/document.hpp>
#include <orderhub/http.hpp>
#include <orderhub/oauth2.h>

#include <deque>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderhub::testkit {

/// What the scripted peer does with one request.
struct Answer {
    int status = 200;
    std::string body;
    sdk::Headers headers;
    oh_http_outcome outcome = OH_HTTP_ANSWERED;
};

inline Answer no_answer() { return {0, "the connection was reset", {}, OH_HTTP_NO_ANSWER}; }
inline Answer not_sent() { return {0, "connection refused", {}, OH_HTTP_NOT_SENT}; }

struct Request {
    std::string method;
    std::string url;
    sdk::Headers headers;
    std::string body;
    std::uint32_t flags;
};

/// What one call left behind.
struct Outcome {
    oh_outcome outcome = OH_DONE;
    std::vector<std::pair<std::string, sdk::Document>> records;
    std::string cursor;
    sdk::Document result;
    std::string code;
    std::string message;
    std::uint64_t retry_after_ms = 0;
};

/// Drives the connector linked into the test (its `orderhub_connector`), one call at a time, on the test's thread.
class FakeHost {
public:
    using Peer = std::function<Answer(const Request&)>;

    /// Throws std::runtime_error with the connector's words if it refuses the configuration.
    explicit FakeHost(const sdk::Document& config,
                      const oh_connector& connector = orderhub_connector)
        : connector_(connector) {
        current_ = this;
        const std::string text = sdk::document_text(config);
        oh_str error{};
        if (connector_.create(&table(), sdk::borrow(text), &self_, &error) != OH_DONE)
            throw std::runtime_error(std::string(sdk::view(error)));
    }
    ~FakeHost() { connector_.destroy(self_); }
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    Peer peer;                       ///< answers every request; set it before the first call
    std::vector<Request> requests;   ///< all that were sent, in order
    std::vector<std::string> logs;
    std::map<std::string, std::string, std::less<>> state;
    std::int64_t now_ms = 1'795'000'000'000;
    std::int64_t time_left_ms = 120'000;  ///< of each call
    int forgotten_tokens = 0;             ///< how often an access token was said to be of no use

    Outcome check() {
        return run([&](oh_call* call) { return connector_.check(self_, call); });
    }
    Outcome poll(std::string_view cursor = {}) {
        return run([&](oh_call* call) { return connector_.poll(self_, call, sdk::borrow(cursor)); });
    }
    Outcome receive(std::string_view body, std::string_view id = "msg-1") {
        oh_message message{};
        message.size = sizeof message;
        message.id = sdk::borrow(id);
        message.content_type = sdk::borrow("application/json");
        message.body = sdk::borrow(body);
        message.received_at_ms = now_ms;
        return run([&](oh_call* call) { return connector_.receive(self_, call, &message); });
    }
    Outcome execute(std::string_view kind, std::string_view key, const sdk::Document& payload,
                    std::uint32_t attempt = 1) {
        const std::string text = sdk::document_text(payload);
        const oh_command command{sizeof(oh_command), sdk::borrow(kind), sdk::borrow(key),
                                 sdk::borrow(text), attempt};
        return run([&](oh_call* call) { return connector_.execute(self_, call, &command); });
    }

private:
    static FakeHost& of(oh_call*) { return *current_; }

    Outcome run(const std::function<oh_outcome(oh_call*)>& body) {
        current_ = this;
        outcome_ = {};
        outcome_.outcome = body(reinterpret_cast<oh_call*>(this));
        return outcome_;
    }

    static oh_http_outcome http(oh_call* call, const oh_http_request* raw, oh_http_response* out) {
        FakeHost& host = of(call);
        Request request{std::string(sdk::view(raw->method)), std::string(sdk::view(raw->url)), {},
                        std::string(sdk::view(raw->body)), raw->flags};
        for (std::size_t i = 0; i < raw->header_count; ++i)
            request.headers.emplace_back(sdk::view(raw->headers[i].name),
                                         sdk::view(raw->headers[i].value));
        host.requests.push_back(request);
        host.answer_ = host.peer ? host.peer(host.requests.back()) : not_sent();
        host.answer_headers_.clear();
        for (const auto& [name, value] : host.answer_.headers)
            host.answer_headers_.push_back({sdk::borrow(name), sdk::borrow(value)});
        out->status = host.answer_.outcome == OH_HTTP_ANSWERED ? host.answer_.status : 0;
        out->headers = host.answer_headers_.data();
        out->header_count = host.answer_headers_.size();
        out->body = sdk::borrow(host.answer_.body);
        return host.answer_.outcome;
    }

    static const oh_host& table() {
        static const oh_host host = [] {
            oh_host t{};
            t.size = sizeof t;
            t.abi_major = OH_ABI_MAJOR;
            t.abi_minor = OH_ABI_MINOR;
            t.http = &FakeHost::http;
            t.emit = [](oh_call* c, oh_str kind, oh_str text) -> oh_outcome {
                of(c).outcome_.records.emplace_back(
                    sdk::view(kind), sdk::parse_document(sdk::view(text)));
                return OH_DONE;
            };
            t.set_cursor = [](oh_call* c, oh_str v) { of(c).outcome_.cursor = sdk::view(v); };
            t.set_result = [](oh_call* c, oh_str v) {
                of(c).outcome_.result = sdk::parse_document(sdk::view(v));
            };
            t.fail = [](oh_call* c, oh_str code, oh_str message, std::uint64_t after) {
                Outcome& o = of(c).outcome_;
                o.code = sdk::view(code);
                o.message = sdk::view(message);
                o.retry_after_ms = after;
            };
            t.state_get = [](oh_call* c, oh_str key, oh_str* value) {
                const auto found = of(c).state.find(sdk::view(key));
                *value = found == of(c).state.end() ? oh_str{} : sdk::borrow(found->second);
            };
            t.state_put = [](oh_call* c, oh_str key, oh_str value) {
                of(c).state[std::string(sdk::view(key))] = sdk::view(value);
            };
            t.now_ms = [](oh_call* c) { return of(c).now_ms; };
            t.sleep_ms = [](oh_call* c, std::uint64_t d) {
                of(c).now_ms += static_cast<std::int64_t>(d);
            };
            t.random = [](oh_call*, void* buffer, std::size_t len) {
                for (std::size_t i = 0; i < len; ++i)
                    static_cast<unsigned char*>(buffer)[i] = static_cast<unsigned char>(i * 37 + 11);
            };
            t.log = [](oh_call* c, std::int32_t, oh_str message) {
                of(c).logs.emplace_back(sdk::view(message));
            };
            t.get_extension = [](const char* name) -> const void* {
                return std::string_view(name) == OH_OAUTH2 ? &oauth2() : nullptr;
            };
            t.deadline_ms = [](oh_call* c) { return of(c).now_ms + of(c).time_left_ms; };
            return t;
        }();
        return host;
    }

    static const oh_oauth2& oauth2() {
        static const oh_oauth2 extension{sizeof(oh_oauth2), [](oh_call* c) { ++of(c).forgotten_tokens; }};
        return extension;
    }

    static inline FakeHost* current_ = nullptr;
    const oh_connector& connector_;
    void* self_ = nullptr;
    Outcome outcome_;
    Answer answer_;
    std::vector<oh_header> answer_headers_;
};

}  // namespace orderhub::testkit
