#include <algorithm>

#include "hub/domain/reconcile_sides.hpp"
#include "hub/domain/status.hpp"

namespace orderhub::domain {

namespace {

/// The hub's own changes that lie between its total and the storefront's.
struct OwnChanges {
    Amount never_shown;
    Amount on_the_way;
};

OwnChanges own_changes(const Order& order) {
    OwnChanges sum;
    for (const ChangeOrder& change : order.change_orders) {
        if (change.origin != "hub") continue;
        if (change.echo == Echo::none) sum.never_shown += change.delta;
        if (change.echo == Echo::expected || change.echo == Echo::done)
            sum.on_the_way += change.delta;
    }
    return sum;
}

bool has_restocked(const Order& order) {
    return std::ranges::any_of(order.lines,
                               [](const Line& line) { return line.seen_restocked != 0; });
}

}  // namespace

bool counts(const Period& period, const Order& order) {
    return period.holds(order.placed_at) ||
           std::ranges::any_of(order.change_orders,
                               [&](const ChangeOrder& each) { return period.holds(each.at); }) ||
           std::ranges::any_of(order.refunds,
                               [&](const Refund& each) { return period.holds(happened_at(each)); });
}

namespace {

void compare_totals(const Order& order, const Snapshot& shown, std::vector<Difference>& found) {
    Findings findings(found, ReconciledSide::storefront, order);
    const Amount ours = total(order);
    const OwnChanges own = own_changes(order);
    const Amount arrived = ours - own.never_shown;
    const auto add = [&](DifferenceKind kind, std::string code, std::string reason) {
        findings.add(kind, std::move(code), shown.external_id, ours.inc, shown.totals.inc,
                     std::move(reason));
    };
    if (shown.totals == ours) return;
    if (shown.totals == arrived)
        return add(DifferenceKind::explained, "changed_here",
                   "Changes made in the hub that the storefront does not show: " +
                       findings.money(own.never_shown.inc) + ".");
    if (shown.totals == arrived - own.on_the_way)
        return add(DifferenceKind::explained, "change_under_way",
                   "Changes of the hub are on their way to the storefront: " +
                       findings.money(own.on_the_way.inc) + ".");
    // Returned units that the storefront took off afterwards: its total has come closer to ours by
    // what they cost there.
    if (has_restocked(order) && shown.totals == order.storefront_totals)
        return add(DifferenceKind::explained, "restocked_there",
                   "The storefront took returned units off the order by itself.");
    add(DifferenceKind::different, "order_totals_differ",
        "Beyond the hub's own changes they differ by " +
            findings.money(shown.totals.inc - arrived.inc) + ".");
}

}  // namespace

void reconcile_shown(const Period& period, const Order* order, const ShownOrder& shown,
                     std::vector<Difference>& found) {
    const Snapshot& theirs = shown.order;
    if (order == nullptr) {
        if (!period.holds(theirs.placed_at)) return;
        found.push_back(
            {DifferenceKind::missing, ReconciledSide::storefront, "order_not_in_hub", "",
             theirs.number, theirs.external_id, theirs.currency, std::nullopt, theirs.totals.inc,
             "The storefront " + shown.connector + " has an order that the hub does not have."});
        return;
    }
    if (!counts(period, *order)) return;
    if (theirs.currency == order->currency) return compare_totals(*order, theirs, found);
    Findings(found, ReconciledSide::storefront, *order)
        .add(DifferenceKind::different, "order_currency_differs", theirs.external_id,
             total(*order).inc, std::nullopt,
             "The storefront has it in " + theirs.currency.code + ".");
}

void reconcile_not_shown(const Period& period, const Order& order, std::vector<Difference>& found) {
    if (!counts(period, order)) return;
    Findings(found, ReconciledSide::storefront, order)
        .add(DifferenceKind::missing, "order_not_at_storefront", order.external_id,
             total(order).inc, std::nullopt,
             "The storefront " + order.connector + " no longer shows it.");
}

}  // namespace orderhub::domain
