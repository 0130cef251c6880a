#include "hub/store/postgres/writer_session.hpp"

namespace orderhub::store {

namespace {

// Settings of the transaction, not of the session: a pooler gives the next one another session.
// A commit that a statement_timeout ends while it waits for a standby would be called done, so
// there is none. Who waits for a lock gives up before the connection counts as lost, and a hub
// that was stopped inside a transaction loses it before the others give up.
std::string beginning(std::chrono::milliseconds pause) {
    return "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0;"
           " SET LOCAL lock_timeout = '4s'; SET LOCAL idle_in_transaction_session_timeout = " +
           std::to_string(pause.count());
}

}  // namespace

PostgresWriterSession::PostgresWriterSession(const PostgresSettings& settings,
                                             const Sources& sources)
    : lease_(settings.lease),
      report_(settings.report),
      begin_(beginning(settings.transaction_pause)),
      db_(settings.url, PostgresConnection::kAnswerLimit, PostgresConnection::Run::together),
      membership_(settings.hub),
      transaction_(db_, sources),
      renewed_at_(Clock::now()),
      freshness_(lease_),
      // What was begun before a restart need not wait longer than its hub's lease.
      steady_since_(renewed_at_ - lease_) {}

void PostgresWriterSession::begin() {
    if (!membership_.is_member()) enter();
    transaction_.remove_silent_hubs(has_been_steady() ? std::optional(lease_) : std::nullopt);
    db_.begin(begin_);
    savepoint_ = Savepoint::none;
    changes_before_ = db_.total_changes();
}

// A row that was written although that could not be told is removed as that of a hub that ended.
void PostgresWriterSession::enter() {
    const auto asked_at = Clock::now();
    try {
        db_.begin(begin_);
        membership_.enter(db_);
        db_.commit();
    } catch (const StoreFailure& failure) {
        membership_.forget();
        throw StoreFailure(StoreFailure::Kind::outage, failure.what());
    }
    transaction_.act_as(membership_.token());
    renewed_at_ = Clock::now();
    freshness_.renewed(membership_.token(), asked_at);
}

// After an outage of the database all hubs' rows are old: who comes back first gives the others
// time to renew theirs.
bool PostgresWriterSession::has_been_steady() const {
    const auto now = Clock::now();
    return now - renewed_at_ <= lease_ / 2 && now - steady_since_ >= lease_;
}

void PostgresWriterSession::begin_unit() {
    if (savepoint_ == Savepoint::kept) db_.execute("RELEASE unit; SAVEPOINT unit");
    if (savepoint_ == Savepoint::none) db_.execute("SAVEPOINT unit");
    savepoint_ = Savepoint::fresh;
}

void PostgresWriterSession::undo_unit() {
    db_.forget_waiting();
    db_.execute("ROLLBACK TO unit; RELEASE unit");
    savepoint_ = Savepoint::none;
}

void PostgresWriterSession::renew() {
    const bool was_member = membership_.is_member();
    try {
        membership_.renew(db_);
    } catch (const StoreFailure& failure) {
        if (was_member && !membership_.is_member()) {
            ++fenced_;
            if (report_) report_(failure.what());
        }
        throw;
    }
    const auto now = Clock::now();
    if (now - renewed_at_ > lease_ / 2) steady_since_ = now;
    renewed_at_ = now;
}

bool PostgresWriterSession::commit() {
    const bool wrote = db_.total_changes() != changes_before_;
    if (wrote || Clock::now() - renewed_at_ > lease_ / 4)
        commit_renewed();
    else
        db_.commit();
    return wrote;
}

void PostgresWriterSession::commit_renewed() {
    const auto asked_at = Clock::now();
    renew();
    db_.commit();
    freshness_.renewed(membership_.token(), asked_at);
}

void PostgresWriterSession::probe() {
    begin();
    commit_renewed();
}

bool PostgresWriterSession::settle() {
    try {
        db_.begin(begin_);
        const bool committed = membership_.has_committed(db_);
        db_.roll_back();
        return committed;
    } catch (const StoreFailure& failure) {
        throw StoreFailure(StoreFailure::Kind::outage, failure.what());
    }
}

void PostgresWriterSession::close() noexcept {
    if (!db_.is_connected() || !membership_.is_member()) return;  // the lease ends by itself
    try {
        db_.begin(begin_);
        membership_.leave(db_);
        db_.commit();
    } catch (const StoreFailure&) {
        db_.roll_back();
    }
}

}  // namespace orderhub::store
