// One request to a PostgreSQL server and its answer, waited for no longer than a limit: libpq alone
// would wait for ever for a server that keeps its connections and says nothing.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "hub/store/postgres/libpq.hpp"

namespace orderhub::store {

struct ClearResult {
    void operator()(PGresult* result) const { libpq().PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// The answer to the request that was handed to `connection` last (by PQsendQuery and the like):
/// its last result, as of PQexec(). Empty if the limit has passed, or if nothing was under way;
/// then the connection is of no more use. `connection` is to be in nonblocking mode.
PostgresResult await_answer(PGconn* connection, std::chrono::milliseconds limit);

/// The same for `count` requests that were handed over in pipeline mode, with a sync behind them;
/// ends that mode. As many as came, each within the limit: fewer mean that the connection is of no
/// more use.
std::vector<PostgresResult> await_answers(PGconn* connection, std::size_t count,
                                          std::chrono::milliseconds limit);

}  // namespace orderhub::store
