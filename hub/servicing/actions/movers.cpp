// Who moves the money of a payment: its storefront, or the connector of a payment provider; and
// when.
#include <algorithm>

#include "hub/servicing/actions/planning.hpp"

namespace orderhub::servicing {

namespace {

bool has(const std::vector<std::string>& list, const std::string& text) {
    return list.empty() || std::ranges::find(list, text) != list.end();
}

bool fits(const PaymentRoute& route, const domain::Order& order, const domain::Payment& payment) {
    const auto begins = [&](const std::string& start) {
        return payment.reference.starts_with(start);
    };
    return !payment.reference.empty() && has(route.storefronts, order.connector) &&
           has(route.methods, payment.method) &&
           (route.references.empty() || std::ranges::any_of(route.references, begins));
}

bool was_sent(const Work& work, const domain::Order& order, const std::string& key) {
    return std::ranges::any_of(work.state.steps(order.id),
                               [&](const StepRow& step) { return step.key == key; });
}

}  // namespace

const std::string& mover_of(const Settings& settings, const domain::Order& order,
                            const std::string& payment) {
    const domain::Payment* found = domain::find_payment(order, payment);
    if (found == nullptr) return order.connector;
    for (const PaymentRoute& route : settings.payment_routes)
        if (fits(route, order, *found)) return route.connector;
    return order.connector;
}

bool waits_for_cancel(const Prepared& prepared, const Effect& effect) {
    return effect.kind == "refund.create" &&
           std::ranges::any_of(prepared.effects, [&](const Effect& other) {
               return other.kind == "order.cancel" && other.connector != effect.connector;
           });
}

void send_waiting_refunds(const Work& work, const domain::Order& order,
                          const std::string& action_id) {
    Prepared prepared;
    prepared.before = prepared.plan.order = order;
    for (std::size_t i = 0; i < order.refunds.size(); ++i) {
        const domain::Refund& each = order.refunds[i];
        if (each.action_id != action_id || each.connector.empty() ||
            each.state != domain::MoneyState::reserved || was_sent(work, order, each.key))
            continue;
        send_effect(work, prepared, {"refund.create", each.connector, 0, i, 0}, action_id);
    }
}

}  // namespace orderhub::servicing
