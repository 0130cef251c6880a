-- Whom an OpenID Connect provider has named: issuer and subject together are one person for good.
-- serves: 13
ALTER TABLE users ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX users_identity ON users (issuer, subject) WHERE issuer <> '';
