#include "hub/runtime/replayer.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <exception>

#include "hub/http/instant.hpp"
#include "hub/runtime/rehearsal.hpp"

namespace orderhub::runtime {

namespace {

namespace json = boost::json;
using routing::Replay;

constexpr std::chrono::milliseconds kBeat{100};
constexpr std::chrono::milliseconds kOthersTurn{5'000};
constexpr std::chrono::milliseconds kStoreRetry{1'000};
// 200 messages a second at most.
constexpr std::uint32_t kAtOnce = 20;
constexpr std::size_t kKeptDifferences = 500;

bool is_over(const Replay& replay) {
    return replay.cursor >= replay.last;
}

}  // namespace

bool Replayer::is_live_waiting(store::Transaction& unit) const {
    const auto now = now_ms_();
    return std::ranges::any_of(host_.instances(), [&](const auto* instance) {
        const auto due = unit.next_message_due(instance->name());
        return due && *due <= now;
    });
}

void Replayer::journal(store::Transaction& unit, const std::string& type, const Replay& replay,
                       const routing::Actor& actor) {
    servicing::Event event;
    event.id = make_id_("ev");
    event.type = type;
    event.actor = actor.name;
    event.address = actor.address;
    event.trace = replay.id;
    event.data = json::serialize(json::object{{"replay", replay.id},
                                              {"connector", replay.connector},
                                              {"from", http::rfc3339(replay.from)},
                                              {"to", http::rfc3339(replay.to)},
                                              {"dry_run", replay.dry_run},
                                              {"messages", replay.messages}});
    event.at = http::rfc3339(now_ms_());
    unit.append(std::move(event));
}

void Replayer::resume() {
    bool is_left = false;
    const auto read = store_.read([&](store::Transaction& unit) -> Result<void> {
        is_left = unit.running_replay().has_value();
        return {};
    });
    if (read && is_left) begin();
}

Result<Replay> Replayer::start(Replay wanted, const routing::Actor& actor) {
    if (host_.find(wanted.connector) == nullptr)
        return fail(ErrorKind::NotFound, "no_such_connector",
                    "There is no connector " + wanted.connector + ".", "/connector");
    wanted.id = make_id_("rp");
    wanted.actor = actor.name;
    wanted.state = "running";
    wanted.started_at = wanted.updated_at = now_ms_();
    ORDERHUB_TRY(store_.write([&](store::Transaction& unit) -> Result<void> {
        if (unit.running_replay())
            return fail(ErrorKind::Conflict, "running", "Another replay is running.");
        wanted.last = unit.newest_message();
        unit.save(wanted);
        journal(unit, "replay.started", wanted, actor);
        return {};
    }));
    begin();
    return wanted;
}

Result<void> Replayer::cancel(const std::string& id, const routing::Actor& actor) {
    return store_.write([&](store::Transaction& unit) -> Result<void> {
        auto replay = unit.replay(id);
        if (!replay) return fail(ErrorKind::NotFound, "no_such_replay", "There is no such replay.");
        if (replay->state == "cancelled") return {};
        if (replay->state != "running")
            return fail(ErrorKind::Conflict, "not_running", "The replay is over.");
        replay->state = "cancelled";
        replay->updated_at = now_ms_();
        unit.save(*replay);
        journal(unit, "replay.cancelled", *replay, actor);
        return {};
    });
}

void Replayer::begin() {
    const std::lock_guard lock(mutex_);
    is_asked_ = true;
    if (is_running_ || is_stopping_) return;
    if (thread_.joinable()) thread_.join();
    is_running_ = true;
    thread_ = std::thread([this] { work(); });
}

void Replayer::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

/// True if the hub stops.
bool Replayer::pause(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, wait, [this] { return is_stopping_; });
}

void Replayer::work() {
    while (step()) {
    }
}

/// One beat; false when there is nothing left to do here.
bool Replayer::step() {
    {
        const std::lock_guard lock(mutex_);
        is_asked_ = false;
    }
    std::optional<Replay> replay;
    std::vector<routing::InboxMessage> to_rehearse;
    bool is_ours = false;
    const auto outcome = store_.write([&](store::Transaction& unit) -> Result<void> {
        to_rehearse.clear();
        replay = unit.running_replay();
        is_ours = replay && unit.hold_lease("replay");
        if (!is_ours || is_live_waiting(unit)) return {};
        if (replay->dry_run)
            to_rehearse = unit.take_for(*replay, kAtOnce);
        else
            requeue(unit, *replay);
        return {};
    });
    if (!outcome) {
        spdlog::warn("a replay waits for the store: {}", outcome.error().message);
        return !pause(kStoreRetry);
    }
    if (replay && is_ours && replay->dry_run) rehearse(*replay, to_rehearse);
    if (replay) return !pause(is_ours ? kBeat : kOthersTurn);
    const std::lock_guard lock(mutex_);
    is_running_ = is_asked_ && !is_stopping_;
    return is_running_;
}

void Replayer::requeue(store::Transaction& unit, Replay& replay) {
    const auto now = now_ms_();
    for (auto& message : unit.take_for(replay, kAtOnce)) {
        message.state = routing::InboxState::waiting;
        message.next_at = now;
        message.attempts = message.crashes = 0;
        message.error_code = message.error_message = "";
        unit.update(message);
        ++replay.messages;
    }
    replay.updated_at = now;
    if (is_over(replay)) {
        replay.state = "done";
        journal(unit, "replay.done", replay, {"hub"});
    }
    unit.save(replay);
}

/// The progress is stored after the calls: what a kill undoes is rehearsed once more.
void Replayer::rehearse(const Replay& replay, const std::vector<routing::InboxMessage>& messages) {
    Replay now = replay;
    auto differences = json::parse(now.differences).as_array();
    for (const auto& message : messages) {
        ++now.messages;
        auto found = runtime::rehearse(store_, host_, service_, message,
                                       {"connector:" + message.connector, now.id, now_ms_()});
        if (!found) {
            ++now.failed;
            found = json::array{json::object{
                {"sequence", message.sequence},
                {"error", {{"code", found.error().code}, {"message", found.error().message}}}}};
        }
        for (auto& each : *found)
            if (differences.size() < kKeptDifferences) differences.push_back(std::move(each));
    }
    now.differences = json::serialize(differences);
    now.updated_at = now_ms_();
    if (is_over(now)) now.state = "done";
    const auto stored = store_.write([&](store::Transaction& unit) -> Result<void> {
        const auto current = unit.replay(now.id);
        if (!current || current->state != "running" || !unit.hold_lease("replay")) return {};
        unit.save(now);
        if (now.state == "done") journal(unit, "replay.done", now, {"hub"});
        return {};
    });
    if (!stored) spdlog::warn("a replay waits for the store: {}", stored.error().message);
}

}  // namespace orderhub::runtime
