"""The tables of the embedded store, and their numbered migrations."""

from typing import Final

from offline_cache.schema import SETTINGS, Schema

_COUNTERS: Final = """
CREATE TABLE invitations (code_hash BLOB PRIMARY KEY, counter BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counters (
    id TEXT PRIMARY KEY,
    counter BLOB NOT NULL,
    public_key BLOB NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    head_sequence INTEGER NOT NULL,
    head_hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE officer_keys (
    id INTEGER PRIMARY KEY,
    counter TEXT NOT NULL,
    officer TEXT NOT NULL,
    public_key BLOB NOT NULL,
    UNIQUE (counter, officer, public_key)
) STRICT;
CREATE TABLE sessions (
    counter TEXT NOT NULL,
    session TEXT NOT NULL,
    officer TEXT NOT NULL,
    public_key BLOB NOT NULL,
    PRIMARY KEY (counter, session)
) STRICT, WITHOUT ROWID;
"""

# `held`: part of the counter's confirmed chain. `accepted`: in good order too; without it, it lies aside, and why.
_ENTRIES: Final = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    counter TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    previous BLOB NOT NULL,
    recorded_at TEXT NOT NULL,
    realm TEXT NOT NULL,
    kind TEXT NOT NULL,
    crossing TEXT NOT NULL,
    session TEXT NOT NULL,
    commitment BLOB NOT NULL,
    salt BLOB NOT NULL,
    body BLOB,
    signature BLOB NOT NULL,
    received_at TEXT NOT NULL,
    held INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (counter, sequence, hash)
) STRICT;
CREATE UNIQUE INDEX entries_are_held_once ON entries (counter, sequence) WHERE held;
CREATE INDEX entries_aside ON entries (counter, sequence) WHERE NOT accepted;
CREATE INDEX entries_by_crossing ON entries (crossing) WHERE crossing <> '';
"""

_FEED: Final = """
CREATE TABLE feed (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT NOT NULL,
    as_of TEXT NOT NULL,
    origin TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, key)
) STRICT;
"""

_ENROLMENT: Final = """
ALTER TABLE invitations ADD COLUMN expires TEXT NOT NULL DEFAULT '';
ALTER TABLE invitations ADD COLUMN used TEXT NOT NULL DEFAULT '';
ALTER TABLE counters ADD COLUMN exchange_key BLOB NOT NULL DEFAULT x'';
ALTER TABLE counters ADD COLUMN heard TEXT NOT NULL DEFAULT '';
ALTER TABLE counters ADD COLUMN revoked BLOB;
"""

# `early`: in good order, and beyond the head of the chain. `partials`: what came without a signature yet, packed.
_RANKS: Final = """
ALTER TABLE entries ADD COLUMN logical INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN early INTEGER NOT NULL DEFAULT 0;
CREATE TABLE partials (counter TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT, WITHOUT ROWID;
DROP INDEX entries_aside;
CREATE INDEX entries_aside ON entries (counter, sequence) WHERE NOT held OR NOT accepted;
ALTER TABLE feed ADD COLUMN rank INTEGER NOT NULL DEFAULT 3;
UPDATE feed SET rank = 1 WHERE kind IN ('decision', 'identity');
CREATE INDEX feed_by_rank ON feed (rank, position);
"""

# "CWIN" in ASCII
WINDOW_SCHEMA: Final = Schema(0x4357494E, (SETTINGS + _COUNTERS + _ENTRIES + _FEED, _ENROLMENT, _RANKS))
