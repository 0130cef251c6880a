#include "hub/routing/router.hpp"

#include <algorithm>
#include <future>
#include <mutex>

#include "hub/routing/crash_point.hpp"
#include "hub/routing/delivery_lane.hpp"
#include "hub/routing/inbox_lane.hpp"

namespace orderhub::routing {

namespace {

constexpr const char* kLiveCursor = "$poll.cursor";
constexpr const char* kBackfillCursor = "$backfill.cursor";

std::optional<std::chrono::milliseconds> interval_of(const Caller& caller,
                                                     const Settings& settings) {
    const auto wanted = settings.poll_intervals.find(caller.name());
    if (!caller.poll_interval() || wanted == settings.poll_intervals.end())
        return caller.poll_interval();
    return wanted->second;
}

}  // namespace

// Outlives the router while the store's writer may still call the watcher.
struct Router::Shared {
    Shared(Units& units, const Settings& settings) : workshop(units, settings) {}
    Workshop workshop;
};

/// One connector's lanes.
struct Router::Station {
    Station(Workshop& workshop, Caller& caller)
        : line(workshop, caller),
          inbox(line),
          deliveries(line),
          live(line, kLiveCursor, interval_of(caller, workshop.settings),
               [this](const PollProgress& now) { note(live_progress, now); }),
          backfill(line, kBackfillCursor, std::nullopt,
                   [this](const PollProgress& now) { note(backfill_progress, now); }) {
        line.wake = [this] { wake(); };
    }

    void wake() {
        inbox.pump();
        deliveries.pump();
    }
    void note(PollProgress& shown, const PollProgress& now) {
        const std::scoped_lock lock(mutex);
        shown = now;
    }

    Line line;
    InboxLane inbox;
    DeliveryLane deliveries;
    Poller live;
    Poller backfill;
    std::mutex mutex;
    PollProgress live_progress;
    PollProgress backfill_progress;
};

Router::Router(Units& units, const std::vector<Caller*>& callers, const Settings& settings)
    : shared_(std::make_shared<Shared>(units, settings)) {
    for (Caller* caller : callers)
        stations_.push_back(std::make_unique<Station>(shared_->workshop, *caller));
}

Router::~Router() {
    stop();
}

Result<void> Router::start() {
    auto& workshop = shared_->workshop;
    Result<void> outcome;
    std::promise<void> recovered;
    workshop.units.write(
        [now = workshop.now()](Unit& unit) -> Result<void> {
            unit.queue().recover(now);
            return {};
        },
        [&](Result<void> result) {
            outcome = std::move(result);
            recovered.set_value();
        });
    workshop.scheduler.wait(recovered.get_future());
    ORDERHUB_TRY(outcome);
    // The writer may call this while the router goes: it holds on to the shared part, whose thread
    // has ended by then.
    workshop.units.watch([this, shared = shared_](const std::string& connector) {
        shared->workshop.scheduler.post([this, connector] {
            if (Station* station = find(connector)) station->wake();
        });
    });
    workshop.scheduler.post([this] {
        for (const auto& station : stations_) {
            station->wake();
            if (station->line.caller.poll_interval()) station->live.poll();
        }
    });
    return {};
}

void Router::close() {
    shared_->workshop.scheduler.post([this] { shared_->workshop.close(); });
}

void Router::stop() {
    if (std::exchange(stopped_, true)) return;
    auto& workshop = shared_->workshop;
    workshop.units.watch(nullptr);
    close();
    std::promise<void> idle;
    workshop.scheduler.post([&] { workshop.when_idle([&] { idle.set_value(); }); });
    workshop.scheduler.wait(idle.get_future());
    workshop.scheduler.stop();
}

Router::Station* Router::find(const std::string& connector) const {
    const auto found = std::ranges::find(stations_, connector,
                                         [](const auto& station) { return station->line.name; });
    return found == stations_.end() ? nullptr : found->get();
}

void Router::intake(const std::string& connector, const VerifiedMessage& message, Done done) {
    Station* station = find(connector);
    if (station == nullptr) {
        done(fail(ErrorKind::NotFound, "no_connector", "there is no connector " + connector));
        return;
    }
    InboxMessage row;
    row.connector = connector;
    row.message_id = message.id;
    row.headers = message.headers;
    row.content_type = message.content_type;
    row.body = message.body;
    row.received_at = row.next_at = shared_->workshop.now();
    const auto is_new = std::make_shared<bool>(false);
    shared_->workshop.units.offer(
        row.body.size() + row.headers.size(),
        [row = std::move(row), is_new](Unit& unit) -> Result<void> {
            *is_new = unit.queue().accept(row);
            return {};
        },
        [station, is_new, done = std::move(done)](Result<void> result) {
            if (result) {
                ++(*is_new ? station->line.metrics.accepted : station->line.metrics.duplicates);
                crash_point("inbox.accepted");
            }
            done(std::move(result));
        });
}

Result<void> Router::poll_now(const std::string& connector, std::optional<std::string> cursor) {
    Station* station = find(connector);
    if (station == nullptr || !station->line.caller.poll_interval())
        return fail(ErrorKind::NotFound, "cannot_poll",
                    "there is no connector " + connector + " that can be polled");
    if (!cursor) {
        shared_->workshop.scheduler.post([station] { station->live.poll(); });
        return {};
    }
    {
        const std::scoped_lock lock(station->mutex);
        if (station->backfill_progress.running)
            return fail(ErrorKind::Conflict, "already_running", "a backfill is under way");
        station->backfill_progress = {};
        station->backfill_progress.running = true;
    }
    shared_->workshop.scheduler.post(
        [station, from = std::move(*cursor)] { station->backfill.poll_from(from); });
    return {};
}

std::optional<PollProgress> Router::poll_progress(const std::string& connector,
                                                  bool backfill) const {
    Station* station = find(connector);
    if (station == nullptr) return std::nullopt;
    const std::scoped_lock lock(station->mutex);
    return backfill ? station->backfill_progress : station->live_progress;
}

const Metrics* Router::metrics(const std::string& connector) const {
    const Station* station = find(connector);
    return station == nullptr ? nullptr : &station->line.metrics;
}

std::vector<std::string> Router::connectors() const {
    std::vector<std::string> names;
    for (const auto& station : stations_)
        names.push_back(station->line.name);
    return names;
}

Units& Router::units() const {
    return shared_->workshop.units;
}

Request Router::request(const std::string& actor) const {
    return {actor, {}, shared_->workshop.now()};
}

}  // namespace orderhub::routing
