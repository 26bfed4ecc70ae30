"""The tables of a vault, as numbered migrations.

A `Schema` is what a program expects of its vault: an application id and migrations, each run once, in order, in one
transaction of its own. A migration that was released is never edited; a change is the next number.

The pieces of `COUNTER_SCHEMA` are public so that a store that is not a counter's may take those it needs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schema:
    """`application_id`: 32 bits that tell one kind of vault from another. `migrations`: SQL scripts, 1, 2, ... ."""

    application_id: int
    migrations: tuple[str, ...]

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

# `journal` is one line: whose journal this is, its head, so that a cut at the end shows, the last logical time, and how
# far `by_crossing` and `by_kind` reach: they follow the entries in batches, so that an append touches two pages.
# The key of a crossing's bodies stands with its first entry (`body_key` is that one's sequence) and can only be
# destroyed: overwritten in its place by zeros. All else of an entry can be neither changed nor deleted.
# To append is to insert into `appending`: the head moves with it, and only from where it is.
LOGICAL_TIME = """
DROP VIEW chain;
ALTER TABLE journal ADD COLUMN logical INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
UPDATE journal SET indexed = count;
UPDATE journal SET logical = CAST(ceil(unixepoch(floor, 'subsec') * 1000) AS INTEGER) << 16 WHERE floor <> '';
ALTER TABLE journal DROP COLUMN floor;
CREATE TABLE erasures (sequence INTEGER PRIMARY KEY, rule TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE by_crossing (crossing TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (crossing, sequence))
    STRICT, WITHOUT ROWID;
CREATE TABLE by_kind (kind TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (kind, sequence))
    STRICT, WITHOUT ROWID;
INSERT INTO by_crossing SELECT crossing, sequence FROM entries WHERE crossing <> '';
INSERT INTO by_kind SELECT kind, sequence FROM entries;
CREATE TABLE new_entries (
    sequence INTEGER PRIMARY KEY,
    body_key INTEGER NOT NULL,
    key BLOB,
    previous BLOB NOT NULL,
    recorded_at TEXT NOT NULL,
    logical INTEGER NOT NULL,
    kind TEXT NOT NULL,
    crossing TEXT NOT NULL,
    session TEXT NOT NULL,
    commitment BLOB NOT NULL,
    sealed BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE TEMP TABLE first_of AS SELECT body_key, min(sequence) AS sequence FROM entries GROUP BY body_key;
INSERT INTO new_entries
    SELECT entries.sequence, first_of.sequence,
        CASE WHEN first_of.sequence = entries.sequence THEN coalesce(body_keys.key, zeroblob(32)) END,
        previous, recorded_at, 0, kind, entries.crossing, session, commitment, sealed, signature
    FROM entries JOIN first_of USING (body_key) JOIN body_keys ON body_keys.id = entries.body_key
    ORDER BY entries.sequence;
INSERT INTO erasures
    SELECT sequence, rule, '' FROM first_of JOIN body_keys ON id = body_key WHERE key IS NULL AND rule IS NOT NULL;
DROP TABLE first_of;
DROP TABLE entries;
DROP TABLE body_keys;
ALTER TABLE new_entries RENAME TO entries;
CREATE VIEW chain AS
    SELECT counter, entries.sequence, entries.previous, entries.recorded_at, realm, entries.kind, entries.crossing,
        entries.session, entries.commitment, entries.signature, entries.logical, entries.sealed, keeper.key, rule
    FROM entries LEFT JOIN entries AS keeper ON keeper.sequence = entries.body_key
        LEFT JOIN erasures ON erasures.sequence = entries.body_key CROSS JOIN journal;
CREATE VIEW appending AS SELECT *, zeroblob(32) AS hash FROM entries;
CREATE TRIGGER entries_are_appended INSTEAD OF INSERT ON appending BEGIN
    SELECT RAISE(ABORT, 'not the next') FROM journal WHERE count <> NEW.sequence - 1 OR head <> NEW.previous;
    INSERT INTO entries VALUES (NEW.sequence, NEW.body_key, NEW.key, NEW.previous, NEW.recorded_at, NEW.logical,
        NEW.kind, NEW.crossing, NEW.session, NEW.commitment, NEW.sealed, NEW.signature);
    UPDATE journal SET count = NEW.sequence, head = NEW.hash, logical = NEW.logical;
END;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE OF sequence, body_key, previous, recorded_at, logical, kind,
    crossing, session, commitment, sealed, signature ON entries
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER keys_are_only_destroyed BEFORE UPDATE OF key ON entries WHEN NEW.key IS NOT zeroblob(32)
BEGIN SELECT RAISE(ABORT, 'destroy only'); END;
"""

# "CTUI" in ASCII
COUNTER_SCHEMA = Schema(0x43545549, (SETTINGS + RECORDS + JOURNAL + OUTBOX + ATTEMPTS, LOGICAL_TIME))
