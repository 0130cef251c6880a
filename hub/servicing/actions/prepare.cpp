// An action worked out: the domain's plan, and what it means for other orders.
#include <fmt/format.h>

#include <algorithm>

#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/progress/money_moves.hpp"

namespace orderhub::servicing {

namespace {

constexpr std::string_view kExchange = "exchange:";
/// The plan's own orders stand before the others.
constexpr std::size_t kOwnOrders = 2;

Result<void> check_version(const domain::Order& order, std::int64_t expected) {
    if (expected == 0 || expected == order.version) return {};
    return fail(ErrorKind::Conflict, "order_changed",
                fmt::format("the order is at version {}, the request is for version {}: look at it "
                            "again",
                            order.version, expected));
}

/// What the domain leaves to us because it does not know who asks.
void sign(const Work& work, domain::Order& order) {
    for (domain::ChangeOrder& change : order.change_orders) {
        if (!change.id.empty()) continue;
        change.origin = "hub";
        change.actor = work.request.actor;
        change.at = work.request.now_ms;
        // Nobody outside has the lines of an exchange order.
        if (is_exchange_order(order)) change.echo = domain::Echo::none;
    }
}

/// The goods of an exchange order leave once they are paid for.
void ask_for_goods(const Work& work, domain::Order& order, const std::string& reason) {
    domain::Fulfilment goods;
    goods.origin = "hub";
    goods.at = work.request.now_ms;
    goods.reason = reason;
    for (const domain::Line& line : order.lines)
        if (line.kind == domain::LineKind::product && !domain::is_container(order, line) &&
            line.available_to_cancel() > 0)
            goods.lines.push_back({line.id, line.available_to_cancel()});
    if (goods.lines.empty()) return;
    order.fulfilments.push_back(std::move(goods));
    domain::count_units(order);
}

/// Books the money that the plan moves to orders that were there before.
Result<void> receive_transfers(const Work& work, Prepared& prepared) {
    for (const domain::Transfer& each : prepared.plan.transfers) {
        if (each.order_id.empty()) continue;
        const auto index = other_order(work, prepared, each.order_id);
        if (!index) return std::unexpected(index.error());
        domain::Order& receiver = prepared.at(*index);
        const bool lacked = domain::balance_due(receiver) > domain::Minor{};
        domain::add_transfer(receiver, each, prepared.before.id, work.request.now_ms);
        if (lacked && domain::balance_due(receiver) == domain::Minor{})
            ask_for_goods(work, receiver, prepared.reason);
    }
    return {};
}

void complete_exchange(const Work& work, Prepared& prepared) {
    if (!prepared.plan.exchange) return;
    domain::Order& exchange = *prepared.plan.exchange;
    exchange.external_id = kExchange;
    if (domain::balance_due(exchange) == domain::Minor{})
        ask_for_goods(work, exchange, prepared.reason);
}

std::string reason_of(const boost::json::object& input) {
    const auto* reason = input.if_contains("reason");
    return reason != nullptr && reason->is_string() ? std::string(reason->get_string())
                                                    : std::string();
}

}  // namespace

bool is_exchange_order(std::string_view external_id) {
    return external_id.starts_with(kExchange);
}

domain::Order& Prepared::at(std::size_t order) {
    return order == 0   ? plan.order
           : order == 1 ? plan.exchange.value()
                        : others.at(order - kOwnOrders);
}
const domain::Order& Prepared::at(std::size_t order) const {
    return order == 0   ? plan.order
           : order == 1 ? plan.exchange.value()
                        : others.at(order - kOwnOrders);
}

Result<std::size_t> other_order(const Work& work, Prepared& prepared, const std::string& id) {
    if (id == prepared.before.id) return 0;
    const auto known = std::ranges::find(prepared.others, id, &domain::Order::id);
    const std::size_t index = static_cast<std::size_t>(known - prepared.others.begin());
    if (known == prepared.others.end()) {
        auto loaded = work.order(id);
        if (!loaded) return std::unexpected(std::move(loaded).error());
        prepared.others.push_back(*std::move(loaded));
    }
    return kOwnOrders + index;
}

Result<Prepared> prepare(const Work& work, domain::ActionKind action, std::string_view order_id,
                         std::int64_t expected_version, const boost::json::object& input) {
    auto order = work.order(order_id);
    if (!order) return std::unexpected(std::move(order).error());
    ORDERHUB_TRY(check_version(*order, expected_version));
    ORDERHUB_TRY(domain::check_open(*order, action));
    auto plan = make_plan(work, action, *order, input);
    if (!plan) return std::unexpected(std::move(plan).error());
    Prepared prepared{*std::move(order), *std::move(plan), reason_of(input), {}, {}};
    sign(work, prepared.plan.order);
    if (action == domain::ActionKind::resolve_exception)
        finish_refund_by_hand(prepared.plan.order, prepared.plan.subject, work.request.now_ms);
    complete_exchange(work, prepared);
    ORDERHUB_TRY(receive_transfers(work, prepared));
    if (is_exchange_order(prepared.before) &&
        domain::balance_due(prepared.before) > domain::Minor{} &&
        domain::balance_due(prepared.plan.order) == domain::Minor{})
        ask_for_goods(work, prepared.plan.order, prepared.reason);
    ORDERHUB_TRY(find_effects(work, prepared));
    return prepared;
}

}  // namespace orderhub::servicing
