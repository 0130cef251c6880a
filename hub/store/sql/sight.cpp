#include "hub/store/sql/sight.hpp"

#include <initializer_list>
#include <utility>
#include <vector>

namespace orderhub::store {

namespace {

/// ('a', 'b'): no connector's name is empty, so an empty list finds nothing.
std::string in(const std::vector<std::string>& names) {
    std::string list = "(''";
    for (const auto& name : names) {
        list += ", '";
        for (const char each : name)
            list.append(each == '\'' ? 2 : 1, each);
        list += "'";
    }
    return list + ")";
}

/// Both lists, as far as they are given: connectors of which nothing may stay hidden.
std::string named(const domain::Scope& scope) {
    std::vector<std::string> names;
    for (const auto* each : {&scope.storefronts, &scope.desks})
        if (*each) names.insert(names.end(), (*each)->begin(), (*each)->end());
    return in(names);
}

std::string orders(const domain::Scope& scope) {
    return scope.storefronts ? "connector IN " + in(*scope.storefronts) : "TRUE";
}

constexpr std::string_view kLinkedToSeen =
    " AND (t.order_id = '' OR EXISTS (SELECT 1 FROM orders AS o WHERE o.id = t.order_id))"
    " AND NOT EXISTS (SELECT 1 FROM case_orders AS l WHERE l.case_id = t.id"
    " AND NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.id = l.order_id))";

std::string cases(const domain::Scope& scope) {
    return (scope.desks ? "t.connector IN " + in(*scope.desks) : "TRUE") +
           (scope.storefronts ? std::string(kLinkedToSeen) : "");
}

/// Who was joined into somebody is found as long as that one is.
constexpr std::string_view kCustomers =
    "EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id IN (t.id, t.joined_into)"
    " AND o.customer_id <> '')"
    " OR EXISTS (SELECT 1 FROM orders AS o WHERE o.account_id IN (t.id, t.joined_into)"
    " AND o.account_id <> '')"
    " OR EXISTS (SELECT 1 FROM cases AS c WHERE c.customer_id IN (t.id, t.joined_into)"
    " AND c.customer_id <> '')";

/// What an order or a case that is seen tells of its customer.
constexpr std::string_view kIdentities =
    "EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = t.customer_id AND o.customer_id <> ''"
    " AND (o.customer_identity = t.key OR 'email:' || o.email = t.key))"
    " OR EXISTS (SELECT 1 FROM orders AS o WHERE o.account_id = t.customer_id"
    " AND o.account_id <> '' AND o.account_identity = t.key)"
    " OR EXISTS (SELECT 1 FROM cases AS c WHERE c.customer_id = t.customer_id"
    " AND c.customer_id <> '' AND (c.customer_identity = t.key"
    " OR 'email:' || lower(c.requester_email) = t.key))";

/// What belongs to an order, a case or both.
constexpr std::string_view kOfSeen =
    "(t.order_id = '' OR EXISTS (SELECT 1 FROM orders AS o WHERE o.id = t.order_id))"
    " AND (t.case_id = '' OR EXISTS (SELECT 1 FROM cases AS c WHERE c.id = t.case_id))";
constexpr std::string_view kOfSomething = " AND (t.order_id <> '' OR t.case_id <> '')";

}  // namespace

void Sight::narrow(const domain::Scope& scope) {
    prefix_.clear();
    if (!scope.is_limited()) return;
    narrow_dialect_ = db_.dialect();
    narrow_dialect_.by_customer = {};
    narrow_dialect_.by_account = {};
    const auto by_connector = "t.connector IN " + named(scope);
    const auto of_seen = std::string(kOfSeen);
    // Each may name those before it, and then means what is seen of them. History is told in
    // sentences, which may name anything.
    const std::initializer_list<std::pair<std::string_view, std::string>> tables{
        {"orders", orders(scope)},
        {"cases", cases(scope)},
        {"customers", std::string(kCustomers)},
        {"customer_identities", std::string(kIdentities)},
        {"customer_history", "FALSE"},
        {"deliveries",
         of_seen + " AND (t.order_id <> '' OR t.case_id <> '' OR " + by_connector + ")"},
        {"events", of_seen + std::string(kOfSomething)},
        {"flow_runs", of_seen + std::string(kOfSomething)},
        {"inbox", by_connector},
        {"replays", by_connector}};
    for (const auto& [table, condition] : tables)
        prefix_.append(prefix_.empty() ? "WITH " : ", ")
            .append(table)
            .append(" AS NOT MATERIALIZED (SELECT * FROM ")
            .append(narrow_dialect_.schema)
            .append(table)
            .append(" AS t WHERE ")
            .append(condition)
            .append(")");
    prefix_ += " ";
}

}  // namespace orderhub::store
