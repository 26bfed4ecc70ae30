"""A security list for training: entries on some of the demo's travellers, and on people who never come."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ..asgi import App, Reply, json_service
from ..people import DemoListing, DemoPeople, DemoPerson
from .connector import HEAD, SNAPSHOT

ISSUER = "POLRI"
VERSION = "8841"
ISSUED_BEFORE = timedelta(minutes=24)


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The list as an ASGI callable. `today` is the day that ages count from; `now` gives aware times."""
    issued = now() - ISSUED_BEFORE
    entries = [_entry(p, p.security, number, today) for number, p in enumerate(people.persons) if p.security]

    def head(_: str, __: bytes) -> Reply:
        return Reply({"issuer": ISSUER, "version": VERSION, "issuedAt": issued.isoformat()})

    def snapshot(version: str, _: bytes) -> Reply:
        if version != VERSION:
            return Reply({"error": "no such version"}, 404)
        return Reply({"version": VERSION, "entries": [*entries, _STRANGER]})

    return json_service({("GET", HEAD): head, ("GET", SNAPSHOT): snapshot})


_STRANGER = {
    "ref": "DPO-0001",
    "owner": ISSUER,
    "handling": "H3",
    "category": "wanted",
    "name": "NOBODY WHO COMES",
    "birthDate": "1970-01-01",
}


def _entry(person: DemoPerson, listing: DemoListing, number: int, today: date) -> dict[str, Any]:
    document = {"issuingState": person.state, "number": person.number}
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
    }
