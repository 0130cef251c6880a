-- Several hubs work on this database, each with a row in hubs; there is no one writer any more. SQLite has one hub and so no
-- step of this number.
DROP TABLE writer;

-- What hubs had come to when they ended or were given up: one that wakes with a commit in doubt finds here whether it was done.
CREATE TABLE ended_hubs (token BIGINT PRIMARY KEY, mark BIGINT NOT NULL, ended_at TIMESTAMPTZ NOT NULL);
CREATE INDEX ended_hubs_ended ON ended_hubs (ended_at);
