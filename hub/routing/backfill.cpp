#include "hub/routing/backfill.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "hub/routing/backoff.hpp"
#include "hub/routing/crash_point.hpp"
#include "hub/routing/polled_records.hpp"

namespace orderhub::routing {

namespace json = boost::json;

namespace {

constexpr const char* kRun = "$backfill.run";
constexpr std::chrono::milliseconds kBeat{100};
constexpr std::chrono::milliseconds kOthersTurn{5'000};
// A page is read ahead, so that letting go never waits for the outside system.
constexpr std::uint32_t kLowestMark = 200;
// Of failures in a row: about half an hour with the usual backoff.
constexpr std::uint32_t kMaxFailures = 12;

std::uint64_t number(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_number() ? found->to_number<std::uint64_t>() : 0;
}

std::string words(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

void save(Queue& queue, const std::string& connector, BackfillRun run, Instant now) {
    run.updated_at = now;
    queue.set_connector_state(connector, kRun,
                              json::serialize(json::object{{"state", run.state},
                                                           {"from", run.from},
                                                           {"cursor", run.cursor},
                                                           {"pages", run.pages},
                                                           {"records", run.records},
                                                           {"queued", run.queued},
                                                           {"released", run.released},
                                                           {"has_more", run.has_more},
                                                           {"max_per_second", run.max_per_second},
                                                           {"started_at", run.started_at},
                                                           {"updated_at", run.updated_at},
                                                           {"error", run.error}}));
}

void journal(Unit& unit, const Request& request, const std::string& event,
             const std::string& connector, const BackfillRun& run) {
    unit.journal(request, {event,
                           {},
                           {},
                           json::serialize(json::object{{"connector", connector},
                                                        {"pages", run.pages},
                                                        {"records", run.records},
                                                        {"queued", run.queued},
                                                        {"message", run.error}})});
}

/// The last of what was held back goes with the run.
void end(Unit& unit, const Request& request, const std::string& connector, BackfillRun run,
         const std::string& state) {
    run.state = state;
    run.released += unit.parked_work().release_held(connector, UINT32_MAX, request.now_ms);
    save(unit.queue(), connector, run, request.now_ms);
    journal(unit, request, "backfill." + state, connector, run);
}

std::uint32_t high_water(const BackfillRun& run) {
    return std::max(kLowestMark, 2 * run.max_per_second);
}

std::unexpected<Error> not_ours() {
    return fail(ErrorKind::Conflict, "not_running", "the backfill is not this hub's");
}

/// The run, if it is one and this hub's.
Result<BackfillRun> own_run(Unit& unit, const std::string& connector) {
    auto run = backfill_run(unit.queue(), connector);
    if (run.state != "running" || !unit.queue().hold_lease("backfill " + connector))
        return not_ours();
    return run;
}

bool is_message_due(Queue& queue, const std::vector<std::string>& connectors, Instant now) {
    return std::ranges::any_of(connectors, [&](const std::string& connector) {
        const auto due = queue.next_message_due(connector);
        return due && *due <= now;
    });
}

}  // namespace

BackfillRun backfill_run(Queue& queue, const std::string& connector) {
    BackfillRun run;
    json::error_code error;
    const json::value stored = json::parse(queue.connector_state(connector, kRun), error);
    if (error || !stored.is_object()) return run;
    const auto& from = stored.get_object();
    run.state = words(from, "state");
    run.from = words(from, "from");
    run.cursor = words(from, "cursor");
    run.pages = number(from, "pages");
    run.records = number(from, "records");
    run.queued = number(from, "queued");
    run.released = number(from, "released");
    run.has_more = from.at("has_more").as_bool();
    run.max_per_second = static_cast<std::uint32_t>(number(from, "max_per_second"));
    run.started_at = static_cast<Instant>(number(from, "started_at"));
    run.updated_at = static_cast<Instant>(number(from, "updated_at"));
    run.error = words(from, "error");
    return run;
}

Result<void> begin_backfill(Unit& unit, const Request& request, const std::string& connector,
                            const std::string& cursor, std::uint32_t max_per_second) {
    if (backfill_run(unit.queue(), connector).state == "running")
        return fail(ErrorKind::Conflict, "already_running", "a backfill is under way");
    BackfillRun run;
    run.state = "running";
    run.from = run.cursor = cursor;
    run.max_per_second = max_per_second;
    run.started_at = request.now_ms;
    save(unit.queue(), connector, run, request.now_ms);
    journal(unit, request, "backfill.started", connector, run);
    return {};
}

Result<void> cancel_backfill(Unit& unit, const Request& request, const std::string& connector) {
    const auto run = backfill_run(unit.queue(), connector);
    if (run.state == "cancelled") return {};
    if (run.state != "running")
        return fail(ErrorKind::Conflict, "not_running", "no backfill is under way");
    end(unit, request, connector, run, "cancelled");
    return {};
}

/// What one beat has done and seen.
struct Backfill::Step {
    bool is_ours = false;
    bool is_over = false;
    bool wants_page = false;
    std::string cursor;
    std::uint32_t released = 0;
    std::uint32_t per_second = kBackfillRate;
};

void Backfill::resume() {
    if (is_at_it_ || line_.workshop.is_closing()) return;
    bool is_running = false;
    const auto read = line_.workshop.units.read([&](Queue& queue) -> Result<void> {
        is_running = backfill_run(queue, line_.name).state == "running";
        return {};
    });
    if (read && !is_running) return;
    is_at_it_ = true;
    last_look_ = line_.workshop.now();
    step();
}

void Backfill::rest(std::chrono::milliseconds delay) {
    line_.workshop.after(delay, [this] { step(); });
}

// Lets go what may go now, and sees what is to be done next.
void Backfill::step() {
    if (line_.workshop.is_closing()) return;
    const auto done = std::make_shared<Step>();
    line_.workshop.write(
        [name = line_.name, done, names = connectors_(), may_go = allowance(),
         request = line_.request("backfill")](Unit& unit) -> Result<void> {
            *done = {};
            auto run = own_run(unit, name);
            if (!run) {
                done->is_over = backfill_run(unit.queue(), name).state != "running";
                return {};
            }
            auto& work = unit.parked_work();
            done->is_ours = true;
            done->per_second = run->max_per_second;
            if (may_go > 0 && !is_message_due(unit.queue(), names, request.now_ms))
                done->released = work.release_held(name, may_go, request.now_ms);
            run->released += done->released;
            const auto held = work.held_messages(name, high_water(*run));
            done->wants_page = run->has_more && held < high_water(*run);
            done->cursor = run->cursor;
            done->is_over = !run->has_more && held == 0;
            if (done->is_over)
                end(unit, request, name, *run, "done");
            else if (done->released > 0)
                save(unit.queue(), name, *run, request.now_ms);
            return {};
        },
        [this, done](const Result<void>& stored) {
            if (stored)
                stepped(*done);
            else
                rest(line_.workshop.settings.store_retry);
        });
}

void Backfill::stepped(const Step& step) {
    saved_up_ -= std::uint64_t{step.released} * 1'000;
    per_second_ = step.per_second;
    if (step.is_over) {
        is_at_it_ = false;
    } else if (!step.is_ours) {
        rest(kOthersTurn);
    } else if (step.wants_page && !line_.breaker.is_paused(line_.workshop.now())) {
        fetch(step.cursor);
    } else {
        rest(kBeat);
    }
}

/// How many records may go now. What was not used is saved up for two beats at most.
std::uint32_t Backfill::allowance() {
    const Instant now = line_.workshop.now();
    const Instant passed = std::clamp<Instant>(now - last_look_, 0, 2 * kBeat.count());
    last_look_ = now;
    const std::uint64_t most =
        std::max<std::uint64_t>(1'000, std::uint64_t{per_second_} * 2 * kBeat.count());
    saved_up_ = std::min(most, saved_up_ + static_cast<std::uint64_t>(passed) * per_second_);
    return static_cast<std::uint32_t>(saved_up_ / 1'000);
}

void Backfill::fetch(const std::string& cursor) {
    line_.caller.poll(cursor, line_.workshop.expect([this, cursor](const CallResult& result) {
        fetched(cursor, result);
    }));
}

void Backfill::fetched(const std::string& cursor, const CallResult& result) {
    crash_point("poll.fetched");
    ++line_.metrics.polls;
    line_.note("backfill", result);
    if (result.outcome == Outcome::done) {
        failures_ = 0;
        store(cursor, result);
    } else {
        ++line_.metrics.poll_failures;
        failed(result);
    }
}

void Backfill::store(const std::string& cursor, const CallResult& result) {
    line_.workshop.write(
        [name = line_.name, cursor, result,
         request = line_.request("backfill")](Unit& unit) -> Result<void> {
            auto run = own_run(unit, name);
            if (!run) return std::unexpected(run.error());
            if (run->cursor != cursor) return {};  // begun anew meanwhile
            const auto counts =
                accept_records(unit.queue(), name, result.records, request.now_ms, kHeld);
            for (const auto& [key, value] : result.state)
                unit.queue().set_connector_state(name, key, value);
            ++run->pages;
            run->records += result.records.size();
            run->queued += counts.queued;
            run->has_more = !result.records.empty() && result.cursor && *result.cursor != cursor;
            run->cursor = result.cursor.value_or(cursor);
            run->error.clear();
            save(unit.queue(), name, *run, request.now_ms);
            return {};
        },
        [this](const Result<void>& stored) {
            if (stored) crash_point("poll.stored");
            if (stored || stored.error().code == "not_running")
                step();
            else
                rest(line_.workshop.settings.store_retry);
        });
}

// The page is asked for again, later; after too many failures, or if it can never come, the run
// ends.
void Backfill::failed(const CallResult& result) {
    ++failures_;
    const bool gives_up = result.outcome == Outcome::rejected || failures_ >= kMaxFailures;
    const auto delay = retry_delay(line_.workshop.settings.backoff, failures_,
                                   line_.workshop.random(), result.retry_after);
    if (gives_up) failures_ = 0;
    line_.workshop.write(
        [name = line_.name, why = result.code + ": " + result.message, gives_up,
         request = line_.request("backfill")](Unit& unit) -> Result<void> {
            auto run = own_run(unit, name);
            if (!run) return {};
            run->error = why;
            if (gives_up)
                end(unit, request, name, *run, "failed");
            else
                save(unit.queue(), name, *run, request.now_ms);
            return {};
        },
        [this, delay](const Result<void>&) { rest(delay); });
}

}  // namespace orderhub::routing
