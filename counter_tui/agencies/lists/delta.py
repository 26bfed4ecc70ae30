"""What leads from one version of a list to the next, so that a counter need not load the whole again.

A delta is JSON Lines: a header (`"format": "counter-list-delta/1"`, `list`, `base`, `version`), then operations:
`{"put": {...}}` with an entry of our own JSON layout, added or in the place of the one with its reference, or
`{"drop": "REF"}`. It is signed like a list (`signed`), and applies to its base and to no other version.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...domain.screening.lists import ListRule
from ...domain.screening.model import Listed, ListedKind
from ...errors import ListError
from .cleaning import REF
from .entries import EntryMaker
from .model import Reading, Report, Tally
from .own_json import DELTA, entry_of, first_object, json_lines
from .signed import Manifest, check_meant, check_whole, read_manifest
from .text_lines import file_size, open_bytes


@dataclass(frozen=True, slots=True, repr=False)
class Delta:
    """Entries that are new, entries that are no longer the same, and references of those that are gone."""

    added: tuple[Listed, ...]
    changed: tuple[Listed, ...]
    removed: tuple[str, ...]

    def __repr__(self) -> str:
        """Without the persons."""
        return f"Delta(+{len(self.added)} ~{len(self.changed)} -{len(self.removed)})"


def changes(old: Iterable[Listed], new: Iterable[Listed]) -> Delta:
    """What leads from the old entries to the new ones, told apart by reference; either may be a file being read."""
    before = {one.ref: hash(one) for one in old}
    added: list[Listed] = []
    changed: list[Listed] = []
    for one in new:
        known = before.pop(one.ref, None)
        if known is None:
            added.append(one)
        elif known != hash(one):
            changed.append(one)
    return Delta(tuple(added), tuple(changed), tuple(before))


def write_delta(path: Path, delta: Delta, *, list_id: str, base: int, version: int) -> None:
    """Write it, as this layout has it."""
    header = {"format": DELTA, "list": list_id, "base": base, "version": version}
    with path.open("w", encoding="utf-8", newline="\n") as opened:
        opened.write(json.dumps(header) + "\n")
        for ref in delta.removed:
            opened.write(json.dumps({"drop": ref}, ensure_ascii=False) + "\n")
        for one in (*delta.added, *delta.changed):
            opened.write(json.dumps({"put": plain_entry(one)}, ensure_ascii=False) + "\n")


def plain_entry(one: Listed) -> dict[str, Any]:
    """An entry as an object of our own JSON layout, without what it has not."""
    strong = [name for at, name in enumerate(one.names) if at not in one.weak]
    several = {
        "aliases": strong[1:],
        "weak_aliases": [name for at, name in enumerate(one.names) if at in one.weak],
        "birth_dates": [born.iso() for born in one.births],
        "nationalities": list(one.nationalities),
        "documents": list(one.documents),
    }
    single = {"handling": one.handling, "kind": "" if one.kind is ListedKind.PERSON else one.kind.value}
    rest: dict[str, Any] = {key: value for key, value in (several | single).items() if value}
    return {"ref": one.ref, "name": strong[0], **rest}


@dataclass(frozen=True, slots=True)
class SignedDelta:
    """A delta whose owner's signature held, for a counter that holds its base."""

    path: Path
    rule: ListRule
    manifest: Manifest

    def operations(self, *, report: Report = lambda _: None) -> Iterator[Listed | str]:
        """Entries to put, and references to drop; one to be handled discreetly is dropped, never put.

        ListError `list.damaged` where any line is not understood, or `list.half-written`: half a delta is none.
        """
        tally = Tally()
        reading = Reading(self.path.name, report, tally)
        maker = EntryMaker(reading)
        with open_bytes(self.path) as opened:
            for line, raw in json_lines(opened, reading):
                yield _operation(maker, reading, line, raw)
        if tally.left_out:
            raise ListError("list.damaged", file=self.path.name, line=1)
        check_whole(self.path, self.manifest, (self.path,))


def verify_delta(path: Path, rule: ListRule, *, post: str, today: date, held: int | None) -> SignedDelta:
    """The delta in this file, for the counters of a post that hold version `held`.

    ListError as `verify`, and `list.other-base` where the version held is not the one that it leads on from.
    """
    manifest = read_manifest(path, rule.keys)
    check_meant(path.name, manifest, rule, post=post, today=today, held=held)
    file_size(path)
    check_whole(path, manifest, (path,))
    with open_bytes(path) as opened:
        header = first_object(opened)
    said = (header.get("format"), header.get("list"), header.get("base"), header.get("version"))
    if manifest.base is None or said != (DELTA, manifest.list, manifest.base, manifest.version):
        raise ListError("list.damaged", file=path.name, line=1)
    if manifest.base != held:
        raise ListError("list.other-base", file=path.name, list=rule.id, base=manifest.base, held=held or 0)
    return SignedDelta(path, rule, manifest)


def apply(entries: Mapping[str, Listed], delta: SignedDelta, *, report: Report = lambda _: None) -> dict[str, Listed]:
    """The entries of the new version by reference, from those of the base, which stay as they are.

    ListError as `operations`; `list.count-differs` where the result has not the entries that were signed.
    """
    found = dict(entries)
    for operation in delta.operations(report=report):
        if isinstance(operation, str):
            found.pop(operation, None)
        else:
            found[operation.ref] = operation
    if len(found) != delta.manifest.count:
        raise ListError("list.count-differs", file=delta.path.name, declared=delta.manifest.count, found=len(found))
    return found


def _operation(maker: EntryMaker, reading: Reading, line: int, raw: Mapping[str, Any]) -> Listed | str:
    broken = ListError("list.damaged", file=reading.file, line=line)
    match raw:
        case {"drop": str(ref)} if ref and len(ref) <= REF:
            return ref
        case {"put": dict(entry)}:
            found = entry_of(maker, reading, line, entry)
            if found is not None:
                return found
            discreet = entry.get("ref")
            if reading.tally.discreet and isinstance(discreet, str):
                return discreet
    raise broken
