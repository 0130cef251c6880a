#include "hub/flows/waits.hpp"

#include <algorithm>

#include "hub/servicing/codec/codec.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

using domain::Order;

constexpr std::uint32_t kPage = 200;

/// Looks at the parts that the run's action made; true if there are none.
template <class Parts, class Holds>
bool all_of_action(const Run& run, const Parts& parts, Holds holds) {
    return std::ranges::all_of(parts, [&](const auto& part) {
        return (!run.action_id.empty() && part.action_id != run.action_id) || holds(part);
    });
}

template <class Parts>
bool any_of_action(const Run& run, const Parts& parts) {
    return std::ranges::any_of(parts, [&](const auto& part) {
        return run.action_id.empty() || part.action_id == run.action_id;
    });
}

/// Succeeded, or another that stands in its place did.
bool is_refunded(const Order& order, const domain::Refund& refund) {
    if (refund.kind == domain::RefundKind::transfer ||
        refund.state == domain::MoneyState::succeeded)
        return true;
    return std::ranges::any_of(order.refunds, [&](const domain::Refund& other) {
        return other.replaces == refund.id && !refund.id.empty() &&
               other.state == domain::MoneyState::succeeded;
    });
}

bool is_posted(const domain::Document& document) {
    return !document.posted_number.empty();
}

bool is_completed(const Order& order, const Run& run) {
    return std::ranges::all_of(order.actions, [&](const domain::ActionTaken& action) {
        return (!run.action_id.empty() && action.id != run.action_id) || action.announced;
    });
}

bool have_returned(const Order& order, const Run& run, domain::ReturnState least) {
    return any_of_action(run, order.return_orders) &&
           all_of_action(run, order.return_orders, [&](const domain::ReturnOrder& each) {
               return each.state >= least;  // given up is over, too
           });
}

bool have_shipped(const Order& order, const Run& run) {
    return any_of_action(run, order.fulfilments) &&
           all_of_action(run, order.fulfilments, [](const domain::Fulfilment& each) {
               return each.state >= domain::FulfilmentState::shipped;
           });
}

bool are_sent(Unit unit, const Run& run, const json::array& commands) {
    const auto steps = unit.state.steps(run.order_id);
    return std::ranges::all_of(commands, [&](const json::value& key) {
        return std::ranges::any_of(steps, [&](const servicing::StepRow& step) {
            return step.key == key.as_string() && (step.state == "done" || step.state == "dropped");
        });
    });
}

}  // namespace

Result<bool> has_come(Unit unit, const Run& run, std::string_view what,
                      const json::array& commands) {
    if (what == "case_linked") {
        const auto row = unit.state.case_by_id(run.case_id);
        return row && !row->order_id.empty();
    }
    if (what == "commands_done") return are_sent(unit, run, commands);
    const auto row = unit.state.order(run.order_id);
    if (!row)
        return fail(ErrorKind::NotFound, "no_such_order",
                    "this run has no order that it could wait for");
    const Order order = servicing::decode_order(row->document);
    if (what == "action_completed") return is_completed(order, run);
    if (what == "refund_succeeded")
        return all_of_action(run, order.refunds,
                             [&](const auto& each) { return is_refunded(order, each); });
    if (what == "memo_posted") return all_of_action(run, order.credit_memos, is_posted);
    if (what == "invoice_posted") return all_of_action(run, order.invoices, is_posted);
    if (what == "parcel_received") return have_returned(order, run, domain::ReturnState::received);
    if (what == "return_closed") return have_returned(order, run, domain::ReturnState::closed);
    return have_shipped(order, run);
}

bool has_event(Unit unit, const Run& run, std::string_view type, std::int64_t after) {
    for (;;) {
        const auto events = unit.state.events(after, kPage, run.order_id);
        if (std::ranges::find(events, type, &servicing::Event::type) != events.end()) return true;
        if (events.size() < kPage) return false;
        after = events.back().sequence;
    }
}

}  // namespace orderhub::flows
