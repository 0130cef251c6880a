// The store as those above it use it: units of work, each run against one transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"
#include "hub/flows/runs.hpp"
#include "hub/routing/parked_work.hpp"
#include "hub/routing/queue.hpp"
#include "hub/routing/replays.hpp"
#include "hub/routing/subscription.hpp"
#include "hub/secrets/keyring.hpp"
#include "hub/servicing/erasure/state.hpp"
#include "hub/servicing/state.hpp"
#include "hub/store/access.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/retention.hpp"

namespace orderhub::store {

/// Everything that one unit of work may read and change.
class Transaction : public servicing::State,
                    public servicing::ErasureState,
                    public routing::Queue,
                    public routing::ParkedWork,
                    public routing::Replays,
                    public routing::Subscriptions,
                    public flows::Runs,
                    public Access,
                    public Audit,
                    public Retention {
public:
    using routing::Queue::update;
    // Asked for by both, and answered by one function.
    using routing::Subscriptions::journal_end;
};

/// What the operator should know of the store.
struct Health {
    bool writable = true;
    std::string reason;  ///< if it is not
    /// False while new work is refused: too much waits, or the write-ahead log is near its limit.
    bool takes_new_work = true;
    std::uint64_t log_bytes = 0;        ///< of a write-ahead log that the store itself bounds
    std::uint64_t log_limit_bytes = 0;  ///< 0: it bounds none
    std::uint64_t waiting_units = 0;
    std::uint64_t waiting_bytes = 0;  ///< of new work, as it was told
};

/// For measurements: units / commits says how well units share an fsync.
struct Stats {
    std::uint64_t units = 0;    ///< units of work that are on disk
    std::uint64_t commits = 0;  ///< transactions that wrote something
    std::uint64_t failed = 0;   ///< units undone
    std::uint64_t retried = 0;  ///< units run again, because another hub did the same at that time
    std::uint64_t fenced = 0;   ///< times that other hubs took over what this one had begun
};

class Store {
public:
    /// An error (or an exception) undoes the unit and only it. May be run more than once, if
    /// another hub's transaction stood in the way: only what the last run did counts, so a run is
    /// to change nothing outside the transaction that the next one cannot simply set again.
    using Work = std::function<Result<void>(Transaction&)>;
    using Done = std::function<void(Result<void>)>;
    using Queued = std::function<void(const routing::NewWork&)>;
    /// A unit that joins a transaction of others.
    struct Companion {
        Work work;
        Done done;
    };
    using Accompany = std::function<std::optional<Companion>(const routing::NewWork&)>;

    virtual ~Store() = default;

    /// Queues a unit of work. `work` runs on the writer's thread; `done` runs there too, after the
    /// commit is on disk (or with the unit's error), and must be quick. Units that wait together
    /// share one commit. Any thread.
    virtual void write(Work work, Done done) = 0;
    /// The same, waiting. Not on the writer's thread.
    Result<void> write(Work work);
    /// write() for work that comes from outside and can come again later: a message at the intake.
    /// It is refused at once (Throttled, with a delay) while a write() still goes, so that what
    /// ends work has the room that is left. `bytes` is what it holds in memory until it is done. A
    /// function of its own and not a rank in a queue: units stay in the order in which they came.
    virtual void offer(std::uint64_t bytes, Work work, Done done) {
        static_cast<void>(bytes);
        write(std::move(work), std::move(done));
    }
    /// Runs `work` on the calling thread against a snapshot of what is committed; writing in it
    /// throws.
    virtual Result<void> read(const Work& work) = 0;
    virtual Health health() const = 0;
    /// What the store has done since it was opened. Any thread.
    virtual Stats stats() const { return {}; }
    /// `queued` is called on the writer's thread, after the commit, once for each connector and
    /// direction that got a new message or delivery in it; it must be quick. Set it before the
    /// first write; an empty function ends it.
    virtual void watch(Queued queued) { static_cast<void>(queued); }
    /// `accompany` is asked on the writer's thread, before the commit, about the same work: what it
    /// gives runs in the same transaction, after the units that made that work, and the watcher
    /// does not hear of it. A failure undoes the companion alone. Not asked about all: the watcher
    /// hears of the rest. An empty function ends it; none runs after that.
    virtual void accompany(Accompany accompany) { static_cast<void>(accompany); }
    /// Whether other hubs may write to it too: their commits are not told to watchers.
    virtual bool shared() const { return false; }
    /// Whether what this hub has begun as `owner` (routing::Delivery::owner) is surely still its
    /// own. False from half a lease after it could last show the others that it lives: they may
    /// soon take the work over, or have. Asks nobody; any thread.
    virtual bool surely_owns(std::int64_t owner) const {
        static_cast<void>(owner);
        return true;
    }
    /// Ends after all queued units. Later ones get Unavailable.
    virtual void stop() = 0;
};

struct SqliteSettings {
    std::string path;
    std::uint32_t readers = 4;
    /// The write-ahead log grows no further, but for the commit under way. New work is refused from
    /// three quarters of it on, all work shortly before it.
    std::uint64_t log_limit_bytes = 256ULL << 20;
    /// Time and ids of deliveries; the system clock and UUIDv7 if not given. Called on the writer's
    /// thread.
    std::function<std::int64_t()> now_ms = nullptr;
    std::function<std::string(std::string_view prefix)> make_id = nullptr;
    /// Under whose keys secrets lie in the store; without it they lie there in clear.
    std::shared_ptr<const secrets::Keyring> keyring = nullptr;
    std::string vfs =
        {};  ///< name of a registered SQLite VFS; empty for the default. For tests with faults.
};

/// Opens (or makes) a SQLite store and brings it to the newest schema. Throws std::runtime_error
/// with a sentence for the operator: unreadable, locked by another hub, made by a newer release, a
/// migration that was changed after it ran.
std::unique_ptr<Store> open_sqlite(const SqliteSettings& settings);

struct PostgresSettings {
    std::string url;  ///< as libpq takes it: postgresql://user@host:port/database
    std::uint32_t readers = 4;
    std::function<std::int64_t()> now_ms = nullptr;  ///< these two as in SqliteSettings
    std::function<std::string(std::string_view prefix)> make_id = nullptr;
    std::shared_ptr<const secrets::Keyring> keyring = nullptr;  ///< as in SqliteSettings
    std::string hub = {};  ///< this hub's name, for people who look into the database
    /// A hub that has not shown itself for so long is taken for dead, and what it had begun is
    /// begun again by others.
    std::chrono::milliseconds lease{6'000};
    /// A transaction in which the hub says nothing for so long is undone by the server, so that a
    /// hub that was stopped does not hold up the others.
    std::chrono::milliseconds transaction_pause{3'000};
    /// Is told in a sentence what the operator should read in the log; on the writer's thread.
    std::function<void(std::string_view)> report = nullptr;
};

/// Connects to a PostgreSQL database (15 or later, UTF-8), which any number of hubs may use, and
/// brings it to the newest schema; of hubs that start together one does so. Throws as
/// open_sqlite().
std::unique_ptr<Store> open_postgres(const PostgresSettings& settings);

}  // namespace orderhub::store
