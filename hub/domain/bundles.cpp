#include <algorithm>

#include "hub/domain/snapshot_lines.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

using Parts = std::vector<SnapshotLine*>;

Parts parts_of(Snapshot& snapshot, const SnapshotLine& bundle) {
    Parts parts;
    for (SnapshotLine& line : snapshot.lines)
        if (line.bundle == bundle.external_id) parts.push_back(&line);
    return parts;
}

std::vector<std::int64_t> weights_of(const Parts& parts) {
    const bool priced = std::ranges::any_of(
        parts, [](const SnapshotLine* part) { return part->unit_price.inc > Minor{}; });
    std::vector<std::int64_t> weights;
    for (const SnapshotLine* part : parts)
        weights.push_back(part->quantity *
                          (priced ? std::max<std::int64_t>(0, part->unit_price.inc.count()) : 1));
    return weights;
}

void spread(Amount SnapshotLine::* member, SnapshotLine& bundle, const Parts& parts,
            const std::vector<std::int64_t>& weights) {
    const auto shares = split({{}, 0, bundle.*member, {}}, weights);
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i]->*member += shares[i].delta;
    bundle.*member = {};
}

void spread_taxes(SnapshotLine& bundle, const Parts& parts,
                  const std::vector<std::int64_t>& weights) {
    const auto shares = split({{}, 0, bundle.total, std::move(bundle.taxes)}, weights);
    bundle.taxes.clear();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        ChangeLine sum{{}, 0, {}, std::move(parts[i]->taxes)};
        add(sum, {{}, 0, {}, shares[i].taxes});
        parts[i]->taxes = std::move(sum.taxes);
    }
}

}  // namespace

Snapshot without_bundle_prices(const Snapshot& shown) {
    Snapshot snapshot = shown;
    const bool bundles = std::ranges::any_of(
        shown.lines, [](const SnapshotLine& line) { return !line.bundle.empty(); });
    if (!bundles) return snapshot;
    for (SnapshotLine& line : snapshot.lines) {
        const Parts parts = parts_of(snapshot, line);
        if (parts.empty()) continue;
        const auto weights = weights_of(parts);
        for (const Adjustment& each : line.adjustments) {
            const auto shares = split({{}, 0, each.amount, {}}, weights);
            for (std::size_t i = 0; i < parts.size(); ++i)
                parts[i]->adjustments.push_back({each.order_level, each.label, shares[i].delta});
        }
        line.adjustments.clear();
        spread_taxes(line, parts, weights);
        spread(&SnapshotLine::list, line, parts, weights);
        spread(&SnapshotLine::total, line, parts, weights);
        spread(&SnapshotLine::cancelled_total, line, parts, weights);
    }
    return snapshot;
}

}  // namespace orderhub::domain
