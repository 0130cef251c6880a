#include "hub/servicing/views/customer.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "hub/domain/customer.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr std::uint32_t kMostListed = 200;
constexpr std::uint32_t kOrdersWithPhone = 20;

json::value or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object identity_view(const IdentityRow& row) {
    const auto identity = domain::identity_of(row.key).value_or(domain::Identity{});
    return {{"connector", or_null(identity.connector)},
            {"external_id", or_null(identity.external_id)},
            {"email", or_null(identity.email)},
            {"source", row.source},
            {"rule", row.rule},
            {"reason", row.reason},
            {"at", row.at}};
}

json::object history_view(const CustomerHistoryRow& row) {
    return {{"at", row.at},
            {"actor", row.actor},
            {"what", row.what},
            {"why", row.why},
            {"other", or_null(row.other)}};
}

json::array references(const std::vector<CustomerRow>& rows) {
    json::array views;
    for (const CustomerRow& row : rows)
        views.push_back({{"id", row.id}, {"name", row.name}});
    return views;
}

/// Other customers who ordered with a phone number of the newest orders. Only a person can say
/// whether they are the same: families and offices share a phone.
json::array suggestions(State& state, const CustomerRow& row) {
    json::array views;
    std::vector<std::string> seen{row.id};
    std::vector<std::string> phones;
    for (const OrderRow& order : state.find_orders({.limit = 5, .customer_id = row.id})) {
        if (order.phone.empty() || std::ranges::find(phones, order.phone) != phones.end()) continue;
        phones.push_back(order.phone);
        for (const OrderRow& hit :
             state.find_orders({.text = order.phone, .limit = kOrdersWithPhone})) {
            const bool is_news = hit.phone == order.phone && !hit.customer_id.empty() &&
                                 std::ranges::find(seen, hit.customer_id) == seen.end();
            if (!is_news) continue;
            seen.push_back(hit.customer_id);
            if (state.are_separated(row.id, hit.customer_id)) continue;
            views.push_back(
                {{"id", hit.customer_id},
                 {"name", hit.customer_name},
                 {"evidence", json::array{"order " + hit.number +
                                          " has the phone number of order " + order.number}}});
        }
    }
    return views;
}

}  // namespace

json::object customer_summary(const CustomerRow& row) {
    return {{"id", row.id}, {"kind", row.kind}, {"name", row.name}, {"created_at", row.created_at}};
}

json::object customer_page(State& state, const CustomerRow& row) {
    json::object view = customer_summary(row);
    json::array identities, history;
    for (const IdentityRow& each : state.identities(row.id, kMostListed))
        identities.push_back(identity_view(each));
    for (const CustomerHistoryRow& each : state.customer_history(row.id, kMostListed))
        history.push_back(history_view(each));
    const bool is_account = row.kind == "account";
    const CustomerCounts counts = state.customer_counts(row.id);
    view["identities"] = std::move(identities);
    view["accounts"] =
        is_account ? json::array() : references(state.accounts_of(row.id, kMostListed));
    view["buyers"] = is_account ? references(state.buyers(row.id, kMostListed)) : json::array();
    view["orders"] = counts.orders;
    view["cases"] = counts.cases;
    view["suggestions"] = is_account ? json::array() : suggestions(state, row);
    view["history"] = std::move(history);
    return view;
}

}  // namespace orderhub::servicing
