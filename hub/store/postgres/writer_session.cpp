#include "hub/store/postgres/writer_session.hpp"

namespace orderhub::store {

void PostgresWriterSession::begin() {
    db_.begin("BEGIN; SAVEPOINT unit");
    savepoint_ = Savepoint::fresh;
    changes_before_ = db_.total_changes();
}

void PostgresWriterSession::begin_unit() {
    if (savepoint_ == Savepoint::kept) db_.execute("RELEASE unit; SAVEPOINT unit");
    if (savepoint_ == Savepoint::none) db_.execute("SAVEPOINT unit");
    savepoint_ = Savepoint::fresh;
}

void PostgresWriterSession::undo_unit() {
    db_.execute("ROLLBACK TO unit; RELEASE unit");
    savepoint_ = Savepoint::none;
}

void PostgresWriterSession::renew() {
    mark_ = lease_.renew(db_);
    renewed_at_ = Clock::now();
}

bool PostgresWriterSession::commit() {
    const bool wrote = db_.total_changes() != changes_before_;
    if (wrote || Clock::now() - renewed_at_ > kRenewal) renew();
    db_.commit();
    return wrote;
}

void PostgresWriterSession::probe() {
    begin();
    renew();
    db_.commit();
}

bool PostgresWriterSession::settle() {
    begin();
    const bool committed = lease_.has_reached(db_, mark_);
    db_.roll_back();
    return committed;
}

void PostgresWriterSession::close() noexcept {
    if (!db_.is_connected()) return;  // the lease ends by itself
    try {
        begin();
        lease_.release(db_);
        db_.commit();
    } catch (const StoreFailure&) {
        db_.roll_back();
    }
}

}  // namespace orderhub::store
