-- Facts are append-only: messages, places, objections, confirmations, settlements, transitions.
-- Derived and rewritten: verdict, verdict_account, status. Progress: cursor, mailbox.
-- Times are UTC, RFC 3339 with whole seconds ("2025-06-30T12:00:00Z"): they sort as text. Dates are YYYY-MM-DD, local.

CREATE TABLE message (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    identity      TEXT NOT NULL UNIQUE,   -- same for copies that differ only in trace headers
    sha256        TEXT,                   -- of raw; NULL when the mail was not read
    raw           BLOB,                   -- the exact bytes; NULL when the mail was not read
    header        BLOB,                   -- what was read of a mail that was not read: a few header fields
    size          INTEGER NOT NULL,
    from_text     TEXT NOT NULL,
    subject       TEXT NOT NULL,
    message_id    TEXT,
    received_at   TEXT NOT NULL,          -- the server's time of receipt, the earliest of all copies
    proof         TEXT CHECK (proof IN ('dkim', 'authserv')),
    proof_domain  TEXT,
    proof_detail  TEXT NOT NULL,          -- JSON: what was looked at, and what came of it
    proof_retry   INTEGER NOT NULL CHECK (proof_retry IN (0, 1)),  -- DNS could not answer: try again
    unread        TEXT CHECK (unread IN ('too_large', 'unreadable')),
    unread_why    TEXT,
    recorded_at   TEXT NOT NULL
) STRICT;

-- The DKIM keys as DNS answered, because selectors vanish.
CREATE TABLE dkim_key (
    message  INTEGER NOT NULL REFERENCES message (number),
    name     TEXT NOT NULL,               -- SELECTOR._domainkey.DOMAIN
    txt      TEXT NOT NULL,
    seen_at  TEXT NOT NULL,
    PRIMARY KEY (message, name, txt)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    mailbox      TEXT NOT NULL,
    folder       TEXT NOT NULL,
    uidvalidity  INTEGER NOT NULL,
    uid          INTEGER NOT NULL,
    message      INTEGER NOT NULL REFERENCES message (number),
    current      INTEGER NOT NULL CHECK (current IN (0, 1)),  -- 0: the folder has had another UIDVALIDITY since
    seen_at      TEXT NOT NULL,
    PRIMARY KEY (mailbox, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_message ON place (message);

-- What the message means, by the rules and accounts of `fingerprint`, after what the person settled.
CREATE TABLE verdict (
    message      INTEGER PRIMARY KEY REFERENCES message (number),
    kind         TEXT NOT NULL CHECK (kind IN ('notice', 'unrecognised', 'code', 'receipt', 'info_request', 'refused', 'honoured')),
    rule         TEXT,
    language     TEXT,
    review       TEXT CHECK (review IN ('unproven_sender', 'ambiguous', 'no_account', 'unrecognised', 'foreign_link', 'too_large', 'unreadable')),
    settled      INTEGER NOT NULL CHECK (settled IN (0, 1)),
    candidates   TEXT NOT NULL            -- JSON: account ids
) STRICT;

CREATE TABLE verdict_account (
    message     INTEGER NOT NULL REFERENCES message (number),
    account_id  TEXT NOT NULL,
    basis       TEXT NOT NULL CHECK (basis IN ('message', 'accounts_centre', 'user')),
    through     TEXT,
    PRIMARY KEY (message, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE settlement (
    id          INTEGER PRIMARY KEY,
    message     INTEGER NOT NULL REFERENCES message (number),
    action      TEXT NOT NULL CHECK (action IN ('assign', 'dismiss', 'undo')),
    account_id  TEXT,
    at          TEXT NOT NULL
) STRICT;

CREATE TABLE objection (
    id            INTEGER PRIMARY KEY,
    account_id    TEXT NOT NULL,
    objected_on   TEXT NOT NULL,
    via           TEXT NOT NULL CHECK (via IN ('web', 'app', 'letter')),
    source        TEXT NOT NULL CHECK (source IN ('config', 'command')),
    recorded_at   TEXT NOT NULL
) STRICT;

CREATE TABLE confirmation (
    id            INTEGER PRIMARY KEY,
    account_id    TEXT NOT NULL,
    confirmed_on  TEXT NOT NULL,
    note          TEXT NOT NULL,
    recorded_at   TEXT NOT NULL
) STRICT;

CREATE TABLE cursor (
    mailbox      TEXT NOT NULL,
    folder       TEXT NOT NULL,
    uidvalidity  INTEGER NOT NULL,
    last_uid     INTEGER NOT NULL,
    generation   TEXT NOT NULL,           -- which search that reading used
    updated_at   TEXT NOT NULL,
    PRIMARY KEY (mailbox, folder)
) STRICT, WITHOUT ROWID;

CREATE TABLE mailbox (
    name             TEXT PRIMARY KEY,
    last_complete    TEXT,                -- start of the last pass that read everything
    failures_in_row  INTEGER NOT NULL,
    hopeless         INTEGER NOT NULL CHECK (hopeless IN (0, 1)),
    error            TEXT,
    attempted_at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE transition (
    id          INTEGER PRIMARY KEY,
    subject     TEXT NOT NULL CHECK (subject IN ('account', 'mailbox', 'message')),
    subject_id  TEXT NOT NULL,
    from_word   TEXT,
    to_word     TEXT NOT NULL,
    severity    TEXT NOT NULL CHECK (severity IN ('ok', 'info', 'warning', 'critical', 'unknown')),
    at          TEXT NOT NULL
) STRICT;
CREATE INDEX transition_of_subject ON transition (subject, subject_id, id);

-- For `sqlite3 confirmd.db 'select * from status'`.
CREATE TABLE status (
    account_id    TEXT PRIMARY KEY,
    platform      TEXT NOT NULL,
    handle        TEXT,
    state         TEXT NOT NULL,
    severity      TEXT NOT NULL,
    objected_on   TEXT,
    confirmed_on  TEXT,
    deadline_on   TEXT,
    updated_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Single values, e.g. by which rules and accounts the verdicts were made.
CREATE TABLE setting (
    name   TEXT PRIMARY KEY,
    value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
