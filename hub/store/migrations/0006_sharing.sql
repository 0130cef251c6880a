-- The hubs that work on this database now. A token is never given twice: what a hub has begun carries its token, and
-- whoever finds a token that is not here may take the work over. SQLite has one hub at a time.
CREATE TABLE hubs (
    token INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    mark INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL
) STRICT;

-- What only one hub does at a time: a poll, a subscription.
CREATE TABLE leases (name TEXT PRIMARY KEY, owner INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- The state of a message changes with each step and its content never: apart, a step writes a few bytes.
CREATE TABLE inbox_bodies (
    sequence INTEGER PRIMARY KEY,
    headers TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO inbox_bodies SELECT sequence, headers, content_type, body FROM inbox;
ALTER TABLE inbox DROP COLUMN headers;
ALTER TABLE inbox DROP COLUMN content_type;
ALTER TABLE inbox DROP COLUMN body;
ALTER TABLE inbox ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
