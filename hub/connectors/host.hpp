// The connector host: loads connector libraries, lends them what oh_host promises, runs their calls
// on fibers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::connectors {

struct Taps;

enum class Outcome { done, retry, rejected, unknown };

struct Header {
    std::string name;
    std::string value;
};

/// How the host checks an inbound message; from the manifest.
struct WebhookScheme {
    /// token: the header carries the secret itself.
    enum class Kind {
        standard_webhooks,
        hmac_sha256,
        timestamped_hmac_sha256,
        token
    } kind = Kind::standard_webhooks;
    std::string kind_key;      ///< configuration key that says the kind; empty: the manifest does
    std::string encoding_key;  ///< the same of base64
    std::string secret_key;    ///< configuration key
    std::string header;        ///< in a manifest it and the other texts may be config:KEY
    std::string prefix;
    bool base64 = false;
    std::string id_header;
    std::string timestamp_header;  ///< of hmac_sha256; empty: only the body is signed
    std::chrono::seconds tolerance{300};
};

/// How the host gets access tokens for a connector; from the manifest.
struct OAuth2Grant {
    std::string grant;          ///< the manifest's word, or config:KEY for the word in that key
    std::string token_url;      ///< absolute, or config:KEY with a path behind it
    std::string client_id_key;  ///< configuration keys
    std::string client_secret_key;
    std::string refresh_token_key;
    std::string private_key_key;
    std::string subject_key;
    bool client_in_body = false;
    std::string scope;  ///< this and the next: the text, or config:KEY for the text in that key
    std::string audience;
};

struct Manifest {
    std::string name;
    std::string version;
    std::string kind;
    std::string summary;
    std::string stability;
    std::vector<std::string> records;
    std::vector<std::string> commands;
    std::optional<std::chrono::seconds> poll_interval;
    std::optional<WebhookScheme> webhook;
    std::optional<OAuth2Grant> oauth2;
    std::uint32_t concurrency = 8;
    std::vector<std::string> hosts;        ///< "host:port", or "config:KEY"
    std::vector<std::string> directories;  ///< absolute, or "config:KEY"
    std::vector<std::string> secrets;
    std::string config_schema;  ///< JSON
    std::string text;           ///< as the library gave it
};

/// The operator's token bucket for one instance: a token each `interval`, up to `burst` of them.
struct RateSettings {
    std::chrono::nanoseconds interval{0};
    std::uint32_t burst = 1;
};

/// How fast an instance may ask now, and how often that held it back since start.
struct RateFacts {
    std::optional<RateSettings> settings;   ///< nothing if the operator set no limit
    std::chrono::milliseconds held_for{0};  ///< before the next request may go
    std::string reason;                     ///< what of the outside system's words holds it back
    std::uint64_t waits = 0;                ///< requests that waited
    std::chrono::milliseconds waited{0};    ///< all of them together
    std::uint64_t refusals = 0;             ///< answers that said: too many requests
};

/// Where a connector's code runs.
enum class Isolation {
    in_process,  ///< in the hub
    process,     ///< in a process of its own
    sandboxed,   ///< the same, cut off from network, files and all but harmless system calls
};

enum class ProcessState {
    starting,
    running,
    waiting,  ///< it ended, and is started again after a pause
    parked,   ///< it ended too often; a person lets it start again
    stopped,
};

/// As configuration and API write it.
constexpr std::string_view word(Isolation isolation) {
    if (isolation == Isolation::in_process) return "in_process";
    return isolation == Isolation::process ? "process" : "sandboxed";
}
constexpr std::string_view word(ProcessState state) {
    constexpr std::string_view kWords[] = {"starting", "running", "waiting", "parked", "stopped"};
    return kWords[static_cast<std::size_t>(state)];
}

/// How a connector's own process is. Instance::process().
struct ProcessFacts {
    Isolation isolation = Isolation::process;
    ProcessState state = ProcessState::starting;
    int pid = 0;  ///< 0 if there is none now
    std::uint64_t starts = 0;
    std::uint64_t ends = 0;  ///< that nobody asked for
    std::string last_end;    ///< why; empty if there was none
};

/// How processes of connectors are watched.
struct ProcessSettings {
    std::string program;  ///< orderhub-connector; empty: the one beside this program
    std::chrono::milliseconds start_deadline{10'000};  ///< to load and create
    std::chrono::milliseconds heartbeat{1'000};
    std::uint32_t missed_beats = 10;           ///< so many unanswered ones end it
    std::chrono::milliseconds overrun{5'000};  ///< of a call after its deadline, before it is ended
    std::chrono::milliseconds first_pause{100};  ///< before the next start; doubled each time
    std::chrono::milliseconds longest_pause{30'000};
    std::chrono::milliseconds settled_after{60'000};  ///< a life so long begins the pauses again
    std::uint32_t most_ends = 10;                     ///< within `ends_within`: it is parked
    std::chrono::milliseconds ends_within{600'000};
    std::chrono::milliseconds stop_deadline{5'000};
};

/// Whose libraries may be loaded.
struct LibraryTrust {
    std::vector<std::string> keys;  ///< public keys of minisign
    bool may_be_unsigned = false;   ///< the operator said so of this one
};

/// One configured instance. `config` is JSON with secrets already replaced by their placeholders;
/// the secrets themselves stay in the host.
struct InstanceSettings {
    std::string name;
    std::string library;  ///< path of the .so
    std::string config;
    std::vector<std::pair<std::string, std::string>> secrets;  ///< configuration key, value
    std::vector<std::string> granted_hosts;                    ///< "host" or "host:port", exact
    std::optional<RateSettings> rate = std::nullopt;
    Isolation isolation = Isolation::in_process;
    std::uint64_t memory_bytes = 512 * 1024 * 1024;  ///< of a process of its own
    /// Checked over the very bytes that are loaded. Nothing: the caller vouches for the library.
    std::optional<LibraryTrust> trust = std::nullopt;
    std::vector<std::string> granted_directories = {};  ///< absolute, each with all below it
};

struct EmittedRecord {
    std::string kind;
    std::string external_id;
    std::string json;
};

/// What one call left behind. Records, cursor and state changes count only if `outcome` is done.
struct CallResult {
    Outcome outcome = Outcome::done;
    std::string code;
    std::string message;
    std::optional<std::chrono::milliseconds> retry_after;
    std::vector<EmittedRecord> records;
    std::optional<std::string> cursor;
    std::string result = "{}";
    std::vector<std::pair<std::string, std::string>> state;
};

struct InboundMessage {
    std::string id;
    std::vector<Header> headers;
    std::string content_type;
    std::string body;
    std::int64_t received_at_ms = 0;
};

struct CommandCall {
    std::string kind;
    std::string key;
    std::string payload;
    std::uint32_t attempt = 1;
    std::int64_t owner = 0;  ///< as whom this hub has begun it; see HostSettings::surely_owns
};

/// A loaded, configured connector. All functions may be called on any thread; `done` runs exactly
/// once, on the instance's connector thread, and must not block.
class Instance {
public:
    using Done = std::function<void(CallResult)>;
    virtual ~Instance() = default;

    virtual const std::string& name() const = 0;
    virtual const Manifest& manifest() const = 0;
    virtual RateFacts rate() const { return {}; }
    /// Nothing if it runs in the hub's process.
    virtual std::optional<ProcessFacts> process() const { return std::nullopt; }
    /// Starts a parked process again. Does nothing if it is not parked.
    virtual void resume() {}
    virtual void check(Done done) = 0;
    virtual void receive(InboundMessage message, Done done) = 0;
    virtual void poll(std::string cursor, Done done) = 0;
    virtual void execute(CommandCall command, Done done) = 0;

    /// Checks the signature and the time window of a raw message with the instance's secret, and
    /// gives its stable id. Errors: Denied ("bad_signature", "stale_message"), NotFound
    /// ("no_webhook"). Header names in lower case.
    virtual Result<std::string> verify(const std::vector<Header>& headers, const std::string& body,
                                       std::int64_t now_ms) const = 0;
};

/// Where connectors keep durable state: read at any time on any thread, written with
/// CallResult::state. If it throws, the call that asked reaches nobody any more and is to be tried
/// again.
using StateReader = std::function<std::string(const std::string& instance, const std::string& key)>;

/// Keeps a value that the host itself must not lose, at once and apart from any call. On the
/// connector thread; must be quick. What it throws is logged.
using StateKeeper = std::function<void(const std::string& instance, const std::string& key,
                                       const std::string& value)>;

struct HostSettings {
    std::chrono::milliseconds call_deadline{120'000};  ///< of one receive, poll or execute
    std::chrono::milliseconds http_deadline{30'000};   ///< default of one exchange
    std::size_t max_response_bytes = 8 * 1024 * 1024;
    /// How long a token endpoint that gave no access token is left alone.
    std::chrono::milliseconds token_pause{1000};
    StateKeeper keep_state = nullptr;  ///< without one, such a value lives as long as the host
    std::string ca_file;  ///< additional trusted certificates (PEM), or empty for the system's
    std::shared_ptr<const Taps> taps = nullptr;  ///< of a check or a recording, or none
    ProcessSettings process;
    /// Asked on the connector thread at the moment at which a request other than GET and HEAD is to
    /// go out for a command: if this hub does not surely own it any more, the request is not sent
    /// (OH_HTTP_NOT_SENT), so that it cannot act beside the hub that takes over. None: always.
    std::function<bool(std::int64_t owner)> surely_owns = nullptr;
};

class Host {
public:
    virtual ~Host() = default;

    /// Reads a library's manifest without making an instance. Errors: Invalid with a code for each
    /// refusal (not_found, not_a_connector, abi_too_new, abi_too_old, bad_manifest).
    virtual Result<Manifest> inspect(const std::string& library) = 0;
    /// Loads and creates. Errors as inspect, and bad_config, host_not_granted, and those of trust
    /// (inspection.hpp).
    virtual Result<void> add(InstanceSettings settings) = 0;
    /// Loads what is in the library's file now beside what runs, under the settings of its name,
    /// and lets it take over once its check has gone well: calls from then on are its own, those
    /// under way end where they are, and then the old one is unloaded. Waits for the check. Errors,
    /// after which everything goes on as before: as add(), NotFound "no_such_connector", Conflict
    /// "check_failed" with the connector's words, "other_connector", "reloading" (twice at once).
    virtual Result<void> reload(InstanceSettings settings) {
        return fail(ErrorKind::NotFound, "no_such_connector",
                    "There is no connector " + settings.name + ".");
    }
    /// Null if there is none of that name. Lives as long as the host.
    virtual Instance* find(const std::string& name) = 0;
    virtual std::vector<Instance*> instances() = 0;
    /// Ends waiting calls (they see OH_HTTP_STOPPING), waits for them, destroys all instances.
    virtual void stop() = 0;
};

/// Starts the connector thread. `state` is called on it and must be quick.
std::unique_ptr<Host> make_host(HostSettings settings, StateReader state);

}  // namespace orderhub::connectors
