#include "hub/routing/inbox_lane.hpp"

#include <boost/json.hpp>
#include <memory>

#include "hub/routing/backoff.hpp"
#include "hub/routing/crash_point.hpp"
#include "hub/routing/polled_records.hpp"
#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace {

constexpr std::uint32_t kLookAhead = 32;

std::string trace_of(const InboxMessage& message) {
    return message.connector + ":" + message.message_id;
}

bool is_storage(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Throttled;
}

void journal_parked(Unit& unit, const Request& request, const InboxMessage& message) {
    unit.journal(request,
                 {"message.parked",
                  {},
                  {},
                  boost::json::serialize(boost::json::object{{"sequence", message.sequence},
                                                             {"connector", message.connector},
                                                             {"code", message.error_code},
                                                             {"message", message.error_message}})});
}

}  // namespace

void InboxLane::pump() {
    if (line_.workshop.is_closing()) return;
    const Instant now = line_.workshop.now();
    if (line_.breaker.is_paused(now)) {
        alarm_.set(line_.breaker.paused_until());
        return;
    }
    const std::uint32_t limit = line_.breaker.limit(line_.workshop.settings.inbox_concurrency);
    if (active_.size() < limit && found_.empty()) look();
    while (active_.size() < limit && !found_.empty()) {
        const InboxMessage message = std::move(found_.front());
        found_.pop_front();
        if (active_.insert(message.sequence).second) begin(message);
    }
}

void InboxLane::look() {
    const Instant now = line_.workshop.now();
    std::optional<Instant> next;
    const auto limit = kLookAhead + static_cast<std::uint32_t>(active_.size());
    const auto read = line_.workshop.units.read([&](Queue& queue) -> Result<void> {
        for (auto& message : queue.due_messages(line_.name, now, limit))
            if (!active_.contains(message.sequence)) found_.push_back(std::move(message));
        next = queue.next_message_due(line_.name);
        return {};
    });
    if (!read)
        alarm_.set(now + line_.workshop.settings.store_retry.count());
    else if (next && *next > now)
        alarm_.set(*next);
}

void InboxLane::begin(const InboxMessage& message) {
    const auto begun = std::make_shared<InboxMessage>();
    line_.workshop.write(
        [sequence = message.sequence, begun](Unit& unit) -> Result<void> {
            auto current = unit.queue().message(sequence);
            if (!current || current->state != InboxState::waiting)
                return fail(ErrorKind::Conflict, "not_waiting", "the message is not waiting");
            ++current->attempts;
            current->state = InboxState::working;
            unit.queue().update(*current);
            *begun = std::move(*current);
            return {};
        },
        [this, begun, sequence = message.sequence](const Result<void>& result) {
            if (result) {
                crash_point("inbox.begun");
                receive(*begun);
            } else if (is_storage(result.error())) {
                try_later({}, sequence);
            } else {
                finish(sequence);
            }
        });
}

void InboxLane::receive(const InboxMessage& message) {
    if (!message.record_kind.empty()) {
        CallResult canonical;
        canonical.records.push_back({message.record_kind, {}, message.body});
        apply(message, canonical);
        return;
    }
    line_.caller.receive(message, line_.workshop.expect([this, message](const CallResult& result) {
        crash_point("inbox.received");
        const bool counts = line_.note("message " + std::to_string(message.sequence), result);
        if (result.outcome == Outcome::done)
            apply(message, result);
        else
            settle(message, result, counts);
    }));
}

void InboxLane::apply(const InboxMessage& message, const CallResult& result) {
    line_.workshop.write(
        [message, result, request = line_.request(trace_of(message))](Unit& unit) -> Result<void> {
            for (const auto& record : result.records) {
                ORDERHUB_TRY(
                    unit.apply_record(request, message.connector, record.kind, record.json));
                remember_state(unit.queue(), message.connector, record);
            }
            for (const auto& [key, value] : result.state)
                unit.queue().set_connector_state(message.connector, key, value);
            InboxMessage done = message;
            done.state = InboxState::done;
            done.error_code = done.error_message = "";
            unit.queue().update(done);
            return {};
        },
        [this, message, result](const Result<void>& applied) {
            if (applied) {
                crash_point("inbox.applied");
                ++line_.metrics.applied;
                finish(message.sequence);
            } else if (is_storage(applied.error())) {
                try_later([this, message, result] { apply(message, result); }, message.sequence);
            } else {
                const Error& error = applied.error();
                CallResult failure;
                failure.outcome =
                    error.kind == ErrorKind::Invalid ? Outcome::rejected : Outcome::retry;
                failure.code = error.code;
                failure.message =
                    error.field.empty() ? error.message : error.field + ": " + error.message;
                settle(message, failure, true);
            }
        });
}

void InboxLane::settle(const InboxMessage& message, const CallResult& result, bool counts) {
    const auto& settings = line_.workshop.settings;
    const auto delay = retry_delay(settings.backoff, message.attempts, line_.workshop.random(),
                                   result.retry_after);
    const auto after = settled(message, result, {line_.workshop.now(), delay, counts}, settings);
    if (after.state == InboxState::parked)
        ++line_.metrics.parked;
    else
        ++line_.metrics.retried;
    store(after);
}

void InboxLane::store(const InboxMessage& message) {
    line_.workshop.write(
        [message, request = line_.request(trace_of(message))](Unit& unit) -> Result<void> {
            unit.queue().update(message);
            if (message.state == InboxState::parked) journal_parked(unit, request, message);
            return {};
        },
        [this, message](const Result<void>& result) {
            if (!result && is_storage(result.error()))
                try_later([this, message] { store(message); }, message.sequence);
            else
                finish(message.sequence);
        });
}

void InboxLane::finish(std::int64_t sequence) {
    active_.erase(sequence);
    pump();
}

// The store cannot write now. What is under way is held until it can; at a stop it is left to be
// recovered.
void InboxLane::try_later(std::function<void()> task, std::int64_t sequence) {
    line_.workshop.after(line_.workshop.settings.store_retry, [this, task, sequence] {
        if (!task)
            finish(sequence);
        else if (!line_.workshop.is_closing())
            task();
    });
}

}  // namespace orderhub::routing
