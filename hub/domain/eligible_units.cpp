// Where each unit of a line stands, and what that means for an action.
#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "hub/domain/eligibility.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

/// A unit is in exactly one of these; `resent` are those of the kept ones that were sent again.
enum Standing { pre, in, kept, resent, underway, returned, cancelled };
constexpr std::size_t kStandings = 7;

std::array<std::int64_t, kStandings> standings(const Line& line) {
    const std::int64_t with_customer = line.available_to_return();
    const std::int64_t twice = std::clamp<std::int64_t>(line.reshipped, 0, with_customer);
    return {line.available_to_cancel(),
            line.in_fulfilment(),
            with_customer - twice,
            twice,
            line.return_initiated - line.returned,
            line.returned,
            line.cancelled};
}

struct Rule {
    ActionKind action;
    std::array<std::string_view, kStandings> codes;  ///< empty: eligible
};

constexpr std::string_view kBack = "on_the_way_back", kReturned = "returned",
                           kCancelled = "cancelled", kNot = "not_fulfilled";
constexpr Rule kRules[] = {
    {ActionKind::cancel, {"", "allocated", "fulfilled", "fulfilled", kBack, kReturned, kCancelled}},
    {ActionKind::discount, {"", "in_fulfilment", "", "", kBack, kReturned, kCancelled}},
    {ActionKind::appease, {kNot, kNot, "", "", kBack, kReturned, kCancelled}},
    {ActionKind::reship, {kNot, kNot, "", "reshipped", kBack, kReturned, kCancelled}},
    {ActionKind::return_, {kNot, kNot, "", "", kBack, kReturned, kCancelled}},
    {ActionKind::open_return, {kNot, kNot, "", "", kBack, kReturned, kCancelled}},
    {ActionKind::exchange, {"", "in_fulfilment", "", "", kBack, kReturned, kCancelled}},
    {ActionKind::fulfil, {"", "allocated", "fulfilled", "fulfilled", kBack, kReturned, kCancelled}},
};

constexpr std::pair<std::string_view, std::string_view> kReasons[] = {
    {"allocated", "a fulfilment order has them"},
    {"fulfilled", "they have left"},
    {kNot, "they have not left yet"},
    {"in_fulfilment", "a fulfilment order has them and they have not left yet"},
    {"reshipped", "they were sent again already"},
    {kBack, "a return order expects them"},
    {kReturned, "they came back"},
    {kCancelled, "they were cancelled"},
    {"incomplete", "other parts of the bundle do not allow it"},
    {"no_value", "they cost nothing (any more)"},
    {"not_a_product", "it is a charge, not goods"},
};

constexpr bool all_explained() {
    for (const Rule& rule : kRules)
        for (const std::string_view code : rule.codes)
            if (!code.empty() && std::ranges::none_of(kReasons, [&](const auto& each) {
                    return each.first == code;
                }))
                return false;
    return true;
}
static_assert(all_explained());

const Rule* rule_of(ActionKind action) {
    const auto found = std::ranges::find(kRules, action, &Rule::action);
    return found == std::end(kRules) ? nullptr : found;
}

void block(LineEligibility& entry, std::int64_t units, std::string_view code) {
    if (units <= 0) return;
    const auto known = std::ranges::find(entry.blocked, code, &Blocked::code);
    if (known != entry.blocked.end()) {
        known->units += units;
        return;
    }
    const auto reason =
        std::ranges::find(kReasons, code, &std::pair<std::string_view, std::string_view>::first);
    entry.blocked.push_back({units, std::string(code), std::string(reason->second)});
}

LineEligibility by_standing(const Line& line, const Rule& rule) {
    LineEligibility entry;
    entry.line_id = line.id;
    const auto units = standings(line);
    for (std::size_t i = 0; i < kStandings; ++i) {
        if (rule.codes[i].empty())
            entry.units += std::max<std::int64_t>(0, units[i]);
        else
            block(entry, units[i], rule.codes[i]);
    }
    return entry;
}

void keep_at_most(LineEligibility& entry, std::int64_t most, std::string_view code) {
    block(entry, entry.units - most, code);
    entry.units = std::min(entry.units, most);
}

bool is_discount(ActionKind action) {
    return action == ActionKind::discount || action == ActionKind::appease;
}

class Units {
public:
    Units(const Order& order, const Rule& rule) : order_(order), rule_(rule) {
        for (const Line& line : order.lines)
            if (!line.bundle.empty() && line.units_per_bundle > 0)
                parts_[line.bundle].push_back(&line);
    }

    LineEligibility of(const Line& line) const {
        if (line.kind != LineKind::product) return of_charge(line);
        LineEligibility entry = by_standing(line, rule_);
        const auto parts = parts_.find(line.id);
        if (parts != parts_.end()) keep_at_most(entry, whole_bundles(parts->second), "incomplete");
        if (!is_discount(rule_.action)) return entry;
        const bool costs =
            parts == parts_.end() ? has_value(line, entry.units) : any_has_value(parts->second);
        if (!costs) keep_at_most(entry, 0, "no_value");
        return entry;
    }

private:
    std::int64_t whole_bundles(const std::vector<const Line*>& parts) const {
        std::int64_t whole = std::numeric_limits<std::int64_t>::max();
        for (const Line* part : parts)
            whole = std::min(whole, by_standing(*part, rule_).units / part->units_per_bundle);
        return whole;
    }

    bool any_has_value(const std::vector<const Line*>& parts) const {
        return std::ranges::any_of(parts, [&](const Line* part) {
            return has_value(*part, by_standing(*part, rule_).units);
        });
    }

    bool has_value(const Line& line, std::int64_t units) const {
        return worth(line, units, order_.tax_locale).delta.inc > Minor{};
    }

    /// A discount may name charges; one for what has left, only charges of a group that has left.
    LineEligibility of_charge(const Line& line) const {
        LineEligibility entry;
        entry.line_id = line.id;
        const bool named = is_discount(rule_.action);
        const bool waits = rule_.action == ActionKind::appease && line.kind == LineKind::delivery &&
                           !has_left(line.delivery_group);
        const std::int64_t left = units_left(line);
        if (named && !waits && has_value(line, left)) entry.units = left;
        block(entry, line.ordered - entry.units,
              !named  ? "not_a_product"
              : waits ? kNot
                      : "no_value");
        return entry;
    }

    bool has_left(const std::string& group) const {
        return std::ranges::any_of(order_.lines, [&](const Line& line) {
            return line.kind == LineKind::product && line.delivery_group == group &&
                   line.fulfilled > 0;
        });
    }

    const Order& order_;
    const Rule& rule_;
    std::unordered_map<std::string_view, std::vector<const Line*>> parts_;
};

}  // namespace

std::vector<LineEligibility> eligible_units(const Order& order, ActionKind action) {
    std::vector<LineEligibility> lines;
    const Rule* rule = rule_of(action);
    if (rule == nullptr) return lines;
    const Units units(order, *rule);
    for (const Line& line : order.lines)
        lines.push_back(units.of(line));
    return lines;
}

}  // namespace orderhub::domain
