-- serves: 9
-- What orders are found by when a case is matched: hashes of normalised numbers, addresses, names with postcodes. Keys that an
-- order no longer has stay: what is found is compared with the order itself. Orders stored before have none until they are
-- saved again.
CREATE TABLE order_keys (
    key BIGINT NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, order_id)
);

-- The same of cases that wait for their order to come in.
CREATE TABLE case_keys (
    key BIGINT NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, case_id)
);
CREATE INDEX case_keys_case ON case_keys (case_id);

-- Orders of a case beyond the one that cases.order_id names.
CREATE TABLE case_orders (
    order_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (order_id, case_id)
);
CREATE INDEX case_orders_case ON case_orders (case_id);

CREATE TABLE email_aliases (
    mailbox TEXT COLLATE "C" NOT NULL,
    customer_id TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (mailbox, customer_id)
);
CREATE INDEX email_aliases_case ON email_aliases (case_id);
