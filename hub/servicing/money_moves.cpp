#include "hub/servicing/money_moves.hpp"

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

}  // namespace orderhub::servicing
