-- What a delivery or a message said before a person changed it for the first time. A body need not be UTF-8.
CREATE TABLE originals (
    subject TEXT COLLATE "C" PRIMARY KEY,
    content BYTEA NOT NULL,
    edited_at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL
);
CREATE INDEX inbox_dropped ON inbox (sequence) WHERE state = 'dropped';

-- Messages of a period run again. `cursor` is the sequence of the last message that was taken, `last` the newest one
-- when the replay began.
CREATE TABLE replays (
    id TEXT COLLATE "C" PRIMARY KEY,
    connector TEXT COLLATE "C" NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    dry_run INTEGER NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    cursor BIGINT NOT NULL,
    last BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    differences TEXT COLLATE "C" NOT NULL,
    error TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX replays_running ON replays (id) WHERE state = 'running';
