-- Who ordered and who wrote.
CREATE TABLE customers (
    id TEXT COLLATE "C" PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    named_at TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    joined_into TEXT COLLATE "C" NOT NULL
);
CREATE INDEX customers_joined ON customers (joined_into) WHERE joined_into <> '';

-- Rows of their own, not parts of a document: a mailbox that a shop uses for all its guests collects thousands.
CREATE TABLE customer_identities (
    key TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL,
    customer_id TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX customer_identities_value ON customer_identities (value);
CREATE INDEX customer_identities_customer ON customer_identities (customer_id, at, key);

-- Pairs of identities that a person has split, each in both directions.
CREATE TABLE customer_separations (
    identity TEXT COLLATE "C" NOT NULL,
    other TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (identity, other)
);

CREATE TABLE customer_history (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    why TEXT COLLATE "C" NOT NULL,
    other TEXT COLLATE "C" NOT NULL
);
CREATE INDEX customer_history_customer ON customer_history (customer_id, sequence);

-- The customer, and the identity by which the order is his: a split moves it with that identity.
ALTER TABLE orders ADD COLUMN customer_id TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN customer_identity TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN account_id TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN account_identity TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX orders_customer ON orders (customer_id, placed_at, id) WHERE customer_id <> '';
CREATE INDEX orders_account ON orders (account_id, placed_at, id) WHERE account_id <> '';
CREATE INDEX orders_buyer ON orders (account_id, customer_id) WHERE account_id <> '';
CREATE INDEX orders_bought_for ON orders (customer_id, account_id) WHERE account_id <> '';

ALTER TABLE cases ADD COLUMN customer_id TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN customer_identity TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX cases_customer ON cases (customer_id, id) WHERE customer_id <> '';
