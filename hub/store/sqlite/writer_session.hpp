// The writer's SQLite connection: synced commits, and a write-ahead log that stays bounded.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "hub/store/sql/session.hpp"
#include "hub/store/sqlite/checkpointer.hpp"
#include "hub/store/sqlite/connection.hpp"
#include "hub/store/sqlite/log_bounds.hpp"

namespace orderhub::store {

class SqliteWriterSession final : public WriterSession {
public:
    /// `token` is this hub's in the table hubs.
    SqliteWriterSession(const SqliteSettings& settings, const Sources& sources, std::int64_t token);
    SqliteWriterSession(const SqliteWriterSession&) = delete;
    SqliteWriterSession& operator=(const SqliteWriterSession&) = delete;

    void begin() override;
    SqlTransaction& transaction() override { return *transaction_; }
    void begin_unit() override { db_->query("SAVEPOINT unit").run(); }
    void keep_unit() override { db_->query("RELEASE unit").run(); }
    void undo_unit() override;
    bool stands() const override { return db_->in_transaction(); }
    bool commit() override;
    void roll_back() noexcept override;
    void probe() override;
    void tidy() override;
    void close() noexcept override;
    LogState log() const override;
    /// More would let the first in a commit wait long for the last.
    std::size_t max_units() const override { return 512; }

private:
    using Clock = std::chrono::steady_clock;

    void open();
    void start_log_over();

    const std::string path_;
    const std::string vfs_;
    const Sources& sources_;
    const std::int64_t token_;
    const LogBounds bounds_;
    std::unique_ptr<Connection> db_;
    std::unique_ptr<SqlTransaction> transaction_;
    std::int64_t changes_before_ = 0;
    std::uint64_t log_pages_ = 0;
    Clock::time_point next_start_over_{};
    Checkpointer checkpointer_;
};

}  // namespace orderhub::store
