-- What a delivery or a message said before a person changed it for the first time.
CREATE TABLE originals (
    subject TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    edited_at INTEGER NOT NULL,
    actor TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_dropped ON inbox (sequence) WHERE state = 'dropped';

-- Messages of a period run again. `cursor` is the sequence of the last message that was taken, `last` the newest one
-- when the replay began.
CREATE TABLE replays (
    id TEXT PRIMARY KEY,
    connector TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    dry_run INTEGER NOT NULL,
    actor TEXT NOT NULL,
    state TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    last INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    differences TEXT NOT NULL,
    error TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX replays_running ON replays (id) WHERE state = 'running';
