#include "hub/routing/poller.hpp"

#include <algorithm>
#include <memory>

#include "hub/routing/backoff.hpp"
#include "hub/routing/crash_point.hpp"
#include "hub/routing/polled_records.hpp"

namespace orderhub::routing {

namespace {

constexpr std::chrono::milliseconds kOthersTurn{5'000};

}  // namespace

Poller::Poller(Line& line, std::string cursor_key,
               std::optional<std::chrono::milliseconds> interval, Changed changed)
    : line_(line),
      cursor_key_(std::move(cursor_key)),
      interval_(interval),
      changed_(std::move(changed)),
      alarm_(line.workshop, [this] { poll(); }) {}

void Poller::poll() {
    if (progress_.running || line_.workshop.is_closing()) return;
    progress_ = {};
    progress_.running = true;
    claim();
}

// Of several hubs one polls; the others look now and then whether it is still there.
void Poller::claim() {
    const auto is_ours = std::make_shared<bool>(false);
    line_.workshop.write(
        [is_ours, lease = "poll " + line_.name](Unit& unit) -> Result<void> {
            *is_ours = unit.queue().hold_lease(lease);
            return {};
        },
        [this, is_ours](const Result<void>& stored) {
            if (!stored)
                end_round(stored.error().message, line_.workshop.settings.store_retry);
            else if (*is_ours)
                next_page();
            else
                end_round("", std::min(interval_.value_or(kOthersTurn), kOthersTurn));
        });
}

void Poller::next_page() {
    const Instant now = line_.workshop.now();
    if (line_.breaker.is_paused(now)) {
        end_round("the connector's system is out of reach",
                  std::chrono::milliseconds(line_.breaker.paused_until() - now));
        return;
    }
    std::string cursor;
    const auto read = line_.workshop.units.read([&](Queue& queue) -> Result<void> {
        cursor = queue.connector_state(line_.name, cursor_key_);
        return {};
    });
    if (!read) {
        end_round(read.error().message, line_.workshop.settings.store_retry);
        return;
    }
    line_.caller.poll(cursor, line_.workshop.expect([this, cursor](const CallResult& result) {
        fetched(cursor, result);
    }));
}

void Poller::fetched(const std::string& cursor, const CallResult& result) {
    crash_point("poll.fetched");
    ++line_.metrics.polls;
    line_.note("poll " + cursor_key_, result);
    if (result.outcome == Outcome::done) {
        failures_ = 0;
        store(cursor, result);
        return;
    }
    ++line_.metrics.poll_failures;
    ++failures_;
    end_round(result.code + ": " + result.message,
              retry_delay(line_.workshop.settings.backoff, failures_, line_.workshop.random(),
                          result.retry_after));
}

void Poller::store(const std::string& cursor, const CallResult& result) {
    const auto counts = std::make_shared<AcceptedRecords>();
    line_.workshop.write(
        [name = line_.name, key = cursor_key_, result, counts,
         now = line_.workshop.now()](Unit& unit) -> Result<void> {
            // A hub that slept over its own end must not store what it read before.
            if (!unit.queue().hold_lease("poll " + name))
                return fail(ErrorKind::Conflict, kTakenOver, "another hub polls now");
            *counts = accept_records(unit.queue(), name, result.records, now);
            if (result.cursor) unit.queue().set_connector_state(name, key, *result.cursor);
            for (const auto& [state_key, value] : result.state)
                unit.queue().set_connector_state(name, state_key, value);
            return {};
        },
        [this, cursor, result, counts](const Result<void>& stored) {
            if (!stored) {
                end_round(stored.error().message, line_.workshop.settings.store_retry);
                return;
            }
            crash_point("poll.stored");
            ++progress_.pages;
            progress_.records += result.records.size();
            progress_.queued += counts->queued;
            progress_.cursor = result.cursor.value_or(cursor);
            const bool more = !result.records.empty() && progress_.cursor != cursor;
            if (more && !line_.workshop.is_closing()) {
                changed_(progress_);
                next_page();
            } else {
                // What a poll that went well has to say, such as what it left out.
                end_round(result.message, interval_.value_or(std::chrono::milliseconds(0)));
            }
        });
}

void Poller::end_round(const std::string& error, std::chrono::milliseconds wait) {
    progress_.running = false;
    progress_.error = error;
    changed_(progress_);
    // A round that was asked for ends with its error: whoever asked sees it and may ask again.
    if (interval_) alarm_.set(line_.workshop.now() + wait.count());
}

}  // namespace orderhub::routing
