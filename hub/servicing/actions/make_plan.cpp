// Which action reads which input and is planned by whom.
#include <array>

#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/inputs/inputs.hpp"

namespace orderhub::servicing {

namespace {

using domain::ActionKind;
using domain::Order;
using domain::Plan;

struct Asked {
    const Work& work;
    const Reader& input;
    const std::optional<Error>& error;
    domain::Context context;
};

using Planner = Result<Plan> (*)(const Asked&, Order);

/// Actions whose input is the domain's.
template <auto read, auto plan>
Result<Plan> straight(const Asked& asked, Order order) {
    const auto input = read(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return plan(std::move(order), input, asked.context);
}

template <domain::ReturnState to>
Result<Plan> move_return(const Asked& asked, Order order) {
    const Reference input = read_move_return(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return domain::plan_move_return(std::move(order), input.id, to, asked.context);
}

/// What the exchange order of a return order still lacks goes there.
domain::Minor exchange_due(const Work& work, const Order& order, const std::string& return_order) {
    const domain::ReturnOrder* found = domain::find_return_order(order, return_order);
    if (found == nullptr || found->exchange_order.empty()) return {};
    const auto exchange = work.order(found->exchange_order);
    return exchange ? domain::balance_due(*exchange) : domain::Minor{};
}

Result<Plan> close_return(const Asked& asked, Order order) {
    const auto input = read_close_return(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    const domain::Minor due = exchange_due(asked.work, order, input.return_order);
    return domain::plan_close_return(std::move(order), input, asked.context, due);
}

Result<Plan> cancel_return(const Asked& asked, Order order) {
    const Reference input = read_cancel_return(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return domain::plan_cancel_return(std::move(order), input.id, input.reason, asked.context);
}

Result<Plan> retry_refund(const Asked& asked, Order order) {
    const auto input = read_retry_refund(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return domain::plan_retry_refund(std::move(order), input.refund, input.tenders, asked.context);
}

Result<Plan> reverse(const Asked& asked, Order order) {
    const Reference input = read_reversal(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return domain::plan_reverse_authorization(std::move(order), input.id, input.reason,
                                              asked.context);
}

Result<Plan> suspend(const Asked& asked, Order order) {
    const Reference input = read_suspend(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return domain::plan_suspend(std::move(order), input.reason, asked.context);
}

Result<Plan> resolve(const Asked& asked, Order order) {
    const auto input = read_resolve(asked.input, order.currency);
    if (asked.error) return std::unexpected(*asked.error);
    return domain::plan_resolve_exception(std::move(order), input.exception, input.ignore,
                                          input.reason, asked.context);
}

struct Row {
    ActionKind action;
    Planner planner;
};

constexpr std::array kPlanners{
    Row{ActionKind::cancel, straight<read_removal, domain::plan_cancel>},
    Row{ActionKind::discount, straight<read_discount, domain::plan_discount>},
    Row{ActionKind::appease, straight<read_appeasement, domain::plan_appeasement>},
    Row{ActionKind::reship, straight<read_reship, domain::plan_reship>},
    Row{ActionKind::return_, straight<read_removal, domain::plan_return>},
    Row{ActionKind::exchange, straight<read_exchange, domain::plan_exchange>},
    Row{ActionKind::refund, straight<read_refund_input, domain::plan_refund>},
    Row{ActionKind::retry_refund, retry_refund},
    Row{ActionKind::open_return, straight<read_open_return, domain::plan_open_return>},
    Row{ActionKind::submit_return, move_return<domain::ReturnState::submitted>},
    Row{ActionKind::approve_return, move_return<domain::ReturnState::approved>},
    Row{ActionKind::receive_return, straight<read_receive_return, domain::plan_receive_return>},
    Row{ActionKind::close_return, close_return},
    Row{ActionKind::cancel_return, cancel_return},
    Row{ActionKind::fulfil, straight<read_fulfil, domain::plan_fulfil>},
    Row{ActionKind::update_fulfilment,
        straight<read_update_fulfilment, domain::plan_update_fulfilment>},
    Row{ActionKind::capture, straight<read_capture, domain::plan_capture>},
    Row{ActionKind::reverse_authorization, reverse},
    Row{ActionKind::record_payment, straight<read_record_payment, domain::plan_record_payment>},
    Row{ActionKind::suspend, suspend},
    Row{ActionKind::resolve_exception, resolve}};

consteval bool in_order() {
    for (std::size_t i = 0; i < kPlanners.size(); ++i)
        if (static_cast<std::size_t>(kPlanners.at(i).action) != i) return false;
    return true;
}
static_assert(in_order(), "each action is found by its position");

}  // namespace

Result<Plan> make_plan(const Work& work, ActionKind action, Order order,
                       const boost::json::object& input) {
    std::optional<Error> error;
    const Reader reader(input, "", error, "invalid_input");
    const Asked asked{
        work, reader, error, {work.policy(), work.request.actor, work.request.now_ms}};
    return kPlanners.at(static_cast<std::size_t>(action)).planner(asked, std::move(order));
}

}  // namespace orderhub::servicing
