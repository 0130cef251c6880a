-- Who is sent the journal's events: one row each, with a cursor over the journal. Instants are milliseconds since the epoch.
CREATE TABLE subscriptions (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    types TEXT COLLATE "C" NOT NULL,
    secret TEXT COLLATE "C" NOT NULL,
    previous_secret TEXT COLLATE "C" NOT NULL,
    previous_until BIGINT NOT NULL,
    reached BIGINT NOT NULL,
    active INTEGER NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    failures BIGINT NOT NULL,
    failing_since BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    error_code TEXT COLLATE "C" NOT NULL,
    error_message TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
