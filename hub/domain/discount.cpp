#include "hub/domain/discount.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "hub/domain/removal.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

/// Units of a line that take a share, by stage.
struct Share {
    std::size_t line = 0;  ///< index in the order
    std::array<std::int64_t, 3> units{};
    ChangeLine worth;

    std::int64_t sum() const { return units[0] + units[1] + units[2]; }
};

using Stages = std::array<bool, 3>;

bool is_shipped(const Order& order, const std::string& group) {
    return std::ranges::any_of(order.lines, [&](const Line& line) {
        return line.kind == LineKind::product && line.delivery_group == group && line.fulfilled > 0;
    });
}

/// A charge that is not for units counts as one, which stands where its group's goods stand.
Share share_of(const Order& order, std::size_t index, InFulfilment rule, const Stages& stages) {
    const Line& line = order.lines[index];
    Share share;
    share.line = index;
    if (line.kind == LineKind::product) {
        share.units = {line.available_to_cancel(), line.in_fulfilment(),
                       line.available_to_return()};
    } else {
        const bool post = line.kind == LineKind::fee || is_shipped(order, line.delivery_group);
        share.units[post ? 2 : 0] = units_left(line);
    }
    for (std::size_t stage = 0; stage < 3; ++stage)
        share.units[stage] = stages[stage] ? std::max<std::int64_t>(0, share.units[stage]) : 0;
    if (rule == InFulfilment::disallowed) share.units[1] = 0;
    share.worth = worth(line, share.sum(), order.tax_locale);
    return share;
}

Result<std::vector<std::size_t>> chosen_lines(const Order& order,
                                              const std::vector<std::string>& asked) {
    std::vector<std::size_t> chosen;
    if (asked.empty())
        for (std::size_t i = 0; i < order.lines.size(); ++i)
            if (order.lines[i].kind == LineKind::product) chosen.push_back(i);
    const auto lines = index_of_lines(order);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::string at = "/lines/" + std::to_string(i);
        const auto found = lines.find(asked[i]);
        if (found == lines.end())
            return fail(ErrorKind::Invalid, "unknown_line", "the order has no line " + asked[i],
                        at);
        if (!seen.insert(asked[i]).second)
            return fail(ErrorKind::Invalid, "line_twice", "the line is given twice", at);
        chosen.push_back(found->second);
        for (std::size_t part = 0; part < order.lines.size(); ++part)
            if (order.lines[part].bundle == asked[i] && seen.insert(order.lines[part].id).second)
                chosen.push_back(part);
    }
    return chosen;
}

Result<void> check_value(const DiscountInput& input, const Amount& worth) {
    constexpr std::int64_t kWhole = 10'000;
    const std::int64_t most = input.basis == DiscountBasis::percentage        ? kWhole
                              : input.basis == DiscountBasis::amount_with_tax ? worth.inc.count()
                                                                              : worth.ex.count();
    if (input.value > 0 && input.value <= most) return {};
    return fail(ErrorKind::Invalid, "bad_discount",
                "a discount must be more than 0 and at most what the units cost", "/value");
}

/// What each line loses.
std::vector<ChangeLine> parts_of(const DiscountInput& input, const std::vector<Share>& shares,
                                 TaxLocale locale) {
    std::vector<ChangeLine> parts;
    if (input.basis == DiscountBasis::percentage) {
        for (const Share& each : shares)
            parts.push_back(percent_of(each.worth, input.value, locale));
        return parts;
    }
    const bool with_tax = input.basis == DiscountBasis::amount_with_tax;
    std::vector<std::int64_t> weights;
    for (const Share& each : shares)
        weights.push_back(std::max<std::int64_t>(
            0, (with_tax ? each.worth.delta.inc : each.worth.delta.ex).count()));
    const std::vector<Minor> amounts = allocate(Minor{input.value}, weights);
    for (std::size_t i = 0; i < shares.size(); ++i)
        parts.push_back(with_tax ? part_with_tax(shares[i].worth, amounts[i])
                                 : part_without_tax(shares[i].worth, amounts[i]));
    return parts;
}

/// The stage whose change order a bucket of units belongs to.
std::size_t stage_for(std::size_t bucket, InFulfilment rule) {
    return bucket == 1 && rule == InFulfilment::pre_fulfilment ? 0 : bucket;
}

void book(std::array<ChangeOrder, 3>& changes, const Share& share, const ChangeLine& off,
          InFulfilment rule) {
    const std::vector<ChangeLine> parts = split(off, share.units);
    std::array<ChangeLine, 3> sums;
    for (std::size_t bucket = 0; bucket < 3; ++bucket) {
        ChangeLine& sum = sums[stage_for(bucket, rule)];
        add(sum, parts[bucket]);
        sum.quantity += share.units[bucket];
    }
    for (std::size_t stage = 0; stage < 3; ++stage) {
        if (sums[stage].quantity == 0 || sums[stage].delta.is_zero()) continue;
        sums[stage].line_id = off.line_id;
        changes[stage].delta -= sums[stage].delta;
        changes[stage].lines.push_back(-std::move(sums[stage]));
    }
}

void add_changes(Order& order, std::array<ChangeOrder, 3> changes, const std::string& reason,
                 const Context& context) {
    for (std::size_t stage = 0; stage < 3; ++stage) {
        ChangeOrder& change = changes[stage];
        if (change.lines.empty()) continue;
        change.kind = ChangeKind::discount;
        change.stage = static_cast<Stage>(stage);
        change.origin = "hub";
        change.actor = context.actor;
        change.reason = reason;
        change.at = context.now;
        order.change_orders.push_back(std::move(change));
    }
}

Result<Plan> plan(Order order, const DiscountInput& input, const Context& context,
                  ActionKind action, const Stages& stages) {
    const auto chosen = chosen_lines(order, input.line_ids);
    if (!chosen) return std::unexpected(chosen.error());
    std::vector<Share> shares;
    Amount worth;
    for (const std::size_t index : *chosen) {
        Share share = share_of(order, index, input.in_fulfilment, stages);
        if (share.sum() == 0) continue;
        worth += share.worth.delta;
        shares.push_back(std::move(share));
    }
    if (shares.empty())
        return fail(ErrorKind::Invalid, "nothing_to_discount",
                    "none of the units can be discounted: they are in fulfilment, cancelled, "
                    "returned or on their way back",
                    "/lines");
    ORDERHUB_TRY(check_value(input, worth));
    Plan plan;
    plan.action = action;
    plan.before = total(order);
    const auto parts = parts_of(input, shares, order.tax_locale);
    std::array<ChangeOrder, 3> changes;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (parts[i].delta.is_zero()) continue;
        book(changes, shares[i], parts[i], input.in_fulfilment);
        discount(order.lines[shares[i].line], shares[i].sum(), parts[i], order.tax_locale);
    }
    add_changes(order, std::move(changes), input.reason, context);
    plan.order = std::move(order);
    ORDERHUB_TRY(settle(plan, input.reason, input.tenders, context));
    return plan;
}

/// What appeasements have taken off so far.
Minor appeased(const Order& order) {
    std::set<std::string, std::less<>> appeasements;
    for (const ActionTaken& each : order.actions)
        if (each.name == to_text(ActionKind::appease)) appeasements.insert(each.id);
    Minor sum;
    for (const ChangeOrder& change : order.change_orders)
        if (change.kind == ChangeKind::discount &&
            (change.id.empty() || appeasements.contains(change.action_id)))
            sum -= change.delta.inc;
    return sum;
}

}  // namespace

Result<Plan> plan_discount(Order order, const DiscountInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::discount));
    return plan(std::move(order), input, context, ActionKind::discount, {true, true, true});
}

Result<Plan> plan_appeasement(Order order, const DiscountInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::appease));
    const auto& codes = context.policy.appeasement_reasons;
    if (!codes.empty() && std::ranges::find(codes, input.reason) == codes.end()) {
        std::string list;
        for (const std::string& code : codes)
            list += (list.empty() ? "" : ", ") + code;
        return fail(ErrorKind::Invalid, "unknown_reason", "the reason must be one of " + list,
                    "/reason");
    }
    auto planned =
        plan(std::move(order), input, context, ActionKind::appease, {false, false, true});
    if (!planned) return planned;
    constexpr std::int64_t kWhole = 10'000;
    const Minor limit =
        share(original_total(planned->order).inc, context.policy.appeasement_limit, kWhole);
    if (appeased(planned->order) > limit)
        return fail(ErrorKind::Denied, "over_limit",
                    "the appeasements of this order would be more than the " +
                        to_decimal(limit, planned->order.currency) + " " +
                        planned->order.currency.code + " that you may give",
                    "/value");
    return planned;
}

}  // namespace orderhub::domain
