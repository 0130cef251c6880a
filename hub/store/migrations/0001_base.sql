-- Orders: one document each, and the columns that searches and lists use.
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    connector TEXT NOT NULL,
    external_id TEXT NOT NULL,
    number TEXT NOT NULL,
    email TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    grand_total TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    has_exception INTEGER NOT NULL,
    UNIQUE (external_id, connector)
) STRICT;
CREATE INDEX orders_number ON orders (number) WHERE number <> '';
CREATE INDEX orders_email ON orders (email) WHERE email <> '';
CREATE INDEX orders_phone ON orders (phone) WHERE phone <> '';
CREATE INDEX orders_placed ON orders (placed_at, id);
CREATE INDEX orders_status ON orders (status, placed_at, id);
CREATE INDEX orders_exception ON orders (placed_at, id) WHERE has_exception = 1;

CREATE TABLE order_tracking (
    number TEXT NOT NULL,
    order_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (number, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_tracking_order ON order_tracking (order_id, position);

CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    connector TEXT NOT NULL,
    external_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    requester_email TEXT NOT NULL COLLATE NOCASE,
    state TEXT NOT NULL,
    decision TEXT NOT NULL,
    order_id TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (external_id, connector)
) STRICT;
CREATE INDEX cases_requester ON cases (requester_email, id);
CREATE INDEX cases_decision ON cases (decision, id);
CREATE INDEX cases_order ON cases (order_id, id) WHERE order_id <> '';

-- The journal. AUTOINCREMENT: a sequence number never comes back, so readers can go on after the last one they saw.
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    order_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    trace TEXT NOT NULL,
    data TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX events_order ON events (order_id, sequence) WHERE order_id <> '';

CREATE TABLE counters (series TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
