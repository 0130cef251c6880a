/*
 * OrderHub connector ABI, version 1.0. This header is the specification; plain C11.
 *
 * A connector is a shared library that exports exactly one symbol, the constant `orderhub_connector`. It turns what
 * one outside system says into records, and commands into calls of that system. Everything that waits, is secret or
 * must survive a crash (HTTP, TLS, secrets, durable state, time, log) is lent by the host.
 *
 * Life of an instance (one per entry in the hub's configuration):
 *
 *      describe() --> create() --> [ READY: check | receive | poll | execute ]* --> destroy()
 *                        |
 *                        +--> OH_REJECTED: the configuration is refused, destroy() is not called
 *
 * Threads     All functions of one instance run on one thread at a time, the instance's connector thread. While a
 *             call waits inside a host function, the host may run ANOTHER call of the same instance on the same thread
 *             (each call has a small stack of its own, 256 KiB). So instance state needs no locks, but may have
 *             changed after each host call. A connector must not: hold a lock across a host call, call the host from
 *             inside a catch handler or a destructor that runs during unwinding, start threads, use thread_local
 *             across a host call, or block by any means other than host functions.
 * Ownership   Nothing changes hands. Inputs are borrowed for the duration of the call. What a host function returns
 *             through an out parameter stays valid until the next call of the SAME host function with the same
 *             oh_call, or until the connector function returns. Outputs are copied by the host before it returns.
 * Exceptions  Must not leave a connector function. Host functions throw nothing.
 * Text        UTF-8, pointer + length, not terminated. An empty text may have a null pointer.
 * Money       Decimal text with the currency beside it ("12.34", "EUR"); see sdk/schemas. Never floating point.
 * Time        int64 milliseconds since 1970-01-01T00:00:00Z unless a name says otherwise.
 * Growth      Fields are only ever appended to a struct; `size` tells how many bytes the writer knew. Read a field
 *             only if `size` covers it (OH_HAS). OH_ABI_MAJOR changes when an old connector could not work any more.
 *
 * What changed: 1.0 first version.
 */
#ifndef ORDERHUB_CONNECTOR_H
#define ORDERHUB_CONNECTOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OH_MAGIC 0x4f484331u /* "OHC1" */
#define OH_ABI_MAJOR 1u
#define OH_ABI_MINOR 0u

/* True if the struct that `p` points to was written by somebody who knew `field`. */
#define OH_HAS(p, field) \
    ((p)->size >= (size_t)((const char*)&(p)->field - (const char*)(p)) + sizeof((p)->field))

#if defined(__GNUC__)
#define OH_EXPORT __attribute__((visibility("default")))
#else
#define OH_EXPORT
#endif

/* Borrowed text. */
typedef struct oh_str {
    const char* data;
    size_t len;
} oh_str;

/* What came of a call: what the hub should do next.
 * DONE      it happened, or had happened already.
 * RETRY     it surely did not happen and may work later (connection refused, 429, 503, a lock). The hub retries with
 *           backoff, or after the delay given to fail().
 * REJECTED  it did not happen and will not by repeating; a person must know why (fail() carries the words).
 * UNKNOWN   it may have happened: the request was sent and no full answer came. The next attempt must look first. */
typedef int32_t oh_outcome;
enum { OH_DONE = 0, OH_RETRY = 1, OH_REJECTED = 2, OH_UNKNOWN = 3 };

/* What came of an HTTP exchange, before its status code is looked at.
 * ANSWERED   a complete response is in the out parameter, whatever its status.
 * NOT_SENT   no byte of the request reached the peer (name, connect, TLS): safe to repeat.
 * NO_ANSWER  sent, but no complete response came (timeout, reset, truncated, too large): outcome unknown for
 *            anything but a read.
 * REFUSED    the host did not send it: address not granted, placeholder unknown, malformed. Not to be repeated.
 * STOPPING   the instance is being stopped; return OH_RETRY at once if nothing was sent before, else OH_UNKNOWN. */
typedef int32_t oh_http_outcome;
enum {
    OH_HTTP_ANSWERED = 0,
    OH_HTTP_NOT_SENT = 1,
    OH_HTTP_NO_ANSWER = 2,
    OH_HTTP_REFUSED = 3,
    OH_HTTP_STOPPING = 4
};

enum { OH_LOG_DEBUG = 0, OH_LOG_INFO = 1, OH_LOG_WARN = 2, OH_LOG_ERROR = 3 };

/* One call of check, receive, poll or execute. Opaque; valid until that function returns, on its stack only. */
typedef struct oh_call oh_call;

/* A header line. Names compare without case; the host sends them as given and hands them over in lower case. */
typedef struct oh_header {
    oh_str name;
    oh_str value;
} oh_header;

/* Placeholders: the host replaces `{{secret:NAME}}` while sending, NAME being a configuration key that the manifest
 * lists under "secrets". Always in header values; in the body only with OH_HTTP_FILL_BODY, escaped for the body's
 * content type (JSON string, form field). Never set that flag on a body that carries text from outside: whoever wrote
 * that text could ask for a secret. `{{basic:USER_KEY:SECRET_KEY}}` in a header value gives the base64 of "user:secret". */
enum { OH_HTTP_FILL_BODY = 1u };

/* A request. `timeout_ms` 0 means the host's default (30 s); the host never waits longer than the call's own deadline.
 * `max_response_bytes` 0 means the default (8 MiB). Redirects are not followed. */
typedef struct oh_http_request {
    size_t size;
    oh_str method;
    oh_str url; /* absolute, http or https; its host must be granted to this connector */
    const oh_header* headers;
    size_t header_count;
    oh_str body;
    uint32_t flags;
    uint32_t timeout_ms;
    uint64_t max_response_bytes;
} oh_http_request;

/* A response. Borrowed until the next http() of the same call. On any outcome but ANSWERED, `body` holds a sentence
 * for a person and `status` is 0. */
typedef struct oh_http_response {
    size_t size;
    int32_t status;
    const oh_header* headers;
    size_t header_count;
    oh_str body;
} oh_http_response;

/* A raw inbound message. Its signature has been checked by the host as the manifest's "webhook" asks. */
typedef struct oh_message {
    size_t size;
    oh_str id; /* stable over redeliveries of the same message */
    const oh_header* headers;
    size_t header_count;
    oh_str content_type;
    oh_str body;
    int64_t received_at_ms;
} oh_message;

/* A command: one effect that the hub wants in the outside system. `key` is stable over all attempts and never reused.
 * Write it where the outside system can be asked for it. `attempt` counts from 1 and is durable: when it is above 1 an
 * earlier attempt may have taken effect, even if this process knows nothing of it, so look before acting. */
typedef struct oh_command {
    size_t size;
    oh_str kind;    /* one of the manifest's "commands" */
    oh_str key;     /* at most 64 characters of [A-Za-z0-9_-] */
    oh_str payload; /* JSON, sdk/schemas/commands/<kind>.schema.json */
    uint32_t attempt;
} oh_command;

/* What the host lends. The table outlives the instance. Unless it says otherwise a function may be called only inside
 * check, receive, poll or execute, with that call's oh_call, on its thread; it may suspend the call where it says
 * "waits". */
typedef struct oh_host {
    size_t size;
    uint32_t abi_major;
    uint32_t abi_minor;

    /* Sends one request and waits for the answer. */
    oh_http_outcome (*http)(oh_call* call, const oh_http_request* request, oh_http_response* response);

    /* Hands a record over (sdk/schemas/records/<kind>.schema.json). Copied; does not wait. Records, cursor and state
     * of a call become durable together when it returns OH_DONE, and are dropped otherwise. Returns OH_DONE, or
     * OH_REJECTED if `json` is not a valid record of that kind (the reason is logged; the call should fail). */
    oh_outcome (*emit)(oh_call* call, oh_str kind, oh_str json);

    /* Sets where the next poll goes on. Only inside poll. Does not wait. */
    void (*set_cursor)(oh_call* call, oh_str cursor);

    /* Sets the result of a command (JSON object, sdk/schemas/commands/<kind>.schema.json#/$defs/result). Does not wait. */
    void (*set_result)(oh_call* call, oh_str json);

    /* Says why the call is about to return something other than OH_DONE. `code` is a short stable word
     * ("over_refund"), `message` the outside system's words, for a person, without secrets or personal data;
     * `retry_after_ms` 0 or the delay that the outside system asked for. The last one counts. Does not wait. */
    void (*fail)(oh_call* call, oh_str code, oh_str message, uint64_t retry_after_ms);

    /* Durable text state of this instance. state_get waits for no one; a missing key gives an empty text. state_put is
     * kept with the call's records (see emit); state_get sees it at once in the same call. At most 64 KiB a value. */
    void (*state_get)(oh_call* call, oh_str key, oh_str* value);
    void (*state_put)(oh_call* call, oh_str key, oh_str value);

    /* The hub's clock. May be called at any time on the instance's thread (call may be null). */
    int64_t (*now_ms)(oh_call* call);

    /* Waits. Ends early when the instance is being stopped. */
    void (*sleep_ms)(oh_call* call, uint64_t duration_ms);

    /* Fills the buffer with unpredictable bytes. May be called at any time (call may be null). */
    void (*random)(oh_call* call, void* buffer, size_t len);

    /* Writes to the hub's log under this connector's name. Secrets known to the host are masked; personal data must
     * not be given. May be called at any time on the instance's thread (call may be null outside a call; the line then
     * goes to the log of `self` passed to create). */
    void (*log)(oh_call* call, int32_t level, oh_str message);

    /* Later capabilities, by name ("orderhub.x/1"); null if unknown. */
    const void* (*get_extension)(const char* name);
} oh_host;

/* The exported table. All functions are called on the instance's connector thread. */
typedef struct oh_connector {
    uint32_t magic; /* OH_MAGIC */
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    size_t size; /* sizeof(oh_connector) */

    /* The manifest, JSON (sdk/schemas/manifest.schema.json). Static storage. Any thread, any time; does not wait. */
    oh_str (*describe)(void);

    /* Makes an instance from its configuration: JSON that the host has checked against the manifest's "config" schema,
     * secrets replaced by their placeholders. No side effects, no outward call. On success sets *self and returns
     * OH_DONE; otherwise returns OH_REJECTED after writing a sentence to `error` (host's buffer; set data and len to
     * text in static storage or in memory that lives as long as the library). */
    oh_outcome (*create)(const oh_host* host, oh_str config, void** self, oh_str* error);

    /* Can the outside system be reached, and do the credentials and permissions suffice? Waits. */
    oh_outcome (*check)(void* self, oh_call* call);

    /* Turns one inbound message into records. Waits if it reads back. Null if the manifest has no "webhook". */
    oh_outcome (*receive)(void* self, oh_call* call, const oh_message* message);

    /* Emits what changed since `cursor` and sets the next one. The cursor is empty the first time, and the JSON object
     * {"from": "<RFC 3339 instant>"} at the start of a backfill; otherwise it is what the connector set last. May return before it has seen
     * everything; the host calls again at once while set_cursor moved and records came. Null if "poll" is absent.
     * Waits. */
    oh_outcome (*poll)(void* self, oh_call* call, oh_str cursor);

    /* Carries out one command. May emit the changed object as a record. Null if "commands" is empty. Waits. */
    oh_outcome (*execute)(void* self, oh_call* call, const oh_command* command);

    /* Ends an instance; no call is running. Does not wait, calls no host function but log. */
    void (*destroy)(void* self);

    /* Later capabilities, by name; may be null. Any thread; does not wait. */
    const void* (*get_extension)(const char* name);
} oh_connector;

/* The one exported symbol. */
extern OH_EXPORT const oh_connector orderhub_connector;

#ifdef __cplusplus
}
#endif
#endif
