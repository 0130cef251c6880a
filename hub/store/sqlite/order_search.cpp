// Search of orders. Every way in is an index: a text is looked up in each column that it could
// stand in, and the few orders found are then read; without a text the pages follow (placed_at,
// id).
#include <algorithm>

#include "hub/store/sqlite/order_columns.hpp"
#include "hub/store/sqlite/search_text.hpp"
#include "hub/store/sqlite/transaction.hpp"

namespace orderhub::store {

using servicing::OrderQuery;
using servicing::OrderRow;

namespace {

// ?1 the text, ?2 in lower case, ?3 as a phone number. CROSS JOIN keeps SQLite from walking all
// orders by date instead.
constexpr std::string_view kByText =
    " FROM (SELECT id FROM orders WHERE number = ?1 AND number <> ''"
    " UNION SELECT id FROM orders WHERE email = ?2 AND email <> ''"
    " UNION SELECT id FROM orders WHERE external_id = ?1"
    " UNION SELECT id FROM orders WHERE phone = ?3 AND phone <> ''"
    " UNION SELECT order_id FROM order_tracking WHERE number = ?1) AS hit"
    " CROSS JOIN orders AS o ON o.id = hit.id";

/// A customer's history is walked along its index, however long it is and whatever else is asked:
/// SQLite's own choice could be the dates of all orders.
std::string_view from(const OrderQuery& query) {
    if (!query.text.empty()) return kByText;
    if (!query.customer_id.empty()) return " FROM orders AS o INDEXED BY orders_customer";
    if (!query.account_id.empty()) return " FROM orders AS o INDEXED BY orders_account";
    return " FROM orders AS o";
}

std::string search_sql(const OrderQuery& query) {
    std::string sql = order_select("o");
    sql += from(query);
    // ?4 status, ?5 the id that the page follows and ?8 its date, ?6 customer, ?7 account, ?9 the
    // limit.
    sql += " WHERE 1";
    if (!query.customer_id.empty()) sql += " AND o.customer_id = ?6 AND o.customer_id <> ''";
    if (!query.account_id.empty()) sql += " AND o.account_id = ?7 AND o.account_id <> ''";
    if (!query.status.empty()) sql += " AND o.status = ?4";
    if (query.only_exceptions) sql += " AND o.has_exception = 1";
    if (!query.before_id.empty()) sql += " AND (o.placed_at, o.id) < (?8, ?5)";
    return sql + " ORDER BY o.placed_at DESC, o.id DESC LIMIT ?9";
}

}  // namespace

std::vector<OrderRow> SqliteTransaction::find_orders(const OrderQuery& query) {
    std::vector<OrderRow> rows;
    std::string before_date;
    if (!query.before_id.empty()) {
        // Read apart, because a subquery would let the index be searched by the date alone.
        auto before = db_.query("SELECT placed_at FROM orders WHERE id = ?");
        if (!before.bind(query.before_id).step()) return rows;
        before_date = before.text(0);
    }
    {
        auto search = db_.query(search_sql(query));
        search.bind(query.text, lower_case(query.text), phone_number(query.text), query.status,
                    query.before_id, query.customer_id, query.account_id, before_date, query.limit);
        while (search.step())
            rows.push_back(read_order(search));
    }
    for (auto& row : rows)
        fill_tracking(row);
    return rows;
}

}  // namespace orderhub::store
