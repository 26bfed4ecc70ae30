"""The tables of a vault, as numbered migrations.

A `Schema` is what a program expects of its vault: an application id and migrations, each run once, in order, in one
transaction of its own. A migration that was released is never edited; a change is the next number.

The pieces of `COUNTER_SCHEMA` are public so that a store that is not a counter's may take those it needs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schema:
    """`application_id`: 32 bits that tell one kind of vault from another. `migrations`: SQL scripts, 1, 2, ... .

    `guarded`: openings are counted in the table `openings`, so that an earlier copy of the file is found.
    """

    application_id: int
    migrations: tuple[str, ...]
    guarded: bool = False

    @property
    def version(self) -> int:
        """The version that a vault has once all migrations have run."""
        return len(self.migrations)


SETTINGS = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""

RECORDS = """
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body BLOB NOT NULL,
    as_of TEXT NOT NULL,
    owner TEXT NOT NULL,
    partition TEXT NOT NULL,
    expires TEXT,
    UNIQUE (kind, key)
) STRICT;
"""

JOURNAL = """
CREATE TABLE journal (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    counter TEXT NOT NULL,
    realm TEXT NOT NULL,
    count INTEGER NOT NULL,
    head BLOB NOT NULL,
    floor TEXT NOT NULL
) STRICT;
CREATE TABLE body_keys (
    id INTEGER PRIMARY KEY,
    crossing TEXT UNIQUE,
    key BLOB,
    rule TEXT
) STRICT;
CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY,
    previous BLOB NOT NULL,
    recorded_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    crossing TEXT NOT NULL,
    session TEXT NOT NULL,
    commitment BLOB NOT NULL,
    body_key INTEGER NOT NULL REFERENCES body_keys (id),
    sealed BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE VIEW chain AS
    SELECT counter, sequence, previous, recorded_at, realm, kind, entries.crossing, session, commitment, signature,
        sealed, key, rule
    FROM entries JOIN body_keys ON body_keys.id = entries.body_key CROSS JOIN journal;
CREATE INDEX entries_by_crossing ON entries (crossing) WHERE crossing <> '';
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER keys_are_only_destroyed BEFORE UPDATE ON body_keys WHEN NEW.key IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'destroy only'); END;
CREATE TRIGGER keys_are_not_deleted BEFORE DELETE ON body_keys BEGIN SELECT RAISE(ABORT, 'destroy only'); END;
"""

# `deliveries` says what became of an entry; one without a line here is waiting. `outbox.floor` is a mark up to which
# every entry has a line: it can always be found again, and saves the search among millions.
OUTBOX = """
CREATE TABLE receipts (
    id INTEGER PRIMARY KEY,
    window TEXT NOT NULL,
    at TEXT NOT NULL,
    signed BLOB NOT NULL,
    signature BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY REFERENCES entries (sequence),
    state TEXT NOT NULL CHECK (state IN ('received', 'seen by the agency', 'refused')),
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    receipt INTEGER REFERENCES receipts (id)
) STRICT;
CREATE TABLE outbox (only INTEGER PRIMARY KEY CHECK (only = 1), floor INTEGER NOT NULL) STRICT;
INSERT INTO outbox (only, floor) VALUES (1, 0);
"""

ATTEMPTS = """
CREATE TABLE attempts (
    officer TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    since REAL NOT NULL
) STRICT, WITHOUT ROWID;
"""

# `lines` are the entries and, behind the last of them, the open line: the one to be written next. It stands ready with
# its number and the hash that it follows, so a cut at the end shows, and an append touches one page of the file.
# To append is to insert into `appending`: the open line is filled in, if it is the one that was meant, and another
# stands behind it. A line that is filled in can be neither changed nor deleted, but its key can be destroyed:
# overwritten in its place by zeros. `entries` are the lines that are filled in.
# `journal` is one line: whose journal this is, the greatest time that was witnessed, and how far `by_crossing` and
# `by_kind` reach (`count`, and the hash there): they follow the entries in batches.
LOGICAL_TIME = """
DROP VIEW chain;
ALTER TABLE journal ADD COLUMN logical INTEGER NOT NULL DEFAULT 0;
UPDATE journal SET logical = CAST(ceil(unixepoch(floor, 'subsec') * 1000) AS INTEGER) << 16 WHERE floor <> '';
ALTER TABLE journal DROP COLUMN floor;
CREATE TABLE erasures (
    crossing TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    rule TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (crossing, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE by_crossing (crossing TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (crossing, sequence))
    STRICT, WITHOUT ROWID;
CREATE TABLE by_kind (kind TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (kind, sequence))
    STRICT, WITHOUT ROWID;
INSERT INTO by_crossing SELECT crossing, sequence FROM entries WHERE crossing <> '';
INSERT INTO by_kind SELECT kind, sequence FROM entries;
CREATE TABLE new_lines (
    sequence INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    recorded_at TEXT NOT NULL,
    logical INTEGER NOT NULL,
    previous BLOB NOT NULL,
    kind TEXT NOT NULL,
    crossing TEXT NOT NULL,
    session TEXT NOT NULL,
    commitment BLOB NOT NULL,
    sealed BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
INSERT INTO new_lines
    SELECT sequence, coalesce(key, zeroblob(32)), recorded_at, 0, previous, kind, entries.crossing, session, commitment,
        sealed, signature
    FROM entries JOIN body_keys ON body_keys.id = entries.body_key ORDER BY sequence;
INSERT INTO new_lines SELECT count + 1, x'', '', 0, head, '', '', '', x'', x'', x'' FROM journal;
INSERT INTO erasures
    SELECT entries.crossing, sequence, rule, '' FROM entries JOIN body_keys ON body_keys.id = entries.body_key
    WHERE key IS NULL AND rule IS NOT NULL;
ALTER TABLE entries RENAME TO lines;
DROP TABLE lines;
DROP TABLE body_keys;
ALTER TABLE new_lines RENAME TO lines;
CREATE VIEW entries AS SELECT * FROM lines WHERE recorded_at <> '';
CREATE VIEW chain AS
    SELECT counter, sequence, previous, recorded_at, realm, kind, crossing, session, commitment, signature,
        entries.logical, sealed, key, rule
    FROM entries LEFT JOIN erasures USING (crossing, sequence) CROSS JOIN journal;
CREATE VIEW appending AS SELECT *, zeroblob(32) AS hash FROM lines;
CREATE TRIGGER entries_are_appended INSTEAD OF INSERT ON appending BEGIN
    SELECT RAISE(ABORT, 'erased') FROM erasures WHERE crossing = NEW.crossing AND crossing <> '';
    UPDATE lines SET key = NEW.key, recorded_at = NEW.recorded_at, logical = NEW.logical, kind = NEW.kind,
        crossing = NEW.crossing, session = NEW.session, commitment = NEW.commitment, sealed = NEW.sealed,
        signature = NEW.signature
    WHERE sequence = NEW.sequence AND previous = NEW.previous AND recorded_at = '';
    SELECT RAISE(ABORT, 'not the next') WHERE changes() = 0;
    INSERT INTO lines VALUES (NEW.sequence + 1, x'', '', NEW.logical, NEW.hash, '', '', '', x'', x'', x'');
END;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE OF sequence, recorded_at, logical, previous, kind, crossing,
    session, commitment, sealed, signature ON lines WHEN OLD.recorded_at <> ''
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER lines_are_not_deleted BEFORE DELETE ON lines BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER keys_are_only_destroyed BEFORE UPDATE OF key ON lines
    WHEN OLD.recorded_at <> '' AND NEW.key IS NOT zeroblob(32)
BEGIN SELECT RAISE(ABORT, 'destroy only'); END;
"""

OPENINGS = """
CREATE TABLE openings (only INTEGER PRIMARY KEY CHECK (only = 1), count INTEGER NOT NULL) STRICT;
INSERT INTO openings VALUES (1, 0);
"""

# "CTUI" in ASCII
COUNTER_SCHEMA = Schema(
    0x43545549, (SETTINGS + RECORDS + JOURNAL + OUTBOX + ATTEMPTS, LOGICAL_TIME, OPENINGS), guarded=True
)
