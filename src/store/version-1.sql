-- What was computed: interviews and runs.
CREATE TABLE interview (
    source_hash TEXT NOT NULL,
    run_key     TEXT NOT NULL,
    path        TEXT NOT NULL,
    coded       TEXT NOT NULL,
    dimensions  INTEGER NOT NULL,
    vectors     BLOB NOT NULL,
    tokens      INTEGER NOT NULL,
    stored_at   TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (source_hash, run_key)
) STRICT;
CREATE TABLE run (
    id          INTEGER PRIMARY KEY,
    finished_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    run_key     TEXT NOT NULL,
    record      TEXT NOT NULL,
    candidates  TEXT NOT NULL
) STRICT;
