#include "hub/routing/delivery_lane.hpp"

#include <memory>

#include "hub/routing/backoff.hpp"
#include "hub/routing/crash_point.hpp"
#include "hub/routing/polled_records.hpp"
#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace {

// Half the time after which another hub may take over what this one has begun: this hub may have
// been stopped in between, and must not call then.
constexpr std::chrono::milliseconds kFresh{3'000};

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

std::unexpected<Error> taken_over() {
    return fail(ErrorKind::Conflict, kTakenOver, "another hub has taken the delivery over");
}

}  // namespace

void DeliveryLane::pump() {
    if (line_.workshop.is_closing()) return;
    const bool paused = line_.breaker.is_paused(line_.workshop.now());
    if (paused) {
        alarm_.set(line_.breaker.paused_until());
        if (!line_.breaker.wants_second_opinion() || !room_.is_unused()) return;
    }
    const std::uint32_t limit = line_.breaker.limit(line_.caller.concurrency());
    if (taking_)
        look_again_ = true;
    else if (const std::uint32_t room = room_.take_all(limit); room > 0)
        take(room, paused);
    else
        more_waits_ = true;
}

void DeliveryLane::give_back_room(const Found& found, std::uint32_t limit, bool is_stored) {
    room_.give_back(is_stored ? limit - static_cast<std::uint32_t>(found.deliveries.size())
                              : limit);
}

Units::Work DeliveryLane::begin_due(const FoundPtr& found, std::uint32_t limit,
                                    std::string except) const {
    return [found, limit, except = std::move(except), name = line_.name,
            request = line_.request("")](Unit& unit) mutable -> Result<void> {
        found->refused.clear();
        found->deliveries = unit.queue().begin_deliveries(name, request.now_ms, limit, except);
        for (const auto& delivery : found->deliveries) {
            request.trace = found->refused = delivery.id;
            ORDERHUB_TRY(unit.on_delivery(request, delivery));
        }
        found->next = unit.queue().next_delivery_due(name);
        // Due and yet not taken: it was left out, or another hub is just taking it.
        if (found->next && *found->next <= request.now_ms) found->next.reset();
        return {};
    };
}

void DeliveryLane::take(std::uint32_t limit, bool second_opinion) {
    taking_ = true;
    look_again_ = false;
    const auto found = std::make_shared<Found>();
    line_.workshop.write(begin_due(found, limit, second_opinion ? line_.breaker.last_failed() : ""),
                         [this, found, limit, second_opinion,
                          asked_at = line_.workshop.scheduler.now()](const Result<void>& result) {
                             taking_ = false;
                             give_back_room(*found, limit, result.has_value());
                             if (result && second_opinion && !found->deliveries.empty())
                                 line_.breaker.take_second_opinion(found->deliveries.front().id);
                             took(found, result, found->deliveries.size() < limit, asked_at);
                         });
}

std::optional<Units::Companion> DeliveryLane::accompany() {
    if (line_.workshop.is_closing() || !line_.is_unhindered()) return std::nullopt;
    const std::uint32_t limit = room_.take_all(line_.caller.concurrency());
    if (limit == 0) return std::nullopt;
    const auto found = std::make_shared<Found>();
    auto then =
        line_.workshop.after_unit([this, found, limit, asked_at = line_.workshop.scheduler.now()](
                                      const Result<void>& result) {
            took(found, result, found->deliveries.size() < limit, asked_at);
        });
    return Units::Companion{begin_due(found, limit, ""),
                            [this, found, limit, then = std::move(then)](Result<void> result) {
                                give_back_room(*found, limit, result.has_value());
                                then(std::move(result));
                            }};
}

void DeliveryLane::took(const FoundPtr& found, const Result<void>& result, bool is_all,
                        Scheduler::Clock::time_point asked_at) {
    if (!result && (is_storage(result.error()) || found->refused.empty())) return look_later();
    if (!result) return park_unstartable(found->refused, result.error());
    taken(std::move(found->deliveries), line_.workshop.scheduler.now() - asked_at > kFresh);
    go_on(is_all, found->next);
}

void DeliveryLane::taken(std::vector<Delivery> deliveries, bool is_late) {
    if (!deliveries.empty()) crash_point("delivery.begun");
    for (auto& delivery : deliveries) {
        const auto job = std::make_shared<Job>(Job{std::move(delivery), {}});
        if (!is_late) {
            execute(job);
            continue;
        }
        job->delivery = put_back(job->delivery, line_.workshop.now());
        store(job);
    }
}

void DeliveryLane::go_on(bool is_all, std::optional<Instant> next) {
    more_waits_ = !is_all;
    if (!is_all || look_again_)
        pump();
    else if (next)
        alarm_.set(*next);
}

// Servicing could not take note that it begins, so it must not begin; left as it is, it would come
// up for ever, and keep back those that were to begin with it.
void DeliveryLane::park_unstartable(const std::string& id, const Error& error) {
    line_.workshop.write(
        [id, error, now = line_.workshop.now()](Unit& unit) -> Result<void> {
            auto current = unit.queue().delivery(id);
            if (!current || !may_begin(*current, now)) return {};
            current->state = DeliveryState::parked;
            current->error_code = error.code;
            current->error_message = error.message;
            unit.queue().update(*current);
            return {};
        },
        [this](const Result<void>& result) {
            if (!result) return look_later();
            ++line_.metrics.parked;
            pump();
        });
}

void DeliveryLane::execute(const JobPtr& job) {
    line_.caller.execute(job->delivery, line_.workshop.expect([this, job](CallResult result) {
        crash_point("delivery.executed");
        job->result = std::move(result);
        executed(job);
    }));
}

void DeliveryLane::executed(const JobPtr& job) {
    const auto& settings = line_.workshop.settings;
    auto& [delivery, result] = *job;
    const bool counts = line_.note(delivery.id, result);
    const auto delay = retry_delay(settings.backoff, delivery.failures + 1, line_.workshop.random(),
                                   result.retry_after);
    delivery = settled(delivery, result, {line_.workshop.now(), delay, counts}, settings);
    count(delivery);
    store(job);
}

void DeliveryLane::store(const JobPtr& job) {
    line_.workshop.write(
        [job, request = line_.request(job->delivery.id),
         is_polled = line_.is_polled()](Unit& unit) -> Result<void> {
            const auto& [after, result] = *job;
            if (!unit.queue().settle(after)) return taken_over();
            ORDERHUB_TRY(unit.on_delivery(request, after));
            if (after.state == DeliveryState::done)
                for (const auto& record : result.records) {
                    ORDERHUB_TRY(
                        unit.apply_record(request, after.connector, record.kind, record.json));
                    if (is_polled) remember_state(unit.queue(), after.connector, record);
                }
            save_state(unit.queue(), after.connector, result);
            return {};
        },
        [this, job](const Result<void>& stored) {
            if (stored) {
                crash_point("delivery.stored");
                finish();
            } else if (is_storage(stored.error())) {
                try_later([this, job] { store(job); });
            } else if (stored.error().code == kTakenOver) {
                fenced();
            } else {
                store_apart(job);
            }
        });
}

// A record was refused, or servicing refused the outcome itself. What happened outside is kept all
// the same: the records go to the inbox, where they are tried by themselves and parked by
// themselves.
void DeliveryLane::store_apart(const JobPtr& job) {
    line_.workshop.write(
        [job, request = line_.request(job->delivery.id)](Unit& unit) -> Result<void> {
            const auto& [after, result] = *job;
            if (!unit.queue().settle(after)) return taken_over();
            ORDERHUB_TRY(unit.on_delivery(request, after));
            keep_beside(unit.queue(), after, result, request.now_ms);
            return {};
        },
        [this, job](const Result<void>& stored) {
            if (stored)
                finish();
            else if (stored.error().code == kTakenOver)
                fenced();
            else
                park_untold(job, stored.error().message);
        });
}

// Servicing cannot take the outcome. Parked, a person sees it; tried again, the connector finds the
// effect there.
void DeliveryLane::park_untold(const JobPtr& job, const std::string& why) {
    job->delivery.state = DeliveryState::parked;
    job->delivery.error_code = "not_taken";
    job->delivery.error_message = why;
    line_.workshop.write(
        [job, now = line_.workshop.now()](Unit& unit) -> Result<void> {
            if (!unit.queue().settle(job->delivery)) return taken_over();
            keep_beside(unit.queue(), job->delivery, job->result, now);
            return {};
        },
        [this, job, why](const Result<void>& stored) {
            if (stored)
                finish();
            else if (stored.error().code == kTakenOver)
                fenced();
            else
                try_later([this, job, why] { park_untold(job, why); });
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

// The store tells when this one has let another to the head of its line.
void DeliveryLane::finish() {
    room_.give_back();
    if (more_waits_) pump();
}

void DeliveryLane::fenced() {
    ++line_.metrics.fenced;
    finish();
}

void DeliveryLane::look_later() {
    alarm_.set(line_.workshop.now() + line_.workshop.settings.store_retry.count());
}

// The store cannot write now. What is under way is held until it can; at a stop it is left to be
// recovered.
void DeliveryLane::try_later(std::function<void()> task) {
    line_.workshop.after(line_.workshop.settings.store_retry, [this, task = std::move(task)] {
        if (!line_.workshop.is_closing()) task();
    });
}

}  // namespace orderhub::routing
