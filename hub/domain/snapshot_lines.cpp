#include "hub/domain/snapshot_lines.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

/// What a line shows beyond what the hub expected there.
struct Difference {
    std::int64_t units = 0;
    Amount amount;
    bool ours = false;  ///< the snapshot also shows, for the first time, a change of the hub
};

Line new_line(Order& order, const SnapshotLine& shown) {
    Line line;
    line.id = "l" + std::to_string(order.lines.size() + 1);
    line.external_id = shown.external_id;
    line.kind = shown.kind;
    line.sku = shown.sku;
    line.name = shown.name;
    line.delivery_group = shown.delivery_group;
    line.units_per_bundle = shown.bundle.empty() ? 0 : shown.units_per_bundle;
    line.unit_price = shown.unit_price;
    return line;
}

/// A line met with the order's first snapshot: its original includes the units that were cancelled
/// before we came.
void import_line(Applying& applying, const SnapshotLine& shown) {
    Line line = new_line(applying.order, shown);
    line.ordered = std::max(shown.ordered_quantity, shown.quantity);
    line.list = shown.list + shown.cancelled_total;
    line.adjustments = shown.adjustments;
    line.original = shown.total + shown.cancelled_total;
    line.pools = {make_pool(line.ordered, line.original, shown.taxes)};
    line.seen_quantity = line.ordered;
    line.seen_total = line.original;
    applying.order.lines.push_back(std::move(line));
}

/// A line that somebody added in the storefront: the original stays 0, a change order adds it.
void add_line(Applying& applying, const SnapshotLine& shown) {
    Line line = new_line(applying.order, shown);
    line.pools = {make_pool(0, {}, shown.taxes)};
    applying.order.lines.push_back(std::move(line));
}

ChangeOrder storefront_change(const Applying& applying, ChangeKind kind) {
    ChangeOrder change;
    change.kind = kind;
    change.origin = applying.order.connector;
    change.actor = "connector:" + applying.order.connector;
    change.at = applying.snapshot.observed_at;
    if (applying.snapshot.cancellations)
        for (const SnapshotCancellation& each : *applying.snapshot.cancellations)
            if (each.key.empty()) change.reason = each.reason;
    return change;
}

void record(Applying& applying, ChangeOrder change) {
    const std::string what = change.kind == ChangeKind::cancel    ? "cancelled"
                             : change.kind == ChangeKind::return_ ? "taken back"
                             : change.kind == ChangeKind::add     ? "added"
                                                                  : "changed in price";
    for (const ChangeLine& part : change.lines) {
        const Line* line = find_line(applying.order, part.line_id);
        applying.note(
            "change_order.storefront", part.line_id,
            std::to_string(part.quantity) + " x " + line->name + " " + what + " in the storefront");
    }
    applying.new_changes.push_back(std::move(change));
}

/// The rest of the line gets a new price: one pool starts afresh with what is left.
void reprice(Line& line, std::int64_t units, const Amount& amount) {
    line.pools = {make_pool(units, amount, std::move(line.pools.front().taxes))};
}

/// The storefront shows one tax for all; it is split as the line's taxes are.
ChangeLine change_line(const Line& line, std::int64_t units, const Amount& delta) {
    return {line.id, units, delta, make_pool(0, delta, line.pools.front().taxes).taxes};
}

bool is_negative(const Amount& amount) {
    return amount.ex < Minor{} || amount.tax < Minor{} || amount.inc < Minor{};
}

/// The storefront does not know what the hub has taken off a price.
bool discounted_here(const Order& order, const Line& line) {
    return std::ranges::any_of(order.change_orders, [&](const ChangeOrder& change) {
        return change.kind == ChangeKind::discount &&
               std::ranges::any_of(change.lines,
                                   [&](const ChangeLine& part) { return part.line_id == line.id; });
    });
}

Amount part_of(const Amount& amount, std::int64_t units, std::int64_t of) {
    const Minor ex = share(amount.ex, units, of);
    const Minor tax = share(amount.tax, units, of);
    return {ex, tax, ex + tax};
}

void shrink(Applying& applying, Line& line, const Difference& difference) {
    const std::int64_t gone = -difference.units;
    const std::int64_t restocked_before = line.seen_restocked;
    const std::int64_t cancels =
        std::min(gone, std::max<std::int64_t>(0, line.available_to_cancel()));
    const std::int64_t returns =
        std::min(gone - cancels, std::max<std::int64_t>(0, line.available_to_return()));
    const std::int64_t restocks =
        std::min(gone - cancels - returns, line.returned - restocked_before);
    line.seen_restocked += restocks;
    const std::int64_t rest = gone - cancels - returns - restocks;
    if (rest > 0)
        applying.raise("units_disagree", line.id, "order",
                       "the storefront took " + std::to_string(rest) + " more units of " +
                           line.name + " away than the hub has");
    const std::int64_t counted = cancels + returns;
    if (counted == 0) return;
    const TaxLocale locale = applying.order.tax_locale;
    const Amount current = value(line, locale);
    const Amount shown = part_of(difference.amount, counted, gone);
    // Its figure stands, unless it knows a price that does not hold here.
    const bool unknown_there = discounted_here(applying.order, line) ||
                               (!is_negative(current) && is_negative(current + shown));
    const Amount amount = unknown_there ? -worth(line, counted, locale).delta : shown;
    const std::int64_t left = units_left(line) - counted;
    const Amount for_cancels = part_of(amount, cancels, counted);
    const auto book = [&](ChangeKind kind, std::int64_t units, const Amount& delta) {
        if (units == 0) return;
        ChangeOrder change = storefront_change(applying, kind);
        change.stage = kind == ChangeKind::return_ ? Stage::post : Stage::pre;
        change.lines.push_back(change_line(line, units, delta));
        change.delta = delta;
        record(applying, std::move(change));
    };
    line.cancelled += cancels;
    line.returned += returns;
    line.return_initiated += returns;
    line.seen_restocked += returns;
    const Amount after = current + amount;
    book(ChangeKind::cancel, cancels, for_cancels);
    book(ChangeKind::return_, returns, amount - for_cancels);
    reprice(line, left, after);
}

void grow(Applying& applying, Line& line, const Difference& difference) {
    const Amount after = value(line, applying.order.tax_locale) + difference.amount;
    const std::int64_t units = units_left(line) + difference.units;
    ChangeOrder change = storefront_change(applying, ChangeKind::add);
    change.lines.push_back(change_line(line, difference.units, difference.amount));
    change.delta = difference.amount;
    line.ordered += difference.units;
    reprice(line, units, after);
    record(applying, std::move(change));
}

void adjust(Applying& applying, Line& line, const Difference& difference) {
    const Currency& currency = applying.order.currency;
    if (difference.ours) {
        // Never silently corrected: the hub's figures stand, the person decides. Where the total is
        // the same, it is the tax within it that is not.
        const bool only_tax = difference.amount.inc == Minor{};
        const Minor away = only_tax ? difference.amount.tax : difference.amount.inc;
        applying.raise("amount_disagrees", line.id, "order",
                       std::string("after the cancellation the storefront shows ") +
                           (only_tax ? "the tax of " : "") + line.name + " " +
                           to_decimal(away, currency) + " " + currency.code +
                           " away from the hub's figure");
        return;
    }
    ChangeOrder change = storefront_change(applying, ChangeKind::adjust);
    change.lines.push_back(change_line(line, 0, difference.amount));
    change.delta = difference.amount;
    reprice(line, units_left(line), value(line, applying.order.tax_locale) + difference.amount);
    record(applying, std::move(change));
}

/// What the hub's own, newly visible changes take off a line.
ChangeLine expected_change(const Applying& applying, const Line& line) {
    ChangeLine sum;
    for (const ChangeOrder* change : applying.newly_seen)
        for (const ChangeLine& part : change->lines)
            if (part.line_id == line.id) {
                sum.quantity += part.quantity;
                sum.delta += part.delta;
            }
    return sum;
}

Difference difference_of(const Applying& applying, const Line& line, const SnapshotLine& shown) {
    const ChangeLine expected = expected_change(applying, line);
    return {shown.quantity - (line.seen_quantity - expected.quantity),
            shown.total - (line.seen_total + expected.delta), !applying.newly_seen.empty()};
}

void see(Line& line, const SnapshotLine& shown) {
    line.seen_quantity = shown.quantity;
    line.seen_total = shown.total;
}

void apply_line(Applying& applying, Line& line, const SnapshotLine& shown) {
    const Difference difference = difference_of(applying, line, shown);
    see(line, shown);
    if (difference.units < 0)
        shrink(applying, line, difference);
    else if (difference.units > 0)
        grow(applying, line, difference);
    else if (!difference.amount.is_zero())
        adjust(applying, line, difference);
}

/// A bundle's parts by the bundle's line id. The split of its price over them may shift by a minor
/// unit from one showing to the next; that is no change.
using Families = std::map<std::string, std::vector<Line*>, std::less<>>;

Families families_of(Order& order) {
    Families families;
    for (Line& line : order.lines)
        if (!line.bundle.empty()) families[line.bundle].push_back(&line);
    return families;
}

const SnapshotLine* find_shown(const Applying& applying, const Line& line) {
    const auto& lines = applying.snapshot.lines;
    const auto found = std::ranges::find(lines, line.external_id, &SnapshotLine::external_id);
    return found == lines.end() ? nullptr : &*found;
}

bool only_shifted(const Applying& applying, const std::vector<Line*>& parts) {
    Amount sum;
    for (const Line* line : parts) {
        const SnapshotLine* shown = find_shown(applying, *line);
        if (shown == nullptr) return false;
        const Difference difference = difference_of(applying, *line, *shown);
        if (difference.units != 0) return false;
        sum += difference.amount;
    }
    return sum.is_zero();
}

/// A bundle's own line has units but no value; its counters follow from its parts'.
void apply_container(Line& line, const SnapshotLine& shown) {
    line.ordered = std::max(line.ordered, shown.quantity);
    see(line, shown);
}

/// A storefront that keeps no list of cancellations: units of the hub's that were asked for and are
/// gone were ours.
bool looks_done(const Applying& applying, const ChangeOrder& change) {
    return std::ranges::all_of(change.lines, [&](const ChangeLine& part) {
        const Line* line = find_line(applying.order, part.line_id);
        const auto shown = std::ranges::find(applying.snapshot.lines, line->external_id,
                                             &SnapshotLine::external_id);
        return shown != applying.snapshot.lines.end() &&
               shown->quantity <= line->seen_quantity - part.quantity;
    });
}

}  // namespace

void recognise_changes(Applying& applying) {
    const auto& list = applying.snapshot.cancellations;
    for (ChangeOrder& change : applying.order.change_orders) {
        if (change.echo != Echo::expected && change.echo != Echo::done) continue;
        const bool listed =
            list && std::ranges::any_of(*list, [&](const SnapshotCancellation& each) {
                return each.key == change.key;
            });
        if (listed || (!list && looks_done(applying, change))) {
            change.echo = Echo::seen;
            applying.newly_seen.push_back(&change);
            applying.resolve("change_not_visible", change.id);
        } else if (change.echo == Echo::done && change.done_at < applying.snapshot.observed_at) {
            applying.raise("change_not_visible", change.id, "order",
                           "the storefront confirmed a cancellation but does not show it");
        }
    }
}

void add_lines(Applying& applying) {
    const std::size_t before = applying.order.lines.size();
    // First: the views below must not move.
    applying.order.lines.reserve(before + applying.snapshot.lines.size());
    std::unordered_set<std::string_view> known;
    for (const Line& line : applying.order.lines)
        known.insert(line.external_id);
    for (const SnapshotLine& shown : applying.snapshot.lines)
        if (!known.contains(shown.external_id))
            applying.first_time ? import_line(applying, shown) : add_line(applying, shown);
    if (applying.order.lines.size() == before) return;
    for (const SnapshotLine& shown : applying.snapshot.lines) {
        if (shown.bundle.empty()) continue;
        if (const Line* bundle = find_line_by_external_id(applying.order, shown.bundle))
            find_line_by_external_id(applying.order, shown.external_id)->bundle = bundle->id;
    }
}

void apply_differences(Applying& applying) {
    const Families families = families_of(applying.order);
    std::unordered_set<std::string_view> shifted;
    for (const auto& [bundle, parts] : families)
        if (only_shifted(applying, parts))
            for (const Line* part : parts)
                shifted.insert(part->id);
    std::unordered_map<std::string_view, const SnapshotLine*> lines;
    for (const SnapshotLine& shown : applying.snapshot.lines)
        lines.emplace(shown.external_id, &shown);
    // A line that the storefront no longer shows is a line of nothing.
    const SnapshotLine nothing;
    for (Line& line : applying.order.lines) {
        const auto found = lines.find(line.external_id);
        if (found == lines.end() && line.seen_quantity == 0 && line.seen_total.is_zero()) continue;
        const SnapshotLine& shown = found == lines.end() ? nothing : *found->second;
        if (families.contains(line.id))
            apply_container(line, shown);
        else if (shifted.contains(line.id))
            see(line, shown);
        else
            apply_line(applying, line, shown);
    }
}

}  // namespace orderhub::domain
