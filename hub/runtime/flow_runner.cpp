#include "hub/runtime/flow_runner.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "hub/routing/crash_point.hpp"

namespace orderhub::runtime {

namespace {

using std::chrono::milliseconds;

/// Commits that come one after the other are looked at together.
constexpr milliseconds kGather{20};
constexpr milliseconds kStoreRetry{500};
constexpr milliseconds kOtherHubs{1'000};
/// How often runs that began to wait not long ago are looked at whatever the journal says: what one
/// hub stores while another's transaction has not ended may be older than what was looked at.
constexpr milliseconds kLookAgain{10'000};
constexpr std::int64_t kYoungMs = 60'000;
constexpr std::uint32_t kAtOnce = 200;

}  // namespace

struct FlowRunner::Found {
    std::vector<std::string> due;
    std::vector<std::string> touched;
    std::int64_t end = 0;
    std::optional<flows::Instant> next;
};

void FlowRunner::start() {
    scheduler_.post([this] {
        look();
        look_at_waiting();
    });
}

void FlowRunner::committed() {
    if (is_stopped_ || is_woken_.exchange(true)) return;
    scheduler_.at(scheduler_.now() + kGather, [this] { look(); });
}

void FlowRunner::stop() {
    is_stopped_ = true;
    scheduler_.stop();
}

void FlowRunner::look_in(milliseconds delay) {
    const auto when = scheduler_.now() + std::max(delay, milliseconds(1));
    if (next_look_ > scheduler_.now() && next_look_ <= when) return;
    next_look_ = when;
    scheduler_.at(when, [this] { look(); });
}

FlowRunner::Found FlowRunner::find_due() {
    Found found;
    const auto read = store_.read([&](store::Transaction& unit) -> Result<void> {
        found = {};
        const auto now = now_ms_();
        found.end = unit.journal_end();
        found.due = unit.due_runs(now, kAtOnce);
        if (seen_ >= 0 && found.end > seen_)
            for (auto& id : unit.touched_runs(seen_, found.end))
                if (engine_.may_move({unit, unit}, now, id)) found.touched.push_back(std::move(id));
        found.next = unit.next_run_due();
        return {};
    });
    if (!read) {
        found = {};
        found.end = seen_;
        look_in(kStoreRetry);
    }
    return found;
}

void FlowRunner::look() {
    is_woken_ = false;
    if (is_stopped_) return;
    const Found found = find_due();
    seen_ = found.end;
    for (const std::string& id : found.due)
        if (!under_way_.contains(id)) move(id);
    for (const std::string& id : found.touched)
        move(id);
    if (other_hubs_) look_in(kOtherHubs);
    // What is under way and due tells by itself when it is done.
    if (found.next && found.due.empty())
        look_in(milliseconds(std::clamp<std::int64_t>(*found.next - now_ms_(), 1, 60'000)));
}

void FlowRunner::look_at_waiting() {
    if (is_stopped_) return;
    const bool first = seen_ < 0 || under_way_.empty();
    std::vector<std::string> ids;
    const auto read = store_.read([&](store::Transaction& unit) -> Result<void> {
        ids.clear();
        const auto now = now_ms_();
        std::string before;
        for (bool more = true; more;) {
            const auto runs =
                unit.find_runs({.state = "waiting", .before_id = before, .limit = kAtOnce});
            for (const auto& run : runs)
                if (first || run.updated_at > now - kYoungMs)
                    if (engine_.may_move({unit, unit}, now, run.id)) ids.push_back(run.id);
            more = runs.size() == kAtOnce && runs.back().updated_at > now - kYoungMs;
            if (more) before = runs.back().id;
        }
        return {};
    });
    if (read)
        for (const std::string& id : ids)
            move(id);
    scheduler_.at(scheduler_.now() + kLookAgain, [this] { look_at_waiting(); });
}

void FlowRunner::move(const std::string& id) {
    if (is_stopped_) return;
    if (!under_way_.insert(id).second) {
        again_.insert(id);
        return;
    }
    routing::crash_point("flow.due");
    const auto goes_on = std::make_shared<bool>(false);
    store_.write(
        [this, id, goes_on](store::Transaction& unit) -> Result<void> {
            const auto moved = engine_.step({unit, unit}, now_ms_(), id);
            if (!moved) return std::unexpected(moved.error());
            *goes_on = *moved;
            return {};
        },
        [this, id, goes_on](const Result<void>& stored) {
            if (stored) routing::crash_point("flow.stepped");
            scheduler_.post([this, id, stored, goes_on] { moved(id, stored, *goes_on); });
        });
}

void FlowRunner::moved(const std::string& id, const Result<void>& stored, bool goes_on) {
    under_way_.erase(id);
    const bool news = again_.erase(id) > 0;
    if (stored) {
        if (goes_on || news)
            move(id);
        else
            look_in(milliseconds(1));
        return;
    }
    const auto kind = stored.error().kind;
    if (kind == ErrorKind::Unavailable || kind == ErrorKind::Throttled)
        look_in(kStoreRetry);
    else if (stored.error().code == "run_moved")
        look_in(kGather);
    else
        give_up(id, stored.error().message);
}

/// A step that throws would be made again and again.
void FlowRunner::give_up(const std::string& id, const std::string& why) {
    spdlog::error("the run {} cannot go on: {}", id, why);
    store_.write(
        [this, id, why](store::Transaction& unit) {
            return engine_.give_up({unit, unit}, now_ms_(), id, why);
        },
        [](const Result<void>&) {});
}

}  // namespace orderhub::runtime
