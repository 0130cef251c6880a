-- Who ordered and who wrote. Orders and cases that were stored before have no customer until they are saved again.
CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    named_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    joined_into TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_joined ON customers (joined_into) WHERE joined_into <> '';

-- Rows of their own, not parts of a document: a mailbox that a shop uses for all its guests collects thousands.
CREATE TABLE customer_identities (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    source TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_identities_value ON customer_identities (value);
CREATE INDEX customer_identities_customer ON customer_identities (customer_id, at, key);

-- Pairs of identities that a person has split, each in both directions.
CREATE TABLE customer_separations (
    identity TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (identity, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_history (
    sequence INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    other TEXT NOT NULL
) STRICT;
CREATE INDEX customer_history_customer ON customer_history (customer_id, sequence);

-- The customer, and the identity by which the order is his: a split moves it with that identity.
ALTER TABLE orders ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN customer_identity TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN account_identity TEXT NOT NULL DEFAULT '';
CREATE INDEX orders_customer ON orders (customer_id, placed_at, id) WHERE customer_id <> '';
CREATE INDEX orders_account ON orders (account_id, placed_at, id) WHERE account_id <> '';
CREATE INDEX orders_buyer ON orders (account_id, customer_id) WHERE account_id <> '';
CREATE INDEX orders_bought_for ON orders (customer_id, account_id) WHERE account_id <> '';

ALTER TABLE cases ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN customer_identity TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_customer ON cases (customer_id, id) WHERE customer_id <> '';
