// Brings every message in and every delivery out: durable, in order for each order key, retried
// until done or parked.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/routing/backfill.hpp"
#include "hub/routing/poller.hpp"
#include "hub/routing/ports.hpp"
#include "hub/routing/settings.hpp"

namespace orderhub::routing {

/// A message whose signature the host has checked.
struct VerifiedMessage {
    std::string id;       ///< stable over redeliveries
    std::string headers;  ///< JSON object of lower-case names, without credentials and signatures
    std::string content_type;
    std::string body;
};

/// Life: construct -> start -> close (no new work) -> stop. To cut running calls short, stop the
/// connector host between close and stop. Stop the store after the router and before the router is
/// destroyed: an intake may still wait in it.
class Router {
public:
    using Done = std::function<void(Result<void>)>;

    /// `callers` must outlive the router. Does nothing before start().
    Router(Units& units, const std::vector<Caller*>& callers, const Settings& settings);
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;
    ~Router();

    /// Takes back what the last run left under way, then works. Error: the store cannot write.
    Result<void> start();
    /// Begins nothing new. Any thread, at once.
    void close();
    /// close(), waits for calls and units that are under way and ends. Not from a callback.
    void stop();

    /// Stores a message; `done` runs on the store's writer thread once it is on disk, also if it
    /// was there before. Errors: NotFound (no such connector), Unavailable, Throttled. Any thread.
    void intake(const std::string& connector, const VerifiedMessage& message, Done done);

    // For operators. Each is one unit with an entry in the journal; `done` as above. Errors:
    // NotFound, Conflict.
    void retry(const std::string& delivery_id, const Actor& actor, Done done);
    void park(const std::string& delivery_id, const Actor& actor, Done done);
    void drop(const std::string& delivery_id, const std::string& reason, const Actor& actor,
              Done done);
    void retry_message(std::int64_t sequence, const Actor& actor, Done done);

    /// Polls at once. NotFound if the connector does not exist or cannot be polled.
    Result<void> poll_now(const std::string& connector);
    std::optional<PollProgress> poll_progress(const std::string& connector) const;

    /// Reads the connector's history from a cursor on ("" is the beginning), beside the regular
    /// polls and below the live traffic; it goes on after a restart. These wait for the store.
    /// Errors: NotFound as above, Conflict "already_running", "not_running".
    Result<void> start_backfill(const std::string& connector, const std::string& cursor,
                                std::uint32_t max_per_second, const Actor& actor);
    Result<void> cancel_backfill(const std::string& connector, const Actor& actor);
    Result<BackfillRun> backfill(const std::string& connector) const;

    /// Null if there is no such connector. Lives as long as the router.
    const Metrics* metrics(const std::string& connector) const;
    std::vector<std::string> connectors() const;

private:
    struct Station;
    using Change = std::function<Result<Delivery>(Delivery)>;

    Station* find(const std::string& connector) const;
    void look_after_others();
    void change(const std::string& delivery_id, const Request& request, const std::string& event,
                const Change& change, Done done);
    Request request(const Actor& actor) const;
    Units& units() const;
    Result<Station*> pollable(const std::string& connector) const;
    Result<void> wait_for(Units::Work work);

    struct Shared;
    std::shared_ptr<Shared> shared_;
    std::vector<std::unique_ptr<Station>> stations_;
    bool stopped_ = false;
};

}  // namespace orderhub::routing
