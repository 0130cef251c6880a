// This hub among those that work on the database: its row in the table hubs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "hub/store/postgres/connection.hpp"

namespace orderhub::store {

/// The writer changes its row in each of its transactions that write. That fences off a hub whose
/// row another one has removed (it was stopped for longer than the lease, or cut off), and after a
/// commit whose answer was lost the row says whether it was done. It needs no session of its own on
/// the server, so it works through a pooler too.
class Membership {
public:
    /// `name` is for people.
    explicit Membership(std::string name) : name_(std::move(name)) {}

    /// Enters as a hub that was never there, in the transaction of `db`. What was begun under the
    /// token before is not this hub's any more.
    void enter(PostgresConnection& db);
    /// Shows inside a transaction that this hub lives. Throws StoreFailure, and is no member from
    /// then on, if another hub has removed it.
    void renew(PostgresConnection& db);
    /// Whether the transaction that was renewed last was committed. Inside a transaction; waits
    /// until the server has ended the one asked for.
    bool has_committed(PostgresConnection& db) const;
    /// Inside a transaction.
    void leave(PostgresConnection& db);

    /// It does not know of a row of its own any more.
    void forget() { token_ = 0; }
    bool is_member() const { return token_ != 0; }
    std::int64_t token() const { return token_; }

private:
    const std::string name_;
    std::int64_t token_ = 0;
    std::int64_t mark_ = 0;  ///< counts the renewals of this token
};

}  // namespace orderhub::store
