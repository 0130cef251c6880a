// The C++ side of connector.h: write a class, export it with ORDERHUB_CONNECTOR. Header-only, C++20.
//
//   class Acme {
//   public:
//       Acme(const boost::json::object& config);             // throws std::exception to refuse the configuration
//       void check(Call& call);
//       void receive(Call& call, const Message& message);     // only if the manifest has "webhook"
//       void poll(Call& call, std::string_view cursor);       // only if the manifest has "poll"
//       void execute(Call& call, const Command& command);     // only if the manifest has "commands"
//   };
//   ORDERHUB_CONNECTOR(Acme, R"({...manifest...})")
//
// A method that returns has DONE its work; anything else is thrown as Stop (retry, rejected, unknown). Straight-line
// code: every call of the host waits where it stands. Rules of threads and ownership: connector.h.
#pragma once

#include <orderhub/connector.h>
#include <orderhub/http.hpp>

#include <boost/json.hpp>

#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace orderhub::sdk {

namespace json = boost::json;

struct Message {
    std::string_view id;
    std::string_view content_type;
    std::string_view body;
    Headers headers;
    std::int64_t received_at_ms;
};

struct Command {
    std::string_view kind;
    std::string_view key;   ///< stable over attempts; write it where the outside system can be asked for it
    json::object payload;
    std::uint32_t attempt;  ///< from 1; above 1 an earlier attempt may have taken effect

    bool must_look_first() const { return attempt > 1; }
};

/// One call in progress. Lives on the call's own stack; do not keep it.
class Call {
public:
    Call(const oh_host* host, oh_call* call) : host_(host), call_(call) {}

    /// Sends and waits. Throws Stop if no complete answer came; any status is returned.
    HttpResponse http(const HttpRequest& request) {
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
        if (request.effect == Effect::write) wrote_ = true;
        if (outcome != OH_HTTP_ANSWERED)
            throw stop_for_exchange(outcome, request.effect, std::string(view(answer.body)));
        HttpResponse response{answer.status, {}, std::string(view(answer.body))};
        for (std::size_t i = 0; i < answer.header_count; ++i)
            response.headers.emplace_back(view(answer.headers[i].name), view(answer.headers[i].value));
        return response;
    }

    /// Sends and waits; throws Stop for anything but a 2xx.
    HttpResponse http_ok(const HttpRequest& request) {
        HttpResponse response = http(request);
        if (!response.ok()) throw stop_for_status(response, request.effect);
        return response;
    }

    void emit(std::string_view kind, const json::object& record) {
        const std::string text = json::serialize(record);
        if (host_->emit(call_, borrow(kind), borrow(text)) != OH_DONE)
            throw rejected("invalid_record", "the connector made a record that its schema refuses");
    }
    void set_cursor(std::string_view cursor) { host_->set_cursor(call_, borrow(cursor)); }
    void set_result(const json::object& result) {
        const std::string text = json::serialize(result);
        host_->set_result(call_, borrow(text));
    }

    std::string state(std::string_view key) {
        oh_str value{};
        host_->state_get(call_, borrow(key), &value);
        return std::string(view(value));
    }
    void set_state(std::string_view key, std::string_view value) {
        host_->state_put(call_, borrow(key), borrow(value));
    }

    std::int64_t now_ms() { return host_->now_ms(call_); }
    void sleep_ms(std::uint64_t duration) { host_->sleep_ms(call_, duration); }
    void log(std::int32_t level, std::string_view message) { host_->log(call_, level, borrow(message)); }
    void fail(const Stop& stop) {
        host_->fail(call_, borrow(stop.code), borrow(stop.message), stop.retry_after_ms);
    }

private:
    const oh_host* host_;
    oh_call* call_;
    bool wrote_ = false;  ///< this call may have changed something outside
};

/// Which of the optional methods class T has.
template <class T>
concept Receives = requires(T t, Call& call, const Message& message) { t.receive(call, message); };
template <class T>
concept Polls = requires(T t, Call& call, std::string_view cursor) { t.poll(call, cursor); };
template <class T>
concept Executes = requires(T t, Call& call, const Command& command) { t.execute(call, command); };

namespace detail {

/// Runs `body` and turns whatever leaves it into an outcome. The host is called after the handler has ended, because
/// a host call inside a catch handler is forbidden.
template <class Body>
oh_outcome guard(Call& call, Body&& body) noexcept {
    std::optional<Stop> stop;
    try {
        body();
    } catch (Stop& thrown) {
        stop = std::move(thrown);
    } catch (const std::exception& thrown) {
        stop = Stop{OH_REJECTED, "connector_error", thrown.what(), 0};
    } catch (...) {
        stop = Stop{OH_REJECTED, "connector_error", "the connector threw something unknown", 0};
    }
    if (!stop) return OH_DONE;
    call.fail(*stop);
    return stop->outcome;
}

template <class T>
struct Instance {
    const oh_host* host;
    T connector;
};

inline Message to_message(const oh_message& raw) {
    Message message{view(raw.id), view(raw.content_type), view(raw.body), {}, raw.received_at_ms};
    for (std::size_t i = 0; i < raw.header_count; ++i)
        message.headers.emplace_back(view(raw.headers[i].name), view(raw.headers[i].value));
    return message;
}

template <class T>
struct Table {
    static Instance<T>& self(void* raw) { return *static_cast<Instance<T>*>(raw); }

    static oh_outcome create(const oh_host* host, oh_str config, void** out, oh_str* error) noexcept {
        static std::string reason;
        try {
            *out = new Instance<T>{host, T(json::parse(view(config)).as_object())};
            return OH_DONE;
        } catch (const std::exception& thrown) {
            reason = thrown.what();
        } catch (...) {
            reason = "the connector threw something unknown";
        }
        *error = borrow(reason);
        return OH_REJECTED;
    }
    static oh_outcome check(void* raw, oh_call* handle) noexcept {
        Call call(self(raw).host, handle);
        return guard(call, [&] { self(raw).connector.check(call); });
    }
    static oh_outcome receive(void* raw, oh_call* handle, const oh_message* message) noexcept
        requires Receives<T>
    {
        Call call(self(raw).host, handle);
        return guard(call, [&] { self(raw).connector.receive(call, to_message(*message)); });
    }
    static oh_outcome poll(void* raw, oh_call* handle, oh_str cursor) noexcept
        requires Polls<T>
    {
        Call call(self(raw).host, handle);
        return guard(call, [&] { self(raw).connector.poll(call, view(cursor)); });
    }
    static oh_outcome execute(void* raw, oh_call* handle, const oh_command* command) noexcept
        requires Executes<T>
    {
        Call call(self(raw).host, handle);
        return guard(call, [&] {
            const Command parsed{view(command->kind), view(command->key),
                                 json::parse(view(command->payload)).as_object(), command->attempt};
            self(raw).connector.execute(call, parsed);
        });
    }
    static void destroy(void* raw) noexcept { delete static_cast<Instance<T>*>(raw); }
};

template <class T>
constexpr oh_connector make_table(oh_str (*describe)()) {
    oh_connector table{};
    table.magic = OH_MAGIC;
    table.abi_major = OH_ABI_MAJOR;
    table.abi_minor = OH_ABI_MINOR;
    table.size = sizeof(oh_connector);
    table.describe = describe;
    table.create = &Table<T>::create;
    table.check = &Table<T>::check;
    if constexpr (Receives<T>) table.receive = &Table<T>::receive;
    if constexpr (Polls<T>) table.poll = &Table<T>::poll;
    if constexpr (Executes<T>) table.execute = &Table<T>::execute;
    table.destroy = &Table<T>::destroy;
    return table;
}

}  // namespace detail
}  // namespace orderhub::sdk

/// Exports class T as the connector of this library. The second argument is the manifest's JSON as a string literal.
#define ORDERHUB_CONNECTOR(T, manifest_text)                                              \
    static oh_str orderhub_describe_() {                                                  \
        OH_MANIFEST static constexpr char text[] = manifest_text;                         \
        return {text, sizeof text - 1};                                                   \
    }                                                                                     \
    extern "C" OH_EXPORT constinit const oh_connector orderhub_connector =                \
        ::orderhub::sdk::detail::make_table<T>(&orderhub_describe_)
