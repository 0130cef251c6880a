// A connector that does what the payload of its command says, step by step, and reports what it saw
// as the words of its failure. Written against the plain C interface, so that the tests see what
// the host really returns.
#include <orderhub/connector.h>
#include <orderhub/oauth2.h>

#include <boost/json.hpp>
#include <orderhub/http.hpp>
#include <stdexcept>
#include <string>

namespace {

namespace json = boost::json;
using orderhub::sdk::borrow;
using orderhub::sdk::view;

const oh_host* host = nullptr;

#if defined(PROBE_CLIENT)
#define MORE \
    R"("oauth2": {"grant": "client_credentials", "token_url": "config:url/token", "client_id": "user",
  "client_secret": "token", "scope": "read write"}, )"
#elif defined(PROBE_REFRESH)
#define MORE \
    R"("oauth2": {"grant": "refresh_token", "token_url": "config:url/token", "client_id": "user",
  "client_secret": "token", "refresh_token": "signing", "client_auth": "body"}, )"
#else
#define MORE ""
#endif

#if defined(PROBE_CLIENT) || defined(PROBE_REFRESH) || defined(PROBE_INSPECTED)
#define SECTION OH_MANIFEST
#else
#define SECTION  // what it is is not known before its code runs
#endif
SECTION constexpr char kManifest[] = "{" MORE R"(
  "name": "probe", "version": "1.0.0", "kind": "servicedesk", "summary": "For tests", "stability": "example",
  "records": ["case"], "commands": ["case.note"], "poll": {"interval_s": 60},
  "webhook": {"scheme": "standard-webhooks", "secret": "signing"},
  "hosts": ["config:url"], "secrets": ["token", "signing"],
  "config": {"type": "object", "required": ["url"], "additionalProperties": false, "properties": {
    "url": {"type": "string"}, "user": {"type": "string"}, "refuse": {"type": "string"},
    "token": {"type": "string", "minLength": 3}, "signing": {"type": "string"}}}
})";

struct Self {
    int inside = 0;
    int most_inside = 0;
};

std::string text(const json::object& step, std::string_view key, std::string_view otherwise = {}) {
    const json::value* value = step.if_contains(key);
    return value ? std::string(value->as_string()) : std::string(otherwise);
}

std::uint64_t number(const json::object& step, std::string_view key) {
    const json::value* value = step.if_contains(key);
    return value ? value->to_number<std::uint64_t>() : 0;
}

const char* name_of(oh_http_outcome outcome) {
    constexpr const char* kNames[] = {"ANSWERED", "NOT_SENT", "NO_ANSWER", "REFUSED", "STOPPING"};
    return kNames[outcome];
}

/// "ANSWERED 200 body" or "NOT_SENT words"; response headers that the step asks for come after it.
std::string do_http(oh_call* call, const json::object& step) {
    const std::string method = text(step, "method", "GET");
    const std::string url = text(step, "url");
    const std::string body = text(step, "body");
    std::vector<std::pair<std::string, std::string>> kept;
    if (const json::value* headers = step.if_contains("headers"))
        for (const auto& [name, value] : headers->as_object())
            kept.emplace_back(name, value.as_string());
    std::vector<oh_header> headers;
    for (const auto& [name, value] : kept)
        headers.push_back({borrow(name), borrow(value)});
    const oh_http_request request{sizeof(oh_http_request),
                                  borrow(method),
                                  borrow(url),
                                  headers.data(),
                                  headers.size(),
                                  borrow(body),
                                  step.contains("fill") ? std::uint32_t{OH_HTTP_FILL_BODY} : 0U,
                                  static_cast<std::uint32_t>(number(step, "timeout_ms")),
                                  number(step, "max_bytes")};
    oh_http_response response{};
    response.size = sizeof response;
    const oh_http_outcome outcome = host->http(call, &request, &response);
    std::string report = name_of(outcome);
    if (outcome == OH_HTTP_ANSWERED) report += " " + std::to_string(response.status);
    report += " " + std::string(view(response.body));
    for (std::size_t i = 0; i < response.header_count; ++i)
        if (view(response.headers[i].name).starts_with("x-"))
            report += " " + std::string(view(response.headers[i].name)) + "=" +
                      std::string(view(response.headers[i].value));
    return report;
}

std::string do_state(oh_call* call, const json::object& step) {
    const std::string key = text(step, "key");
    if (step.contains("value")) host->state_put(call, borrow(key), borrow(text(step, "value")));
    oh_str value{};
    host->state_get(call, borrow(key), &value);
    return key + "=" + std::string(view(value));
}

std::string do_sleep(oh_call* call, const json::object& step) {
    const std::int64_t begin = host->now_ms(call);
    host->sleep_ms(call, number(step, "ms"));
    return "slept " + std::to_string(host->now_ms(call) - begin);
}

std::string do_step(oh_call* call, const json::object& step) {
    const std::string kind = text(step, "do");
    if (kind == "http") return do_http(call, step);
    if (kind == "state") return do_state(call, step);
    if (kind == "sleep") return do_sleep(call, step);
    if (kind == "forget") {
        const void* found = host->get_extension(OH_OAUTH2);
        static_cast<const oh_oauth2*>(found)->forget(call);
    }
    if (kind == "throw") throw std::runtime_error("thrown by the probe");
    if (kind == "log") host->log(call, OH_LOG_WARN, borrow(text(step, "message")));
    if (kind == "cursor") host->set_cursor(call, borrow(text(step, "value")));
    if (kind == "result") host->set_result(call, borrow(text(step, "json")));
    if (kind == "emit")
        return "emit " + std::to_string(host->emit(call, borrow(text(step, "kind")),
                                                   borrow(text(step, "json"))));
    return kind;
}

oh_outcome run(void* raw, oh_call* call, const json::object& payload) {
    auto& self = *static_cast<Self*>(raw);
    self.most_inside = std::max(self.most_inside, ++self.inside);
    std::string report;
    for (const json::value& step : payload.at("steps").as_array())
        report += do_step(call, step.as_object()) + "\n";
    --self.inside;
    if (payload.contains("most_inside")) report += std::to_string(self.most_inside) + "\n";
    if (payload.contains("outcome")) return static_cast<oh_outcome>(number(payload, "outcome"));
    host->fail(call, borrow("report"), borrow(report), number(payload, "retry_after_ms"));
    return static_cast<oh_outcome>(OH_REJECTED);
}

const oh_connector kTable = {
    OH_MAGIC,
    OH_ABI_MAJOR,
    OH_ABI_MINOR,
    0,
    sizeof(oh_connector),
    [] { return oh_str{kManifest, sizeof kManifest - 1}; },
    [](const oh_host* table, oh_str config, void** self, oh_str* error) -> oh_outcome {
        host = table;
        static std::string reason;
        reason = text(json::parse(view(config)).as_object(), "refuse");
        *error = borrow(reason);
        if (!reason.empty()) return OH_REJECTED;
        host->log(nullptr, OH_LOG_INFO, borrow("created"));
        *self = new Self;
        return OH_DONE;
    },
    [](void* self, oh_call* call) -> oh_outcome {
        return run(self, call, {{"steps", json::array{}}, {"outcome", 0}});
    },
    [](void* self, oh_call* call, const oh_message* message) {
        return run(self, call, json::parse(view(message->body)).as_object());
    },
    [](void* self, oh_call* call, oh_str cursor) {
        return run(self, call, json::parse(view(cursor)).as_object());
    },
    [](void* self, oh_call* call, const oh_command* command) {
        return run(self, call, json::parse(view(command->payload)).as_object());
    },
    [](void* self) { delete static_cast<Self*>(self); },
    nullptr};

}  // namespace

extern "C" OH_EXPORT const oh_connector orderhub_connector = kTable;
