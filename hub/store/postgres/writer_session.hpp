// The writer's PostgreSQL connection.
#pragma once

#include "hub/store/postgres/freshness.hpp"
#include "hub/store/postgres/membership.hpp"
#include "hub/store/sql/session.hpp"
#include "hub/store/store.hpp"

namespace orderhub::store {

class PostgresWriterSession final : public WriterSession {
public:
    PostgresWriterSession(const PostgresSettings& settings, const Sources& sources);

    void begin() override;
    SqlTransaction& transaction() override { return transaction_; }
    void begin_unit() override;
    void keep_unit() override { savepoint_ = Savepoint::kept; }
    void undo_unit() override;
    bool stands() const override { return db_.in_transaction(); }
    bool is_spoiled() override { return db_.is_spoiled(); }
    bool commit() override;
    void roll_back() noexcept override { db_.roll_back(); }
    void probe() override;
    bool settle() override;
    void close() noexcept override;
    std::uint64_t fenced() const override { return fenced_; }
    bool surely_owns(std::int64_t owner) const override {
        return freshness_.covers(owner, Clock::now());
    }
    /// Each unit that writes is a subtransaction, and beyond 64 of them the server has to look each
    /// one up on disk for every other session's snapshot.
    std::size_t max_units() const override { return 64; }
    std::optional<std::chrono::milliseconds> idle_limit() const override { return lease_ / 4; }

private:
    using Clock = Freshness::Clock;
    /// A kept one is released together with the beginning of the next, in one round trip.
    enum class Savepoint { none, fresh, kept };

    void enter();
    void renew();
    void commit_renewed();
    bool has_been_steady() const;

    const std::chrono::milliseconds lease_;
    const std::function<void(std::string_view)> report_;
    const std::string begin_;  ///< the statements that begin a transaction
    PostgresConnection db_;
    Membership membership_;
    SqlTransaction transaction_;
    Savepoint savepoint_ = Savepoint::none;
    std::int64_t changes_before_ = 0;
    std::uint64_t fenced_ = 0;
    Clock::time_point renewed_at_;
    Freshness freshness_;
    /// Since when it has renewed its row in time.
    Clock::time_point steady_since_;
};

}  // namespace orderhub::store
