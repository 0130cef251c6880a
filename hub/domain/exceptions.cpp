#include <algorithm>

#include "hub/domain/payments.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

namespace {

/// The one that is not resolved: active, or ignored by a person.
ProcessException* find_open(Order& order, std::string_view code, std::string_view subject) {
    const auto found = std::ranges::find_if(order.exceptions, [&](const ProcessException& each) {
        return each.state != ExceptionState::resolved && each.code == code &&
               each.subject == subject;
    });
    return found == order.exceptions.end() ? nullptr : &*found;
}

}  // namespace

bool raise_exception(Order& order, ProcessException exception) {
    if (ProcessException* known = find_open(order, exception.code, exception.subject)) {
        known->message = std::move(exception.message);
        return false;
    }
    order.exceptions.push_back(std::move(exception));
    return true;
}

bool resolve_exception(Order& order, std::string_view code, std::string_view subject,
                       std::int64_t at) {
    ProcessException* known = find_open(order, code, subject);
    if (known == nullptr) return false;
    known->state = ExceptionState::resolved;
    known->resolved_by = "hub";
    known->resolved_at = at;
    return true;
}

Result<Plan> plan_suspend(Order order, const std::string& reason, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::suspend));
    if (reason.empty())
        return fail(ErrorKind::Invalid, "no_reason", "a reason is needed: others will see it",
                    "/reason");
    for (const ProcessException& each : order.exceptions)
        if (each.code == "suspended" && each.state == ExceptionState::active)
            return fail(ErrorKind::Conflict, "suspended",
                        "it is suspended already: " + each.message);
    Plan plan = start_plan(std::move(order), ActionKind::suspend);
    // Not by raise_exception(): a suspension that somebody lifted by ignoring it must not hinder
    // the next.
    ProcessException exception;
    exception.code = "suspended";
    exception.category = "order";
    exception.severity = "high";
    exception.priority = "high";
    exception.message = reason;
    exception.suspends = true;
    exception.raised_at = context.now;
    plan.order.exceptions.push_back(std::move(exception));
    return plan;
}

Result<Plan> plan_resolve_exception(Order order, std::string_view exception, bool ignore,
                                    const std::string& reason, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::resolve_exception));
    if (reason.empty())
        return fail(ErrorKind::Invalid, "no_reason",
                    "a reason is needed: how it was mended, or why it does not matter", "/reason");
    Plan plan = start_plan(std::move(order), ActionKind::resolve_exception);
    const auto found = std::ranges::find(plan.order.exceptions, exception, &ProcessException::id);
    if (exception.empty() || found == plan.order.exceptions.end())
        return fail(ErrorKind::Invalid, "unknown_exception",
                    "the order has no exception " + std::string(exception), "/exception");
    const bool moves =
        ignore ? found->state == ExceptionState::active : found->state != ExceptionState::resolved;
    if (!moves)
        return fail(
            ErrorKind::Conflict, "bad_state",
            "it is " +
                std::string(found->state == ExceptionState::ignored ? "ignored" : "resolved") +
                " already, by " + found->resolved_by);
    found->state = ignore ? ExceptionState::ignored : ExceptionState::resolved;
    found->resolved_by = context.actor;
    found->resolution = reason;
    found->resolved_at = context.now;
    plan.subject = found->id;
    return plan;
}

}  // namespace orderhub::domain
