// Lines, and what changed on them.
#include <algorithm>

#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::array adjustments_view(const domain::Line& line, const domain::Currency& currency) {
    json::array views;
    for (const domain::Adjustment& each : line.adjustments)
        views.push_back({{"level", each.order_level ? "order" : "line"},
                         {"label", each.label},
                         {"amount", amount_json(each.amount, currency)}});
    return views;
}

json::object quantities_view(const domain::Line& line) {
    const bool product = line.kind == domain::LineKind::product;  // an agent acts on nothing else
    const auto available = [&](std::int64_t units) {
        return product ? std::max<std::int64_t>(0, units) : 0;
    };
    return {{"ordered", line.ordered},
            {"cancelled", line.cancelled},
            {"allocated", line.allocated},
            {"fulfilled", line.fulfilled},
            {"return_initiated", line.return_initiated},
            {"returned", line.returned},
            {"reshipped", line.reshipped},
            {"current", line.quantity()},
            {"in_fulfilment", available(line.in_fulfilment())},
            {"available_to_cancel", available(line.available_to_cancel())},
            {"available_to_return", available(line.available_to_return())},
            {"available_to_reship", available(line.available_to_reship())}};
}

json::object change_line(const domain::ChangeLine& part, const domain::Order& order) {
    const domain::Line* line = domain::find_line(order, part.line_id);
    return {{"line_id", part.line_id},
            {"name", line == nullptr ? std::string() : line->name},
            {"quantity", part.quantity},
            {"delta", amount_json(part.delta, order.currency)},
            {"taxes", taxes_view(part.taxes, order.currency)}};
}

}  // namespace

json::object line_view(const domain::Line& line, const domain::Order& order) {
    const domain::Currency& currency = order.currency;
    return {{"id", line.id},
            {"external_id", line.external_id},
            {"kind", word(line.kind)},
            {"sku", line.sku},
            {"name", line.name},
            {"delivery_group", line.delivery_group},
            {"bundle", line.bundle.empty() ? json::value(nullptr) : json::value(line.bundle)},
            {"units_per_bundle", line.units_per_bundle},
            {"status", domain::to_text(domain::status(line))},
            {"quantities", quantities_view(line)},
            {"unit_price", amount_json(line.unit_price, currency)},
            {"list", amount_json(line.list, currency)},
            {"adjustments", adjustments_view(line, currency)},
            {"original", amount_json(line.original, currency)},
            {"current", amount_json(domain::value(line, order.tax_locale), currency)},
            {"taxes", taxes_view(domain::taxes_left(line, order.tax_locale), currency)}};
}

json::object change_core(const domain::ChangeOrder& change, const domain::Order& order) {
    json::array lines;
    for (const domain::ChangeLine& part : change.lines)
        lines.push_back(change_line(part, order));
    return {{"kind", word(change.kind)},
            {"stage", word(change.stage)},
            {"origin", change.origin},
            {"actor", change.actor},
            {"reason", change.reason},
            {"lines", std::move(lines)},
            {"delta", amount_json(change.delta, order.currency)}};
}

json::object change_view(const domain::ChangeOrder& change, const domain::Order& order) {
    json::object view = change_core(change, order);
    view["id"] = change.id;
    view["action"] = change.action_id;
    view["money"] = domain::to_decimal(change.money, order.currency);
    view["at"] = instant_view(change.at);
    return view;
}

}  // namespace orderhub::servicing
