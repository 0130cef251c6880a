// What the API asks of routing. The runtime binds it to the router.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "hub/domain/result.hpp"
#include "hub/routing/parked_desk.hpp"
#include "hub/routing/queue.hpp"
#include "hub/routing/replays.hpp"

namespace orderhub::http {

/// All members are needed. Functions may be called on any thread; those that give a Result may wait
/// for the store, and are not called on the socket thread.
struct Operations {
    using Done = std::function<void(Result<void>)>;
    /// An operator's decision about a delivery. Errors: NotFound, Conflict if its state does not
    /// allow it.
    using Decide = std::function<Result<void>(const std::string& id, const routing::Actor& actor)>;

    /// Stores a verified message; `done` is called once it is on disk, also if it had been there
    /// before. Does not wait.
    std::function<void(routing::InboxMessage message, Done done)> accept;
    Decide retry_delivery;
    Decide park_delivery;
    std::function<Result<void>(const std::string& id, const std::string& reason,
                               const routing::Actor& actor)>
        drop_delivery;
    /// Errors: NotFound, Conflict if it is not parked.
    std::function<Result<void>(std::int64_t sequence, const routing::Actor& actor)> retry_message;
    /// What a parked delivery is to send instead, a document that fits its kind; what a parked
    /// message is to say. Errors: NotFound, Conflict if it is not parked.
    std::function<Result<void>(const std::string& id, const std::string& payload,
                               const routing::Actor& actor)>
        edit_delivery;
    std::function<Result<void>(std::int64_t sequence, const std::string& body,
                               const routing::Actor& actor)>
        edit_message;
    std::function<Result<void>(std::int64_t sequence, const std::string& reason,
                               const routing::Actor& actor)>
        drop_message;
    /// Tries again up to `limit` parked ones that fit, or only counts them.
    std::function<Result<routing::ParkedDesk::Retried>(const routing::DeliveryQuery& query,
                                                       bool dry_run, const routing::Actor& actor)>
        retry_deliveries;
    std::function<Result<routing::ParkedDesk::Retried>(const routing::MessageQuery& query,
                                                       bool dry_run, const routing::Actor& actor)>
        retry_messages;
    /// Begins to read everything since an instant, at most so many records a second. Errors:
    /// NotFound, Conflict if one is running.
    std::function<Result<void>(const std::string& connector, std::int64_t from_ms,
                               std::uint32_t max_per_second, const routing::Actor& actor)>
        start_import;
    /// Errors: NotFound, Conflict if none is running.
    std::function<Result<void>(const std::string& connector, const routing::Actor& actor)>
        cancel_import;
    /// {"connector","state": none|running|done|failed|cancelled, "records", ...}. Error: NotFound.
    std::function<Result<boost::json::object>(const std::string& connector)> import_progress;
    /// Runs messages of a period again; gives it with its id. Errors: NotFound, Conflict if one is
    /// running.
    std::function<Result<routing::Replay>(routing::Replay wanted, const routing::Actor& actor)>
        start_replay;
    /// Errors: NotFound, Conflict if it is over.
    std::function<Result<void>(const std::string& id, const routing::Actor& actor)> cancel_replay;
    /// Begins to compare the hub with what connectors show of [from_ms, to_ms); `connector` empty:
    /// with all of them. Gives the run as reconciliation() does. Errors: Conflict if one is
    /// running, NotFound, Invalid with the name of the connector that cannot be asked.
    std::function<Result<boost::json::object>(std::int64_t from_ms, std::int64_t to_ms,
                                              const std::string& connector)>
        start_reconciliation;
    /// {"id", "state": running|done|failed, "items", ...}. Error: NotFound.
    std::function<Result<boost::json::object>(const std::string& id)> reconciliation;
    /// Whether an address may be subscribed. Error: Invalid. Does not wait.
    std::function<Result<void>(const std::string& url)> check_subscriber;
    /// A subscription was made, changed or removed. Does not wait.
    std::function<void()> subscriptions_changed;
    /// Sends a test event at once and once: {"subscription","event","delivered","status",
    /// "message"}. Error: NotFound.
    std::function<Result<boost::json::object>(const std::string& id)> test_subscription;
    /// Reads the flows' folder again; what is refused is in the library's complaints. Error: the
    /// store cannot be written.
    std::function<Result<void>()> reload_flows;
    /// Lets the version that is in the library's file now take over: {"connector","from","to"}.
    /// Errors, after which the old one goes on: NotFound, Invalid, Denied, Conflict.
    std::function<Result<boost::json::object>(const std::string& name, const routing::Actor& actor)>
        reload_connector;
    /// Starts a parked process again. Errors: NotFound, Conflict.
    Decide resume_connector;
    /// What a connector is doing; its members are shown as they are.
    std::function<boost::json::object(const std::string& connector)> connector_state;
};

}  // namespace orderhub::http
