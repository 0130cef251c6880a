CREATE TABLE api_tokens (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    created_at TEXT COLLATE "C" NOT NULL
);

-- What POSTs with an Idempotency-Key were answered.
CREATE TABLE answers (
    key TEXT COLLATE "C" PRIMARY KEY,
    fingerprint TEXT COLLATE "C" NOT NULL,
    status INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX answers_created ON answers (created_at);

-- Which hub writes here. It changes this row in each of its transactions; see postgres/lease.hpp.
CREATE TABLE writer (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    holder TEXT COLLATE "C" NOT NULL,
    mark BIGINT NOT NULL,
    renewed_at TIMESTAMPTZ NOT NULL
) WITH (fillfactor = 20);
INSERT INTO writer (id, holder, mark, renewed_at) VALUES (1, '', 0, clock_timestamp());
