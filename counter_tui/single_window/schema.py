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

# `told`: 0 an entry was not looked at yet whether an agency is to be told of it, 1 it was, 2 it could not be read.
_TELLINGS: Final = """
ALTER TABLE entries ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entries_untold ON entries (id) WHERE told = 0 AND held AND accepted;
CREATE INDEX entries_unreadable ON entries (id) WHERE told = 2;
CREATE TABLE tellings (
    id INTEGER PRIMARY KEY,
    authority TEXT NOT NULL,
    counter TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    crossing TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    digest TEXT NOT NULL,
    message BLOB NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    reference TEXT NOT NULL,
    refused TEXT NOT NULL,
    by_hand INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    not_before TEXT NOT NULL,
    UNIQUE (counter, sequence, authority)
) STRICT;
CREATE INDEX tellings_due ON tellings (authority, id) WHERE state = 'due';
CREATE INDEX tellings_by_crossing ON tellings (authority, counter, crossing, id);
CREATE INDEX tellings_by_time ON tellings (authority, recorded_at);
"""

# Who saw what an agency holds: chained and signed, a line is never changed.
_ACCESS: Final = """
CREATE TABLE access (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    agency TEXT NOT NULL,
    body BLOB NOT NULL,
    digest BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE INDEX access_of_agency ON access (agency, position);
"""

# What was handed out of border residents' allowances, and their acts; by resident and month (YYYY-MM).
_ALLOWANCES: Final = """
CREATE TABLE allowances (
    month TEXT NOT NULL,
    resident TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (month, resident)
) STRICT, WITHOUT ROWID;
"""

# A crossing is told as one, whichever counters decided on it.
_TOLD_AS_ONE: Final = """
DROP INDEX tellings_by_crossing;
CREATE INDEX tellings_by_crossing ON tellings (authority, crossing, id);
"""

# "CWIN" in ASCII
WINDOW_SCHEMA: Final = Schema(
    0x4357494E,
    (SETTINGS + _COUNTERS + _ENTRIES + _FEED, _ENROLMENT, _RANKS, _TELLINGS, _ACCESS, _ALLOWANCES, _TOLD_AS_ONE),
)
