// HTTP for connector authors: a request, an answer, and the rule that turns a failed exchange into an outcome.
#pragma once

#include <orderhub/connector.h>
#include <orderhub/instant.hpp>

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

/// The begin of a text, at most `limit` bytes, not ending within a character.
inline std::string_view cut_utf8(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0U) == 0x80U)
        --limit;
    return text.substr(0, limit);
}

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
/// Names and values of a query or a form, not yet encoded.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Header values that the host fills in while sending; the connector never sees what comes in their place.
inline std::string secret(std::string_view key) { return "{{secret:" + std::string(key) + "}}"; }
inline std::string bearer(std::string_view secret_key) { return "Bearer " + secret(secret_key); }
inline std::string basic(std::string_view user_key, std::string_view secret_key) {
    return "Basic {{basic:" + std::string(user_key) + ":" + std::string(secret_key) + "}}";
}
/// An access token that the host fetches and renews; the manifest needs "oauth2" (orderhub/oauth2.h).
inline std::string oauth2_bearer() { return "Bearer {{oauth2}}"; }

/// Percent-encoded: everything but letters, digits and -._~
inline std::string url_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            ((out += '%') += kHex[byte >> 4]) += kHex[byte & 15];
    }
    return out;
}
/// name=value&name=value, encoded: the body of a form, or what follows the ? of an address.
inline std::string encode_fields(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields)
        ((((out += out.empty() ? "" : "&") += url_encode(name)) += '=')) += url_encode(value);
    return out;
}
inline std::string with_query(std::string url, const Fields& fields) {
    if (fields.empty()) return url;
    url += url.find('?') == url.npos ? '?' : '&';
    return url + encode_fields(fields);
}

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

/// `Retry-After` in milliseconds, in either form. A date is measured against the answer's own Date, so that a clock that
/// is off does no harm. 0 if absent, past or not understood: the hub's own backoff is used then. At most a day.
inline std::uint64_t retry_after_ms(const HttpResponse& response) {
    constexpr std::int64_t kLongest = 24 * 3600 * 1000;
    std::string_view text = response.header("retry-after");
    if (const auto then = from_http_date(text)) {
        const auto now = from_http_date(response.header("date"));
        return now && *then > *now ? static_cast<std::uint64_t>(std::min(*then - *now, kLongest)) : 0;
    }
    if (text.empty() || text.size() > 6) return 0;
    const auto seconds = detail::take_number(text, text.size());
    return seconds ? static_cast<std::uint64_t>(std::min(*seconds * std::int64_t{1000}, kLongest)) : 0;
}

/// What a status outside 2xx means for the command that asked. 401 and 403 are retried slowly: a person mends the
/// credentials, and nothing must be lost until then. A 5xx or 408 in answer to a write leaves open whether it took effect;
/// a 503 mostly says that the system is only busy, but do_once looks all the same.
inline Stop stop_for_status(const HttpResponse& response, Effect effect, std::string words = {}) {
    const int status = response.status;
    const std::uint64_t delay = retry_after_ms(response);
    std::string message = "answered " + std::to_string(status);
    if (!words.empty()) message += ": " + words;
    if (status == 401 || status == 403) return retry("unauthorized", std::move(message), 60'000);
    if (status == 429 || status == 425 || status == 503)
        return retry("throttled", std::move(message), delay);
    if (status == 408 || status >= 500)
        return effect == Effect::read ? retry("server_error", std::move(message), delay)
                                      : unknown("server_error", std::move(message));
    return rejected("http_" + std::to_string(status), std::move(message));
}

/// Whether an answer leaves open that a write took effect.
inline bool may_have_acted(const HttpResponse& response) {
    const int status = response.status;
    return status < 400 || status == 408 || status >= 500;
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
