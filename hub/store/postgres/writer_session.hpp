// The writer's PostgreSQL connection.
#pragma once

#include "hub/store/postgres/lease.hpp"
#include "hub/store/sql/session.hpp"

namespace orderhub::store {

class PostgresWriterSession final : public WriterSession {
public:
    PostgresWriterSession(std::string url, Lease lease, const Sources& sources)
        : db_(std::move(url)), lease_(std::move(lease)), transaction_(db_, sources) {}

    void begin() override;
    SqlTransaction& transaction() override { return transaction_; }
    void begin_unit() override;
    void keep_unit() override { savepoint_ = Savepoint::kept; }
    void undo_unit() override;
    bool stands() const override { return db_.in_transaction(); }
    bool is_spoiled() const override { return db_.is_spoiled(); }
    bool commit() override;
    void roll_back() noexcept override { db_.roll_back(); }
    void probe() override;
    bool settle() override;
    void close() noexcept override;
    /// Each unit that writes is a subtransaction, and beyond 64 of them the server has to look each
    /// one up on disk for every other session's snapshot.
    std::size_t max_units() const override { return 64; }
    /// Well below the lease's time.
    std::optional<std::chrono::milliseconds> idle_limit() const override { return kRenewal; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kRenewal{2'000};
    /// A kept one is released together with the beginning of the next, in one round trip.
    enum class Savepoint { none, fresh, kept };

    void renew();

    PostgresConnection db_;
    const Lease lease_;
    SqlTransaction transaction_;
    Savepoint savepoint_ = Savepoint::none;
    std::int64_t changes_before_ = 0;
    std::int64_t mark_ = 0;  ///< of the transaction committed last
    Clock::time_point renewed_at_{};
};

}  // namespace orderhub::store
