// Joining and splitting of customers, with the orders and cases that follow.
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

bool SqlTransaction::are_separated(std::string_view one, std::string_view other) {
    auto query = db_.query(
        "SELECT 1 FROM customer_identities AS mine"
        " CROSS JOIN customer_separations AS pair CROSS JOIN customer_identities AS theirs"
        " WHERE pair.identity = mine.key AND theirs.key = pair.other"
        " AND mine.customer_id = ? AND theirs.customer_id = ? LIMIT 1");
    return query.bind(one, other).step();
}

void SqlTransaction::separate(std::string_view key, std::string_view customer_id) {
    for (const char* sql : {"INSERT INTO customer_separations (identity, other)"
                            " SELECT ?1, key FROM customer_identities WHERE customer_id = ?2"
                            " ON CONFLICT (identity, other) DO NOTHING",
                            "INSERT INTO customer_separations (other, identity)"
                            " SELECT ?1, key FROM customer_identities WHERE customer_id = ?2"
                            " ON CONFLICT (identity, other) DO NOTHING"})
        db_.query(sql).bind(key, customer_id).run();
}

void SqlTransaction::forget_separations(std::string_view one, std::string_view other) {
    const auto forget = [this](std::string_view mine, std::string_view theirs) {
        db_.query(
               "DELETE FROM customer_separations WHERE"
               " identity IN (SELECT key FROM customer_identities WHERE customer_id = ?)"
               " AND other IN (SELECT key FROM customer_identities WHERE customer_id = ?)")
            .bind(mine, theirs)
            .run();
    };
    forget(one, other);
    forget(other, one);
}

void SqlTransaction::join_customers(std::string_view gone, std::string_view stays) {
    for (const char* sql :
         {"UPDATE customer_identities SET customer_id = ?2 WHERE customer_id = ?1",
          "UPDATE customer_history SET customer_id = ?2 WHERE customer_id = ?1",
          "UPDATE orders SET customer_id = ?2 WHERE customer_id = ?1 AND customer_id <> ''",
          "UPDATE orders SET account_id = ?2 WHERE account_id = ?1 AND account_id <> ''",
          "UPDATE cases SET customer_id = ?2 WHERE customer_id = ?1 AND customer_id <> ''",
          "UPDATE customers SET joined_into = ?2 WHERE joined_into = ?1 AND joined_into <> ''",
          "UPDATE customers SET joined_into = ?2 WHERE id = ?1"})
        db_.query(sql).bind(gone, stays).run();
}

void SqlTransaction::move_identity(std::string_view key, std::string_view from,
                                   std::string_view to) {
    for (const char* sql :
         {"UPDATE customer_identities SET customer_id = ?3 WHERE key = ?1 AND customer_id = ?2",
          "UPDATE orders SET customer_id = ?3 WHERE customer_id = ?2 AND customer_id <> ''"
          " AND customer_identity = ?1",
          "UPDATE orders SET account_id = ?3 WHERE account_id = ?2 AND account_id <> ''"
          " AND account_identity = ?1",
          "UPDATE cases SET customer_id = ?3 WHERE customer_id = ?2 AND customer_id <> ''"
          " AND customer_identity = ?1"})
        db_.query(sql).bind(key, from, to).run();
}

servicing::CustomerCounts SqlTransaction::customer_counts(std::string_view customer_id) {
    auto query = db_.query(
        "SELECT (SELECT count(*) FROM orders WHERE customer_id = ?1 AND customer_id <> '')"
        " + (SELECT count(*) FROM orders WHERE account_id = ?1 AND account_id <> ''),"
        " (SELECT count(*) FROM cases WHERE customer_id <> '' AND customer_id IN (SELECT ?1 UNION"
        " SELECT customer_id FROM orders WHERE account_id = ?1 AND account_id <> ''))");
    servicing::CustomerCounts counts;
    query.bind(customer_id).step();
    query.read(counts.orders, counts.cases);
    return counts;
}

}  // namespace orderhub::store
