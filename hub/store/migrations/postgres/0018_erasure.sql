-- Erasures of customers' data, and marks of what was erased that outlive it.
CREATE TABLE erasures (
    id TEXT COLLATE "C" PRIMARY KEY,
    customer_id TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    dry_run INTEGER NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX erasures_open ON erasures (id) WHERE state <> 'done';

-- Of an identity (connector '', kind 'identity') the external id is a checksum.
CREATE TABLE erased_records (
    connector TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (connector, kind, external_id)
);

-- The checksum that an event's line had before something in it was erased: a seal covers lines by their checksums. Those
-- made before covered the lines themselves, so all are made anew when the hub starts.
ALTER TABLE events ADD COLUMN erased TEXT COLLATE "C" NOT NULL DEFAULT '';
DELETE FROM journal_seals;
