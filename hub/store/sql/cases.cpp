#include "hub/store/sql/search_text.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::CaseQuery;
using servicing::CaseRow;

namespace {

constexpr std::string_view kSelect =
    "SELECT id, version, document, connector, external_id, subject, requester_email, state,"
    " decision, order_id, updated_at, customer_id, customer_identity FROM cases";
constexpr std::string_view kInsert =
    "INSERT INTO cases (document, connector, external_id, subject, requester_email, state,"
    " decision, order_id, updated_at, customer_id, customer_identity, version, id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
// The parameters are kInsert's, in the same order; the version is the new one.
constexpr std::string_view kUpdate =
    "UPDATE cases SET document = ?, connector = ?, external_id = ?, subject = ?,"
    " requester_email = ?, state = ?, decision = ?, order_id = ?, updated_at = ?,"
    " customer_id = ?, customer_identity = ?, version = ?12 WHERE id = ?13 AND version = ?12 - 1";

CaseRow read_case(Query& query) {
    CaseRow row;
    query.read(row.id, row.version, row.document, row.connector, row.external_id, row.subject,
               row.requester_email, row.state, row.decision, row.order_id, row.updated_at,
               row.customer_id, row.customer_identity);
    return row;
}

// ?1 text, ?2 decision, ?3 order, ?4 the id that the page follows, ?5 customer, ?6 the text in
// lower case, ?7 the limit.
std::string search_sql(const CaseQuery& query, const Dialect& dialect) {
    std::string sql(kSelect);
    sql += " WHERE TRUE";
    if (!query.text.empty())
        sql += " AND id IN (SELECT id FROM cases WHERE " +
               matches("external_id", "?1", is_beginning(query.text)) +
               " UNION SELECT id FROM cases WHERE " +
               matches(dialect.requester, "?6", is_beginning(query.text)) + ")";
    if (!query.decision.empty()) sql += " AND decision = ?2";
    if (!query.order_id.empty())
        sql +=
            " AND id IN (SELECT id FROM cases WHERE order_id = ?3 AND order_id <> ''"
            " UNION SELECT case_id FROM case_orders WHERE order_id = ?3)";
    if (!query.customer_id.empty())
        sql +=
            " AND customer_id <> '' AND customer_id IN (SELECT ?5 UNION"
            " SELECT customer_id FROM orders WHERE account_id = ?5 AND account_id <> '')";
    if (!query.before_id.empty()) sql += " AND id < ?4";
    return sql + " ORDER BY id DESC LIMIT ?7";
}

}  // namespace

std::optional<CaseRow> SqlTransaction::case_by_id(std::string_view id) {
    static const std::string sql = std::string(kSelect) + " WHERE id = ?";
    auto query = db_.query(sql + std::string(for_update()));
    if (!query.bind(id).step()) return std::nullopt;
    return read_case(query);
}

std::optional<CaseRow> SqlTransaction::case_by_source(std::string_view connector,
                                                      std::string_view external_id) {
    static const std::string sql =
        std::string(kSelect) + " WHERE external_id = ? AND connector = ?";
    auto query = db_.query(sql + std::string(for_update()));
    if (!query.bind(external_id, connector).step()) return std::nullopt;
    return read_case(query);
}

std::vector<CaseRow> SqlTransaction::find_cases(const CaseQuery& query) {
    auto search = db_.query(search_sql(query, db_.dialect()));
    const auto text = searched(query.text);
    search.bind(text, query.decision, query.order_id, query.before_id, query.customer_id,
                lower_case(text), query.limit);
    std::vector<CaseRow> rows;
    while (search.step())
        rows.push_back(read_case(search));
    return rows;
}

void SqlTransaction::save_case(const CaseRow& row) {
    db_.query(row.version == 1 ? kInsert : kUpdate)
        .bind(row.document, row.connector, row.external_id, row.subject, row.requester_email,
              row.state, row.decision, row.order_id, row.updated_at, row.customer_id,
              row.customer_identity, row.version, row.id)
        .run();
    if (db_.changes() != 1)
        throw std::runtime_error("case " + row.id + " is not at version " +
                                 std::to_string(row.version - 1));
    save_case_keys(row);
}

}  // namespace orderhub::store
