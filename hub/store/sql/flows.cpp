// Flows: texts, runs and steps.
#include "hub/store/sql/transaction.hpp"

namespace orderhub::store {

using flows::FlowText;
using flows::Instant;
using flows::Run;
using flows::RunStep;

namespace {

#define ORDERHUB_RUN_COLUMNS                                                           \
    "id, version, flow, flow_version, state, order_id, case_id, action_id, parent_id," \
    " ask_role, due_at, started_by, started_at, updated_at, message, document"

Run read_run(Query& query) {
    Run row;
    std::string state;
    query.read(row.id, row.version, row.flow, row.flow_version, state, row.order_id, row.case_id,
               row.action_id, row.parent_id, row.ask_role, row.due_at, row.started_by,
               row.started_at, row.updated_at, row.message, row.document);
    const auto known = flows::run_state(state);
    if (!known)
        throw StoreFailure(StoreFailure::Kind::refused, "the run " + row.id + " is " + state);
    row.state = *known;
    return row;
}

std::vector<std::string> ids_of(Query& query) {
    std::vector<std::string> ids;
    while (query.step())
        ids.push_back(query.text(0));
    return ids;
}

}  // namespace

std::int64_t SqlTransaction::keep_flow(std::string_view name, std::string_view text, Instant now) {
    {
        auto known = db_.query("SELECT version FROM flow_texts WHERE name = ? AND content = ?");
        if (known.bind(name, text).step()) return known.integer(0);
    }
    std::int64_t version = 1;
    {
        auto newest = db_.query("SELECT COALESCE(MAX(version), 0) FROM flow_texts WHERE name = ?");
        if (newest.bind(name).step()) version = newest.integer(0) + 1;
    }
    db_.query("INSERT INTO flow_texts (name, version, content, loaded_at) VALUES (?, ?, ?, ?)")
        .bind(name, version, text, now)
        .run();
    return version;
}

std::optional<FlowText> SqlTransaction::flow_text(std::string_view name, std::int64_t version) {
    auto query = db_.query(
        "SELECT name, version, content, loaded_at FROM flow_texts WHERE name = ? AND version = ?");
    if (!query.bind(name, version).step()) return std::nullopt;
    FlowText row;
    query.read(row.name, row.version, row.text, row.loaded_at);
    return row;
}

std::vector<FlowText> SqlTransaction::flow_versions(std::string_view name, std::uint32_t limit) {
    auto query = db_.query(
        "SELECT name, version, loaded_at FROM flow_texts WHERE name = ? ORDER BY version DESC"
        " LIMIT ?");
    query.bind(name, limit);
    std::vector<FlowText> rows;
    while (query.step()) {
        FlowText row;
        query.read(row.name, row.version, row.loaded_at);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::optional<Run> SqlTransaction::run(std::string_view id) {
    auto query = db_.query("SELECT " ORDERHUB_RUN_COLUMNS " FROM flow_runs WHERE id = ?" +
                           std::string(for_update()));
    if (!query.bind(id).step()) return std::nullopt;
    return read_run(query);
}

std::vector<Run> SqlTransaction::find_runs(const flows::RunQuery& asked) {
    std::string sql = "SELECT " ORDERHUB_RUN_COLUMNS " FROM flow_runs WHERE id <> ''";
    if (!asked.before_id.empty()) sql += " AND id < ?1";
    if (!asked.flow.empty()) sql += " AND flow = ?2";
    if (!asked.order_id.empty()) sql += " AND order_id = ?3 AND order_id <> ''";
    if (!asked.case_id.empty()) sql += " AND case_id = ?4 AND case_id <> ''";
    if (!asked.state.empty()) sql += " AND state = ?5";
    sql += " ORDER BY id DESC LIMIT ?6";
    auto query = db_.query(sql);
    query.bind(asked.before_id, asked.flow, asked.order_id, asked.case_id, asked.state,
               asked.limit);
    std::vector<Run> rows;
    while (query.step())
        rows.push_back(read_run(query));
    return rows;
}

void SqlTransaction::add_run(const Run& run) {
    db_.query("INSERT INTO flow_runs (" ORDERHUB_RUN_COLUMNS
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(run.id, run.version, run.flow, run.flow_version, flows::to_text(run.state),
              run.order_id, run.case_id, run.action_id, run.parent_id, run.ask_role, run.due_at,
              run.started_by, run.started_at, run.updated_at, run.message, run.document)
        .run();
}

bool SqlTransaction::save_run(Run& run) {
    db_.query(
           "UPDATE flow_runs SET version = version + 1, state = ?, order_id = ?, case_id = ?,"
           " action_id = ?, ask_role = ?, due_at = ?, updated_at = ?, message = ?, document = ?"
           " WHERE id = ? AND version = ?")
        .bind(flows::to_text(run.state), run.order_id, run.case_id, run.action_id, run.ask_role,
              run.due_at, run.updated_at, run.message, run.document, run.id, run.version)
        .run();
    if (db_.changes() == 0) return false;
    ++run.version;
    return true;
}

std::vector<std::string> SqlTransaction::due_runs(Instant now, std::uint32_t limit) {
    auto query = db_.query(
        "SELECT id FROM flow_runs WHERE due_at > 0 AND due_at <= ? ORDER BY due_at, id LIMIT ?");
    query.bind(now, limit);
    return ids_of(query);
}

std::optional<Instant> SqlTransaction::next_run_due() {
    auto query = db_.query("SELECT due_at FROM flow_runs WHERE due_at > 0 ORDER BY due_at LIMIT 1");
    if (!query.step()) return std::nullopt;
    return query.integer(0);
}

std::vector<std::string> SqlTransaction::touched_runs(std::int64_t after, std::int64_t upto) {
    // CROSS keeps SQLite to this order: from the few new events to the runs of their orders.
    auto query = db_.query(
        "SELECT r.id FROM events AS e CROSS JOIN flow_runs AS r"
        " WHERE e.sequence > ?1 AND e.sequence <= ?2 AND r.order_id = e.order_id"
        " AND r.state = 'waiting' AND e.order_id <> ''"
        " UNION SELECT r.id FROM events AS e CROSS JOIN flow_runs AS r"
        " WHERE e.sequence > ?1 AND e.sequence <= ?2 AND r.case_id = e.case_id"
        " AND r.state = 'waiting' AND e.case_id <> '' ORDER BY 1");
    query.bind(after, upto);
    return ids_of(query);
}

void SqlTransaction::save_step(const RunStep& step) {
    db_.query(
           "INSERT INTO flow_steps (run_id, number, step, kind, state, started_at, ended_at,"
           " document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
           " ON CONFLICT (run_id, number) DO UPDATE SET state = excluded.state,"
           " ended_at = excluded.ended_at, document = excluded.document")
        .bind(step.run_id, step.number, step.step, step.kind, step.state, step.started_at,
              step.ended_at, step.document)
        .run();
}

std::vector<RunStep> SqlTransaction::run_steps(std::string_view run_id) {
    auto query = db_.query(
        "SELECT run_id, number, step, kind, state, started_at, ended_at, document"
        " FROM flow_steps WHERE run_id = ? ORDER BY number");
    query.bind(run_id);
    std::vector<RunStep> rows;
    while (query.step()) {
        RunStep row;
        query.read(row.run_id, row.number, row.step, row.kind, row.state, row.started_at,
                   row.ended_at, row.document);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace orderhub::store
