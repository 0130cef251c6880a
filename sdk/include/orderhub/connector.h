/*
 * OrderHub connector ABI, version 1.1. This header is the specification; plain C11.
 *
 * A connector is a shared library that exports exactly one symbol, the constant `orderhub_connector`. It turns what
 * one outside system says into records, and commands into calls of that system. Everything that waits, is secret or
 * must survive a crash (HTTP, TLS, secrets, durable state, time, log) is lent by the host. The host is the hub itself, a
 * child process of the hub, the conformance kit or a test; a connector cannot tell, and need not.
 *
 * THE LIFE OF A CONNECTOR
 *
 *                 library is loaded                    create() gives OH_DONE
 *     (file) --------------------------> LOADED -----------------------------------> READY <------------+
 *                                         |  ^                                         |                |
 *               describe(), any number of |  | create() gives OH_REJECTED:             | a call begins: | the last call
 *               times, in any state       |  | no instance was made,                   | check, receive,| has returned
 *                                         +--+ destroy() is not called                 | poll, execute  |
 *                                                                                      v                |
 *     (unmapped) <---------------------- LOADED <---- destroy() ---- STOPPED         BUSY --------------+
 *                  library is unloaded,                                 ^            | n calls: one runs, the others
 *                  or stays mapped                                      |            | wait in host functions
 *                                                                       |            |
 *                     the last call has returned, or there was none     |            v the host stops the instance
 *                                                                       +-------- STOPPING: waiting ends early,
 *                                                                                 http() gives OH_HTTP_STOPPING
 *
 * There may be several instances of one library (one for each entry in the hub's configuration), each with a life of
 * its own. LOADED belongs to the library; READY, BUSY, STOPPING and STOPPED to an instance.
 *
 * WHAT THE NOTES AT EACH FUNCTION MEAN
 *
 * Thread      "instance": the one thread on which all functions of an instance run, its connector thread. Instances may
 *             share it. "any": any thread, also several at once.
 * State       In which of the states above it may be called; "in a call": between the begin and the return of check,
 *             receive, poll or execute, with the oh_call that was given to it, which is valid no longer than that.
 * Ownership   Who keeps what is passed, and how long it stays valid. Nothing ever changes hands: neither side frees
 *             what the other made. "Borrowed" means readable until the function returns.
 * Waits       "no": returns at once. "yes": may take as long as the outside system, up to the call's deadline.
 *             While a call waits inside a host function, the host may run ANOTHER call of the same instance on the same
 *             thread; each call has a small stack of its own (256 KiB). So instance state needs no locks, but may have
 *             changed after each host function that waits.
 * Errors      What it answers when it cannot do its work. Nothing is reported in another way.
 *
 * WHAT A CONNECTOR MUST NOT DO, because its calls share a thread
 *
 *   - hold a lock across a host function that waits;
 *   - call the host inside a catch handler, or in a destructor that runs while an exception unwinds;
 *   - start threads, fork, install signal handlers, change the locale or the environment;
 *   - keep a pointer to a thread-local across a host function that waits;
 *   - wait by any means other than host functions, or compute for long (over 100 ms) without one;
 *   - let an exception, a panic or a longjmp leave one of its functions. Host functions let none out either.
 *
 * DATA
 *
 * Text        UTF-8, pointer + length, not terminated. An empty text may have a null pointer.
 * Money       Decimal text with the currency beside it ("12.34", "EUR"); see the schemas. Never floating point.
 * Time        int64 milliseconds since 1970-01-01T00:00:00Z unless a name says otherwise.
 *
 * GROWTH
 *
 * Fields are only ever appended to a struct; `size` tells how many bytes its writer knew. Read a field only if `size`
 * covers it (OH_HAS); call a function of the host that came after 1.0 only if it is there (OH_CAN). Whoever fills a
 * struct sets `size` to the sizeof that it was compiled with and zeroes what it does not use. Numbers of an enum are
 * never reused, and a value that the reader does not know is treated as its comment says. OH_ABI_MAJOR changes when an
 * old connector could not work any more; until then every connector works with every host, older or newer. What does not
 * fit here comes as a named extension with a header of its own (get_extension), such as orderhub/oauth2.h.
 *
 * WHAT CHANGED
 *
 *   1.0  first version
 *   1.1  oh_host.deadline_ms; OH_CAN; OH_MANIFEST; extension "orderhub.oauth2/1" and the placeholder {{oauth2}}
 *        (oauth2.h)
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
#define OH_ABI_MINOR 1u

/* True if the struct that `p` points to was written by somebody who knew `field`. */
#define OH_HAS(p, field) \
    ((p)->size >= (size_t)((const char*)&(p)->field - (const char*)(p)) + sizeof((p)->field))

/* True if the host that `host` points to has the function `function`. Only needed for those that came after 1.0. */
#define OH_CAN(host, function) (OH_HAS(host, function) && (host)->function != NULL)

#if defined(__GNUC__)
#define OH_EXPORT __attribute__((visibility("default")))
#else
#define OH_EXPORT
#endif

/* Put before the definition of the constant text that describe() returns, and of nothing else:
 *
 *      static const char manifest[] OH_MANIFEST = "{...}";
 *
 * It then lies in a section of its own, from which the host, and whoever inspects the file, reads it before any code of
 * the library runs. What describe() says must be the same text. A library without it can still be loaded, but not
 * inspected. */
#define OH_MANIFEST_SECTION "orderhub_manifest"
#if defined(__GNUC__)
#define OH_MANIFEST __attribute__((used, section(OH_MANIFEST_SECTION)))
#else
#define OH_MANIFEST
#endif

/* Borrowed text: UTF-8, `len` bytes, not terminated. `data` may be null if `len` is 0. Who may keep it for how long
 * stands at each function that takes or gives one. */
typedef struct oh_str {
    const char* data;
    size_t len;
} oh_str;

/* What came of a call: what the hub should do next. A host takes a value that it does not know for OH_UNKNOWN.
 * DONE      it happened, or had happened already.
 * RETRY     it surely did not happen and may work later (connection refused, 429, 503, a lock). The hub retries with
 *           backoff, or after the delay given to fail().
 * REJECTED  it did not happen and will not by repeating; a person must know why (fail() carries the words).
 * UNKNOWN   it may have happened: the request was sent and no full answer came. The next attempt must look first. */
typedef int32_t oh_outcome;
enum { OH_DONE = 0, OH_RETRY = 1, OH_REJECTED = 2, OH_UNKNOWN = 3 };

/* What came of an HTTP exchange, before its status code is looked at. Take a value that you do not know for NO_ANSWER.
 * ANSWERED   a complete response is in the out parameter, whatever its status.
 * NOT_SENT   no byte of the request reached the peer (name, connect, TLS, no access token): safe to repeat.
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

/* Levels of log(). Any other number counts as INFO. */
enum { OH_LOG_DEBUG = 0, OH_LOG_INFO = 1, OH_LOG_WARN = 2, OH_LOG_ERROR = 3 };

/* One call of check, receive, poll or execute. Opaque; made by the host, valid until that function returns, to be used
 * on its stack and thread only. */
typedef struct oh_call oh_call;

/* A header line. Names compare without case; the host sends them as given and hands them over in lower case. Host,
 * Content-Length, Connection and others that frame the message are the host's own: a request with one is REFUSED. */
typedef struct oh_header {
    oh_str name;
    oh_str value;
} oh_header;

/* Placeholders: the host replaces `{{secret:NAME}}` while sending, NAME being a configuration key that the manifest
 * lists under "secrets". Always in header values; in the body only with OH_HTTP_FILL_BODY, escaped for the body's
 * content type (JSON string, form field). Never set that flag on a body that carries text from outside: whoever wrote
 * that text could ask for a secret. `{{basic:USER_KEY:SECRET_KEY}}` in a header value gives the base64 of "user:secret".
 * `{{oauth2}}` in a header value gives an access token; see oauth2.h. */
enum { OH_HTTP_FILL_BODY = 1u };

/* A request. Filled in by the connector, borrowed by http(). `timeout_ms` 0 means the host's default (30 s); the host
 * never waits longer than the call's own deadline. `max_response_bytes` 0 means the default (8 MiB). Redirects are not
 * followed: a 3xx is an answer. */
typedef struct oh_http_request {
    size_t size;
    oh_str method;
    oh_str url; /* absolute, http or https; its host must be granted to this connector */
    const oh_header* headers;
    size_t header_count;
    oh_str body;
    uint32_t flags; /* OH_HTTP_...; unknown ones must be 0 */
    uint32_t timeout_ms;
    uint64_t max_response_bytes;
} oh_http_request;

/* A response. `size` is set by the connector, the rest by http(). What it points to belongs to the host and is valid
 * until the next http() of the same call, or until the call returns. On any outcome but ANSWERED, `body` holds a
 * sentence for a person and `status` is 0. */
typedef struct oh_http_response {
    size_t size;
    int32_t status;
    const oh_header* headers;
    size_t header_count;
    oh_str body;
} oh_http_response;

/* A raw inbound message. Filled in by the host, borrowed by receive(). Its signature has been checked by the host as the
 * manifest's "webhook" asks. */
typedef struct oh_message {
    size_t size;
    oh_str id; /* stable over redeliveries of the same message */
    const oh_header* headers;
    size_t header_count;
    oh_str content_type;
    oh_str body; /* exactly as it came: any bytes at all */
    int64_t received_at_ms;
} oh_message;

/* A command: one effect that the hub wants in the outside system. Filled in by the host, borrowed by execute(). `key`
 * is stable over all attempts and never reused. Write it where the outside system can be asked for it. `attempt` counts
 * from 1 and is durable: when it is above 1 an earlier attempt may have taken effect, even if this process knows nothing
 * of it, so look before acting. */
typedef struct oh_command {
    size_t size;
    oh_str kind;    /* one of the manifest's "commands" */
    oh_str key;     /* 1 to 64 characters of [A-Za-z0-9_-] */
    oh_str payload; /* JSON, valid by schemas/commands/<kind>.schema.json */
    uint32_t attempt;
} oh_command;

/* What the host lends. Given to create(); the same table for all instances, and it outlives them. */
typedef struct oh_host {
    size_t size;
    uint32_t abi_major;
    uint32_t abi_minor;

    /* Sends one request and waits for the answer. The host keeps connections, verifies TLS, obeys rate limits and fills
     * in placeholders.
     * Thread: instance. State: in a call. Waits: yes.
     * Ownership: the request is borrowed; the response is as its struct says.
     * Errors: the outcome; nothing is retried by the host but what never reached the peer. */
    oh_http_outcome (*http)(oh_call* call, const oh_http_request* request, oh_http_response* response);

    /* Hands a record over (schemas/records/<kind>.schema.json). Records, cursor and state of a call become durable
     * together when it returns OH_DONE, and are dropped otherwise.
     * Thread: instance. State: in a call. Waits: no.
     * Ownership: both texts are copied.
     * Errors: OH_REJECTED if `json` is no valid record of that kind, if the manifest does not list the kind, or if the
     * call has emitted more than 10,000 records or 64 MiB (the reason is logged; the call should fail); else OH_DONE. */
    oh_outcome (*emit)(oh_call* call, oh_str kind, oh_str json);

    /* Sets where the next poll goes on. The last one counts.
     * Thread: instance. State: in a call of poll. Waits: no.
     * Ownership: copied.
     * Errors: none; outside poll it does nothing and the host logs it. */
    void (*set_cursor)(oh_call* call, oh_str cursor);

    /* Sets the result of a command: a JSON object, schemas/commands/<kind>.schema.json#/$defs/result. The last one
     * counts; without one it is {}.
     * Thread: instance. State: in a call of execute. Waits: no.
     * Ownership: copied.
     * Errors: none here; if execute returns OH_DONE with a result that its schema refuses, the host takes the outcome
     * for OH_UNKNOWN. */
    void (*set_result)(oh_call* call, oh_str json);

    /* Says why the call is about to return something other than OH_DONE. `code` is a short stable word
     * ("over_refund"), `message` the outside system's words, for a person, without secrets or personal data;
     * `retry_after_ms` 0 or the delay that the outside system asked for. The last one counts.
     * Thread: instance. State: in a call. Waits: no.
     * Ownership: both texts are copied, cut at 2,000 bytes.
     * Errors: none. */
    void (*fail)(oh_call* call, oh_str code, oh_str message, uint64_t retry_after_ms);

    /* Reads the durable text state of this instance; sees at once what state_put put in the same call.
     * Thread: instance. State: in a call. Waits: no.
     * Ownership: `key` is borrowed; `value` points to the host's memory, valid until the next state_get of the same
     * call, or until the call returns.
     * Errors: an empty text if there is no such key. If the state cannot be read the host ends the call's effects
     * itself: no further request goes out, and whatever the call returns, it is tried again. */
    void (*state_get)(oh_call* call, oh_str key, oh_str* value);

    /* Changes the state; kept with the call's records (see emit).
     * Thread: instance. State: in a call. Waits: no.
     * Ownership: both texts are copied.
     * Errors: none; a value of more than 64 KiB is not kept and the host logs it. */
    void (*state_put)(oh_call* call, oh_str key, oh_str value);

    /* The hub's clock. It may jump; for deadlines use deadline_ms.
     * Thread: instance. State: READY, BUSY, STOPPING, create and destroy; `call` may be null. Waits: no.
     * Ownership: nothing is passed.
     * Errors: none. */
    int64_t (*now_ms)(oh_call* call);

    /* Waits; a call with its deadline before that is woken then.
     * Thread: instance. State: in a call. Waits: yes.
     * Ownership: nothing is passed.
     * Errors: none; ends early when the instance is being stopped. */
    void (*sleep_ms)(oh_call* call, uint64_t duration_ms);

    /* Fills the buffer with unpredictable bytes.
     * Thread: any. State: any; `call` may be null. Waits: no.
     * Ownership: the buffer is the connector's.
     * Errors: none. */
    void (*random)(oh_call* call, void* buffer, size_t len);

    /* Writes to the hub's log under this connector's name. Secrets known to the host are masked; personal data must
     * not be given.
     * Thread: instance. State: in a call, create and destroy; `call` is null in the latter two. Waits: no.
     * Ownership: copied, cut at 8 KiB.
     * Errors: none. */
    void (*log)(oh_call* call, int32_t level, oh_str message);

    /* Later capabilities, by name ("orderhub.x/1"): a pointer to the struct that the extension's header declares.
     * Thread: any. State: any. Waits: no.
     * Ownership: `name` is terminated by a zero and borrowed; what it returns lives as long as the host table.
     * Errors: null if the host does not know the name. */
    const void* (*get_extension)(const char* name);

    /* Since 1.1 (OH_CAN). When this call must have returned, by the clock of now_ms: what a connector begins after that
     * is not sent. A poll that reads page after page returns with what it has when little time is left.
     * Thread: instance. State: in a call. Waits: no.
     * Ownership: nothing is passed.
     * Errors: none. */
    int64_t (*deadline_ms)(oh_call* call);
} oh_host;

/* The exported table. Constant, in static storage, valid as long as the library is mapped. */
typedef struct oh_connector {
    uint32_t magic;     /* OH_MAGIC */
    uint32_t abi_major; /* OH_ABI_MAJOR of the header that it was compiled with */
    uint32_t abi_minor; /* OH_ABI_MINOR of the same; informs, is not compared */
    uint32_t reserved;  /* 0 */
    size_t size;        /* sizeof(oh_connector) */

    /* The manifest, JSON (schemas/manifest.schema.json). The same text each time.
     * Thread: any. State: any. Waits: no.
     * Ownership: static storage of the library.
     * Errors: none; a manifest that its schema refuses makes the host refuse the library. */
    oh_str (*describe)(void);

    /* Makes an instance from its configuration: JSON that the host has checked against the manifest's "config" schema,
     * secrets replaced by their placeholders. Without side effects: no outward call. Called several times it makes
     * several instances, which share nothing that changes.
     * Thread: instance. State: LOADED. Waits: no; of the host it may call now_ms, random, log and get_extension.
     * Ownership: `host` outlives the instance; `config` is borrowed; `*self` is the connector's own.
     * Errors: OH_DONE with *self set; or OH_REJECTED with *error set to a sentence for the operator, in static storage
     * or in memory that stays until the next create of the library. Then there is no instance. */
    oh_outcome (*create)(const oh_host* host, oh_str config, void** self, oh_str* error);

    /* Can the outside system be reached, and do the credentials and permissions suffice? Changes nothing there.
     * Thread: instance. State: READY, BUSY. Waits: yes.
     * Ownership: `call` is valid until it returns.
     * Errors: as oh_outcome; OH_REJECTED for what a person must mend in the configuration or in the system. */
    oh_outcome (*check)(void* self, oh_call* call);

    /* Turns one inbound message into records. A message may come twice, late or out of order: read back what is true
     * now rather than believe it. Null if the manifest has no "webhook".
     * Thread: instance. State: READY, BUSY. Waits: yes, if it reads back.
     * Ownership: `message` is borrowed.
     * Errors: as oh_outcome; OH_REJECTED parks the message for a person. A message that is no news is OH_DONE. */
    oh_outcome (*receive)(void* self, oh_call* call, const oh_message* message);

    /* Emits what changed since `cursor` and sets the next one. The cursor is empty the first time, and the JSON object
     * {"from": "<RFC 3339 instant>"} at the start of a backfill; otherwise it is what the connector set last. May
     * return before it has seen everything; the host calls again at once while set_cursor moved and records came. At
     * most one poll of an instance runs at a time. Null if "poll" is absent from the manifest.
     * Thread: instance. State: READY, BUSY. Waits: yes.
     * Ownership: `cursor` is borrowed.
     * Errors: as oh_outcome; whatever it is, the next poll begins at the same cursor. */
    oh_outcome (*poll)(void* self, oh_call* call, oh_str cursor);

    /* Carries out one command. May emit the changed object as a record. Null if "commands" is empty. At most the
     * manifest's "concurrency" commands run at a time.
     * Thread: instance. State: READY, BUSY. Waits: yes.
     * Ownership: `command` is borrowed.
     * Errors: as oh_outcome; OH_REJECTED parks the command for a person, OH_UNKNOWN brings it again as the next
     * attempt. OH_RETRY after something may have taken effect is the one mistake that costs money. */
    oh_outcome (*execute)(void* self, oh_call* call, const oh_command* command);

    /* Ends an instance. Frees what create made.
     * Thread: instance. State: STOPPED: no call is running or will begin. Waits: no; of the host it may call now_ms,
     * random and log.
     * Ownership: `self` is the connector's own, and gone after it.
     * Errors: none. */
    void (*destroy)(void* self);

    /* Later capabilities of the connector, by name. May be null.
     * Thread: any. State: any. Waits: no.
     * Ownership: `name` is terminated by a zero and borrowed; what it returns is in static storage.
     * Errors: null if the connector does not know the name. */
    const void* (*get_extension)(const char* name);
} oh_connector;

/* The one exported symbol. Hide all others (-fvisibility=hidden and a version script), so that two connectors in one
 * process cannot meet. */
extern OH_EXPORT const oh_connector orderhub_connector;

#ifdef __cplusplus
}
#endif
#endif
