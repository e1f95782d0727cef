-- The mails' bytes stand in a table of their own: SQLite reads a row from its beginning, so listing ten thousand subjects would have
-- meant reading ten thousand mails.

CREATE TABLE mail (
    message  INTEGER PRIMARY KEY REFERENCES message (number),
    raw      BLOB NOT NULL                -- the exact bytes; no row when the mail was not read
) STRICT;
INSERT INTO mail (message, raw) SELECT number, raw FROM message WHERE raw IS NOT NULL ORDER BY number;
ALTER TABLE message DROP COLUMN raw;

CREATE INDEX message_to_prove ON message (number) WHERE proof_retry = 1;

-- By account, and with what a status rests on: one scan of a small table instead of three. Both are derived.
CREATE TABLE heard (
    account_id   TEXT NOT NULL,
    message      INTEGER NOT NULL REFERENCES message (number),
    kind         TEXT NOT NULL,           -- the verdict's
    received_at  TEXT NOT NULL,           -- the message's
    basis        TEXT NOT NULL CHECK (basis IN ('message', 'accounts_centre', 'user')),
    through      TEXT,
    PRIMARY KEY (account_id, message)
) STRICT, WITHOUT ROWID;
INSERT INTO heard (account_id, message, kind, received_at, basis, through)
    SELECT account_id, verdict.message, kind, received_at, basis, through
    FROM verdict_account JOIN verdict ON verdict.message = verdict_account.message JOIN message ON number = verdict.message;
DROP TABLE verdict_account;
ALTER TABLE heard RENAME TO verdict_account;
CREATE INDEX verdict_account_of_message ON verdict_account (message);

CREATE INDEX verdict_doubtful ON verdict (message) WHERE review IS NOT NULL OR kind IN ('refused', 'info_request');

-- While mailboxes are read for the first time only these are asked for, after every message; the others can be thousands.
CREATE INDEX notice_open_of_mailboxes ON notice (id) WHERE closed = 0 AND subject = 'mailbox';
