// A reader's PostgreSQL connection.
#pragma once

#include "hub/store/postgres/connection.hpp"
#include "hub/store/sql/session.hpp"

namespace orderhub::store {

class PostgresReadSession final : public ReadSession {
public:
    PostgresReadSession(std::string url, const Sources& sources)
        : db_(std::move(url), kLimit), transaction_(db_, sources, SqlTransaction::Purpose::read) {}

    void begin() override { db_.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    SqlTransaction& transaction() override { return transaction_; }
    void end() override { db_.execute("COMMIT"); }

private:
    /// A search may take longer than a write.
    static constexpr std::chrono::milliseconds kLimit{15'000};

    PostgresConnection db_;
    SqlTransaction transaction_;
};

}  // namespace orderhub::store
