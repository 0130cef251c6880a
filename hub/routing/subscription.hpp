// Who outside is told what the journal says, and what becomes of a subscription after each try.
// Pure, but for the port to the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"
#include "hub/routing/queue.hpp"
#include "hub/routing/settings.hpp"

namespace orderhub::routing {

/// A line of the journal.
struct JournalLine {
    std::int64_t sequence = 0;
    std::string id;
    std::string type;
    std::string order_id;
    std::string case_id;
    std::string actor;
    std::string trace;
    std::string data;  ///< JSON object
    std::string at;    ///< RFC 3339 UTC
};

/// A cursor over the journal that outlives the process: everything up to it has been delivered or
/// was not asked for.
struct Subscription {
    std::string id;  ///< "sub_" and a UUIDv7
    std::string name;
    std::string url;
    std::vector<std::string> types;  ///< beginnings of event types; empty for all
    std::string secret;              ///< "whsec_..."; not to be logged, nor shown after its making
    std::string previous_secret;     ///< signs too until `previous_until`
    Instant previous_until = 0;
    std::int64_t cursor = 0;  ///< a sequence of the journal
    bool is_active = true;
    std::string reason;           ///< why it is not: "operator", "gone", "failing"
    std::uint32_t failures = 0;   ///< since the last success
    Instant failing_since = 0;    ///< the first of them; 0 if none
    Instant next_at = 0;          ///< not to be tried before
    std::string error_code = {};  ///< of the last failure; empty after a success
    std::string error_message = {};
    Instant created_at = 0;
    /// Rises with each decision of a person. What was sent on the strength of an older one does not
    /// move the cursor.
    std::int64_t revision = 1;
};

/// The tables of subscriptions and journal in one transaction, as Queue.
class Subscriptions {
public:
    virtual ~Subscriptions() = default;

    /// All of them, oldest first.
    virtual std::vector<Subscription> subscriptions() = 0;
    virtual std::optional<Subscription> subscription(std::string_view id) = 0;
    /// Inserts or replaces.
    virtual void save_subscription(const Subscription& subscription) = 0;
    /// Writes cursor, is_active, reason, failures, failing_since, next_at and error. False, and
    /// nothing is written, if it is gone or has another revision by now.
    virtual bool save_progress(const Subscription& subscription) = 0;
    virtual void remove_subscription(std::string_view id) = 0;

    /// Oldest first, after a sequence. A line is shown only once no line before it can appear any
    /// more.
    virtual std::vector<JournalLine> journal(std::int64_t after, std::uint32_t limit) = 0;
    /// The sequence of the last line that is stored; 0 if there is none.
    virtual std::int64_t journal_end() = 0;
};

/// How many there may be: each is read when one changes, and each reads the journal by itself.
inline constexpr std::size_t kMaxSubscriptions = 200;

bool wants(const Subscription& subscription, std::string_view type);
/// The secrets that sign at this instant, the current one first.
std::vector<std::string> signing_secrets(const Subscription& subscription, Instant now);

/// What came of a POST to a subscriber.
struct PostResult {
    enum class Outcome {
        answered,   ///< with a status
        no_answer,  ///< it may have arrived
        not_sent,
        refused,  ///< the address may not be called
        stopped,  ///< the hub stops: nothing is to be concluded
    };
    Outcome outcome = Outcome::answered;
    int status = 0;
    std::string message;
    std::optional<std::chrono::milliseconds> retry_after = {};
};

/// What a result means for the subscription.
enum class Verdict { delivered, retry, gone, stopped };
Verdict verdict_of(const PostResult& result);
/// "http_503", "no_answer", ...; empty if it went well.
std::string error_code_of(const PostResult& result);

struct RetryRules {
    Backoff backoff{std::chrono::seconds(2), std::chrono::minutes(10)};
    std::chrono::milliseconds give_up_after{std::chrono::hours(72)};
    /// A longer wait that the subscriber asks for counts as this one.
    std::chrono::milliseconds longest_asked{std::chrono::hours(6)};
};

/// After everything up to `cursor` was delivered.
Subscription delivered(Subscription subscription, std::int64_t cursor);
/// After a try that did not deliver: waits, or is disabled ("gone" at once, "failing" once it has
/// failed for too long).
Subscription failed(Subscription subscription, const PostResult& result, const RetryRules& rules,
                    Instant now, std::uint64_t random);

// A person's decisions.
Subscription rotated(Subscription subscription, std::string secret, Instant previous_until);
Subscription switched(Subscription subscription, bool active, Instant now);
/// Goes on after `cursor`, at once.
Subscription moved(Subscription subscription, std::int64_t cursor, Instant now);

}  // namespace orderhub::routing
