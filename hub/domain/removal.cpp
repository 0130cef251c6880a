#include "hub/domain/removal.hpp"

#include <algorithm>
#include <set>

#include "hub/domain/fulfilment.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

std::string pointer(std::size_t index, std::string_view member) {
    return "/lines/" + std::to_string(index) + "/" + std::string(member);
}

Result<void> check_line(const Line* line, const UnitsOfLine& units, std::size_t index,
                        std::string_view verb) {
    if (line == nullptr)
        return fail(ErrorKind::Invalid, "unknown_line", "the order has no line " + units.line_id,
                    pointer(index, "line_id"));
    if (line->kind != LineKind::product)
        return fail(ErrorKind::Invalid, "not_a_product",
                    "only product lines can be " + std::string(verb), pointer(index, "line_id"));
    if (units.quantity < 1)
        return fail(ErrorKind::Invalid, "bad_quantity", "quantity must be at least 1",
                    pointer(index, "quantity"));
    if (units.quantity > line->ordered)
        return fail(ErrorKind::Invalid, "too_many_units",
                    std::to_string(line->ordered) + " units of " + line->name + " were ordered, " +
                        std::to_string(units.quantity) + " were asked for",
                    pointer(index, "quantity"));
    return {};
}

/// The units of each line that are asked for, a bundle's line replaced by its parts.
class Wanted {
public:
    explicit Wanted(const Order& order) : order_(order), lines_(index_of_lines(order)) {
        for (const Line& line : order.lines)
            if (!line.bundle.empty()) parts_[line.bundle].push_back(&line);
    }

    const Line* find(std::string_view id) const {
        const auto found = lines_.find(id);
        return found == lines_.end() ? nullptr : &order_.lines[found->second];
    }

    void add(const Line& line, std::int64_t quantity, std::size_t index) {
        const auto parts = parts_.find(line.id);
        if (parts == parts_.end()) return add_line(line, quantity, index);
        for (const Line* part : parts->second)
            add_line(*part, quantity * part->units_per_bundle, index);
    }

    Result<std::vector<UnitsOfLine>> take(Available available, std::string_view verb) const {
        std::vector<UnitsOfLine> units;
        for (const Entry& each : entries_) {
            const auto most = std::max<std::int64_t>(0, (each.line->*available)());
            if (each.quantity > most)
                return fail(ErrorKind::Invalid, "too_many_units",
                            std::to_string(most) + " of " + std::to_string(each.line->ordered) +
                                " units of " + each.line->name + " can be " + std::string(verb) +
                                ", " + std::to_string(each.quantity) + " were asked for",
                            pointer(each.index, "quantity"));
            units.push_back({each.line->id, each.quantity});
        }
        return units;
    }

private:
    struct Entry {
        const Line* line;
        std::int64_t quantity;
        std::size_t index;  ///< of the input's entry that asked for it last
    };

    void add_line(const Line& line, std::int64_t quantity, std::size_t index) {
        const auto [known, fresh] = places_.try_emplace(line.id, entries_.size());
        if (fresh) entries_.push_back({&line, 0, index});
        entries_[known->second].quantity += quantity;
        entries_[known->second].index = index;
    }

    const Order& order_;
    std::unordered_map<std::string_view, std::size_t> lines_;
    std::unordered_map<std::string_view, std::vector<const Line*>> parts_;
    std::unordered_map<std::string_view, std::size_t> places_;
    std::vector<Entry> entries_;
};

Result<Plan> plan_removal(Order order, const RemovalInput& input, const Context& context,
                          ActionKind action, const std::vector<UnitsOfLine>& units) {
    const bool cancels = action == ActionKind::cancel;
    Plan plan;
    plan.action = action;
    plan.before = total(order);
    Removed removed = remove_units(order, units, cancels ? ChangeKind::cancel : ChangeKind::return_,
                                   input.delivery, input.reason, context);
    count_units(order);
    const Stage stage = removed.change.stage;
    order.change_orders.push_back(std::move(removed.change));
    ORDERHUB_TRY(
        charge_fees(order, input.fees, removed.worth, removed.list, stage, input.reason, context));
    plan.order = std::move(order);
    ORDERHUB_TRY(settle(plan, input.reason, input.tenders, context));
    return plan;
}

/// What the products of a delivery group are worth, those on their way back included.
Minor goods_worth(const Order& order, const std::string& group) {
    Minor sum;
    const auto lines = index_of_lines(order);
    for (const Line& line : order.lines)
        if (line.kind == LineKind::product && line.delivery_group == group)
            sum += value(line, order.tax_locale).inc;
    for (const ReturnOrder& each : order.return_orders) {
        if (each.state == ReturnState::closed || each.state == ReturnState::cancelled) continue;
        for (const ReturnLine& part : each.lines)
            if (order.lines[lines.at(part.line_id)].delivery_group == group)
                sum += value(part.held, order.tax_locale).inc;
    }
    return sum;
}

}  // namespace

Result<std::vector<UnitsOfLine>> chosen_units(const Order& order,
                                              const std::vector<UnitsOfLine>& asked,
                                              Available available, std::string_view verb) {
    if (asked.empty())
        return fail(ErrorKind::Invalid, "no_lines", "at least one line is needed", "/lines");
    Wanted wanted(order);
    std::set<std::string, std::less<>> seen;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const Line* line = wanted.find(asked[i].line_id);
        ORDERHUB_TRY(check_line(line, asked[i], i, verb));
        if (!seen.insert(line->id).second)
            return fail(ErrorKind::Invalid, "line_twice", "the line is given twice",
                        pointer(i, "line_id"));
        wanted.add(*line, asked[i].quantity, i);
    }
    return wanted.take(available, verb);
}

Result<Plan> plan_cancel(Order order, const RemovalInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::cancel));
    const auto units = chosen_units(order, input.lines, &Line::available_to_cancel, "cancelled");
    if (!units) return std::unexpected(units.error());
    return plan_removal(std::move(order), input, context, ActionKind::cancel, *units);
}

Result<Plan> plan_return(Order order, const RemovalInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::return_));
    const auto units = chosen_units(order, input.lines, &Line::available_to_return, "returned");
    if (!units) return std::unexpected(units.error());
    return plan_removal(std::move(order), input, context, ActionKind::return_, *units);
}

Removed remove_units(Order& order, const std::vector<UnitsOfLine>& units, ChangeKind kind,
                     DeliveryRule delivery, const std::string& reason, const Context& context) {
    const bool cancels = kind == ChangeKind::cancel;
    const Order before = delivery == DeliveryRule::keep ? Order{} : order;
    Removed removed;
    ChangeOrder& change = removed.change;
    change.kind = kind;
    change.stage = cancels ? Stage::pre : Stage::post;
    change.echo = cancels ? Echo::expected : Echo::none;
    change.origin = "hub";
    change.actor = context.actor;
    change.reason = reason;
    change.at = context.now;
    const auto lines = index_of_lines(order);
    for (const UnitsOfLine& each : units) {
        Line& line = order.lines[lines.at(each.line_id)];
        removed.list += list_worth(line, each.quantity);
        (cancels ? line.cancelled : line.returned) += each.quantity;
        if (!cancels) line.return_initiated += each.quantity;
        ChangeLine part = take(line, each.quantity, order.tax_locale);
        add(removed.worth, part);
        change.delta -= part.delta;
        change.lines.push_back(-std::move(part));
    }
    if (delivery == DeliveryRule::proportional) reduce_delivery(order, before, change);
    return removed;
}

void reduce_delivery(Order& order, const Order& before, ChangeOrder& change) {
    std::set<std::string, std::less<>> groups;
    for (const ChangeLine& part : change.lines)
        if (const Line* line = find_line(order, part.line_id); line && part.quantity > 0)
            groups.insert(line->delivery_group);
    for (const std::string& group : groups) {
        const Minor was = goods_worth(before, group);
        const Minor is = std::clamp(goods_worth(order, group), Minor{}, was);
        if (was <= Minor{}) continue;
        for (Line& line : order.lines) {
            if (line.kind != LineKind::delivery || line.delivery_group != group) continue;
            ChangeLine charge;
            charge.delta = value(line, order.tax_locale);
            charge.taxes = taxes_left(line, order.tax_locale);
            // A pool of as many units as the goods had minor units, of which those that are left
            // stay.
            const Pool all{was.count(), was.count() - is.count(), charge.delta, charge.taxes};
            ChangeLine lost = charge;
            add(lost, -worth(all, order.tax_locale));
            lost.quantity = 0;
            lost.line_id = line.id;
            if (lost.delta.is_zero()) continue;
            discount(line, 0, lost, order.tax_locale);
            change.delta -= lost.delta;
            change.lines.push_back(-std::move(lost));
        }
    }
}

}  // namespace orderhub::domain
