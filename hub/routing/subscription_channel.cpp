#include "hub/routing/subscription_channel.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

namespace orderhub::routing {

namespace {

namespace json = boost::json;

constexpr std::int64_t kUnknownEnd = std::numeric_limits<std::int64_t>::max();
/// With the store out of order deliveries go on for a while.
constexpr std::uint32_t kMostUnstored = 1'000;
/// Steps of the wall clock are noticed within so long.
constexpr std::chrono::milliseconds kLongestSleep{30'000};

std::string disabled_note(const Subscription& row) {
    return json::serialize(json::object{{"subscription", row.id},
                                        {"name", row.name},
                                        {"reason", row.reason},
                                        {"failures", row.failures},
                                        {"code", row.error_code},
                                        {"after", row.cursor}});
}

}  // namespace

void SubscriptionChannel::take(Subscription row) {
    ours_ = true;
    replace(std::move(row));
}

void SubscriptionChannel::replace(Subscription row) {
    ++generation_;
    row_ = std::move(row);
    ahead_.clear();
    read_to_ = stored_cursor_ = row_.cursor;
    unstored_ = 0;
    wants_storing_ = tells_disabled_ = false;
    go_on();
}

void SubscriptionChannel::go_on() {
    pump(kUnknownEnd);
}

void SubscriptionChannel::pump(std::int64_t journal_end) {
    if (!ours_ || in_flight_ || !row_.is_active || desk_.is_closing()) return;
    if (unstored_ >= kMostUnstored) return;
    if (row_.next_at > desk_.now()) return wake_at(row_.next_at);
    if (ahead_.empty() && (read_to_ >= journal_end || !fill())) return;
    send(ahead_.front());
}

/// False if nothing is to be sent now.
bool SubscriptionChannel::fill() {
    try {
        read_lines();
    } catch (const std::exception&) {
        after(desk_.settings.store_retry, &SubscriptionChannel::go_on);
        return false;
    }
    if (ahead_.empty()) {
        row_.cursor = read_to_;
        if (read_to_ - stored_cursor_ >= desk_.settings.store_after_passed) store();
    }
    return !ahead_.empty();
}

void SubscriptionChannel::read_lines() {
    const auto limit = desk_.settings.read_ahead;
    std::size_t found = 0;
    const auto read = desk_.units.read([&](Subscriptions& rows) -> Result<void> {
        for (auto& line : rows.journal(read_to_, limit)) {
            ++found;
            read_to_ = line.sequence;
            if (wants(row_, line.type)) ahead_.push_back(std::move(line));
        }
        return {};
    });
    if (!read) return after(desk_.settings.store_retry, &SubscriptionChannel::go_on);
    // Others get their turn before the next stretch of the journal.
    if (ahead_.empty() && found == limit)
        after(std::chrono::milliseconds(0), &SubscriptionChannel::go_on);
}

void SubscriptionChannel::send(const JournalLine& line) {
    in_flight_ = true;
    desk_.post(row_, line,
               [self = shared_from_this(), generation = generation_](const PostResult& result) {
                   self->in_flight_ = false;
                   self->answered(generation, result);
               });
}

void SubscriptionChannel::answered(std::uint64_t generation, const PostResult& result) {
    const auto verdict = verdict_of(result);
    if (verdict == Verdict::stopped) return;
    if (generation == generation_) {
        if (verdict == Verdict::delivered)
            went_well();
        else
            did_not(result);
    }
    go_on();
}

void SubscriptionChannel::went_well() {
    const bool had_failed = row_.failures > 0;
    const auto sequence = ahead_.front().sequence;
    ahead_.pop_front();
    ++desk_.metrics.delivered;
    row_ = delivered(std::move(row_), ahead_.empty() ? read_to_ : sequence);
    if (++unstored_ == 1) after(desk_.settings.store_after, &SubscriptionChannel::flush);
    if (had_failed || unstored_ >= desk_.settings.store_after_events) store();
}

void SubscriptionChannel::did_not(const PostResult& result) {
    row_ = failed(std::move(row_), result, desk_.settings.rules, desk_.now(), desk_.random());
    tells_disabled_ = !row_.is_active;
    ++(row_.is_active ? desk_.metrics.retried : desk_.metrics.disabled);
    store();
}

void SubscriptionChannel::flush() {
    if (row_.cursor != stored_cursor_) store();
}

void SubscriptionChannel::store() {
    wants_storing_ = true;
    if (is_storing_ || !ours_) return;
    is_storing_ = true;
    wants_storing_ = false;
    unstored_ = 0;
    const auto note = tells_disabled_ ? disabled_note(row_) : std::string{};
    desk_.write(
        [row = row_, note, now = desk_.now()](SubscriptionUnit& unit) -> Result<void> {
            if (!unit.is_ours(row.id) || !unit.rows().save_progress(row))
                return fail(ErrorKind::Conflict, "changed", "the subscription has changed");
            if (!note.empty()) unit.journal(now, "subscription.disabled", note);
            return {};
        },
        [self = shared_from_this(), generation = generation_, row = row_](Result<void> result) {
            self->is_storing_ = false;
            if (generation == self->generation_)
                self->stored(result, row);
            else if (self->wants_storing_)
                self->store();
        });
}

void SubscriptionChannel::stored(const Result<void>& result, const Subscription& written) {
    if (!result && result.error().kind == ErrorKind::Conflict) {
        ours_ = false;
        return lost_();
    }
    if (!result) {
        unstored_ = std::max(unstored_, 1U);
        return after(desk_.settings.store_retry, &SubscriptionChannel::store);
    }
    stored_cursor_ = written.cursor;
    if (!written.is_active) tells_disabled_ = false;
    if (wants_storing_) return store();
    go_on();
}

void SubscriptionChannel::wake_at(Instant when) {
    const std::chrono::milliseconds wait(
        std::clamp<Instant>(when - desk_.now(), 0, kLongestSleep.count()));
    const auto at = desk_.scheduler.now() + wait;
    if (alarm_ && *alarm_ <= at) return;
    alarm_ = at;
    desk_.after(wait, [weak = weak_from_this(), at] {
        const auto self = weak.lock();
        if (!self || self->alarm_ != at) return;
        self->alarm_.reset();
        self->go_on();
    });
}

void SubscriptionChannel::after(std::chrono::milliseconds delay,
                                void (SubscriptionChannel::*task)()) {
    desk_.after(delay, [weak = weak_from_this(), task] {
        if (const auto self = weak.lock()) ((*self).*task)();
    });
}

}  // namespace orderhub::routing
