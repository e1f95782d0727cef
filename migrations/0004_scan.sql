-- How far a large file has been read by a scan that has not ended: the next one goes on there. A scan that ends leaves nothing here.
CREATE TABLE scan_mark (
    file        TEXT PRIMARY KEY,         -- on which disk, where, its size and when it was changed
    search      TEXT NOT NULL,            -- by which rules and accounts, up to which size, which mail hosts were believed
    member      INTEGER NOT NULL,         -- of an archive, the number of the file in it
    reached     INTEGER,                  -- offset of the next mail; NULL when the file has been read to its end
    mails       INTEGER NOT NULL,         -- found before
    candidates  INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    recorded    INTEGER NOT NULL,
    updated_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
