#include "hub/routing/inbox_lane.hpp"

#include <boost/json.hpp>
#include <memory>

#include "hub/routing/backoff.hpp"
#include "hub/routing/crash_point.hpp"
#include "hub/routing/polled_records.hpp"
#include "hub/routing/transitions.hpp"

namespace orderhub::routing {

namespace {

std::string trace_of(const InboxMessage& message) {
    return message.connector + ":" + message.message_id;
}

bool is_storage(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Throttled;
}

std::unexpected<Error> taken_over() {
    return fail(ErrorKind::Conflict, kTakenOver, "another hub has taken the message over");
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
    const auto& workshop = line_.workshop;
    const bool is_paused = line_.breaker.is_paused(workshop.now());
    const std::uint32_t limit = line_.breaker.limit(workshop.settings.inbox_concurrency);
    if (is_paused || workshop.is_closing() || limit < workshop.settings.inbox_concurrency)
        is_open_ = false;
    if (workshop.is_closing()) return;
    if (is_paused)
        alarm_.set(line_.breaker.paused_until());
    else if (taking_)
        look_again_ = true;
    else if (const std::uint32_t room = room_.take_all(limit); room > 0)
        take(room);
    else
        is_open_ = false;
}

bool InboxLane::try_enter() {
    if (!is_open_) return false;
    if (room_.take_one(line_.workshop.settings.inbox_concurrency)) return true;
    is_open_ = false;
    return false;
}

void InboxLane::begun(InboxMessage message) {
    crash_point("inbox.begun");
    if (line_.workshop.is_closing()) {
        message.state = InboxState::waiting;
        message.attempts = 0;
        store(message);
    } else {
        receive(std::make_shared<Job>(Job{std::move(message), {}}));
    }
}

void InboxLane::take(std::uint32_t limit) {
    struct Found {
        std::vector<InboxMessage> messages;
        std::optional<Instant> next;
    };
    taking_ = true;
    look_again_ = false;
    const auto found = std::make_shared<Found>();
    line_.workshop.write(
        [found, limit, name = line_.name, now = line_.workshop.now()](Unit& unit) -> Result<void> {
            found->messages = unit.queue().begin_messages(name, now, limit);
            found->next = unit.queue().next_message_due(name);
            // Due and yet not taken: another hub is just taking it.
            if (found->next && *found->next <= now) found->next.reset();
            return {};
        },
        [this, found, limit](const Result<void>& result) {
            taking_ = false;
            const bool is_all = found->messages.size() < limit;
            room_.give_back(result ? limit - static_cast<std::uint32_t>(found->messages.size())
                                   : limit);
            if (result)
                taken(std::move(found->messages), is_all, found->next);
            else
                alarm_.set(line_.workshop.now() + line_.workshop.settings.store_retry.count());
        });
}

void InboxLane::taken(std::vector<InboxMessage> messages, bool is_all,
                      std::optional<Instant> next) {
    is_open_ = is_all && !line_.workshop.is_closing() &&
               line_.breaker.limit(line_.workshop.settings.inbox_concurrency) ==
                   line_.workshop.settings.inbox_concurrency;
    if (!messages.empty()) crash_point("inbox.begun");
    for (auto& message : messages)
        receive(std::make_shared<Job>(Job{std::move(message), {}}));
    if (!is_all || look_again_)
        pump();
    else if (next)
        alarm_.set(*next);
}

void InboxLane::receive(const JobPtr& job) {
    if (!job->message.record_kind.empty()) {
        job->result.records.push_back({job->message.record_kind, {}, job->message.body});
        apply(job);
        return;
    }
    line_.caller.receive(job->message, line_.workshop.expect([this, job](CallResult result) {
        crash_point("inbox.received");
        const auto& message = job->message;
        const bool counts = line_.note("message " + std::to_string(message.sequence), result);
        if (result.outcome != Outcome::done) return settle(message, result, counts);
        job->result = std::move(result);
        apply(job);
    }));
}

void InboxLane::apply(const JobPtr& job) {
    line_.workshop.write(
        [job, request = line_.request(trace_of(job->message)),
         is_polled = line_.is_polled()](Unit& unit) -> Result<void> {
            const auto& [message, result] = *job;
            for (const auto& record : result.records) {
                ORDERHUB_TRY(
                    unit.apply_record(request, message.connector, record.kind, record.json));
                if (is_polled) remember_state(unit.queue(), message.connector, record);
            }
            for (const auto& [key, value] : result.state)
                unit.queue().set_connector_state(message.connector, key, value);
            InboxMessage done = message;
            done.state = InboxState::done;
            done.error_code = done.error_message = "";
            if (!unit.queue().settle(done)) return taken_over();
            return {};
        },
        [this, job](const Result<void>& applied) {
            if (applied) {
                crash_point("inbox.applied");
                ++line_.metrics.applied;
                finish();
            } else if (is_storage(applied.error())) {
                try_later([this, job] { apply(job); });
            } else if (applied.error().code == kTakenOver) {
                ++line_.metrics.fenced;
                finish();
            } else {
                const Error& error = applied.error();
                CallResult failure;
                failure.outcome =
                    error.kind == ErrorKind::Invalid ? Outcome::rejected : Outcome::retry;
                failure.code = error.code;
                failure.message =
                    error.field.empty() ? error.message : error.field + ": " + error.message;
                settle(job->message, failure, true);
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
            if (!unit.queue().settle(message)) return taken_over();
            if (message.state == InboxState::parked) journal_parked(unit, request, message);
            return {};
        },
        [this, message](const Result<void>& result) {
            if (!result && is_storage(result.error()))
                return try_later([this, message] { store(message); });
            if (!result) ++line_.metrics.fenced;
            finish();
        });
}

void InboxLane::finish() {
    room_.give_back();
    if (!is_open_) pump();
}

// The store cannot write now. What is under way is held until it can; at a stop it is left to be
// recovered.
void InboxLane::try_later(std::function<void()> task) {
    line_.workshop.after(line_.workshop.settings.store_retry, [this, task = std::move(task)] {
        if (!line_.workshop.is_closing()) task();
    });
}

}  // namespace orderhub::routing
