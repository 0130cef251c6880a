-- The schema of SQLite's migrations, in PostgreSQL's types. Texts are compared and sorted by their bytes (COLLATE "C"),
-- whatever the database's collation is: pages follow ids and instants.

-- Orders: one document each, and the columns that searches and lists use.
CREATE TABLE orders (
    id TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    connector TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    customer_name TEXT COLLATE "C" NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    grand_total TEXT COLLATE "C" NOT NULL,
    placed_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    has_exception INTEGER NOT NULL,
    UNIQUE (external_id, connector)
);
CREATE INDEX orders_number ON orders (number) WHERE number <> '';
CREATE INDEX orders_email ON orders (email) WHERE email <> '';
CREATE INDEX orders_phone ON orders (phone) WHERE phone <> '';
CREATE INDEX orders_placed ON orders (placed_at, id);
CREATE INDEX orders_status ON orders (status, placed_at, id);
CREATE INDEX orders_exception ON orders (placed_at, id) WHERE has_exception = 1;

CREATE TABLE order_tracking (
    number TEXT COLLATE "C" NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (number, order_id)
);
CREATE INDEX order_tracking_order ON order_tracking (order_id, position);

CREATE TABLE cases (
    id TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    connector TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    requester_email TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    decision TEXT COLLATE "C" NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (external_id, connector)
);
CREATE INDEX cases_requester ON cases (lower(requester_email), id);
CREATE INDEX cases_decision ON cases (decision, id);
CREATE INDEX cases_order ON cases (order_id, id) WHERE order_id <> '';

-- The journal. A sequence number never comes back, so readers can go on after the last one they saw.
CREATE TABLE events (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    type TEXT COLLATE "C" NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    trace TEXT COLLATE "C" NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX events_order ON events (order_id, sequence) WHERE order_id <> '';

CREATE TABLE counters (series TEXT COLLATE "C" PRIMARY KEY, value BIGINT NOT NULL);
