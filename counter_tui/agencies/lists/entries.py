"""Entries from what a reader found in a file: checked, bounded, made harmless, and no reference twice.

A bad reference, primary name, handling code or kind leaves an entry out; of the rest only the bad value is left out.
Either is reported.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...domain.documents import PartialDate
from ...domain.screening.model import Listed, ListedKind
from .births import read_births
from .cleaning import NAME, NUMBER, REF, clean
from .countries import find_country
from .model import DISCREET, Reading

MOST = 200
"""Values of one kind that an entry may have."""
KINDS = {kind.value: kind for kind in ListedKind} | {"": ListedKind.PERSON}
HANDLING = frozenset({"", *(f"H{number}" for number in range(10))})


class Raw(NamedTuple):
    """An entry as a file has it, nothing of it looked at; `births` in any of the ways that `births` reads."""

    ref: str
    name: str
    aliases: Sequence[str] = ()
    weak_aliases: Sequence[str] = ()
    births: Sequence[str] = ()
    nationalities: Sequence[str] = ()
    documents: Sequence[str] = ()
    handling: str = ""
    kind: str = ""


class EntryMaker:
    """For one pass through a file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seen: set[int] = set()

    def entry(self, line: int, raw: Raw) -> Listed | None:
        """The entry, or None: its problems are reported with `line`."""
        reading = self._reading
        ref, name, aliases, weak, births, nationalities, documents, handling, kind = raw
        handling = handling.strip().upper()
        if handling == DISCREET and not reading.keep_discreet:
            reading.tally.discreet += 1
            return None
        try:
            ref, name = clean(ref), clean(name)
        except ValueError:
            reading.left_out(line, "list.row-encoding")
            return None
        wrong = self._wrong(ref, name, handling, kind := kind.strip().lower())
        if wrong:
            reading.left_out(line, wrong)
            return None
        names, weak_at = self._names(line, name, aliases, weak)
        reading.tally.entries += 1
        return Listed(
            ref,
            names,
            self._births(line, births) if births else (),
            self._each(line, nationalities, find_country, "list.country-unknown") if nationalities else (),
            self._each(line, documents, _number, "list.number-bad") if documents else (),
            KINDS[kind],
            handling,
            weak_at,
        )

    def _wrong(self, ref: str, name: str, handling: str, kind: str) -> str:
        """The code of what leaves the entry out, or ""."""
        if not ref or len(ref) > REF:
            return "list.ref-bad"
        if not name or len(name) > NAME:
            return "list.name-bad"
        if handling not in HANDLING:
            return "list.handling-unknown"
        if kind not in KINDS:
            return "list.kind-unknown"
        key = hash(ref)  # a million references would take a hundred megabytes
        if key in self._seen:
            return "list.ref-doubled"
        self._seen.add(key)
        return ""

    def _names(
        self, line: int, name: str, aliases: Sequence[str], weak: Sequence[str]
    ) -> tuple[tuple[str, ...], frozenset[int]]:
        if not aliases and not weak:
            return (name,), _NONE
        names = {name.casefold(): name}
        for alias in self._each(line, aliases, _name, "list.alias-bad"):
            names.setdefault(alias.casefold(), alias)
        strong = len(names)
        for alias in self._each(line, weak, _name, "list.alias-bad"):
            names.setdefault(alias.casefold(), alias)
        return tuple(names.values()), frozenset(range(strong, len(names)))

    def _births(self, line: int, raw: Sequence[str]) -> tuple[PartialDate, ...]:
        found: dict[PartialDate, None] = {}
        for one in self._bounded(line, raw):
            try:
                if len(raw) == 1:  # most entries, and a million of them
                    return read_births(one)
                found.update(dict.fromkeys(read_births(one)))
            except ValueError:
                self._reading.doubt(line, "list.birth-not-understood")
        return tuple(found)[:MOST]

    def _each(
        self, line: int, raw: Sequence[str], understand: Callable[[str], str | None], code: str
    ) -> tuple[str, ...]:
        """What is understood of each value that is not blank, once; the others are reported as `code`."""
        found: dict[str, None] = {}
        for one in self._bounded(line, raw):
            try:
                value = understand(one)
            except ValueError:
                value = None
            if value:
                if len(raw) == 1:  # most entries, and a million of them
                    return (value,)
                found[value] = None
            elif not one.strip():
                continue
            else:
                self._reading.doubt(line, code)
        return tuple(found)

    def _bounded(self, line: int, values: Sequence[str]) -> Sequence[str]:
        if len(values) <= MOST:
            return values
        self._reading.doubt(line, "list.too-many-values")
        return values[:MOST]


_NONE: frozenset[int] = frozenset()


def _name(raw: str) -> str | None:
    found = clean(raw)
    return found if len(found) <= NAME else None


def _number(raw: str) -> str | None:
    found = clean(raw)
    return found if len(found) <= NUMBER else None
