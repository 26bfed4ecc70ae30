"""The owner of a security list, for training: entries on some of the demo's travellers, and on people who never come.

It publishes signed versions, and keeps its discreet entries to itself: who crosses is told to it of everybody, and it
matches them here.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from ...domain.documents import document_key
from ...domain.screening.lists import Screened
from ...domain.words import Authority
from ..asgi import App, Reply, json_service
from ..lists.signed import FileMark, Manifest, sign
from ..people import DemoListing, DemoPeople, DemoPerson
from ..strict_json import read_model
from ..told_book import told_routes
from .standard import CURRENT, DISCREET, FROM, LISTS, SIGHTINGS, Sighting

ISSUER: Final = "POLRI"
VERSION: Final = 8841
ISSUED_BEFORE: Final = timedelta(minutes=24)
DEMO_KEY: Final = hashlib.sha256(b"the demo's list key, which everybody may know").digest()
"""Its public half stands in `config/agencies.toml`, in the demo's row alone."""

Entry = dict[str, Any]


class Owner:
    """A list's owner with its system: `app` is what others ask, `seen` the discreet persons who crossed, with when."""

    def __init__(self, now: Callable[[], datetime], discreet: Sequence[str] = (), key: bytes = DEMO_KEY) -> None:
        """`discreet` are document keys; `key` is the list key, 32 bytes."""
        self._now, self._key, self._discreet = now, key, frozenset(discreet)
        self._files: dict[int, bytes] = {}
        self._deltas: dict[tuple[int, int], bytes] = {}
        self._entries: dict[str, Entry] = {}
        self._current = b""
        self.seen: list[tuple[str, datetime]] = []
        self.told = 0
        self.app: App = json_service(
            {
                ("GET", CURRENT): lambda _, __: Reply(self._current),
                ("GET", LISTS): self._version,
                ("POST", SIGHTINGS): self._sighted,
            }
            | told_routes(Authority.SECURITY, "SEC", now)
        )

    def publish(self, version: int, entries: Sequence[Entry], as_of: datetime | None = None) -> None:
        """Put a version in force, and what leads to it from the one before."""
        at = as_of or self._now()
        snapshot = _lines(entries)
        new = {entry["ref"]: entry for entry in entries}
        if self._files:
            base = max(self._files)
            gone = [{"drop": ref} for ref in self._entries if ref not in new]
            put = [{"put": entry} for ref, entry in new.items() if self._entries.get(ref) != entry]
            operations = _lines([*gone, *put])
            manifest = self._manifest(version, at, len(new), operations, base)
            self._deltas[version, base] = self.envelope(manifest) + b"\n" + operations
        self._files[version], self._entries = snapshot, new
        self._current = self.envelope(self._manifest(version, at, len(new), snapshot))

    def envelope(self, manifest: Manifest) -> bytes:
        """A manifest, signed."""
        line, by = sign(manifest, self._key).splitlines()
        return json.dumps({"manifest": line.decode(), **json.loads(by)}).encode()

    def _manifest(self, version: int, at: datetime, count: int, raw: bytes, base: int | None = None) -> Manifest:
        mark = FileMark(f"{version}.jsonl", hashlib.sha256(raw).hexdigest(), len(raw))
        return Manifest(ISSUER, version, at, at.date(), Screened.OWNER, count, (mark,), base=base)

    def _version(self, path: str, _: bytes) -> Reply:
        version, _slash, base = path.partition(FROM)
        found = self._deltas.get((int(version), int(base))) if base else self._files.get(int(version))
        return Reply({"error": "no such version"}, 404) if found is None else Reply(found)

    def _sighted(self, _: str, body: bytes) -> Reply:
        """The same answer whoever it is."""
        sighting = read_model(Sighting, body)
        who = document_key(sighting.document.issuing_state, sighting.document.number)
        self.told += 1
        if who in self._discreet:
            self.seen.append((who, sighting.at))
        return Reply({})


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The owner's system as an ASGI callable. `today` is the day that ages count from; `now` gives aware times."""
    return simulated_owner(people, today, now).app


def simulated_owner(people: DemoPeople, today: date, now: Callable[[], datetime]) -> Owner:
    """The owner itself, for who wants to see what it saw."""
    listed = [(person, person.security) for person in people.persons if person.security]
    discreet = [document_key(person.state, person.number) for person, one in listed if one.handling == DISCREET]
    owner = Owner(now, discreet)
    entries = [
        _entry(person, person.security, number, today)
        for number, person in enumerate(people.persons)
        if person.security and person.security.handling != DISCREET
    ]
    owner.publish(VERSION, [*entries, _STRANGER], now() - ISSUED_BEFORE)
    return owner


_STRANGER: Final[Entry] = {
    "ref": "DPO-0001",
    "owner": ISSUER,
    "handling": "H3",
    "category": "wanted",
    "name": "NOBODY WHO COMES",
    "birthDate": "1970-01-01",
}


def _entry(person: DemoPerson, listing: DemoListing, number: int, today: date) -> Entry:
    document = {"issuingState": person.state, "number": person.number}
    notice = {"notice": {"colour": listing.notice.upper(), "number": f"A-{number:04}/1-2026"}} if listing.notice else {}
    return {
        "ref": f"L-{number:04}",
        "owner": ISSUER,
        "handling": listing.handling,
        "category": listing.category,
        "name": f"{person.given} {person.surname}",
        "birthDate": person.birth(today).isoformat(),
        "documents": [document] if listing.by == "document" else [],
        "sealed": listing.sealed,
        "floor": listing.floor,
        **notice,
    }


def _lines(objects: Sequence[Entry]) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in objects)
