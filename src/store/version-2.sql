-- What people decided. Nothing in these tables is ever changed or deleted.

-- The texts that decisions are about; an interview that is coded again keeps its text.
CREATE TABLE transcript (
    key  TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
-- Entries of the log. `name` is that of a restore point.
CREATE TABLE step (
    id   INTEGER PRIMARY KEY,
    who  TEXT NOT NULL CHECK (who <> ''),
    at   TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'redo', 'restore_point')),
    name TEXT CHECK ((name IS NOT NULL) = (kind = 'restore_point'))
) STRICT;
-- What a step decides, in order, as JSON.
CREATE TABLE decision (
    step       INTEGER NOT NULL REFERENCES step (id),
    place      INTEGER NOT NULL,
    transcript TEXT REFERENCES transcript (key),
    content    TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (step, place)
) STRICT;
-- Which earlier steps a step takes back or makes stand again.
CREATE TABLE reference (
    step    INTEGER NOT NULL REFERENCES step (id),
    place   INTEGER NOT NULL,
    earlier INTEGER NOT NULL REFERENCES step (id) CHECK (earlier < step),
    PRIMARY KEY (step, place)
) STRICT;
CREATE TRIGGER step_follows BEFORE INSERT ON step WHEN NEW.id <= (SELECT max(id) FROM step)
    BEGIN SELECT RAISE(ABORT, 'steps are only added at the end'); END;
CREATE TRIGGER step_stays BEFORE UPDATE ON step BEGIN SELECT RAISE(ABORT, 'steps are never changed'); END;
CREATE TRIGGER step_remains BEFORE DELETE ON step BEGIN SELECT RAISE(ABORT, 'steps are never deleted'); END;
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decision_remains BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER reference_stays BEFORE UPDATE ON reference BEGIN SELECT RAISE(ABORT, 'references are never changed'); END;
CREATE TRIGGER reference_remains BEFORE DELETE ON reference BEGIN SELECT RAISE(ABORT, 'references are never deleted'); END;
CREATE TRIGGER transcript_stays BEFORE UPDATE ON transcript BEGIN SELECT RAISE(ABORT, 'texts are never changed'); END;
CREATE TRIGGER transcript_remains BEFORE DELETE ON transcript BEGIN SELECT RAISE(ABORT, 'texts are never deleted'); END;

-- Interviews know their text; runs know their interviews, by the names they had.
ALTER TABLE interview ADD COLUMN transcript TEXT REFERENCES transcript (key);
CREATE TABLE run_interview (
    run         INTEGER NOT NULL REFERENCES run (id),
    place       INTEGER NOT NULL,
    name        TEXT NOT NULL,
    path        TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    run_key     TEXT NOT NULL,
    PRIMARY KEY (run, place),
    FOREIGN KEY (source_hash, run_key) REFERENCES interview (source_hash, run_key)
) STRICT;
