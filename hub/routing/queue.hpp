// What routing needs of a store: the inbox, the deliveries and each connector's own state, in one
// transaction.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::routing {

/// All instants here are int64 milliseconds since the epoch.
using Instant = std::int64_t;

/// dropped: an operator has given it up.
enum class InboxState { waiting, working, done, parked, dropped };

/// A message on its way in. `record_kind` is empty for a raw message (a webhook), which the
/// connector must still turn into records; otherwise `body` is a canonical record already (from a
/// poll).
struct InboxMessage {
    std::int64_t sequence = 0;
    std::string connector;
    std::string
        message_id;  ///< unique per connector: a second one with the same id is not accepted
    std::string record_kind;
    std::string headers;  ///< JSON object of lower-case names, without credentials and signatures
    std::string content_type;
    std::string body;
    Instant received_at = 0;
    InboxState state = InboxState::waiting;
    std::uint32_t attempts = 0;  ///< counted durably before each attempt
    Instant next_at = 0;
    std::string error_code;
    std::string error_message;
    std::uint32_t crashes = 0;  ///< attempts that ended with the process; see Queue::recover
    std::int64_t owner = 0;     ///< the token of the hub that works on it; 0 if none does
};

/// waiting: not tried yet, or to be tried again surely without effect so far. in_flight: an attempt
/// is counted and under way. unknown: an attempt may have had an effect; the next one looks first.
/// parked: needs a person.
enum class DeliveryState { waiting, in_flight, unknown, done, parked, dropped };

std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> delivery_state(std::string_view text);
std::string_view to_text(InboxState state);

struct Delivery {
    std::string id;  ///< "dl_" and a UUIDv7: sorts by creation
    std::string connector;
    std::string order_key;
    std::string kind;
    std::string key;
    std::string payload;
    std::string order_id;
    std::string action_id;
    std::string case_id;
    DeliveryState state = DeliveryState::waiting;
    std::uint32_t attempts = 0;
    Instant next_at = 0;
    Instant created_at = 0;
    Instant updated_at = 0;
    std::string result;  ///< JSON object once done
    std::string error_code;
    std::string error_message;   ///< the outside system's words
    std::string history;         ///< JSON array of attempts: {"at","outcome","code","message"}
    std::uint32_t failures = 0;  ///< attempts that failed for a reason of this delivery's own
    std::uint32_t crashes = 0;   ///< attempts that ended with the process
    Instant tried_since = 0;  ///< the first attempt since it was made or asked for again; 0 if none
    std::int64_t owner = 0;   ///< the token of the hub that makes the attempt; 0 if none does
};

/// What lies in the queues of one connector.
struct Backlog {
    std::uint64_t messages = 0;  ///< waiting or working
    std::uint64_t parked_messages = 0;
    std::uint64_t deliveries = 0;  ///< waiting, in flight or unknown
    std::uint64_t parked_deliveries = 0;
};

struct DeliveryQuery {
    std::string connector;
    std::string state;
    std::string order_id;
    std::string before_id;
    std::uint32_t limit = 50;
    std::string kind;
    std::string error_code;
    Instant created_before = 0;  ///< 0: whenever
};

/// What a connector got: messages to take in, or deliveries to send out.
enum class Direction { in, out };
struct NewWork {
    std::string connector;
    Direction direction = Direction::in;
    auto operator<=>(const NewWork&) const = default;
};

/// An item that took the process down more often than this is parked when the hub comes up again.
inline constexpr std::uint32_t kMaxCrashes = 2;

/// One transaction, as servicing::State; the same object implements both.
class Queue {
public:
    virtual ~Queue() = default;

    /// Stores a message and gives it back with its place and, if its state is working, as begun by
    /// this hub; nothing if this connector has delivered this message id before.
    virtual std::optional<InboxMessage> accept(InboxMessage message) = 0;
    /// Waiting messages of one connector that are due, oldest first.
    virtual std::vector<InboxMessage> due_messages(std::string_view connector, Instant now,
                                                   std::uint32_t limit) = 0;
    /// Takes up to `limit` due messages of one connector for this hub, those that have been due
    /// longest: their attempt is counted, they are working and this hub's. Oldest first. What
    /// another hub is just taking is passed over.
    virtual std::vector<InboxMessage> begin_messages(std::string_view connector, Instant now,
                                                     std::uint32_t limit) = 0;
    virtual std::optional<InboxMessage> message(std::int64_t sequence) = 0;
    /// Writes state, attempts, next_at, error of a message, which is nobody's then.
    virtual void update(const InboxMessage& message) = 0;
    /// The same for a message that this hub has begun. False, and nothing is written, if it is no
    /// longer this hub's: another one has taken it over.
    virtual bool settle(const InboxMessage& message) = 0;
    virtual std::vector<InboxMessage> parked_messages(std::uint32_t limit) = 0;

    /// Due deliveries of one connector: for each order key only the oldest that is neither done nor
    /// dropped, and only if it is waiting or unknown with next_at <= now. Oldest first.
    virtual std::vector<Delivery> due_deliveries(std::string_view connector, Instant now,
                                                 std::uint32_t limit) = 0;
    /// Takes up to `limit` due deliveries of one connector for this hub, as begin_messages() does;
    /// never the one with the id `except`.
    virtual std::vector<Delivery> begin_deliveries(std::string_view connector, Instant now,
                                                   std::uint32_t limit,
                                                   std::string_view except) = 0;
    virtual std::optional<Delivery> delivery(std::string_view id) = 0;
    /// Writes state, attempts, next_at, payload, result, error, history of a delivery, which is
    /// nobody's then.
    virtual void update(const Delivery& delivery) = 0;
    /// The same for a delivery that this hub has begun; false as for messages.
    virtual bool settle(const Delivery& delivery) = 0;
    virtual std::vector<Delivery> find_deliveries(const DeliveryQuery& query) = 0;
    /// Takes over what hubs have begun that are no more: their in_flight deliveries become unknown
    /// and due now, their working messages waiting. Returns how many.
    virtual std::uint32_t recover(Instant now) = 0;
    /// True if this hub is the one that does `name`: it was already, or takes it because nobody
    /// that lives does. Ends with the hub.
    virtual bool hold_lease(std::string_view name) = 0;
    /// The earliest next_at among waiting messages and head-of-line deliveries of a connector.
    virtual std::optional<Instant> next_due(std::string_view connector) = 0;
    /// The same for waiting messages alone, and for deliveries alone.
    virtual std::optional<Instant> next_message_due(std::string_view connector) = 0;
    virtual std::optional<Instant> next_delivery_due(std::string_view connector) = 0;
    /// Counts rows: for metrics and the operator, not for each message.
    virtual Backlog backlog(std::string_view connector) = 0;

    virtual std::string connector_state(std::string_view connector, std::string_view key) = 0;
    virtual void set_connector_state(std::string_view connector, std::string_view key,
                                     std::string_view value) = 0;

    /// The digest last accepted for a polled record; empty if none. Lets a poll skip what has not
    /// changed.
    virtual std::string record_digest(std::string_view connector, std::string_view kind,
                                      std::string_view external_id) = 0;
    virtual void set_record_digest(std::string_view connector, std::string_view kind,
                                   std::string_view external_id, std::string_view digest) = 0;
};

}  // namespace orderhub::routing
