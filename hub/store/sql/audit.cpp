#include <algorithm>
#include <limits>

#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

namespace {

constexpr std::string_view kSealColumns = "first_sequence, last_sequence, events, hash, sealed_at";

Seal read_seal(Query& query) {
    Seal seal;
    query.read(seal.first, seal.last, seal.events, seal.hash, seal.sealed_at_ms);
    return seal;
}

/// Where the rows lie that one page looks at: above `low`, below `high`.
struct Span {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

Span span_of(const AuditQuery& query, std::int64_t end) {
    if (query.after) return {*query.after, std::min(*query.after + kMostLookedAt, end) + 1};
    const std::int64_t high = query.before > 0 ? std::min(query.before, end + 1) : end + 1;
    return {std::max<std::int64_t>(0, high - 1 - kMostLookedAt), high};
}

std::optional<std::int64_t> next_of(const AuditQuery& query, const AuditPage& page, Span span,
                                    std::int64_t end) {
    if (page.events.size() == query.limit) return page.events.back().sequence;
    if (query.after) return span.high <= end ? std::optional(span.high - 1) : std::nullopt;
    return span.low > 0 ? std::optional(span.low + 1) : std::nullopt;
}

}  // namespace

AuditPage SqlTransaction::audit(const AuditQuery& query) {
    finish();
    const std::int64_t end = journal_end();
    const Span span = span_of(query, end);
    auto rows = db_.query(
        std::string(
            "SELECT sequence, id, type, order_id, case_id, actor, trace, data, at, address, erased"
            " FROM events WHERE sequence > ?1 AND sequence < ?2"
            " AND (?3 = '' OR actor = ?3) AND (?4 = '' OR substr(type, 1, length(?4)) = ?4)"
            " AND (?5 = '' OR order_id = ?5) AND (?6 = '' OR at >= ?6)"
            " AND (?7 = '' OR at < ?7) ORDER BY sequence ") +
        (query.after ? "ASC" : "DESC") + " LIMIT ?8");
    rows.bind(span.low, span.high, query.actor, query.type, query.order_id, query.from, query.to,
              query.limit);
    AuditPage page;
    while (rows.step()) {
        auto& row = page.events.emplace_back();
        rows.read(row.sequence, row.id, row.type, row.order_id, row.case_id, row.actor, row.trace,
                  row.data, row.at, row.address, row.erased);
    }
    page.next = next_of(query, page, span, end);
    return page;
}

std::optional<Seal> SqlTransaction::last_seal() {
    auto query = db_.query("SELECT " + std::string(kSealColumns) +
                           " FROM journal_seals ORDER BY last_sequence DESC LIMIT 1");
    if (!query.step()) return std::nullopt;
    return read_seal(query);
}

std::vector<Seal> SqlTransaction::seals(std::int64_t after, std::uint32_t limit) {
    auto query = db_.query("SELECT " + std::string(kSealColumns) +
                           " FROM journal_seals WHERE last_sequence > ?"
                           " ORDER BY last_sequence LIMIT ?");
    query.bind(after, limit);
    std::vector<Seal> found;
    while (query.step())
        found.push_back(read_seal(query));
    return found;
}

void SqlTransaction::add_seal(const Seal& seal) {
    db_.query("INSERT INTO journal_seals (" + std::string(kSealColumns) +
              ") VALUES (?, ?, ?, ?, ?)")
        .bind(seal.first, seal.last, seal.events, seal.hash, seal.sealed_at_ms)
        .run();
}

}  // namespace orderhub::store
