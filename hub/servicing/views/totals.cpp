// What an order's total is made of.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hub/domain/status.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;
using domain::Amount;

/// Names with their amounts, in the order in which they are to be read.
using Parts = std::vector<std::pair<std::string, Amount>>;

/// The parts that are not zero; what they leave of the total is shown too, so that they add up.
json::array parts_view(const Parts& parts, Amount total, const domain::Currency& currency) {
    json::array views;
    const auto add = [&](const std::string& name, const Amount& amount) {
        if (amount != Amount{})
            views.push_back({{"part", name}, {"amount", amount_json(amount, currency)}});
    };
    for (const auto& [name, amount] : parts) {
        add(name, amount);
        total -= amount;
    }
    add("other", total);
    return views;
}

json::array placed_view(const domain::Order& order, const Amount& total) {
    Amount products, discounts, delivery, fees;
    for (const domain::Line& line : order.lines) {
        if (line.original == Amount{} && line.adjustments.empty()) continue;  // added later
        Amount taken;
        for (const domain::Adjustment& each : line.adjustments)
            taken += each.amount;
        discounts += taken;
        const Amount full = line.original - taken;
        (line.kind == domain::LineKind::product    ? products
         : line.kind == domain::LineKind::delivery ? delivery
                                                   : fees) += full;
    }
    return parts_view(
        {{"items", products}, {"discounts", discounts}, {"delivery", delivery}, {"fees", fees}},
        total, order.currency);
}

json::array changes_view(const domain::Order& order, const Amount& total) {
    Parts parts;
    for (const domain::ChangeOrder& change : order.change_orders) {
        const std::string kind(word(change.kind));
        auto found = std::ranges::find(parts, kind, &Parts::value_type::first);
        if (found == parts.end()) found = parts.insert(parts.end(), {kind, Amount{}});
        found->second += change.delta;
    }
    return parts_view(parts, total, order.currency);
}

}  // namespace

json::object totals_view(const domain::Order& order) {
    const Amount original = domain::original_total(order);
    const Amount current = domain::total(order);
    const Amount changes = current - original;
    return {{"original", amount_json(original, order.currency)},
            {"changes", amount_json(changes, order.currency)},
            {"current", amount_json(current, order.currency)},
            {"placed", placed_view(order, original)},
            {"since", changes_view(order, changes)}};
}

}  // namespace orderhub::servicing
