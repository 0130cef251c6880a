// HTTP for connector authors: a request, an answer, and the rule that turns a failed exchange into an outcome.
#pragma once

#include <orderhub/connector.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderhub::sdk {

inline std::string_view view(oh_str text) {
    return text.len == 0 ? std::string_view{} : std::string_view{text.data, text.len};
}
inline oh_str borrow(std::string_view text) { return {text.data(), text.size()}; }

/// Ends the current call with an outcome other than DONE. Thrown by helpers and by connectors; the wrapper turns it
/// into the ABI's outcome and fail(). `message` is for a person: no secrets, no personal data.
struct Stop {
    oh_outcome outcome;
    std::string code;
    std::string message;
    std::uint64_t retry_after_ms = 0;
};

inline Stop retry(std::string code, std::string message, std::uint64_t after_ms = 0) {
    return {OH_RETRY, std::move(code), std::move(message), after_ms};
}
inline Stop rejected(std::string code, std::string message) {
    return {OH_REJECTED, std::move(code), std::move(message), 0};
}
inline Stop unknown(std::string code, std::string message) {
    return {OH_UNKNOWN, std::move(code), std::move(message), 0};
}

/// Whether repeating a request can do harm. A lost answer to `read` is retried, to `write` its outcome is unknown.
enum class Effect { read, write };

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};
    Headers headers = {};
    std::string body = {};
    Effect effect = Effect::read;
    bool fill_body = false;  ///< see OH_HTTP_FILL_BODY: never on a body with text from outside
    std::uint32_t timeout_ms = 0;
};

struct HttpResponse {
    int status = 0;
    Headers headers;  ///< names in lower case
    std::string body;

    std::string_view header(std::string_view lower_case_name) const {
        for (const auto& [name, value] : headers)
            if (name == lower_case_name) return value;
        return {};
    }
    bool ok() const { return status >= 200 && status < 300; }
};

/// `Retry-After` in seconds as milliseconds; 0 if absent or a date (the hub's own backoff is used then).
inline std::uint64_t retry_after_ms(const HttpResponse& response) {
    const std::string_view text = response.header("retry-after");
    if (text.empty() || text.size() > 6) return 0;
    std::uint64_t seconds = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return 0;
        seconds = seconds * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return seconds * 1000;
}

/// What a status outside 2xx means for the command that asked. 401 and 403 are retried slowly: a person mends the
/// credentials, and nothing must be lost until then.
inline Stop stop_for_status(const HttpResponse& response, Effect effect, std::string words = {}) {
    const int status = response.status;
    std::string message = "answered " + std::to_string(status);
    if (!words.empty()) message += ": " + words;
    if (status == 401 || status == 403) return retry("unauthorized", std::move(message), 60'000);
    if (status == 429 || status == 503)
        return retry("throttled", std::move(message), retry_after_ms(response));
    if (status == 408 || status == 425 || status >= 500)
        return effect == Effect::read ? retry("server_error", std::move(message))
                                      : unknown("server_error", std::move(message));
    return rejected("http_" + std::to_string(status), std::move(message));
}

inline Stop stop_for_exchange(oh_http_outcome outcome, Effect effect, std::string words) {
    switch (outcome) {
        case OH_HTTP_NOT_SENT: return retry("unreachable", std::move(words));
        case OH_HTTP_NO_ANSWER:
            return effect == Effect::read ? retry("no_answer", std::move(words))
                                          : unknown("no_answer", std::move(words));
        case OH_HTTP_STOPPING: return retry("stopping", "the connector is being stopped");
        default: return rejected("not_allowed", std::move(words));
    }
}

}  // namespace orderhub::sdk
