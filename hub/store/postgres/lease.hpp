// Which hub writes to this database, and how far it has come.
#pragma once

#include <cstdint>
#include <string>

#include "hub/store/postgres/connection.hpp"

namespace orderhub::store {

/// One row that the writer changes in each of its transactions: that fences off a hub that lost it
/// to another (it was stopped for longer than the lease, or cut off), and after a commit whose
/// answer was lost the row says whether it was done. It needs no session of its own on the server,
/// so it works through a pooler too.
class Lease {
public:
    /// `holder` is unique among all hubs and starts.
    explicit Lease(std::string holder) : holder_(std::move(holder)) {}

    /// Takes it over from a hub that ended or has not renewed it for ten seconds; waits for that.
    /// Throws InUse if another hub goes on renewing it.
    void take(PostgresConnection& db) const;
    /// Renews it inside a transaction; gives the mark that shows that this transaction was
    /// committed. Throws StoreFailure if another hub has it.
    std::int64_t renew(PostgresConnection& db) const;
    /// Whether the transaction that got this mark was committed. Inside a transaction; waits until
    /// the server has ended the one asked for.
    bool has_reached(PostgresConnection& db, std::int64_t mark) const;
    /// Inside a transaction.
    void release(PostgresConnection& db) const;

private:
    bool try_take(PostgresConnection& db) const;

    const std::string holder_;
};

}  // namespace orderhub::store
