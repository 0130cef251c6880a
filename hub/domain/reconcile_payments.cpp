#include <algorithm>
#include <set>

#include "hub/domain/reconcile_sides.hpp"
#include "hub/domain/status.hpp"

namespace orderhub::domain {

namespace {

/// Of money that the storefront never saw: taken by other means, or come from another order.
bool is_known_there(const Payment& payment) {
    return payment.source_order.empty() && !payment.external_id.starts_with("recorded:");
}

/// The refunds and payments of one order, here and as its storefront shows them.
class MoneyCheck {
public:
    MoneyCheck(const Period& period, const Order& order, const Snapshot& shown,
               std::vector<Difference>& found)
        : period_(period),
          order_(order),
          shown_(shown),
          findings_(found, ReconciledSide::payments, order) {}

    void run() {
        for (const Refund& refund : order_.refunds)
            if (concerns_storefront(refund)) check(refund);
        for (const SnapshotRefund& refund : shown_.refunds)
            if (!matched_.contains(&refund) && !is_known(refund)) check_unknown(refund);
        for (const Payment& payment : order_.payments)
            if (is_known_there(payment)) check(payment);
        for (const Payment& payment : shown_.payments)
            if (find_payment(order_, payment.external_id) == nullptr) check_unknown(payment);
        check_captured();
    }

private:
    bool concerns_storefront(const Refund& refund) const {
        if (refund.kind == RefundKind::transfer || !refund.connector.empty()) return false;
        const Payment* payment = find_payment(order_, refund.payment);
        return payment == nullptr || is_known_there(*payment);
    }

    static bool is_same(const Refund& ours, const SnapshotRefund& theirs) {
        return (!ours.external_id.empty() && ours.external_id == theirs.external_id) ||
               (!ours.key.empty() && ours.key == theirs.key);
    }

    bool is_known(const SnapshotRefund& theirs) const {
        return std::ranges::any_of(order_.refunds,
                                   [&](const Refund& ours) { return is_same(ours, theirs); });
    }

    void check(const Refund& ours) {
        std::vector<const SnapshotRefund*> same;
        for (const SnapshotRefund& theirs : shown_.refunds)
            if (is_same(ours, theirs)) same.push_back(&theirs);
        matched_.insert(same.begin(), same.end());
        if (!period_.holds(happened_at(ours))) return;
        std::erase_if(same,
                      [](const SnapshotRefund* each) { return each->state == MoneyState::failed; });
        if (same.empty()) return absent(ours);
        if (same.size() > 1) {
            Minor sum;
            for (const SnapshotRefund* each : same)
                sum += each->amount;
            return add(DifferenceKind::doubled, "refund_doubled", name(ours), ours.amount, sum,
                       "It was made " + std::to_string(same.size()) + " times.");
        }
        compare(ours, *same.front());
    }

    void compare(const Refund& ours, const SnapshotRefund& theirs) {
        if (theirs.amount != ours.amount)
            return add(DifferenceKind::different, "refund_amounts_differ", name(ours), ours.amount,
                       theirs.amount,
                       "They differ by " + findings_.money(theirs.amount - ours.amount) + ".");
        if (theirs.state != MoneyState::succeeded) return;
        if (ours.state == MoneyState::failed)
            add(DifferenceKind::different, "refund_succeeded_there", name(ours), ours.amount,
                theirs.amount, "Here it failed; the payment side made it.");
        else if (ours.state != MoneyState::succeeded)
            add(DifferenceKind::explained, "refund_state_behind", name(ours), ours.amount,
                theirs.amount, "The payment side has made it; the hub has not read that yet.");
    }

    void absent(const Refund& ours) {
        switch (ours.state) {
            case MoneyState::succeeded:
                return add(DifferenceKind::missing, "refund_not_shown", name(ours), ours.amount,
                           std::nullopt, "It succeeded here; the payment side does not have it.");
            case MoneyState::unknown:
                return add(DifferenceKind::missing, "refund_unknown", name(ours), ours.amount,
                           std::nullopt,
                           "It was sent, and it is not known whether it was made; the payment "
                           "side does not have it.");
            case MoneyState::failed:
                return;
            case MoneyState::intent:
            case MoneyState::reserved:
            case MoneyState::sent:
            case MoneyState::pending:
                break;
        }
        add(DifferenceKind::explained, "refund_under_way", name(ours), ours.amount, std::nullopt,
            "It is on its way.");
    }

    void check_unknown(const SnapshotRefund& theirs) {
        if (theirs.state == MoneyState::failed) return;
        if (theirs.at != 0 && !period_.holds(theirs.at)) return;
        add(DifferenceKind::missing, "refund_unknown_in_hub", theirs.external_id, std::nullopt,
            theirs.amount, "The payment side has a refund that the hub does not know.");
    }

    void check(const Payment& ours) {
        if (!period_.holds(ours.at) || captured(ours) == Minor{}) return;
        const auto theirs =
            std::ranges::find(shown_.payments, ours.external_id, &Payment::external_id);
        if (theirs == shown_.payments.end())
            return add(DifferenceKind::missing, "payment_not_shown", ours.external_id,
                       captured(ours), std::nullopt,
                       "It was captured here; the payment side does not have it.");
        if (captured(*theirs) != captured(ours))
            add(DifferenceKind::different, "payment_amounts_differ", ours.external_id,
                captured(ours), captured(*theirs),
                "What was captured differs by " +
                    findings_.money(captured(*theirs) - captured(ours)) + ".");
    }

    void check_unknown(const Payment& theirs) {
        if (captured(theirs) == Minor{} || (theirs.at != 0 && !period_.holds(theirs.at))) return;
        add(DifferenceKind::missing, "payment_unknown_in_hub", theirs.external_id, std::nullopt,
            captured(theirs), "The payment side has a payment that the hub does not know.");
    }

    /// Only if something was refunded in the period: an old one was reported then.
    void check_captured() {
        Minor taken;
        for (const Payment& payment : shown_.payments)
            taken += captured(payment);
        Minor given;
        bool lately = false;
        for (const SnapshotRefund& refund : shown_.refunds) {
            if (refund.state == MoneyState::failed) continue;
            given += refund.amount;
            lately = lately || refund.at == 0 || period_.holds(refund.at);
        }
        if (lately && given > taken)
            add(DifferenceKind::different, "refunded_more_than_captured", shown_.external_id, taken,
                given,
                "The payment side captured " + findings_.money(taken) + " and gave back " +
                    findings_.money(given) + ".");
    }

    static std::string name(const Refund& refund) {
        return refund.external_id.empty() ? refund.id : refund.external_id;
    }

    void add(DifferenceKind kind, std::string code, std::string subject, std::optional<Minor> ours,
             std::optional<Minor> theirs, std::string reason) {
        findings_.add(kind, std::move(code), std::move(subject), ours, theirs, std::move(reason));
    }

    const Period& period_;
    const Order& order_;
    const Snapshot& shown_;
    Findings findings_;
    std::set<const SnapshotRefund*> matched_;
};

}  // namespace

void reconcile_payments(const Period& period, const Order& order, const Snapshot& shown,
                        std::vector<Difference>& found) {
    MoneyCheck(period, order, shown, found).run();
}

}  // namespace orderhub::domain
