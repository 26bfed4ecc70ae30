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

# `journal` is one line: whose journal this is, and its head, so that a cut at the end shows.
# `body_keys` alone can be changed, and only towards forgetting; entries can neither be changed nor deleted.
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

# "CTUI" in ASCII
COUNTER_SCHEMA = Schema(0x43545549, (SETTINGS + RECORDS + JOURNAL + OUTBOX + ATTEMPTS,))
