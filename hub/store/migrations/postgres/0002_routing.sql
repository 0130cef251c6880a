-- Messages on their way in. Instants are milliseconds since the epoch. A body is outside bytes: it need not be UTF-8.
CREATE TABLE inbox (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector TEXT COLLATE "C" NOT NULL,
    message_id TEXT COLLATE "C" NOT NULL,
    record_kind TEXT COLLATE "C" NOT NULL,
    headers TEXT COLLATE "C" NOT NULL,
    content_type TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    crashes INTEGER NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,
    error_code TEXT COLLATE "C" NOT NULL,
    error_message TEXT COLLATE "C" NOT NULL,
    UNIQUE (connector, message_id)
);
CREATE INDEX inbox_due ON inbox (connector, next_at, sequence) WHERE state = 'waiting';
CREATE INDEX inbox_working ON inbox (connector) WHERE state = 'working';
CREATE INDEX inbox_parked ON inbox (connector) WHERE state = 'parked';

-- Effects on their way out. `head` marks the oldest open delivery of each (connector, order_key): only that one may be
-- tried. It is kept, not computed, so that finding what is due costs the same with ten rows and with ten million.
CREATE TABLE deliveries (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    connector TEXT COLLATE "C" NOT NULL,
    order_key TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    payload TEXT COLLATE "C" NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    action_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    head INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    tried_since BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    result TEXT COLLATE "C" NOT NULL DEFAULT '',
    error_code TEXT COLLATE "C" NOT NULL DEFAULT '',
    error_message TEXT COLLATE "C" NOT NULL DEFAULT '',
    history TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    open INTEGER GENERATED ALWAYS AS (CASE WHEN state IN ('done', 'dropped') THEN 0 ELSE 1 END) STORED,
    ready INTEGER GENERATED ALWAYS AS (CASE WHEN head = 1 AND state IN ('waiting', 'unknown') THEN 1 ELSE 0 END) STORED
);
CREATE INDEX deliveries_line ON deliveries (connector, order_key, sequence) WHERE open = 1;
CREATE INDEX deliveries_ready ON deliveries (connector, next_at, sequence) WHERE ready = 1;
CREATE INDEX deliveries_in_flight ON deliveries (connector) WHERE state = 'in_flight';
CREATE INDEX deliveries_parked ON deliveries (connector, sequence) WHERE state = 'parked';
CREATE INDEX deliveries_order ON deliveries (order_id, sequence) WHERE order_id <> '';

CREATE TABLE connector_state (
    connector TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (connector, key)
);

CREATE TABLE record_digests (
    connector TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (connector, kind, external_id)
);
