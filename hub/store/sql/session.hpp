// What the writer and the readers need of a database beside its statements.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

/// How much more the database's log can take.
struct LogState {
    enum class Room { for_all, for_ending_work, for_nothing };
    std::uint64_t bytes = 0;
    std::uint64_t limit_bytes = 0;  ///< 0: the store does not bound it
    Room room = Room::for_all;
};

/// The writer's connection. On the writer's thread only (and before it starts); all but
/// roll_back() and close() throw StoreFailure.
class WriterSession {
public:
    virtual ~WriterSession() = default;

    /// Begins a transaction; connects first if need be.
    virtual void begin() = 0;
    virtual SqlTransaction& transaction() = 0;
    /// Each unit of work is a savepoint.
    virtual void begin_unit() = 0;
    virtual void keep_unit() = 0;
    virtual void undo_unit() = 0;
    /// Whether the transaction still stands, so that a failed unit can be undone alone.
    virtual bool stands() const = 0;
    /// Waits for statements that are under way still. Whether one failed in a way that leaves only
    /// undoing the unit, or the transaction.
    virtual bool is_spoiled() { return false; }
    /// True if anything was written.
    virtual bool commit() = 0;
    virtual void roll_back() noexcept = 0;
    /// Writes and commits something, to see whether that works.
    virtual void probe() = 0;
    /// Between two commits, for what has to be kept in order. While the log has no room for all it
    /// is called again and again, also if nobody writes.
    virtual void tidy() {}
    virtual LogState log() const { return {}; }
    /// After a commit that was in doubt, connected again: whether it was done after all.
    virtual bool settle() { return false; }
    /// How often another hub has taken over what this one had begun.
    virtual std::uint64_t fenced() const { return 0; }
    /// As Store::surely_owns(): on any thread.
    virtual bool surely_owns(std::int64_t owner) const {
        static_cast<void>(owner);
        return true;
    }
    /// The end: no other call follows.
    virtual void close() noexcept {}

    /// How many units share a commit at most.
    virtual std::size_t max_units() const = 0;
    /// After how long without work to probe; none if never.
    virtual std::optional<std::chrono::milliseconds> idle_limit() const { return std::nullopt; }
};

/// One reader's connection. On one thread at a time; failures as above.
class ReadSession {
public:
    virtual ~ReadSession() = default;
    /// Begins a snapshot in which nothing can be written.
    virtual void begin() = 0;
    virtual SqlTransaction& transaction() = 0;
    virtual void end() = 0;
};

}  // namespace orderhub::store
