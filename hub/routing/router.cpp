#include "hub/routing/router.hpp"

#include <algorithm>
#include <future>
#include <memory>
#include <mutex>

#include "hub/routing/crash_point.hpp"
#include "hub/routing/delivery_lane.hpp"
#include "hub/routing/inbox_lane.hpp"

namespace orderhub::routing {

namespace {

constexpr const char* kLiveCursor = "$poll.cursor";

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
    Station(Workshop& workshop, Caller& caller, Backfill::Connectors connectors)
        : line(workshop, caller),
          inbox(line),
          deliveries(line),
          live(line, kLiveCursor, interval_of(caller, workshop.settings),
               [this](const PollProgress& now) { note(now); }),
          backfill(line, std::move(connectors)) {
        line.wake = [this] { wake(); };
    }

    void wake() {
        inbox.pump();
        deliveries.pump();
    }
    void wake(Direction direction) {
        if (direction == Direction::in)
            inbox.pump();
        else
            deliveries.pump();
    }
    void note(const PollProgress& now) {
        {
            const std::scoped_lock lock(mutex);
            live_progress = now;
        }
        // One that another hub has begun, and left.
        backfill.resume();
    }

    Line line;
    InboxLane inbox;
    DeliveryLane deliveries;
    Poller live;
    Backfill backfill;
    std::mutex mutex;
    PollProgress live_progress;
};

Router::Router(Units& units, const std::vector<Caller*>& callers, const Settings& settings)
    : shared_(std::make_shared<Shared>(units, settings)) {
    for (Caller* caller : callers)
        stations_.push_back(
            std::make_unique<Station>(shared_->workshop, *caller, [this] { return connectors(); }));
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
    workshop.units.watch([this, shared = shared_](const NewWork& work) {
        shared->workshop.scheduler.post([this, work] {
            if (Station* station = find(work.connector)) station->wake(work.direction);
        });
    });
    workshop.units.accompany([this](const NewWork& work) -> std::optional<Units::Companion> {
        Station* station = work.direction == Direction::out ? find(work.connector) : nullptr;
        if (station == nullptr) return std::nullopt;
        return station->deliveries.accompany();
    });
    workshop.scheduler.post([this] {
        for (const auto& station : stations_) {
            station->wake();
            if (!station->line.caller.poll_interval()) continue;
            station->live.poll();
            station->backfill.resume();
        }
        look_after_others();
    });
    return {};
}

// Other hubs may have ended in the middle of their work, or left some that has become due.
void Router::look_after_others() {
    auto& workshop = shared_->workshop;
    if (!workshop.settings.share_interval || workshop.is_closing()) return;
    workshop.after(*workshop.settings.share_interval, [this] {
        shared_->workshop.write(
            [now = shared_->workshop.now()](Unit& unit) -> Result<void> {
                unit.queue().recover(now);
                return {};
            },
            [this](const Result<void>&) {
                for (const auto& station : stations_)
                    station->wake();
                look_after_others();
            });
    });
}

void Router::close() {
    shared_->workshop.scheduler.post([this] { shared_->workshop.close(); });
}

void Router::stop() {
    if (std::exchange(stopped_, true)) return;
    auto& workshop = shared_->workshop;
    workshop.units.watch(nullptr);
    workshop.units.accompany(nullptr);
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
    const bool entered = station->inbox.try_enter();
    if (entered) row.state = InboxState::working;
    const auto stored = std::make_shared<std::optional<InboxMessage>>();
    const auto bytes = row.body.size() + row.headers.size();
    shared_->workshop.units.offer(
        bytes,
        [row = std::move(row), stored](Unit& unit) -> Result<void> {
            *stored = unit.queue().accept(row);
            return {};
        },
        [shared = shared_, station, entered, stored, done = std::move(done)](Result<void> result) {
            const bool is_new = result && *stored;
            if (result) {
                ++(is_new ? station->line.metrics.accepted : station->line.metrics.duplicates);
                crash_point("inbox.accepted");
            }
            if (entered && is_new)
                shared->workshop.scheduler.post(
                    [station, stored] { station->inbox.begun(std::move(**stored)); });
            else if (entered)
                station->inbox.leave();
            done(std::move(result));
        });
}

Result<Router::Station*> Router::pollable(const std::string& connector) const {
    Station* station = find(connector);
    if (station == nullptr || !station->line.caller.poll_interval())
        return fail(ErrorKind::NotFound, "cannot_poll",
                    "there is no connector " + connector + " that can be polled");
    return station;
}

Result<void> Router::poll_now(const std::string& connector) {
    const auto station = pollable(connector);
    if (!station) return std::unexpected(station.error());
    shared_->workshop.scheduler.post([live = &(*station)->live] { live->poll(); });
    return {};
}

std::optional<PollProgress> Router::poll_progress(const std::string& connector) const {
    Station* station = find(connector);
    if (station == nullptr) return std::nullopt;
    const std::scoped_lock lock(station->mutex);
    return station->live_progress;
}

Result<void> Router::wait_for(Units::Work work) {
    const auto outcome = std::make_shared<Result<void>>();
    const auto stored = std::make_shared<std::promise<void>>();
    const auto answer = stored->get_future();
    units().write(std::move(work), [outcome, stored](Result<void> result) {
        *outcome = std::move(result);
        stored->set_value();
    });
    shared_->workshop.scheduler.wait(answer);
    return *outcome;
}

Result<void> Router::start_backfill(const std::string& connector, const std::string& cursor,
                                    std::uint32_t max_per_second, const Actor& actor) {
    const auto station = pollable(connector);
    if (!station) return std::unexpected(station.error());
    ORDERHUB_TRY(wait_for([&, asked = request(actor)](Unit& unit) {
        return begin_backfill(unit, asked, connector, cursor, max_per_second);
    }));
    shared_->workshop.scheduler.post([backfill = &(*station)->backfill] { backfill->resume(); });
    return {};
}

Result<void> Router::cancel_backfill(const std::string& connector, const Actor& actor) {
    if (const auto station = pollable(connector); !station) return std::unexpected(station.error());
    return wait_for([&, asked = request(actor)](Unit& unit) {
        return routing::cancel_backfill(unit, asked, connector);
    });
}

Result<BackfillRun> Router::backfill(const std::string& connector) const {
    BackfillRun run;
    ORDERHUB_TRY(units().read([&](Queue& queue) -> Result<void> {
        run = backfill_run(queue, connector);
        return {};
    }));
    return run;
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

Request Router::request(const Actor& actor) const {
    return {actor.name, actor.trace, shared_->workshop.now(), actor.address};
}

}  // namespace orderhub::routing
