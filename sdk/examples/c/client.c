/* The wire: one exchange and what its end means. */
#include "paperdesk.h"

#include <stdio.h>
#include <string.h>

oh_str text_of(const char* terminated) {
    const oh_str text = {terminated, strlen(terminated)};
    return text;
}

oh_outcome fail_with(const struct paperdesk* desk, oh_call* call, oh_outcome outcome, const char* code, oh_str message,
                     uint64_t retry_after_ms) {
    desk->host->fail(call, text_of(code), message, retry_after_ms);
    return outcome;
}

oh_outcome reject(const struct paperdesk* desk, oh_call* call, const char* code, const char* message) {
    return fail_with(desk, call, OH_REJECTED, code, text_of(message), 0);
}

static oh_outcome open_end(enum effect effect) {
    return effect == EFFECT_READ ? OH_RETRY : OH_UNKNOWN;
}

/* Retry-After in seconds; a date is left to the hub's own backoff. */
static uint64_t retry_after_ms(const oh_http_response* response) {
    for (size_t i = 0; i < response->header_count; ++i) {
        const oh_header* header = &response->headers[i];
        if (header->name.len != 11 || memcmp(header->name.data, "retry-after", 11) != 0) continue;
        uint64_t seconds = 0;
        for (size_t k = 0; k < header->value.len; ++k) {
            if (header->value.data[k] < '0' || header->value.data[k] > '9' || k > 5) return 0;
            seconds = seconds * 10 + (uint64_t)(header->value.data[k] - '0');
        }
        return seconds * 1000;
    }
    return 0;
}

static oh_outcome fail_by_outcome(struct paperdesk* desk, oh_call* call, enum effect effect, oh_http_outcome outcome,
                                  oh_str words) {
    switch (outcome) {
        case OH_HTTP_NOT_SENT:
            return fail_with(desk, call, OH_RETRY, "unreachable", words, 0);
        case OH_HTTP_STOPPING:
            return fail_with(desk, call, OH_RETRY, "stopping", words, 0);
        case OH_HTTP_REFUSED:
            return fail_with(desk, call, OH_REJECTED, "not_allowed", words, 0);
        default:
            return fail_with(desk, call, open_end(effect), "no_answer", words, 0);
    }
}

static oh_outcome fail_by_status(struct paperdesk* desk, oh_call* call, enum effect effect,
                                 const oh_http_response* response) {
    char words[40];
    const int status = response->status;
    snprintf(words, sizeof words, "answered %d", status);
    const uint64_t delay = retry_after_ms(response);
    if (status == 401 || status == 403)
        return fail_with(desk, call, OH_RETRY, "unauthorized", text_of(words), 60000);
    if (status == 429 || status == 425 || (status == 503 && delay > 0))
        return fail_with(desk, call, OH_RETRY, "throttled", text_of(words), delay);
    if (status == 408 || status >= 500)
        return fail_with(desk, call, open_end(effect), "server_error", text_of(words), 0);
    return fail_with(desk, call, OH_REJECTED, "refused", text_of(words), 0);
}

oh_outcome ask(struct paperdesk* desk, oh_call* call, enum effect effect, const char* url, oh_str body, int* status,
               oh_str* answer) {
    const oh_header headers[] = {{text_of("Authorization"), text_of("Bearer {{secret:token}}")},
                                 {text_of("Accept"), text_of("application/json")},
                                 {text_of("Content-Type"), text_of("application/json")}};
    oh_http_request request = {0};
    request.size = sizeof request;
    request.method = text_of(effect == EFFECT_READ ? "GET" : "POST");
    request.url = text_of(url);
    request.headers = headers;
    request.header_count = effect == EFFECT_READ ? 2 : 3;
    request.body = body;
    oh_http_response response = {0};
    response.size = sizeof response;
    const oh_http_outcome outcome = desk->host->http(call, &request, &response);
    if (status) *status = response.status;
    if (outcome != OH_HTTP_ANSWERED) return fail_by_outcome(desk, call, effect, outcome, response.body);
    if (response.status < 200 || response.status > 299) return fail_by_status(desk, call, effect, &response);
    *answer = response.body;
    if (json_is_valid(response.body)) return OH_DONE;
    return fail_with(desk, call, open_end(effect), "bad_answer", text_of("the answer is not JSON"), 0);
}

static bool append(char* url, size_t* len, char c) {
    if (*len + 1 >= PAPERDESK_URL) return false;
    url[(*len)++] = c;
    return true;
}

bool make_url(const struct paperdesk* desk, const oh_str* parts, char* url) {
    static const char hex[] = "0123456789ABCDEF";
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    size_t len = strlen(desk->base_url);
    bool fits = len < PAPERDESK_URL;
    if (fits) memcpy(url, desk->base_url, len);
    for (size_t part = 0; parts[part].data; ++part) {
        for (size_t i = 0; fits && i < parts[part].len; ++i) {
            const char c = parts[part].data[i];
            if (part % 2 == 0 || (c != 0 && strchr(plain, c))) {
                fits = append(url, &len, c);
            } else {
                fits = append(url, &len, '%') && append(url, &len, hex[(unsigned char)c >> 4]) &&
                       append(url, &len, hex[(unsigned char)c & 15]);
            }
        }
    }
    url[fits ? len : 0] = 0;
    return fits;
}
