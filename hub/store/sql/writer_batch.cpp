// One batch of the writer: its units are run in one transaction, which is committed once.
#include <algorithm>
#include <chrono>
#include <iterator>

#include "hub/routing/crash_point.hpp"
#include "hub/store/sql/writer.hpp"
#include "hub/store/sql/writer_errors.hpp"

namespace orderhub::store {

namespace {

// Alone a unit meets others only if they come again and again.
constexpr int kMaxRuns = 6;
/// How long other units may hold up a commit for which a sender waits. Of many senders each waits
/// for all commits before its own, so in a flood they come first; else small commits would cost
/// more than they bring.
constexpr std::chrono::milliseconds kSendersWait{4};
constexpr std::chrono::microseconds kManySendersWait{300};
constexpr std::size_t kManySenders = 8;

}  // namespace

// Nothing if no sender waits. What they sent stands first in the batch.
std::optional<std::chrono::microseconds> Writer::senders_patience(const Batch& batch) const {
    const std::scoped_lock lock(mutex_);
    const auto& units = batch.units;
    if (offered_.size() >= kManySenders ||
        (units.size() >= kManySenders && units[kManySenders - 1].is_new_work))
        return kManySendersWait;
    if (!offered_.empty() || units.front().is_new_work) return kSendersWait;
    return std::nullopt;
}

void Writer::commit_batch(Batch& batch) {
    // Only this thread changes it. What waited when the log filled up does not go into it either.
    if (log_.room == LogState::Room::for_nothing) {
        refuse_all(batch, log_is_long());
        session_->tidy();
        return note_log();
    }
    try {
        settle();
        run_batch(batch);
        session_->transaction().finish();
        routing::crash_point("store.before_commit");
        const bool wrote = session_->commit();
        routing::crash_point("store.after_commit");
        if (wrote) note_committed(batch);
    } catch (const StoreFailure& failure) {
        session_->roll_back();
        if (failure.is_conflict()) {
            batch.touched.clear();
            run_again(batch, 0, batch.units.size(), failure);
            return finish(batch);
        }
        note_outage(failure);
        if (failure.is_in_doubt())
            in_doubt_ = std::move(batch);
        else
            fail_all(batch, failure);
        return;
    }
    finish(batch);
    session_->tidy();
    note_log();
}

void Writer::begin() {
    session_->begin();
    session_->transaction().begin();
}

// Units seldom fail, and a savepoint for each costs as much as a small unit does. So at first they
// are run without; if one fails, all of them are undone and run again, each apart.
void Writer::run_batch(Batch& batch) {
    begin();
    if (run_together(batch, 0) && join_senders(batch)) return run_companions(batch);
    session_->roll_back();
    batch.touched.clear();
    begin();
    run_apart(batch);
}

// Senders have waited long enough: what is left goes into the next commit.
bool Writer::is_long_enough(const Batch& batch, std::size_t next, Clock::time_point begin) const {
    if (next == 0 || batch.units[next].is_new_work) return false;
    const auto patience = senders_patience(batch);
    return patience && Clock::now() - begin > *patience;
}

// Who came while others' units ran shares this commit and does not wait for the next. False if a
// unit failed.
bool Writer::join_senders(Batch& batch) {
    const std::size_t first = batch.units.size();
    {
        const std::scoped_lock lock(mutex_);
        move_units(offered_, batch);
    }
    return run_together(batch, first);
}

// The units from `first` on. False if one failed.
bool Writer::run_together(Batch& batch, std::size_t first) {
    auto& transaction = session_->transaction();
    const auto begin = Clock::now();
    try {
        for (std::size_t i = first; i < batch.units.size(); ++i) {
            if (is_long_enough(batch, i, begin)) {
                run_again(batch, i, 0, {StoreFailure::Kind::refused, ""});
                break;
            }
            Unit& unit = batch.units[i];
            transaction.begin_unit();
            unit.result = unit.work(transaction);
            if (!unit.result) return false;
            batch.touched.merge(transaction.take_queued());
        }
        return !session_->is_spoiled();
    } catch (const StoreFailure& failure) {
        const std::scoped_lock lock(mutex_);
        if (failure.is_conflict()) ++stats_.retried;
        return false;
    } catch (const std::exception&) {
        return false;
    }
}

// Work that these units made is begun with them, where somebody waits for it: a commit less for
// each. The units of a batch that did not go well are enough to run again.
void Writer::run_companions(Batch& batch) {
    const std::scoped_lock lock(accompany_mutex_);
    if (!accompany_) return;
    for (auto work = batch.touched.begin(); work != batch.touched.end();) {
        auto companion = accompany_(*work);
        if (!companion) {
            ++work;
            continue;
        }
        work = batch.touched.erase(work);
        batch.units.push_back(
            {std::move(companion->work), std::move(companion->done), 0, {}, 0, false});
        run_unit(batch, batch.units.back());
    }
}

// Up to the first that another transaction stands in the way of.
void Writer::run_apart(Batch& batch) {
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < batch.units.size(); ++i) {
        if (is_long_enough(batch, i, begin))
            return run_again(batch, i, 0, {StoreFailure::Kind::refused, ""});
        try {
            run_unit(batch, batch.units[i]);
        } catch (const StoreFailure& failure) {
            if (!failure.is_conflict() || !session_->stands()) throw;
            session_->transaction().undo_unit();
            session_->undo_unit();
            return run_again(batch, i, 1, failure);
        }
    }
}

// Runs one unit inside a savepoint of the batch. A conflict, and a failure that took the whole
// transaction with it, are thrown on.
void Writer::run_unit(Batch& batch, Unit& unit) {
    session_->begin_unit();
    session_->transaction().begin_unit();
    try {
        unit.result = unit.work(session_->transaction());
        if (unit.result && session_->is_spoiled())
            throw StoreFailure(StoreFailure::Kind::duplicate, "a failed statement was ignored");
    } catch (const StoreFailure& failure) {
        if (!session_->stands() || failure.is_conflict()) throw;
        unit.result =
            std::unexpected(failure.is_outage() ? outage(failure) : mistake(failure.what()));
        if (failure.is_outage()) note_outage(failure);
    } catch (const std::exception& bug) {
        unit.result = fail(ErrorKind::Bug, "unit_failed", bug.what());
    }
    if (unit.result) {
        batch.touched.merge(session_->transaction().take_queued());
        session_->keep_unit();
    } else {
        session_->transaction().undo_unit();
        session_->undo_unit();
    }
}

// The units of a batch from `first` on go back to the head of their queue, in their order. The
// first `blamed` of them met another transaction: they are run alone, and not for ever.
void Writer::run_again(Batch& batch, std::size_t first, std::size_t blamed,
                       const StoreFailure& failure) {
    std::vector<Unit> again;
    std::vector<Unit> over;
    for (std::size_t i = first; i < batch.units.size(); ++i) {
        Unit& unit = batch.units[i];
        const bool is_blamed = i < first + blamed;
        if (is_blamed && ++unit.runs >= kMaxRuns) {
            unit.result = std::unexpected(given_up(failure));
            over.push_back(std::move(unit));
        } else {
            again.push_back(std::move(unit));
        }
    }
    batch.units.erase(batch.units.begin() + static_cast<std::ptrdiff_t>(first), batch.units.end());
    std::ranges::move(over, std::back_inserter(batch.units));
    const std::scoped_lock lock(mutex_);
    stats_.retried += blamed - over.size();
    for (const Unit& unit : again)
        waiting_bytes_ += unit.bytes;
    for (auto unit = again.rbegin(); unit != again.rend(); ++unit)
        (unit->is_new_work ? offered_ : waiting_).push_front(std::move(*unit));
}

}  // namespace orderhub::store
