-- From where something was asked, and seals over the journal: each covers the events after the one before it, and its hash covers that
-- seal's too, so that an event that is changed, added or taken away later is noticed.
-- serves: 13
ALTER TABLE events ADD COLUMN address TEXT NOT NULL DEFAULT '';
CREATE TABLE journal_seals (
    last_sequence BIGINT PRIMARY KEY,
    first_sequence BIGINT NOT NULL UNIQUE,
    events BIGINT NOT NULL,
    hash TEXT NOT NULL,
    sealed_at BIGINT NOT NULL
);
