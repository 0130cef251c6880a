#include "hub/store/sql/writer.hpp"

#include <algorithm>
#include <chrono>

#include "hub/store/sql/writer_errors.hpp"

namespace orderhub::store {

namespace {

constexpr std::size_t kMaxWaiting = 50'000;
/// What new work leaves free for what ends work.
constexpr std::size_t kMaxNewWaiting = kMaxWaiting / 2;
constexpr std::uint64_t kMaxNewBytes = 64ULL << 20;
/// Of new work in one commit: it bounds how far the log can outgrow its limit.
constexpr std::uint64_t kMaxBatchBytes = 4ULL << 20;
constexpr std::chrono::milliseconds kProbeInterval{500};
/// How often the log is looked at while it has no room.
constexpr std::chrono::milliseconds kTidyInterval{20};

}  // namespace

Writer::Writer(std::unique_ptr<WriterSession> session) : session_(std::move(session)) {
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
    stop();
}

void Writer::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::write(Store::Work work, Store::Done done) {
    queue({std::move(work), std::move(done), 0, {}, 0, false});
}

void Writer::offer(std::uint64_t bytes, Store::Work work, Store::Done done) {
    queue({std::move(work), std::move(done), bytes, {}, 0, true});
}

void Writer::queue(Unit unit) {
    std::unique_lock lock(mutex_);
    if (auto refused = refusal(unit.is_new_work, unit.bytes)) {
        lock.unlock();
        if (unit.done) unit.done(std::unexpected(std::move(*refused)));
        return;
    }
    waiting_bytes_ += unit.bytes;
    (unit.is_new_work ? offered_ : waiting_).push_back(std::move(unit));
    arrived_.notify_one();
}

// With the lock held.
std::optional<Error> Writer::refusal(bool is_new, std::uint64_t bytes) const {
    if (stopping_)
        return Error{ErrorKind::Unavailable, "store_stopping", "the store is stopping", {}, {}};
    if (offered_.size() + waiting_.size() >= (is_new ? kMaxNewWaiting : kMaxWaiting) ||
        (is_new && waiting_bytes_ > 0 && waiting_bytes_ + bytes > kMaxNewBytes))
        return busy("too much waits for it");
    using Room = LogState::Room;
    if (log_.room == Room::for_nothing || (is_new && log_.room == Room::for_ending_work))
        return log_is_long();
    return std::nullopt;
}

Health Writer::health() const {
    const std::scoped_lock lock(mutex_);
    Health health = health_;
    health.takes_new_work = health.writable && !refusal(true, 0);
    health.log_bytes = log_.bytes;
    health.log_limit_bytes = log_.limit_bytes;
    health.waiting_units = offered_.size() + waiting_.size();
    health.waiting_bytes = waiting_bytes_;
    return health;
}

Stats Writer::stats() const {
    const std::scoped_lock lock(mutex_);
    return stats_;
}

void Writer::watch(Store::Queued queued) {
    const std::scoped_lock lock(mutex_);
    queued_ = std::move(queued);
}

void Writer::accompany(Store::Accompany accompany) {
    const std::scoped_lock lock(accompany_mutex_);
    accompany_ = std::move(accompany);
}

void Writer::run() {
    for (Batch batch; next_batch(batch); batch = {}) {
        if (batch.units.empty())
            look_after();
        else
            commit_batch(batch);
    }
    if (in_doubt_) {
        fail_all(*in_doubt_, {StoreFailure::Kind::outage, "stopped before it came back"});
        in_doubt_.reset();
    }
    session_->close();
}

// False if it is time for a probe.
bool Writer::wait_for_work(std::unique_lock<std::mutex>& lock) {
    const auto ready = [this] { return stopping_ || !offered_.empty() || !waiting_.empty(); };
    auto limit = health_.writable ? session_->idle_limit() : kProbeInterval;
    if (health_.writable && log_.room != LogState::Room::for_all) limit = kTidyInterval;
    if (limit) return arrived_.wait_for(lock, *limit, ready);
    arrived_.wait(lock, ready);
    return true;
}

// What is offered goes first: it is small, and its sender waits.
bool Writer::next_batch(Batch& batch) {
    std::unique_lock lock(mutex_);
    if (!wait_for_work(lock)) return true;
    if (offered_.empty() && waiting_.empty()) return false;
    move_units(offered_, batch);
    move_units(waiting_, batch);
    return true;
}

// With the lock held.
void Writer::move_units(std::deque<Unit>& from, Batch& batch) {
    while (!from.empty() && batch.units.size() < session_->max_units() &&
           (batch.bytes <= kMaxBatchBytes || !from.front().is_new_work)) {
        // What another transaction stood in the way of is run alone.
        if (!batch.units.empty() && (from.front().runs > 0 || batch.units.front().runs > 0)) break;
        batch.bytes += from.front().bytes;
        waiting_bytes_ -= from.front().bytes;
        batch.units.push_back(std::move(from.front()));
        from.pop_front();
    }
}

void Writer::fail_all(Batch& batch, const StoreFailure& failure) {
    refuse_all(batch, outage(failure));
}

void Writer::refuse_all(Batch& batch, const Error& error) {
    for (auto& unit : batch.units)
        unit.result = std::unexpected(error);
    batch.touched.clear();
    finish(batch);
}

void Writer::finish(Batch& batch) {
    for (auto& unit : batch.units)
        if (unit.done) unit.done(std::move(unit.result));
    if (batch.touched.empty()) return;
    Store::Queued queued;
    {
        const std::scoped_lock lock(mutex_);
        queued = queued_;
    }
    if (!queued) return;
    for (const auto& work : batch.touched)
        queued(work);
}

// Nobody waits for the units of a batch in doubt to be guessed at: what is written next depends on
// them, so first the database is asked.
void Writer::settle() {
    if (!in_doubt_) return;
    const bool committed = session_->settle();
    Batch batch = std::move(*in_doubt_);
    in_doubt_.reset();
    if (!committed) return fail_all(batch, {StoreFailure::Kind::outage, "the commit was lost"});
    note_committed(batch);
    finish(batch);
}

// Nobody writes: for a probe, or because the log has no room.
void Writer::look_after() {
    if (health().writable && log_.room != LogState::Room::for_all) {
        session_->tidy();
        note_log();
    } else {
        probe();
    }
}

void Writer::note_log() {
    const auto log = session_->log();
    const std::scoped_lock lock(mutex_);
    log_ = log;
}

// After a failure nobody may come to write, so the writer looks itself whether it can again.
void Writer::probe() {
    try {
        settle();
        session_->probe();
        const std::scoped_lock lock(mutex_);
        health_ = {};
    } catch (const StoreFailure& failure) {
        session_->roll_back();
        note_outage(failure);
    }
}

void Writer::note_committed(const Batch& batch) {
    const auto good = std::ranges::count_if(
        batch.units, [](const Unit& unit) { return unit.result.has_value(); });
    const std::scoped_lock lock(mutex_);
    health_ = {};
    stats_.units += static_cast<std::uint64_t>(good);
    ++stats_.commits;
}

void Writer::note_outage(const StoreFailure& failure) {
    const std::scoped_lock lock(mutex_);
    health_.writable = false;
    health_.reason = failure.what();
    stats_.fenced = session_->fenced();
}

}  // namespace orderhub::store
