#include "hub/servicing/progress/money_moves.hpp"

#include <algorithm>

#include "hub/domain/money_state.hpp"
#include "hub/domain/snapshot.hpp"

namespace orderhub::servicing {

using domain::MoneyState;

bool move_money(MoneyState& state, MoneyState to) {
    if (state == to) return false;
    const bool straight = domain::may_become(state, to);
    const bool over_sent = to != MoneyState::reserved &&
                           domain::may_become(state, MoneyState::sent) &&
                           domain::may_become(MoneyState::sent, to);
    if (!straight && !over_sent) return false;
    state = to;
    return true;
}

bool move_refund(MoneyState& state, MoneyState to) {
    if (!domain::may_bounce(state, to)) return move_money(state, to);
    state = to;
    return true;
}

void raise_failed(domain::Order& order, const domain::Refund& refund, std::int64_t now) {
    domain::ProcessException exception;
    exception.code = "refund_failed";
    exception.subject = refund.id;
    exception.category = "payment";
    exception.severity = exception.priority = "high";
    exception.message = "the refund did not succeed: " + refund.message;
    exception.raised_at = now;
    domain::raise_exception(order, std::move(exception));
}

bool was_recorded(const std::string& payment) {
    return payment.starts_with("recorded:");
}

void ask_for_refund_by_hand(domain::Order& order, const domain::Refund& refund, std::int64_t now) {
    domain::ProcessException exception;
    exception.code = "refund_by_hand";
    exception.subject = refund.id;
    exception.category = "payment";
    exception.severity = exception.priority = "high";
    exception.message = "give back " + domain::to_decimal(refund.amount, order.currency) + " " +
                        order.currency.code + " on payment " + refund.payment +
                        ", which no connector can, and resolve this";
    exception.raised_at = now;
    domain::raise_exception(order, std::move(exception));
}

void finish_refund_by_hand(domain::Order& order, const std::string& exception, std::int64_t now) {
    const auto asked =
        std::ranges::find(order.exceptions, exception, &domain::ProcessException::id);
    if (asked == order.exceptions.end() || asked->code != "refund_by_hand" ||
        asked->state != domain::ExceptionState::resolved)
        return;
    const auto refund = std::ranges::find(order.refunds, asked->subject, &domain::Refund::id);
    if (refund != order.refunds.end() && move_money(refund->state, MoneyState::succeeded))
        refund->done_at = now;
}

}  // namespace orderhub::servicing
