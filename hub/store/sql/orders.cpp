#include "hub/store/sql/order_columns.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::OrderRow;

namespace {

constexpr std::string_view kInsert =
    "INSERT INTO orders (document, external_id, number, email, customer_name, phone, status,"
    " currency, grand_total, placed_at, updated_at, has_exception, connector, customer_id,"
    " customer_identity, account_id, account_identity, version, id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// The parameters are kInsert's, in the same order; the version is the new one.
constexpr std::string_view kUpdate =
    "UPDATE orders SET document = ?, external_id = ?, number = ?, email = ?, customer_name = ?,"
    " phone = ?, status = ?, currency = ?, grand_total = ?, placed_at = ?, updated_at = ?,"
    " has_exception = ?, connector = ?, customer_id = ?, customer_identity = ?, account_id = ?,"
    " account_identity = ?, version = ?18 WHERE id = ?19 AND version = ?18 - 1";

}  // namespace

std::optional<OrderRow> SqlTransaction::order(std::string_view id) {
    static const std::string sql = order_select("o") + " FROM orders AS o WHERE o.id = ?";
    auto query = db_.query(sql + std::string(for_update()));
    if (!query.bind(id).step()) return std::nullopt;
    OrderRow row = read_order(query);
    fill_tracking(row);
    return row;
}

std::optional<OrderRow> SqlTransaction::order_by_source(std::string_view connector,
                                                        std::string_view external_id) {
    static const std::string sql =
        order_select("o") + " FROM orders AS o WHERE o.external_id = ? AND o.connector = ?";
    auto query = db_.query(sql + std::string(for_update()));
    if (!query.bind(external_id, connector).step()) return std::nullopt;
    OrderRow row = read_order(query);
    fill_tracking(row);
    return row;
}

// For those that lock rows of an order: all are to begin with the order itself.
void SqlTransaction::lock_order(std::string_view id) {
    if (id.empty() || for_update().empty()) return;
    db_.query("SELECT 1 FROM orders WHERE id = ?" + std::string(for_update())).bind(id).run();
}

void SqlTransaction::save_order(const OrderRow& row) {
    const bool is_new = row.version == 1;
    db_.query(is_new ? kInsert : kUpdate)
        .bind(row.document, row.external_id, row.number, row.email, row.customer_name, row.phone,
              row.status, row.currency, row.grand_total, row.placed_at, row.updated_at,
              row.has_exception, row.connector, row.customer_id, row.customer_identity,
              row.account_id, row.account_identity, row.version, row.id)
        .run();
    if (!is_new && db_.changes() != 1)
        throw std::runtime_error("order " + row.id + " is not at version " +
                                 std::to_string(row.version - 1));
    save_tracking(row);
    save_order_keys(row);
}

void SqlTransaction::fill_tracking(OrderRow& row) {
    auto query =
        db_.query("SELECT number FROM order_tracking WHERE order_id = ? ORDER BY position");
    query.bind(row.id);
    row.tracking_numbers.clear();
    while (query.step())
        row.tracking_numbers.push_back(query.text(0));
}

void SqlTransaction::save_tracking(const OrderRow& row) {
    OrderRow stored;
    stored.id = row.id;
    if (row.version > 1) fill_tracking(stored);
    if (stored.tracking_numbers == row.tracking_numbers) return;
    db_.query("DELETE FROM order_tracking WHERE order_id = ?").bind(row.id).run();
    int position = 0;
    for (const auto& number : row.tracking_numbers)
        db_.query(
               "INSERT INTO order_tracking (number, order_id, position)"
               " VALUES (?, ?, ?) ON CONFLICT (number, order_id) DO NOTHING")
            .bind(number, row.id, position++)
            .run();
}

}  // namespace orderhub::store
