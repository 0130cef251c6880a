// Parts that several views have.
#include <algorithm>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::array document_lines(const domain::Document& document, const domain::Currency& currency) {
    json::array lines;
    for (const domain::DocumentLine& line : document.lines)
        lines.push_back({{"kind", word(line.kind)},
                         {"sku", line.sku},
                         {"name", line.name},
                         {"quantity", line.quantity},
                         {"total", amount_json(line.total, currency)},
                         {"taxes", taxes_view(line.taxes, currency)}});
    return lines;
}

/// Under the ids that the outside knows.
json::array fulfilments_of(const domain::Document& document, const domain::Order& order) {
    json::array ids;
    for (const std::string& id : document.fulfilments) {
        const auto found = std::ranges::find(order.fulfilments, id, &domain::Fulfilment::id);
        if (found != order.fulfilments.end() && !found->external_id.empty())
            ids.emplace_back(found->external_id);
    }
    return ids;
}

}  // namespace

json::value instant_view(std::int64_t at) {
    return at == 0 ? json::value(nullptr) : json::value(to_rfc3339(at));
}

json::object customer_view(const domain::Customer& customer) {
    json::object view{{"external_id", customer.external_id},
                      {"name", customer.name},
                      {"email", customer.email},
                      {"phone", customer.phone},
                      {"account", nullptr}};
    if (!customer.account.external_id.empty() || !customer.account.name.empty())
        view["account"] = {{"external_id", customer.account.external_id},
                           {"name", customer.account.name}};
    return view;
}

json::object address_view(const domain::Address& from) {
    return {{"name", from.name},         {"company", from.company}, {"line1", from.line1},
            {"line2", from.line2},       {"city", from.city},       {"state", from.state},
            {"postcode", from.postcode}, {"country", from.country}, {"phone", from.phone}};
}

json::array taxes_view(const std::vector<domain::Tax>& taxes, const domain::Currency& currency) {
    json::array views;
    for (const domain::Tax& tax : taxes)
        views.push_back({{"label", tax.label},
                         {"rate", tax.rate},
                         {"amount", domain::to_decimal(tax.amount, currency)}});
    return views;
}

json::object step_view(const StepRow& step) {
    return {{"delivery", step.delivery_id}, {"kind", step.kind},
            {"connector", step.connector},  {"state", step.state},
            {"attempts", step.attempts},    {"message", step.message},
            {"action", step.action_id},     {"updated_at", step.updated_at}};
}

json::object document_record(const domain::Order& order, const domain::Document& document) {
    json::array changes;
    for (const std::string& id : document.change_orders)
        changes.emplace_back(id);
    json::object customer = customer_view(order.customer);
    customer.erase("account");
    json::object record{{"number", document.number},
                        {"date", to_rfc3339(document.at).substr(0, 10)},
                        {"currency", order.currency.code},
                        {"reason", document.reason},
                        {"totals", amount_json(document.total, order.currency)},
                        {"order_number", order.number},
                        {"change_orders", std::move(changes)},
                        {"fulfilments", fulfilments_of(document, order)},
                        {"customer", std::move(customer)},
                        {"lines", document_lines(document, order.currency)}};
    if (!document.change_orders.empty()) record["change_order"] = document.change_orders.front();
    return record;
}

}  // namespace orderhub::servicing
