-- The hubs that work on this database now. A token is never given twice: what a hub has begun carries its token, and
-- whoever finds a token that is not here may take the work over.
CREATE TABLE hubs (
    token BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    mark BIGINT NOT NULL,
    renewed_at TIMESTAMPTZ NOT NULL
);

-- What only one hub does at a time: a poll, a subscription.
CREATE TABLE leases (name TEXT COLLATE "C" PRIMARY KEY, owner BIGINT NOT NULL);

-- The state of a message changes with each step and its content never: apart, a step writes a few bytes.
CREATE TABLE inbox_bodies (
    sequence BIGINT PRIMARY KEY,
    headers TEXT COLLATE "C" NOT NULL,
    content_type TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL
);
INSERT INTO inbox_bodies SELECT sequence, headers, content_type, body FROM inbox;
ALTER TABLE inbox DROP COLUMN headers;
ALTER TABLE inbox DROP COLUMN content_type;
ALTER TABLE inbox DROP COLUMN body;
ALTER TABLE inbox ADD COLUMN owner BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN owner BIGINT NOT NULL DEFAULT 0;
