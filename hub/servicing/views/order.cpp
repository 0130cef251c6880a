// The order as a whole.
#include "hub/domain/status.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

/// A list of views.
template <class Parts, class View>
json::array all(const Parts& parts, View view) {
    json::array views;
    views.reserve(parts.size());
    for (const auto& part : parts)
        views.push_back(view(part));
    return views;
}

json::object exception_view(const domain::ProcessException& each) {
    return {{"id", each.id},
            {"code", each.code},
            {"subject", each.subject},
            {"category", each.category},
            {"severity", each.severity},
            {"priority", each.priority},
            {"status", word(each.state)},
            {"suspends", each.suspends},
            {"message", each.message},
            {"raised_at", instant_view(each.raised_at)},
            {"resolved_at", instant_view(each.resolved_at)},
            {"resolved_by", each.resolved_by},
            {"resolution", each.resolution}};
}

json::object action_view(const domain::ActionTaken& each) {
    return {{"id", each.id},         {"action", each.name},         {"actor", each.actor},
            {"reason", each.reason}, {"at", instant_view(each.at)}, {"announced", each.announced}};
}

json::object related_view(const domain::RelatedOrder& each) {
    return {
        {"relation", word(each.relation)}, {"order_id", each.order_id}, {"number", each.number}};
}

json::object group_view(const domain::DeliveryGroup& each) {
    return {{"id", each.id}, {"recipient", address_view(each.recipient)}, {"method", each.method}};
}

json::object case_reference(const CaseRow& row) {
    return {{"id", row.id},
            {"connector", row.connector},
            {"external_id", row.external_id},
            {"subject", row.subject},
            {"state", row.state}};
}

json::object header_view(const domain::Order& order) {
    return {{"id", order.id},
            {"version", order.version},
            {"number", order.number},
            {"connector", order.connector},
            {"external_id", order.external_id},
            {"channel", order.channel},
            {"url", order.url},
            {"managed", order.managed},
            {"suspended", domain::suspension(order) != nullptr},
            {"currency", order.currency.code},
            {"tax_locale", word(order.tax_locale)},
            {"status", domain::to_text(domain::status(order))},
            {"payment_status", domain::to_text(domain::payment_status(order))},
            {"fulfilment_status", domain::to_text(domain::fulfilment_status(order))},
            {"return_status", domain::to_text(domain::return_status(order))},
            {"storefront_state", order.storefront_state},
            {"placed_at", instant_view(order.placed_at)},
            {"updated_at", instant_view(order.updated_at)},
            {"customer", customer_view(order.customer)},
            {"billing_address", address_view(order.billing_address)},
            {"shipping_address", address_view(order.shipping_address)}};
}

}  // namespace

json::object order_view(const domain::Order& order, const std::vector<StepRow>& steps,
                        const std::vector<CaseRow>& cases) {
    const auto of_order = [&](auto view) {
        return [&order, view](const auto& part) { return view(part, order); };
    };
    json::object view = header_view(order);
    view["totals"] = totals_view(order);
    view["money"] = money_view(order);
    view["delivery_groups"] = all(order.delivery_groups, group_view);
    view["lines"] = all(order.lines, of_order(line_view));
    view["payments"] = payments_view(order);
    view["refunds"] = all(order.refunds, of_order(refund_view));
    view["fulfilments"] = all(order.fulfilments, fulfilment_view);
    view["return_orders"] = all(order.return_orders, of_order(return_order_view));
    view["actions"] = all(order.actions, action_view);
    view["change_orders"] = all(order.change_orders, of_order(change_view));
    view["credit_memos"] = all(order.credit_memos, of_order(document_view));
    view["invoices"] = all(order.invoices, of_order(document_view));
    view["exceptions"] = all(order.exceptions, exception_view);
    view["related"] = all(order.related, related_view);
    view["cases"] = all(cases, case_reference);
    view["steps"] = all(steps, step_view);
    return view;
}

}  // namespace orderhub::servicing
