// What operators change about work that stands still: each one unit, with an entry in the journal.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "hub/routing/parked_work.hpp"
#include "hub/routing/ports.hpp"

namespace orderhub::routing {

/// Everything may be asked twice: what is as it was asked to be is left alone, without an entry.
/// `done` runs on the store's writer thread. Errors: NotFound "no_delivery" and "no_message",
/// Conflict "wrong_state". Any thread.
class ParkedDesk {
public:
    using Done = std::function<void(Result<void>)>;

    /// `units` must outlive it; `now_ms` may be called on any thread.
    ParkedDesk(Units& units, std::function<Instant()> now_ms)
        : units_(units), now_ms_(std::move(now_ms)) {}

    /// A parked delivery is to send `payload`, a JSON document that the caller has checked. The
    /// entry "delivery.edited" lists what changed; the first payload is kept.
    void edit_delivery(const std::string& id, const std::string& payload, const Actor& actor,
                       Done done);
    /// The same for a parked message and its body: "message.edited".
    void edit_message(std::int64_t sequence, const std::string& body, const Actor& actor,
                      Done done);
    /// Gives up a parked message for good: "message.dropped".
    void drop_message(std::int64_t sequence, const std::string& reason, const Actor& actor,
                      Done done);

    /// What became of one unit's worth of parked items.
    struct Retried {
        std::uint32_t count = 0;  ///< that were found, and are tried again unless it was a dry run
        std::string next_delivery;  ///< where to go on (DeliveryQuery::before_id); empty: no more
        std::int64_t next_message = 0;  ///< the same (MessageQuery::after); 0: no more
    };
    /// Tries again up to `query.limit` parked items that fit; the state in the query does not
    /// count. `retried` holds the outcome when `done` runs.
    void retry_deliveries(DeliveryQuery query, bool dry_run, const Actor& actor,
                          std::shared_ptr<Retried> retried, Done done);
    void retry_messages(MessageQuery query, bool dry_run, const Actor& actor,
                        std::shared_ptr<Retried> retried, Done done);

private:
    Request request(const Actor& actor) const {
        return {actor.name, actor.trace, now_ms_(), actor.address};
    }

    Units& units_;
    const std::function<Instant()> now_ms_;
};

}  // namespace orderhub::routing
