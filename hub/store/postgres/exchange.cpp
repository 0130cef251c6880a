#include "hub/store/postgres/exchange.hpp"

#include <poll.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace orderhub::store {

namespace {

using Clock = std::chrono::steady_clock;

/// False if nothing has happened until `end`.
bool wait_for_socket(PGconn* connection, bool to_write, Clock::time_point end) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
    pollfd socket{libpq().PQsocket(connection),
                  static_cast<short>(POLLIN | (to_write ? POLLOUT : 0)), 0};
    constexpr std::int64_t kLongest{3'600'000};
    // An interruption by a signal counts as something: the caller looks again.
    return left.count() > 0 &&
           ::poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left.count(), kLongest))) !=
               0;
}

/// Until the next result can be had without waiting; a lost connection gives one too.
bool wait_for_result(PGconn* connection, Clock::time_point end) {
    for (;;) {
        const int unsent = libpq().PQflush(connection);
        if (unsent <= 0 && !libpq().PQisBusy(connection)) return true;
        if (unsent < 0 || libpq().PQsocket(connection) < 0) return true;
        if (!wait_for_socket(connection, unsent > 0, end)) return false;
        if (libpq().PQconsumeInput(connection) == 0) return true;
    }
}

}  // namespace

PostgresResult await_answer(PGconn* connection, std::chrono::milliseconds limit) {
    const auto end = Clock::now() + limit;
    PostgresResult last;
    while (wait_for_result(connection, end)) {
        PostgresResult next(libpq().PQgetResult(connection));
        if (!next) return last;
        last = std::move(next);
        // After the loss of a connection libpq may give its error again and again.
        if (libpq().PQstatus(connection) == CONNECTION_BAD) return last;
    }
    return {};
}

std::vector<PostgresResult> await_answers(PGconn* connection, std::size_t count,
                                          std::chrono::milliseconds limit) {
    std::vector<PostgresResult> answers;
    while (answers.size() < count) {
        auto answer = await_answer(connection, limit);
        if (!answer) return answers;
        answers.push_back(std::move(answer));
        if (libpq().PQstatus(connection) == CONNECTION_BAD) return answers;
    }
    // What answers the sync has nothing behind it.
    PostgresResult sync;
    if (wait_for_result(connection, Clock::now() + limit))
        sync.reset(libpq().PQgetResult(connection));
    if (libpq().PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC ||
        libpq().PQexitPipelineMode(connection) == 0)
        answers.clear();
    return answers;
}

}  // namespace orderhub::store
