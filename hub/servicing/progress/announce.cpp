// What an action did, told once to the order's cases when all its effects are done.
#include <fmt/format.h>

#include <algorithm>

#include "hub/domain/plan.hpp"
#include "hub/domain/status.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/progress/announcement.hpp"

namespace orderhub::servicing {

namespace {

bool is_settled(domain::MoneyState state) {
    return state == domain::MoneyState::pending || state == domain::MoneyState::succeeded ||
           state == domain::MoneyState::failed;
}

bool are_posted(const std::vector<domain::Document>& documents, const std::string& action_id) {
    return std::ranges::all_of(documents, [&](const domain::Document& each) {
        return each.action_id != action_id || !each.posted_number.empty();
    });
}

bool is_money_settled(const domain::Order& order, const std::string& action_id) {
    const auto settled = [&](const auto& each) {
        return each.action_id != action_id || is_settled(each.state);
    };
    return std::ranges::all_of(order.refunds, settled) &&
           std::ranges::all_of(order.payments, [&](const domain::Payment& payment) {
               return std::ranges::all_of(payment.operations, settled);
           });
}

/// Fulfilments do not say by themselves whether their command was carried out.
bool are_fulfilments_told(const Work& work, const domain::Order& order,
                          const std::string& action_id, std::string_view done_key) {
    return std::ranges::all_of(work.state.steps(order.id), [&](const StepRow& step) {
        return step.action_id != action_id || !step.kind.starts_with("fulfilment.") ||
               step.state == "done" || step.state == "dropped" || step.key == done_key;
    });
}

bool are_changes_confirmed(const domain::Order& order, const std::string& action_id) {
    return std::ranges::none_of(order.change_orders, [&](const domain::ChangeOrder& each) {
        return each.action_id == action_id && each.echo == domain::Echo::expected;
    });
}

bool effects_done(const Work& work, const domain::Order& order, const std::string& action_id,
                  std::string_view done_key) {
    return are_changes_confirmed(order, action_id) && is_money_settled(order, action_id) &&
           are_posted(order.credit_memos, action_id) && are_posted(order.invoices, action_id) &&
           are_fulfilments_told(work, order, action_id, done_key);
}

/// What is only about the hub's own work stays here.
bool concerns_cases(const domain::ActionTaken& action) {
    const auto kind = domain::action_kind(action.name);
    return kind != domain::ActionKind::suspend && kind != domain::ActionKind::resolve_exception;
}

void tell_cases(const Work& work, const domain::Order& order, const domain::ActionTaken& action) {
    for (const CaseRow& row : work.state.find_cases({.order_id = order.id})) {
        if (!work.settings.can_execute(row.connector, "case.note")) continue;
        OutgoingCommand command =
            case_command(work, row.connector, row.id, order.id, "case.note", "nt");
        command.action_id = action.id;
        work.send(std::move(command), {{"case", {{"external_id", row.external_id}}},
                                       {"text", announcement(order, action)}});
    }
}

}  // namespace

void announce_if_done(const Work& work, domain::Order& order, std::string_view action_id,
                      std::string_view done_key) {
    const auto action = std::ranges::find(order.actions, action_id, &domain::ActionTaken::id);
    if (action_id.empty() || action == order.actions.end() || action->announced ||
        !effects_done(work, order, action->id, done_key))
        return;
    action->announced = true;
    // The version that the caller's save will lead to.
    work.journal("action.completed", order.id, {},
                 {{"action_id", action->id},
                  {"action", action->name},
                  {"order_version", order.version + 1}});
    if (concerns_cases(*action)) tell_cases(work, order, *action);
}

void announce_all_done(const Work& work, domain::Order& order) {
    std::vector<std::string> waiting;
    for (const domain::ActionTaken& action : order.actions)
        if (!action.announced) waiting.push_back(action.id);
    for (const std::string& id : waiting)
        announce_if_done(work, order, id);
}

}  // namespace orderhub::servicing
