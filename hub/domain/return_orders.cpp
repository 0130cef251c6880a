#include "hub/domain/return_orders.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "hub/domain/fulfilment.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/units.hpp"
#include "hub/domain/words.hpp"

namespace orderhub::domain {

namespace {

struct Move {
    ReturnState from;
    ReturnState to;
};

constexpr Move kMoves[] = {
    {ReturnState::draft, ReturnState::submitted},
    {ReturnState::draft, ReturnState::approved},
    {ReturnState::draft, ReturnState::cancelled},
    {ReturnState::submitted, ReturnState::approved},
    {ReturnState::submitted, ReturnState::cancelled},
    {ReturnState::approved, ReturnState::partly_received},
    {ReturnState::approved, ReturnState::received},
    {ReturnState::approved, ReturnState::cancelled},
    {ReturnState::partly_received, ReturnState::received},
    {ReturnState::partly_received, ReturnState::closed},
    {ReturnState::partly_received, ReturnState::cancelled},
    {ReturnState::received, ReturnState::closed},
};

constexpr bool allowed(ReturnState from, ReturnState to) {
    return std::ranges::any_of(
        kMoves, [&](const Move& move) { return move.from == from && move.to == to; });
}

constexpr bool is_final(ReturnState state) {
    return std::ranges::none_of(kMoves, [&](const Move& move) { return move.from == state; });
}

static_assert(is_final(ReturnState::closed) && is_final(ReturnState::cancelled));
static_assert(std::ranges::all_of(kMoves, [](const Move& move) { return move.from < move.to; }),
              "never back");
static_assert(!allowed(ReturnState::approved, ReturnState::closed),
              "where nothing arrived there is nothing to close");
static_assert(!allowed(ReturnState::received, ReturnState::cancelled),
              "what was inspected is booked, even if all of it was rejected");

bool may_open_as(ReturnState state) {
    return state == ReturnState::draft || state == ReturnState::submitted ||
           state == ReturnState::approved;
}

using Reasons = std::unordered_map<std::string_view, std::string_view>;

Reasons reasons_by_line(const OpenReturnInput& input) {
    Reasons reasons;
    for (std::size_t i = 0; i < std::min(input.lines.size(), input.reasons.size()); ++i)
        if (!input.reasons[i].empty()) reasons.emplace(input.lines[i].line_id, input.reasons[i]);
    return reasons;
}

/// The words for a line: those of the input's entry that named it, or the bundle that it is part
/// of.
std::string reason_of(const Line& line, const Reasons& reasons, const std::string& otherwise) {
    for (const std::string_view id : {std::string_view(line.id), std::string_view(line.bundle)})
        if (const auto found = reasons.find(id); found != reasons.end())
            return std::string(found->second);
    return otherwise;
}

/// Fees that could never be charged are better refused now than when the goods are here.
Result<void> check_fees(const Order& order, const ReturnOrder& opened, const Context& context) {
    if (opened.fees.empty()) return {};
    ChangeLine held;
    Amount list;
    const auto lines = index_of_lines(order);
    for (const ReturnLine& each : opened.lines) {
        add(held, {{}, each.expected, each.held.amount, each.held.taxes});
        list += list_worth(order.lines[lines.at(each.line_id)], each.expected);
    }
    Order trial;
    trial.tax_locale = order.tax_locale;
    return charge_fees(trial, opened.fees, held, list, Stage::post, opened.reason, context);
}

ReturnOrder new_return_order(const OpenReturnInput& input, const Context& context) {
    ReturnOrder opened;
    opened.state = input.state;
    opened.reason = input.reason;
    opened.actor = context.actor;
    opened.at = context.now;
    opened.fees = input.fees;
    opened.delivery = input.delivery;
    return opened;
}

}  // namespace

bool may_become(ReturnState from, ReturnState to) {
    return allowed(from, to);
}

bool may_receive(ReturnState state) {
    return state == ReturnState::approved || state == ReturnState::partly_received ||
           state == ReturnState::received;
}

bool is_frozen(const ReturnLine& line) {
    return line.received > 0;
}

std::int64_t accepted_units(const ReturnOrder& return_order) {
    return std::accumulate(
        return_order.lines.begin(), return_order.lines.end(), std::int64_t{},
        [](std::int64_t sum, const ReturnLine& line) { return sum + line.accepted; });
}

Result<ReturnOrder*> known_return_order(Order& order, std::string_view id) {
    if (ReturnOrder* known = find_return_order(order, id)) return known;
    return fail(ErrorKind::NotFound, "unknown_return_order",
                "the order has no return order " + std::string(id), "/return_order");
}

Result<Plan> plan_open_return(Order order, const OpenReturnInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::open_return));
    if (!may_open_as(input.state))
        return fail(ErrorKind::Invalid, "bad_state",
                    "a return order begins as draft, submitted or approved", "/state");
    const auto units = chosen_units(order, input.lines, &Line::available_to_return, "returned");
    if (!units) return std::unexpected(units.error());
    ReturnOrder opened = new_return_order(input, context);
    const auto lines = index_of_lines(order);
    const Reasons reasons = reasons_by_line(input);
    for (const UnitsOfLine& each : *units) {
        Line& line = order.lines[lines.at(each.line_id)];
        ChangeLine part = take(line, each.quantity, order.tax_locale);
        line.return_initiated += each.quantity;
        ReturnLine expected;
        expected.id = "r" + std::to_string(opened.lines.size() + 1);
        expected.line_id = line.id;
        expected.expected = each.quantity;
        expected.reason = reason_of(line, reasons, input.reason);
        expected.held = {each.quantity, 0, part.delta, std::move(part.taxes)};
        opened.lines.push_back(std::move(expected));
    }
    ORDERHUB_TRY(check_fees(order, opened, context));
    order.return_orders.push_back(std::move(opened));
    count_bundles(order);
    return start_plan(std::move(order), ActionKind::open_return);
}

Result<Plan> plan_move_return(Order order, std::string_view return_order, ReturnState to,
                              const Context&) {
    const bool submits = to == ReturnState::submitted;
    const ActionKind action = submits ? ActionKind::submit_return : ActionKind::approve_return;
    ORDERHUB_TRY(check_open(order, action));
    const auto known = known_return_order(order, return_order);
    if (!known) return std::unexpected(known.error());
    const bool is_next = submits || to == ReturnState::approved;
    if (!is_next || !may_become((*known)->state, to))
        return fail(ErrorKind::Conflict, "bad_state",
                    "the return order is " + std::string(to_text((*known)->state)) +
                        " and cannot become " + std::string(to_text(to)),
                    "/return_order");
    (*known)->state = to;
    Plan plan = start_plan(std::move(order), action);
    plan.subject = return_order;
    return plan;
}

Result<Plan> plan_cancel_return(Order order, std::string_view return_order, const std::string&,
                                const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::cancel_return));
    const auto found = known_return_order(order, return_order);
    if (!found) return std::unexpected(found.error());
    ReturnOrder& known = **found;
    if (accepted_units(known) > 0 && known.state != ReturnState::closed)
        return fail(ErrorKind::Conflict, "units_accepted",
                    "units were accepted: the return order is to be closed", "/return_order");
    if (!may_become(known.state, ReturnState::cancelled))
        return fail(
            ErrorKind::Conflict, "bad_state",
            "the return order is " + std::string(to_text(known.state)) + " and cannot be cancelled",
            "/return_order");
    const auto lines = index_of_lines(order);
    for (const ReturnLine& each : known.lines) {
        Line& line = order.lines[lines.at(each.line_id)];
        line.return_initiated -= each.expected;
        put(line, each.held, order.tax_locale);
    }
    known.state = ReturnState::cancelled;
    known.closed_at = context.now;
    count_bundles(order);
    Plan plan = start_plan(std::move(order), ActionKind::cancel_return);
    plan.subject = return_order;
    return plan;
}

}  // namespace orderhub::domain
