#include "hub/domain/payments.hpp"

#include <algorithm>

#include "hub/domain/exchange.hpp"
#include "hub/domain/money_state.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/removal.hpp"

namespace orderhub::domain {

namespace {

Minor gifts(const Order& order) {
    Minor sum;
    for (const Refund& refund : order.refunds)
        if (refund.kind == RefundKind::goodwill && holds(refund.state)) sum += refund.amount;
    return sum;
}

/// What others gave back that the lines answer for, or that a bank took.
Minor given_back_by_others(const Order& order) {
    Minor foreign, answered;
    for (const Refund& refund : order.refunds)
        if (refund.kind == RefundKind::foreign && holds(refund.state)) foreign += refund.amount;
    for (const ChangeOrder& change : order.change_orders)
        if (change.kind == ChangeKind::chargeback)
            answered += change.money;
        else if (change.origin != "hub")
            answered -= change.delta.inc;
    return std::clamp(answered, Minor{}, foreign);
}

Minor given_back_by_hub(const Order& order) {
    Minor sum;
    for (const Refund& refund : order.refunds) {
        const bool counts =
            refund.kind != RefundKind::goodwill && refund.kind != RefundKind::foreign;
        if (counts && holds(refund.state)) sum += refund.amount;
    }
    return sum;
}

/// What can still be given back. A refund that names none of the payments takes from all.
Minor held(const Order& order) {
    Minor sum;
    for (const Payment& payment : order.payments)
        sum += available_to_refund(order, payment);
    return std::max(Minor{}, std::min(sum, captured(order) - refunded(order)));
}

/// What the policy lets the actor give in all, rounded down.
Minor gift_limit(const Order& order, const Policy& policy) {
    constexpr std::int64_t kWhole = 10'000;
    const std::int64_t placed = original_total(order).inc.count();
    return Minor{placed / kWhole * policy.goodwill_limit +
                 placed % kWhole * policy.goodwill_limit / kWhole};
}

Result<void> check_gift(const Order& order, Minor amount, const Policy& policy) {
    const Minor left = std::max(Minor{}, gift_limit(order, policy) - gifts(order));
    if (amount <= left) return {};
    return fail(ErrorKind::Denied, "over_limit",
                "goodwill of " + in_words(left, order) + " is left for this order, " +
                    in_words(amount, order) + " was asked for",
                "/amount");
}

Result<void> check_held(const Order& order, Minor amount) {
    if (const Minor rest = held(order); amount > rest)
        return fail(ErrorKind::Invalid, "too_much",
                    "the order's payments still hold " + in_words(rest, order) + ", " +
                        in_words(amount, order) + " was asked for",
                    "/amount");
    return {};
}

Result<void> check_left_over(const Order& order, Minor amount) {
    const Minor most = excess_funds(order);
    if (most == Minor{})
        return fail(ErrorKind::Invalid, "nothing_due", "no money is left over", "/kind");
    if (amount > most)
        return fail(
            ErrorKind::Invalid, "too_much",
            in_words(most, order) + " is left over, " + in_words(amount, order) + " was asked for",
            "/amount");
    return {};
}

Result<Minor> refund_amount(const Order& order, const RefundInput& input, const Policy& policy) {
    const bool gift = input.kind == RefundKind::goodwill;
    if (!gift && input.kind != RefundKind::excess)
        return fail(ErrorKind::Invalid, "bad_kind", "the kind must be excess or goodwill", "/kind");
    if (gift && !input.amount)
        return fail(ErrorKind::Invalid, "bad_amount", "goodwill needs an amount", "/amount");
    if (input.amount && *input.amount <= Minor{})
        return fail(ErrorKind::Invalid, "bad_amount", "the amount must be more than 0", "/amount");
    const Minor amount = input.amount.value_or(excess_funds(order));
    if (gift) {
        ORDERHUB_TRY(check_gift(order, amount, policy));
        ORDERHUB_TRY(check_held(order, amount));
    } else {
        ORDERHUB_TRY(check_left_over(order, amount));
    }
    return amount;
}

Result<void> check_retry(const Order& order, const Refund& failed, const Policy& policy) {
    if (failed.state != MoneyState::failed)
        return fail(ErrorKind::Conflict, "bad_state", "the refund has not failed", "/refund");
    if (failed.kind == RefundKind::foreign || failed.kind == RefundKind::transfer)
        return fail(
            ErrorKind::Conflict, "bad_state",
            "the hub did not ask the provider for it: it must be mended at " + failed.origin,
            "/refund");
    if (std::ranges::find(order.refunds, failed.id, &Refund::replaces) != order.refunds.end())
        return fail(ErrorKind::Conflict, "already_replaced",
                    "another refund stands in its place already", "/refund");
    if (failed.kind == RefundKind::goodwill) return check_gift(order, failed.amount, policy);
    const Minor owed = failed.kind == RefundKind::excess
                           ? excess_funds(order)
                           : refund_due(order, {{}, {}, -failed.amount});
    if (failed.amount > owed)
        return fail(ErrorKind::Invalid, "too_much",
                    "the customer is owed " + in_words(owed, order) + " now, no longer " +
                        in_words(failed.amount, order) + ": refund what is left over instead",
                    "/refund");
    return {};
}

Result<std::vector<Tender>> retry_tenders(const Order& order, const Refund& failed,
                                          const TenderWish& wish, const Policy& policy) {
    TenderWish same = wish;
    if (wish.sequence.empty()) same.sequence = {{failed.payment, failed.operation, failed.amount}};
    auto tenders = plan_tenders(order, failed.amount, policy, same);
    Minor sum;
    if (tenders)
        for (const Tender& each : *tenders)
            sum += each.amount;
    const bool short_of = tenders && !wish.partial && sum < failed.amount;
    if (short_of || (!tenders && wish.sequence.empty()))
        return fail(ErrorKind::Invalid, "too_much",
                    "payment " + failed.payment + " no longer holds " +
                        in_words(failed.amount, order) + ": name others in tenders",
                    "/refund");
    return tenders;
}

void resolve_failure(Order& order, std::string_view refund, const Context& context) {
    for (ProcessException& each : order.exceptions) {
        if (each.code != "refund_failed" || each.subject != refund ||
            each.state != ExceptionState::active)
            continue;
        each.state = ExceptionState::resolved;
        each.resolved_by = context.actor;
        each.resolution = "refunded again";
        each.resolved_at = context.now;
    }
}

}  // namespace

Minor excess_funds(const Order& order) {
    const Minor given_back = refunded(order) - gifts(order);
    const Minor left_over = captured(order) - given_back - total(order).inc;
    return std::max(Minor{}, std::min(left_over, held(order)));
}

Minor money_kept(const Order& order) {
    return captured(order) - given_back_by_hub(order) - given_back_by_others(order);
}

Minor balance_due(const Order& order) {
    return std::max(Minor{}, total(order).inc - money_kept(order));
}

Result<Plan> plan_refund(Order order, const RefundInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::refund));
    const auto amount = refund_amount(order, input, context.policy);
    if (!amount) return std::unexpected(amount.error());
    const auto tenders = plan_tenders(order, *amount, context.policy, input.tenders);
    if (!tenders) return std::unexpected(tenders.error());
    if (tenders->empty())
        return fail(ErrorKind::Invalid, "no_tenders", "a partial refund needs tenders", "/tenders");
    Plan plan = start_plan(std::move(order), ActionKind::refund);
    add_refunds(plan.order, *tenders, input.kind, input.reason, context.now);
    return plan;
}

Result<Plan> plan_retry_refund(Order order, std::string_view refund, const TenderWish& wish,
                               const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::retry_refund));
    const auto found = std::ranges::find(order.refunds, refund, &Refund::id);
    if (refund.empty() || found == order.refunds.end())
        return fail(ErrorKind::Invalid, "unknown_refund",
                    "the order has no refund " + std::string(refund), "/refund");
    const Refund failed = *found;
    ORDERHUB_TRY(check_retry(order, failed, context.policy));
    const auto tenders = retry_tenders(order, failed, wish, context.policy);
    if (!tenders) return std::unexpected(tenders.error());
    if (tenders->empty())
        return fail(ErrorKind::Invalid, "no_tenders", "a partial refund needs tenders", "/tenders");
    Plan plan = start_plan(std::move(order), ActionKind::retry_refund);
    plan.subject = failed.id;
    auto& refunds = plan.order.refunds;
    const std::size_t first = refunds.size();
    add_refunds(plan.order, *tenders, failed.kind, failed.reason, context.now);
    for (std::size_t i = first; i < refunds.size(); ++i)
        refunds[i].replaces = failed.id;
    resolve_failure(plan.order, failed.id, context);
    return plan;
}

}  // namespace orderhub::domain
