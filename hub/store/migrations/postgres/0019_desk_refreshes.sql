-- Cases whose desk is to be told again of their orders, but not before an instant (milliseconds since the epoch).
-- serves: 13
CREATE TABLE case_refreshes (
    case_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    order_id TEXT COLLATE "C" NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX case_refreshes_due ON case_refreshes (due_at);
