// What routing needs of others: units of work against a store, and connectors to call. The
// composition provides both; routing itself knows neither the store, nor servicing, nor how
// connectors run.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/domain/result.hpp"
#include "hub/routing/parked_work.hpp"
#include "hub/routing/queue.hpp"

namespace orderhub::routing {

/// On whose behalf something is applied, and when.
struct Request {
    std::string actor;  ///< "connector:NAME", "agent:NAME"
    std::string trace;
    Instant now_ms = 0;
    std::string address = {};  ///< see Actor
};

/// A person or a program that decides something.
struct Actor {
    std::string name;          ///< "agent:NAME"
    std::string address = {};  ///< from where it was asked: an IP address
    std::string trace = {};
};

/// A line for the journal; the unit gives it its id.
struct JournalEntry {
    std::string type;  ///< "delivery.parked", "message.retried", ...
    std::string order_id;
    std::string case_id;
    std::string data;  ///< JSON object
};

/// One unit of work: everything done through it is stored together or not at all. On the store's
/// writer thread only.
class Unit {
public:
    virtual ~Unit() = default;
    virtual Queue& queue() = 0;
    virtual ParkedWork& parked_work() = 0;
    /// Applies a canonical record. Invalid: it can never be applied as it is.
    virtual Result<void> apply_record(const Request& request, std::string_view connector,
                                      std::string_view kind, std::string_view json) = 0;
    /// Tells the rest of the hub how a delivery stands now; called at each change of its state.
    virtual Result<void> on_delivery(const Request& request, const Delivery& delivery) = 0;
    virtual void journal(const Request& request, const JournalEntry& entry) = 0;
};

/// A store, as routing sees it; store::Store's contract holds.
class Units {
public:
    using Work = std::function<Result<void>(Unit&)>;
    using Look = std::function<Result<void>(Queue&)>;
    using Done = std::function<void(Result<void>)>;
    using Queued = std::function<void(const NewWork&)>;
    /// A unit that joins a transaction of others.
    struct Companion {
        Work work;
        Done done;
    };
    using Accompany = std::function<std::optional<Companion>(const NewWork&)>;

    virtual ~Units() = default;
    virtual void write(Work work, Done done) = 0;
    /// write() for new work, `bytes` long, that may be refused (Throttled) while write() still
    /// goes.
    virtual void offer(std::uint64_t bytes, Work work, Done done) {
        static_cast<void>(bytes);
        write(std::move(work), std::move(done));
    }
    virtual Result<void> read(const Look& look) = 0;
    virtual void watch(Queued queued) = 0;
    virtual void accompany(Accompany accompany) { static_cast<void>(accompany); }
};

/// What the outside said; the same four as in the connector ABI.
enum class Outcome { done, retry, rejected, unknown };

struct Record {
    std::string kind;
    std::string external_id;
    std::string json;
};

/// What one call left behind. Records, cursor and state count only if `outcome` is done.
struct CallResult {
    Outcome outcome = Outcome::done;
    std::string code;
    std::string message;
    std::optional<std::chrono::milliseconds> retry_after;
    std::vector<Record> records;
    std::optional<std::string> cursor;
    std::string result = "{}";
    std::vector<std::pair<std::string, std::string>> state;
};

/// A configured connector. Functions are called on the router's thread and must not block; `done`
/// runs exactly once, on any thread, also before the function returns.
class Caller {
public:
    using Done = std::function<void(CallResult)>;

    virtual ~Caller() = default;
    virtual std::string name() const = 0;
    virtual std::uint32_t concurrency() const = 0;
    /// Nothing if it cannot be polled.
    virtual std::optional<std::chrono::milliseconds> poll_interval() const = 0;
    virtual void receive(const InboxMessage& message, Done done) = 0;
    virtual void poll(const std::string& cursor, Done done) = 0;
    virtual void execute(const Delivery& delivery, Done done) = 0;
};

}  // namespace orderhub::routing
