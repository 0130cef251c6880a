#include "hub/routing/delivery_lane.hpp"

#include <memory>

#include "hub/routing/backoff.hpp"
#include "hub/routing/crash_point.hpp"
#include "hub/routing/polled_records.hpp"
#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace {

constexpr std::uint32_t kLookAhead = 32;

bool is_storage(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Throttled;
}

void save_state(Queue& queue, const std::string& connector, const CallResult& result) {
    if (result.outcome != Outcome::done) return;
    for (const auto& [key, value] : result.state)
        queue.set_connector_state(connector, key, value);
}

void keep_beside(Queue& queue, const Delivery& delivery, const CallResult& result, Instant now) {
    if (result.outcome == Outcome::done)
        accept_records(queue, delivery.connector, result.records, now);
    save_state(queue, delivery.connector, result);
}

}  // namespace

void DeliveryLane::pump() {
    if (line_.workshop.is_closing()) return;
    const bool paused = line_.breaker.is_paused(line_.workshop.now());
    if (paused) {
        found_.clear();  // after the pause the oldest go first, whatever was found before
        alarm_.set(line_.breaker.paused_until());
        if (!line_.breaker.wants_second_opinion() || !active_.empty()) return;
    }
    const std::uint32_t limit = line_.breaker.limit(line_.caller.concurrency());
    if (active_.size() < limit && found_.empty()) look(paused);
    while (active_.size() < limit && !found_.empty()) {
        const std::string id = found_.front().id;
        found_.pop_front();
        if (active_.insert(id).second) begin(id);
    }
}

void DeliveryLane::look(bool only_second_opinion) {
    const Instant now = line_.workshop.now();
    std::optional<Instant> next;
    const auto limit = kLookAhead + static_cast<std::uint32_t>(active_.size());
    const auto read = line_.workshop.units.read([&](Queue& queue) -> Result<void> {
        for (auto& delivery : queue.due_deliveries(line_.name, now, limit)) {
            if (active_.contains(delivery.id)) continue;
            if (only_second_opinion && !line_.breaker.take_second_opinion(delivery.id)) continue;
            found_.push_back(std::move(delivery));
        }
        next = queue.next_delivery_due(line_.name);
        return {};
    });
    if (!read)
        alarm_.set(now + line_.workshop.settings.store_retry.count());
    else if (next && *next > now)
        alarm_.set(*next);
}

void DeliveryLane::begin(const std::string& id) {
    const auto begun_now = std::make_shared<Delivery>();
    line_.workshop.write(
        [id, begun_now, request = line_.request(id)](Unit& unit) -> Result<void> {
            const auto current = unit.queue().delivery(id);
            if (!current || !may_begin(*current, request.now_ms))
                return fail(ErrorKind::Conflict, "not_due", "the delivery is not due");
            *begun_now = begun(*current, request.now_ms);
            unit.queue().update(*begun_now);
            return unit.on_delivery(request, *begun_now);
        },
        [this, id, begun_now](const Result<void>& result) {
            if (result) {
                crash_point("delivery.begun");
                line_.caller.execute(
                    *begun_now, line_.workshop.expect([this, begun_now](const CallResult& called) {
                        crash_point("delivery.executed");
                        executed(*begun_now, called);
                    }));
            } else if (is_storage(result.error())) {
                try_later([this, id] { finish(id); });
            } else if (result.error().code == "not_due") {
                finish(id);
            } else {
                park_unstartable(id, result.error());
            }
        });
}

// Servicing could not take note that it begins, so it must not begin; left as it is, it would come
// up for ever.
void DeliveryLane::park_unstartable(const std::string& id, const Error& error) {
    ++line_.metrics.parked;
    line_.workshop.write(
        [id, error, request = line_.request(id)](Unit& unit) -> Result<void> {
            auto current = unit.queue().delivery(id);
            if (!current || !may_begin(*current, request.now_ms)) return {};
            current->state = DeliveryState::parked;
            current->error_code = error.code;
            current->error_message = error.message;
            unit.queue().update(*current);
            return {};
        },
        [this, id](const Result<void>& result) {
            if (result)
                finish(id);
            else
                try_later([this, id] { finish(id); });
        });
}

void DeliveryLane::executed(const Delivery& delivery, const CallResult& result) {
    const auto& settings = line_.workshop.settings;
    const bool counts = line_.note(delivery.id, result);
    if (!counts) found_.clear();  // the next one to try is again the oldest, which is this one
    const auto delay = retry_delay(settings.backoff, delivery.failures + 1, line_.workshop.random(),
                                   result.retry_after);
    const auto after = settled(delivery, result, {line_.workshop.now(), delay, counts}, settings);
    count(after);
    store(after, result);
}

void DeliveryLane::store(const Delivery& after, const CallResult& result) {
    line_.workshop.write(
        [after, result, request = line_.request(after.id)](Unit& unit) -> Result<void> {
            unit.queue().update(after);
            ORDERHUB_TRY(unit.on_delivery(request, after));
            if (after.state == DeliveryState::done)
                for (const auto& record : result.records) {
                    ORDERHUB_TRY(
                        unit.apply_record(request, after.connector, record.kind, record.json));
                    remember_state(unit.queue(), after.connector, record);
                }
            save_state(unit.queue(), after.connector, result);
            return {};
        },
        [this, after, result](const Result<void>& stored) {
            if (stored) {
                crash_point("delivery.stored");
                finish(after.id);
            } else if (is_storage(stored.error())) {
                try_later([this, after, result] {
                    if (!line_.workshop.is_closing()) store(after, result);
                });
            } else {
                store_apart(after, result);
            }
        });
}

// A record was refused, or servicing refused the outcome itself. What happened outside is kept all
// the same: the records go to the inbox, where they are tried by themselves and parked by
// themselves.
void DeliveryLane::store_apart(const Delivery& after, const CallResult& result) {
    line_.workshop.write(
        [after, result, request = line_.request(after.id)](Unit& unit) -> Result<void> {
            unit.queue().update(after);
            ORDERHUB_TRY(unit.on_delivery(request, after));
            keep_beside(unit.queue(), after, result, request.now_ms);
            return {};
        },
        [this, after, result](const Result<void>& stored) {
            if (stored)
                finish(after.id);
            else
                park_untold(after, result, stored.error().message);
        });
}

// Servicing cannot take the outcome. Parked, a person sees it; tried again, the connector finds the
// effect there.
void DeliveryLane::park_untold(Delivery after, const CallResult& result, const std::string& why) {
    after.state = DeliveryState::parked;
    after.error_code = "not_taken";
    after.error_message = why;
    line_.workshop.write(
        [after, result, now = line_.workshop.now()](Unit& unit) -> Result<void> {
            unit.queue().update(after);
            keep_beside(unit.queue(), after, result, now);
            return {};
        },
        [this, after, result, why](const Result<void>& stored) {
            if (stored)
                finish(after.id);
            else
                try_later([this, after, result, why] {
                    if (!line_.workshop.is_closing()) park_untold(after, result, why);
                });
        });
}

void DeliveryLane::count(const Delivery& after) {
    switch (after.state) {
        case DeliveryState::done:
            ++line_.metrics.delivered;
            break;
        case DeliveryState::parked:
            ++line_.metrics.parked;
            break;
        case DeliveryState::unknown:
            ++line_.metrics.unknown;
            break;
        default:
            ++line_.metrics.retried;
            break;
    }
}

void DeliveryLane::finish(const std::string& id) {
    active_.erase(id);
    line_.wake();
}

// The store cannot write now. What is under way is held until it can; at a stop it is left to be
// recovered.
void DeliveryLane::try_later(std::function<void()> task) {
    line_.workshop.after(line_.workshop.settings.store_retry, std::move(task));
}

}  // namespace orderhub::routing
