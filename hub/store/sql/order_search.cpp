// Search of orders. Every way in is an index: a text is looked up in each column that it could
// stand in, and the few orders found are then read; without a text the pages follow (placed_at,
// id).
#include <algorithm>

#include "hub/store/sql/order_columns.hpp"
#include "hub/store/sql/search_text.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::OrderQuery;
using servicing::OrderRow;

namespace {

// ?1 the text, ?2 in lower case, ?3 as a phone number. CROSS JOIN keeps SQLite from walking all
// orders by date instead.
std::string by_text(bool beginning) {
    std::string hits;
    const auto add = [&](std::string_view id, std::string_view table, std::string_view column,
                         std::string_view parameter) {
        hits += (hits.empty() ? "" : " UNION ") + std::string("SELECT * FROM (SELECT ");
        hits.append(id).append(" FROM ").append(table).append(" WHERE ");
        hits += matches(column, parameter, beginning) + " AND ";
        hits.append(column).append(" <> ''");
        if (beginning) hits.append(" AND ").append(parameter).append(" <> '' LIMIT 500");
        hits.append(") AS part");
    };
    add("id", "orders", "number", "?1");
    if (beginning) add("id", "orders", "number", "upper(?1)");
    add("id", "orders", "email", "?2");
    add("id", "orders", "external_id", "?1");
    add("id", "orders", "phone", "?3");
    add("order_id AS id", "order_tracking", "number", "?1");
    return " FROM (" + hits + ") AS hit CROSS JOIN orders AS o WHERE o.id = hit.id";
}

/// A customer's history is walked along its index, however long it is and whatever else is asked.
std::string from(const OrderQuery& query, const Dialect& dialect) {
    if (!query.text.empty()) return by_text(is_beginning(query.text));
    std::string sql = " FROM orders AS o";
    if (!query.customer_id.empty())
        sql += dialect.by_customer;
    else if (!query.account_id.empty())
        sql += dialect.by_account;
    return sql + " WHERE TRUE";
}

std::string search_sql(const OrderQuery& query, const Dialect& dialect) {
    std::string sql = order_select("o") + from(query, dialect);
    // ?4 status, ?5 the id that the page follows and ?8 its date, ?6 customer, ?7 account, ?9 the
    // limit.
    if (!query.customer_id.empty()) sql += " AND o.customer_id = ?6 AND o.customer_id <> ''";
    if (!query.account_id.empty()) sql += " AND o.account_id = ?7 AND o.account_id <> ''";
    if (!query.status.empty()) sql += " AND o.status = ?4";
    if (query.only_exceptions) sql += " AND o.has_exception = 1";
    if (!query.before_id.empty()) sql += " AND (o.placed_at, o.id) < (?8, ?5)";
    return sql + " ORDER BY o.placed_at DESC, o.id DESC LIMIT ?9";
}

}  // namespace

std::vector<OrderRow> SqlTransaction::find_orders(const OrderQuery& query) {
    std::vector<OrderRow> rows;
    std::string before_date;
    if (!query.before_id.empty()) {
        // Read apart, because a subquery would let the index be searched by the date alone.
        auto before = db_.query("SELECT placed_at FROM orders WHERE id = ?");
        if (!before.bind(query.before_id).step()) return rows;
        before_date = before.text(0);
    }
    {
        auto search = db_.query(search_sql(query, db_.dialect()));
        const auto text = searched(query.text);
        search.bind(text, lower_case(text), phone_number(text), query.status, query.before_id,
                    query.customer_id, query.account_id, before_date, query.limit);
        while (search.step())
            rows.push_back(read_order(search));
    }
    for (auto& row : rows)
        fill_tracking(row);
    return rows;
}

}  // namespace orderhub::store
