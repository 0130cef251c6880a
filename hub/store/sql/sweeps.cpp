// The places in which an erasure looks for a person, page by page.
#include <boost/json/serialize.hpp>

#include "hub/routing/parked_work.hpp"
#include "hub/routing/polled_records.hpp"
#include "hub/servicing/event_view.hpp"
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using servicing::SweptPlace;
using servicing::SweptRow;

namespace {

/// What is asked of a place. Columns of `select`: key, order, case, record or type, whether it is
/// open (1), then the texts.
struct Place {
    std::string_view select;
    std::string_view key;
    bool has_sequence = false;  ///< as its key
    int texts = 1;
    std::string_view update;  ///< the texts, then the key
};

Place place_of(SweptPlace place) {
    switch (place) {
        case SweptPlace::messages:
            // Those whose content is gone already are left out.
            return {
                "SELECT inbox.sequence, '', '', connector || '/' || message_id,"
                " CASE WHEN state IN ('waiting', 'working') THEN 1 ELSE 0 END, error_message,"
                " headers, body FROM inbox JOIN inbox_bodies"
                " ON inbox_bodies.sequence = inbox.sequence WHERE content_type <> 'erased' AND",
                "inbox.sequence", true, 3, ""};
        case SweptPlace::deliveries:
            return {
                "SELECT sequence, order_id, case_id, kind, open, payload, result,"
                " error_message, history FROM deliveries WHERE",
                "sequence", true, 4,
                "UPDATE deliveries SET payload = ?, result = ?, error_message = ?, history = ?"
                " WHERE open = 0 AND sequence = ?"};
        case SweptPlace::events:
            return {"SELECT sequence, order_id, case_id, type, 0, data FROM events WHERE",
                    "sequence", true, 1, "UPDATE events SET data = ? WHERE sequence = ?"};
        case SweptPlace::answers:
            return {"SELECT key, '', '', '', 0, body FROM answers WHERE", "key", false, 1,
                    "UPDATE answers SET body = ? WHERE key = ?"};
        case SweptPlace::originals:
            return {"SELECT subject, '', '', '', 0, content FROM originals WHERE", "subject", false,
                    1, "UPDATE originals SET content = ? WHERE subject = ?"};
        case SweptPlace::flow_runs:
            return {"SELECT id, order_id, case_id, '', 0, message, document FROM flow_runs WHERE",
                    "id", false, 2,
                    "UPDATE flow_runs SET version = version + 1, message = ?, document = ?"
                    " WHERE id = ?"};
        case SweptPlace::replays:
            return {"SELECT id, '', '', '', 0, differences, error FROM replays WHERE", "id", false,
                    2, "UPDATE replays SET differences = ?, error = ? WHERE id = ?"};
        case SweptPlace::cases:
            return {"SELECT id, '', '', '', 0, document FROM cases WHERE", "id", false, 1,
                    "UPDATE cases SET document = ? WHERE id = ?"};
        case SweptPlace::identities:
            return {"SELECT key, '', '', '', 0, reason FROM customer_identities WHERE", "key",
                    false, 1, "UPDATE customer_identities SET reason = ? WHERE key = ?"};
        case SweptPlace::history:
            return {"SELECT sequence, '', '', '', 0, why FROM customer_history WHERE", "sequence",
                    true, 1, "UPDATE customer_history SET why = ? WHERE sequence = ?"};
    }
    throw std::logic_error("no such place");
}

void bind_key(Query& query, const Place& place, std::string_view key) {
    if (place.has_sequence)
        query.bind(key.empty() ? std::int64_t{0} : std::stoll(std::string(key)));
    else
        query.bind(key);
}

SweptRow read_row(Query& query, SweptPlace where, const Place& place) {
    constexpr std::size_t kDigest = 65;  ///< with the colon before it
    constexpr int kFirstText = 5;
    SweptRow row;
    std::string name;
    int is_open = 0;
    query.read(row.key, row.order_id, row.case_id, name, is_open);
    if (place.has_sequence) row.key = std::to_string(query.integer(0));
    row.is_open = is_open != 0;
    if (where == SweptPlace::messages)
        row.record = name.substr(0, name.size() > kDigest ? name.size() - kDigest : 0);
    else
        row.type = std::move(name);
    for (int i = 0; i < place.texts; ++i)
        row.texts.push_back(query.text(kFirstText + i));
    return row;
}

}  // namespace

std::vector<SweptRow> SqlTransaction::sweep(SweptPlace where, std::string_view after,
                                            std::uint32_t limit) {
    finish();
    const Place place = place_of(where);
    auto query = db_.query(std::string(place.select)
                               .append(" ")
                               .append(place.key)
                               .append(" > ? ORDER BY ")
                               .append(place.key)
                               .append(" LIMIT ?"));
    bind_key(query, place, after);
    query.bind(limit);
    std::vector<SweptRow> rows;
    while (query.step())
        rows.push_back(read_row(query, where, place));
    if (where == SweptPlace::flow_runs)
        for (auto& row : rows)
            add_steps(row);
    return rows;
}

std::optional<SweptRow> SqlTransaction::swept(SweptPlace where, std::string_view key) {
    const Place place = place_of(where);
    const auto sql = std::string(place.select).append(" ").append(place.key).append(" = ?");
    std::optional<SweptRow> row;
    {
        auto query = db_.query(sql + std::string(for_update()));
        bind_key(query, place, key);
        if (query.step()) row = read_row(query, where, place);
    }
    if (row && where == SweptPlace::flow_runs) add_steps(*row);
    return row;
}

void SqlTransaction::add_steps(SweptRow& row) {
    for (auto& step : run_steps(row.key))
        row.texts.push_back(std::move(step.document));
}

std::string SqlTransaction::rewrite(SweptPlace where, const SweptRow& row) {
    const Place place = place_of(where);
    if (where == SweptPlace::messages) {
        erase_content(std::stoll(row.key));
        return {};
    }
    if (where == SweptPlace::events) keep_checksum(std::stoll(row.key));
    {
        auto query = db_.query(place.update);
        for (int i = 0; i < place.texts; ++i) {
            const auto& text = row.texts.at(static_cast<std::size_t>(i));
            if (where == SweptPlace::originals)
                query.bind(Bytes{text});
            else
                query.bind(text);
        }
        bind_key(query, place, row.key);
        query.run();
    }
    if (where == SweptPlace::flow_runs) {
        auto steps = run_steps(row.key);
        for (std::size_t i = 0; i < steps.size() && i + 2 < row.texts.size(); ++i) {
            steps[i].document = row.texts[i + 2];
            save_step(steps[i]);
        }
    }
    return where == SweptPlace::events ? line_checksum(std::stoll(row.key)) : std::string();
}

// Its id stays, so that the outside system's next try is known, and so does what became of it.
void SqlTransaction::erase_content(std::int64_t sequence) {
    routing::InboxMessage message;
    message.sequence = sequence;
    db_.query(
           "UPDATE inbox_bodies SET headers = '{}', content_type = 'erased', body = ?"
           " WHERE sequence = ?")
        .bind(Bytes{""}, sequence)
        .run();
    db_.query(
           "UPDATE inbox SET error_message = '', state = CASE WHEN state = 'parked' THEN 'dropped'"
           " ELSE state END WHERE sequence = ?")
        .bind(sequence)
        .run();
    db_.query("DELETE FROM originals WHERE subject = ?").bind(routing::subject_of(message)).run();
}

std::string SqlTransaction::line_checksum(std::int64_t sequence) {
    AuditQuery query;
    query.after = sequence - 1;
    query.limit = 1;
    const auto found = audit(query).events;
    if (found.empty() || found.front().sequence != sequence)
        throw std::runtime_error("no event " + std::to_string(sequence));
    return routing::sha256_hex(
        boost::json::serialize(servicing::audit_view(found.front(), found.front().erased)));
}

void SqlTransaction::keep_checksum(std::int64_t sequence) {
    db_.query("UPDATE events SET erased = ? WHERE sequence = ? AND erased = ''")
        .bind(line_checksum(sequence), sequence)
        .run();
}

}  // namespace orderhub::store
