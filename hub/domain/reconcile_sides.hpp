// Internal to the reconciliation: its three sides, and what they write down.
#pragma once

#include <string>
#include <unordered_map>

#include "hub/domain/reconcile.hpp"

namespace orderhub::domain {

/// Writes differences of one order down.
class Findings {
public:
    Findings(std::vector<Difference>& all, ReconciledSide side, const Order& order)
        : all_(all), side_(side), order_(order) {}

    void add(DifferenceKind kind, std::string code, std::string subject, std::optional<Minor> ours,
             std::optional<Minor> theirs, std::string reason);
    /// "12.00 EUR"
    std::string money(Minor amount) const;

private:
    std::vector<Difference>& all_;
    const ReconciledSide side_;
    const Order& order_;
};

void reconcile_books(const Reconciliation& input, std::vector<Difference>& found);
void reconcile_payments(const Period& period, const Order& order, const Snapshot& shown,
                        std::vector<Difference>& found);
/// `order` is null if the hub does not have it.
void reconcile_shown(const Period& period, const Order* order, const ShownOrder& shown,
                     std::vector<Difference>& found);
void reconcile_not_shown(const Period& period, const Order& order, std::vector<Difference>& found);

/// When a refund happened, as far as is known.
std::int64_t happened_at(const Refund& refund);

}  // namespace orderhub::domain
