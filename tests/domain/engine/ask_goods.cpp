// Fulfilment orders and return orders, from numbers.
#include <algorithm>

#include "hub/domain/words.hpp"
#include "tests/domain/engine/ask.hpp"

namespace orderhub::domain {

namespace {

std::optional<Asked> new_fulfilment(const Order& order, Choices& choices, ActionKind action) {
    const bool again = action == ActionKind::reship;
    FulfilInput input;
    input.lines =
        some_units(order, choices, again ? &Line::available_to_reship : &Line::available_to_cancel);
    if (input.lines.empty()) return {};
    const bool spoilt = spoil(input.lines, choices);
    input.reason = "lost";
    input.draft = choices.chance(20);
    Asked asked;
    asked.action = action;
    asked.words = in_words(input.lines) + (input.draft ? " as draft" : "");
    asked.must_work = !spoilt && !of_bundles(order, input.lines);
    asked.plan = [input, again](Order planned, const Context& context) {
        return again ? plan_reship(std::move(planned), input, context)
                     : plan_fulfil(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> move_fulfilment(const Order& order, Choices& choices) {
    if (order.fulfilments.empty()) return {};
    constexpr FulfilmentState kStates[] = {FulfilmentState::shipped, FulfilmentState::delivered,
                                           FulfilmentState::pending, FulfilmentState::cancelled,
                                           FulfilmentState::draft};
    UpdateFulfilmentInput input;
    input.fulfilment = choices.of(order.fulfilments).id;
    input.state = choices.of(kStates);
    Asked asked;
    asked.action = ActionKind::update_fulfilment;
    asked.words = " " + input.fulfilment + " to " + std::string(to_text(input.state));
    asked.plan = [input](Order planned, const Context& context) {
        return plan_update_fulfilment(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> open_return(const Order& order, Choices& choices) {
    OpenReturnInput input;
    input.lines = some_units(order, choices, &Line::available_to_return);
    if (input.lines.empty()) return {};
    const bool spoilt = spoil(input.lines, choices);
    constexpr ReturnState kStates[] = {ReturnState::approved, ReturnState::approved,
                                       ReturnState::draft, ReturnState::submitted};
    input.state = choices.of(kStates);
    input.reason = "too small";
    input.delivery = choices.chance(40) ? DeliveryRule::proportional : DeliveryRule::keep;
    Asked asked;
    asked.action = ActionKind::open_return;
    asked.words = in_words(input.lines) + " as " + std::string(to_text(input.state)) +
                  (input.delivery == DeliveryRule::proportional ? " with delivery" : "");
    input.fees = some_fees(choices, asked.words);
    asked.must_work = !spoilt && input.fees.empty() && !of_bundles(order, input.lines);
    asked.plan = [input](Order planned, const Context& context) {
        return plan_open_return(std::move(planned), input, context);
    };
    return asked;
}

Receipt receipt_for(const ReturnLine& line, Choices& choices, std::string& words) {
    constexpr const char* kConditions[] = {"new", "opened", "damaged", "worthless", "unheard-of"};
    Receipt receipt;
    receipt.return_line = line.id;
    const std::int64_t more = choices.chance(15) ? 1 + choices.below(2) : 0;
    const std::int64_t arrived =
        (choices.chance(50) ? choices.below(line.expected + 1) : line.expected) + more;
    receipt.rejected = choices.chance(30) ? choices.below(arrived + 1) : 0;
    receipt.accepted = arrived - receipt.rejected;
    receipt.condition = kConditions[choices.below(choices.chance(5) ? 5 : 4)];
    receipt.rejection_reason = receipt.rejected > 0 && !choices.chance(5) ? "worn" : "";
    words += " " + line.id + " (" + std::to_string(line.expected) + " expected of " + line.line_id +
             "): " + std::to_string(receipt.accepted) + " accepted " + receipt.condition + ", " +
             std::to_string(receipt.rejected) + " rejected;";
    return receipt;
}

std::optional<Asked> receive(Choices& choices, const ReturnOrder& into) {
    ReceiveInput input;
    input.return_order = into.id;
    Asked asked;
    asked.action = ActionKind::receive_return;
    asked.words = " " + into.id;
    std::vector<const ReturnLine*> lines;
    for (const ReturnLine& each : into.lines)
        if (!is_frozen(each) || choices.chance(10)) lines.push_back(&each);
    for (std::int64_t count = 1 + choices.below(3); count > 0 && !lines.empty(); --count) {
        const auto place = lines.begin() + choices.below(std::ssize(lines));
        input.receipts.push_back(receipt_for(**place, choices, asked.words));
        lines.erase(place);
    }
    if (input.receipts.empty()) return {};
    asked.plan = [input](Order planned, const Context& context) {
        return plan_receive_return(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> close(const World& world, const Order& order, Choices& choices,
                           const ReturnOrder& closing) {
    CloseReturnInput input;
    input.return_order = closing.id;
    Asked asked;
    asked.action = ActionKind::close_return;
    asked.words = " " + closing.id;
    if (choices.chance(25)) input.fees = some_fees(choices, asked.words);
    input.tenders = some_wish(order, choices, asked.words);
    asked.partial = input.tenders.partial;
    Minor due;
    for (const Known& each : world.orders)
        if (!closing.exchange_order.empty() && each.order.id == closing.exchange_order)
            due = balance_due(each.order);
    asked.plan = [input, due](Order planned, const Context& context) {
        return plan_close_return(std::move(planned), input, context, due);
    };
    return asked;
}

}  // namespace

std::optional<Asked> ask_fulfilment(const World&, const Order& order, Choices& choices,
                                    ActionKind action) {
    return action == ActionKind::update_fulfilment ? move_fulfilment(order, choices)
                                                   : new_fulfilment(order, choices, action);
}

std::optional<Asked> ask_return(const World& world, const Order& order, Choices& choices,
                                ActionKind action) {
    if (action == ActionKind::open_return) return open_return(order, choices);
    std::vector<const ReturnOrder*> open;
    for (const ReturnOrder& each : order.return_orders)
        if (choices.chance(5) ||
            (each.state != ReturnState::closed && each.state != ReturnState::cancelled))
            open.push_back(&each);
    if (open.empty()) return {};
    const ReturnOrder& about = *choices.of(open);
    if (action == ActionKind::receive_return) return receive(choices, about);
    if (action == ActionKind::close_return) return close(world, order, choices, about);
    Asked asked;
    asked.action = action;
    asked.words = " " + about.id;
    asked.plan = [action, id = about.id](Order planned, const Context& context) {
        if (action == ActionKind::cancel_return)
            return plan_cancel_return(std::move(planned), id, "never sent", context);
        const ReturnState to =
            action == ActionKind::submit_return ? ReturnState::submitted : ReturnState::approved;
        return plan_move_return(std::move(planned), id, to, context);
    };
    return asked;
}

}  // namespace orderhub::domain
