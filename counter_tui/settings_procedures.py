"""The joint procedures of this post: a file each in `procedures/`, as far as whose duty they change has signed.

A post adds files of its own to that folder, signed in the same way (`settings_signed`); each agency's signature is over
its own name and the whole file. ConfigError as in `settings`. One that is not signed is kept, and named where it would
apply: its steps are not gone by.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from .domain.procedures import Procedure, Procedures, Words
from .domain.words import Agency
from .errors import ConfigError
from .settings import _At, _parsed, _record, _rule, _unique, config_folder
from .settings_signed import Owner, for_agency, is_signed, load_owners, read_bounded, read_signatures

FOLDER: Final = "procedures"
PREFIX: Final = b"counter-tui procedure 1\x00"
MOST_FILES: Final = 200
MOST_BYTES: Final = 1 << 16
MOST_STEPS: Final = 40
MOST_MINUTES: Final = 60 * 24 * 14
_MINUTES: Final = ("lane_minutes", "decision_minutes", "closed_minutes")


def procedure_files() -> tuple[Path, ...]:
    """The files of the folder, by name."""
    found = sorted((config_folder() / FOLDER).glob("*.toml"))
    if not found:
        raise ConfigError("config.no-file", file=FOLDER)
    if len(found) > MOST_FILES:
        raise _At(FOLDER).wrong(f"at most {MOST_FILES} files")
    return tuple(found)


def load_procedures(*, demo: bool) -> Procedures:
    """The procedures of every file, in the demo also as signed with the key that ships with it."""
    read, owners = [(path, *read_procedure(path)) for path in procedure_files()], load_owners()
    rows = _unique(((row.id, row) for _, row, _ in read), _At(FOLDER))
    unsigned = {row.id: not_signed(path, row, raw, owners, demo=demo) for path, row, raw in read}
    return Procedures(
        tuple(rows.values()),
        _version({row.version for row in rows.values()}, [raw for _, _, raw in read]),
        {name: missing for name, missing in unsigned.items() if missing},
    )


def read_procedure(path: Path) -> tuple[Procedure, bytes]:
    """The procedure of one file, and the file."""
    name = f"{FOLDER}/{path.name}"
    raw = read_bounded(path, MOST_BYTES)
    if raw is None:
        raise ConfigError("config.no-file", file=name)
    table, at = _parsed(raw, name)
    texts = tuple(sorted(_texts(table, at)))
    given = {key: value for key, value in table.items() if key != "texts"}
    row = _rule(Procedure, given, at)
    _bounded(row, at)
    return replace(row, texts=texts), raw


def _texts(table: Mapping[str, Any], at: _At) -> Iterator[tuple[str, Words]]:
    texts = table.get("texts", {})
    if not isinstance(texts, dict):
        raise at.inside("texts").wrong("table")
    for code, words in texts.items():
        yield code, _record(Words, words, at.inside("texts").inside(code))


def _bounded(row: Procedure, at: _At) -> None:
    if not 1 <= len(row.step) <= MOST_STEPS:
        raise at.inside("step").wrong(f"1 to {MOST_STEPS}")
    if row.owner not in {agency.value for agency in Agency}:
        raise at.inside("owner").wrong(" | ".join(agency.value for agency in Agency))
    for name in _MINUTES:
        if not 0 <= getattr(row, name) <= MOST_MINUTES:
            raise at.inside(name).wrong(f"0 to {MOST_MINUTES}")
    for number, step in enumerate(row.step):
        if not 0 <= step.minutes <= MOST_MINUTES:
            raise at.inside("step").inside(number).inside("minutes").wrong(f"0 to {MOST_MINUTES}")


def not_signed(path: Path, row: Procedure, raw: bytes, owners: Iterable[Owner], *, demo: bool) -> tuple[Agency, ...]:
    """Which of the agencies whose duty a procedure changes have not signed its file."""
    signatures = read_signatures(path)
    signed = {
        owner.agency
        for owner in owners
        if owner.agency in row.signers
        and is_signed(signatures, owner, for_agency(PREFIX, owner.agency, raw), demo=demo)
    }
    return tuple(agency for agency in row.signers if agency not in signed)


def _version(versions: AbstractSet[str], files: Iterable[bytes]) -> str:
    """The one version of all rows; else the newest, and what tells this set of files from others."""
    if len(versions) == 1:
        return next(iter(versions))
    told = hashlib.sha256(b"".join(hashlib.sha256(raw).digest() for raw in files))
    return f"{max(versions)}+{told.hexdigest()[:8]}"
