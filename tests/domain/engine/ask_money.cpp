// Money without a change of lines, and exceptions, from numbers.
#include "hub/domain/words.hpp"
#include "tests/domain/engine/ask.hpp"

namespace orderhub::domain {

namespace {

std::optional<Asked> refund(const Order& order, Choices& choices) {
    RefundInput input;
    input.kind = choices.chance(35) ? RefundKind::goodwill : RefundKind::excess;
    const bool some = input.kind == RefundKind::goodwill || choices.chance(50);
    if (some) input.amount = Minor{choices.below(3'000)};
    input.reason = "kindness";
    Asked asked;
    asked.action = ActionKind::refund;
    asked.words = " " + std::string(to_text(input.kind)) +
                  (some ? " " + std::to_string(input.amount->count()) : "");
    asked.amount = input.amount.value_or(Minor{});
    input.tenders = some_wish(order, choices, asked.words);
    asked.partial = input.tenders.partial;
    asked.plan = [input](Order planned, const Context& context) {
        return plan_refund(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> retry(const Order& order, Choices& choices) {
    std::vector<std::string> ids;
    for (const Refund& each : order.refunds)
        if (each.state == MoneyState::failed || choices.chance(5)) ids.push_back(each.id);
    if (ids.empty()) return {};
    const std::string id = choices.of(ids);
    Asked asked;
    asked.action = ActionKind::retry_refund;
    asked.words = " " + id;
    const TenderWish wish = some_wish(order, choices, asked.words);
    asked.partial = wish.partial;
    asked.plan = [id, wish](Order planned, const Context& context) {
        return plan_retry_refund(std::move(planned), id, wish, context);
    };
    return asked;
}

Asked capture(const Order& order, Choices& choices) {
    CaptureInput input;
    if (!order.payments.empty() && choices.chance(40))
        input.payment = choices.of(order.payments).external_id;
    if (choices.chance(40)) input.amount = Minor{choices.below(20'000)};
    Asked asked;
    asked.words = " " + (input.payment.empty() ? "oldest" : input.payment) +
                  (input.amount ? " " + std::to_string(input.amount->count()) : "");
    asked.plan = [input](Order planned, const Context& context) {
        return plan_capture(std::move(planned), input, context);
    };
    return asked;
}

Asked reverse(const Order& order, Choices& choices) {
    const std::string payment =
        !order.payments.empty() && choices.chance(40) ? choices.of(order.payments).external_id : "";
    Asked asked;
    asked.words = " " + payment;
    asked.plan = [payment](Order planned, const Context& context) {
        return plan_reverse_authorization(std::move(planned), payment, "not needed", context);
    };
    return asked;
}

Asked record(const Order& order, Choices& choices) {
    RecordPaymentInput input{"cash", "till 4", choices.up_to(balance_due(order)), "paid in shop"};
    if (choices.chance(10)) input.amount = choices.amount();
    Asked asked;
    asked.words = " " + std::to_string(input.amount.count());
    asked.amount = input.amount;
    asked.plan = [input](Order planned, const Context& context) {
        return plan_record_payment(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> resolve(const Order& order, Choices& choices) {
    if (order.exceptions.empty()) return {};
    const ProcessException* suspends = suspension(order);
    const std::string id = suspends ? suspends->id : choices.of(order.exceptions).id;
    const bool ignore = choices.chance(30);
    Asked asked;
    asked.words = " " + id;
    asked.plan = [id, ignore](Order planned, const Context& context) {
        return plan_resolve_exception(std::move(planned), id, ignore, "looked at", context);
    };
    return asked;
}

std::optional<Asked> made(const Order& order, Choices& choices, ActionKind action) {
    switch (action) {
        case ActionKind::refund:
            return refund(order, choices);
        case ActionKind::retry_refund:
            return retry(order, choices);
        case ActionKind::capture:
            return capture(order, choices);
        case ActionKind::reverse_authorization:
            return reverse(order, choices);
        case ActionKind::record_payment:
            return record(order, choices);
        case ActionKind::resolve_exception:
            return resolve(order, choices);
        default:
            break;
    }
    Asked asked;
    asked.plan = [](Order planned, const Context& context) {
        return plan_suspend(std::move(planned), "under suspicion", context);
    };
    return asked;
}

}  // namespace

std::optional<Asked> ask_money(const World&, const Order& order, Choices& choices,
                               ActionKind action) {
    auto asked = made(order, choices, action);
    if (asked) asked->action = action;
    return asked;
}

}  // namespace orderhub::domain
