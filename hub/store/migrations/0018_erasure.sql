-- Erasures of customers' data, and marks of what was erased that outlive it.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL,
    state TEXT NOT NULL,
    dry_run INTEGER NOT NULL,
    actor TEXT NOT NULL,
    address TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasures_open ON erasures (id) WHERE state <> 'done';

-- Of an identity (connector '', kind 'identity') the external id is a checksum.
CREATE TABLE erased_records (
    connector TEXT NOT NULL,
    kind TEXT NOT NULL,
    external_id TEXT NOT NULL,
    erased_at INTEGER NOT NULL,
    PRIMARY KEY (connector, kind, external_id)
) STRICT, WITHOUT ROWID;

-- The checksum that an event's line had before something in it was erased: a seal covers lines by their checksums. Those
-- made before covered the lines themselves, so all are made anew when the hub starts.
ALTER TABLE events ADD COLUMN erased TEXT NOT NULL DEFAULT '';
DELETE FROM journal_seals;
