-- Flows: the texts of their definitions, their runs and what each run did. Instants are milliseconds since the epoch, 0 is none.
CREATE TABLE flow_texts (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    loaded_at INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_runs (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    flow TEXT NOT NULL,
    flow_version INTEGER NOT NULL,
    state TEXT NOT NULL,
    order_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    action_id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    ask_role TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    message TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX flow_runs_due ON flow_runs (due_at) WHERE due_at > 0;
CREATE INDEX flow_runs_waiting ON flow_runs (order_id) WHERE state = 'waiting';
CREATE INDEX flow_runs_waiting_case ON flow_runs (case_id) WHERE state = 'waiting';
CREATE INDEX flow_runs_state ON flow_runs (state, id);
CREATE INDEX flow_runs_order ON flow_runs (order_id, id) WHERE order_id <> '';
CREATE INDEX flow_runs_case ON flow_runs (case_id, id) WHERE case_id <> '';

CREATE TABLE flow_steps (
    run_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
