// The columns of an order row, in one place for single reads and searches.
#pragma once

#include <string>

#include "hub/servicing/state.hpp"
#include "hub/store/sql/database.hpp"

namespace orderhub::store {

/// "SELECT ..." of all columns, each with the table's alias.
inline std::string order_select(const std::string& alias) {
    std::string sql = "SELECT ";
    for (const char* column :
         {"id", "version", "document", "connector", "external_id", "number", "email",
          "customer_name", "phone", "status", "currency", "grand_total", "placed_at", "updated_at",
          "has_exception", "customer_id", "customer_identity", "account_id", "account_identity"}) {
        if (sql.back() != ' ') sql += ", ";
        sql += alias + "." + column;
    }
    return sql;
}

/// The current row of such a SELECT; tracking numbers are not part of it.
inline servicing::OrderRow read_order(Query& query) {
    servicing::OrderRow row;
    query.read(row.id, row.version, row.document, row.connector, row.external_id, row.number,
               row.email, row.customer_name, row.phone, row.status, row.currency, row.grand_total,
               row.placed_at, row.updated_at, row.has_exception, row.customer_id,
               row.customer_identity, row.account_id, row.account_identity);
    return row;
}

}  // namespace orderhub::store
