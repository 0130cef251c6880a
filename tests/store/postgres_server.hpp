// A PostgreSQL server of the test's own.
#pragma once

#include <libpq-fe.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <thread>

#include "tests/store/temporary_folder.hpp"

namespace orderhub::test {

/// Data and socket lie in a temporary folder; it listens nowhere else and syncs its commits as a
/// real one does. Its databases sort texts by a language's rules, which no page must follow. Ends
/// with this object, or with the process.
class PostgresServer {
public:
    PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    /// The one of this process.
    static PostgresServer& shared();

    /// The connection string of a fresh, empty database.
    std::string make_database();
    /// The same for a schema of its own in one database: made faster, for tests that only use it.
    std::string make_schema();
    void start();
    /// SIGINT cuts all connections off and ends; SIGQUIT ends without tidying up, as a crash.
    void stop(int signal);

private:
    std::string url(const std::string& database) const;

    TemporaryFolder folder_;
    pid_t pid_ = 0;
    std::jthread log_reader_;
    int made_ = 0;
};

/// An operator's connection; for what a test does behind the store's back.
class PostgresOperator {
public:
    explicit PostgresOperator(const std::string& url);
    /// Runs statements that must succeed; gives the first value of the last one's rows, or "".
    std::string run(const std::string& sql);

private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    std::unique_ptr<PGconn, Close> connection_;
};

}  // namespace orderhub::test
