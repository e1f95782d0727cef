-- Notices to deliver because of a transition, and what became of each way of telling.

CREATE TABLE notice (
    id           INTEGER PRIMARY KEY,
    subject      TEXT NOT NULL CHECK (subject IN ('account', 'mailbox', 'message')),
    subject_id   TEXT NOT NULL,
    event        TEXT NOT NULL,
    severity     TEXT NOT NULL CHECK (severity IN ('ok', 'info', 'warning', 'critical', 'unknown')),
    account_id   TEXT,
    mailbox      TEXT,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    at           TEXT NOT NULL,
    repeat       INTEGER NOT NULL,        -- 0 the first time, then counted up
    superseded   INTEGER NOT NULL CHECK (superseded IN (0, 1)),  -- no longer true before it was delivered
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1))       -- delivered by every way, or superseded
) STRICT;
CREATE INDEX notice_of_subject ON notice (subject, subject_id, id);
CREATE INDEX notice_open ON notice (id) WHERE closed = 0;

CREATE TABLE delivery (
    notice        INTEGER NOT NULL REFERENCES notice (id),
    way           TEXT NOT NULL,          -- which [[notify]]: kind and target
    attempts      INTEGER NOT NULL,
    next_try_at   TEXT,
    delivered_at  TEXT,
    error         TEXT,
    PRIMARY KEY (notice, way)
) STRICT, WITHOUT ROWID;
