-- Flows: the texts of their definitions, their runs and what each run did. Instants are milliseconds since the epoch, 0 is none.
CREATE TABLE flow_texts (
    name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    loaded_at BIGINT NOT NULL,
    PRIMARY KEY (name, version)
);

CREATE TABLE flow_runs (
    id TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL,
    flow TEXT COLLATE "C" NOT NULL,
    flow_version BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    action_id TEXT COLLATE "C" NOT NULL,
    parent_id TEXT COLLATE "C" NOT NULL,
    ask_role TEXT COLLATE "C" NOT NULL,
    due_at BIGINT NOT NULL,
    started_by TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    message TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL
);
CREATE INDEX flow_runs_due ON flow_runs (due_at) WHERE due_at > 0;
CREATE INDEX flow_runs_waiting ON flow_runs (order_id) WHERE state = 'waiting';
CREATE INDEX flow_runs_waiting_case ON flow_runs (case_id) WHERE state = 'waiting';
CREATE INDEX flow_runs_state ON flow_runs (state, id);
CREATE INDEX flow_runs_order ON flow_runs (order_id, id) WHERE order_id <> '';
CREATE INDEX flow_runs_case ON flow_runs (case_id, id) WHERE case_id <> '';

CREATE TABLE flow_steps (
    run_id TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run_id, number)
);
