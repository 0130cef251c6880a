-- Messages on their way in. Instants are milliseconds since the epoch.
CREATE TABLE inbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    connector TEXT NOT NULL,
    message_id TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    headers TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    crashes INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    error_code TEXT NOT NULL,
    error_message TEXT NOT NULL,
    UNIQUE (connector, message_id)
) STRICT;
CREATE INDEX inbox_due ON inbox (connector, next_at, sequence) WHERE state = 'waiting';
CREATE INDEX inbox_working ON inbox (connector) WHERE state = 'working';
CREATE INDEX inbox_parked ON inbox (connector) WHERE state = 'parked';

-- Effects on their way out. `head` marks the oldest open delivery of each (connector, order_key): only that one may be
-- tried. It is kept, not computed, so that finding what is due costs the same with ten rows and with ten million.
CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    connector TEXT NOT NULL,
    order_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    order_id TEXT NOT NULL,
    change_order_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    state TEXT NOT NULL,
    head INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    tried_since INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    result TEXT NOT NULL DEFAULT '',
    error_code TEXT NOT NULL DEFAULT '',
    error_message TEXT NOT NULL DEFAULT '',
    history TEXT NOT NULL DEFAULT '[]',
    open INTEGER GENERATED ALWAYS AS (state NOT IN ('done', 'dropped')) STORED,
    ready INTEGER GENERATED ALWAYS AS (head = 1 AND state IN ('waiting', 'unknown')) STORED
) STRICT;
CREATE INDEX deliveries_line ON deliveries (connector, order_key, sequence) WHERE open = 1;
CREATE INDEX deliveries_ready ON deliveries (connector, next_at, sequence) WHERE ready = 1;
CREATE INDEX deliveries_in_flight ON deliveries (connector) WHERE state = 'in_flight';
CREATE INDEX deliveries_parked ON deliveries (connector, sequence) WHERE state = 'parked';
CREATE INDEX deliveries_order ON deliveries (order_id, sequence) WHERE order_id <> '';

CREATE TABLE connector_state (
    connector TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (connector, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_digests (
    connector TEXT NOT NULL,
    kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (connector, kind, external_id)
) STRICT, WITHOUT ROWID;
