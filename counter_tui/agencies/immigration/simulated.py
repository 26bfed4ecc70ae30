"""A border control system for training: what the demo's travellers make it know, in its own format."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ...domain.documents import document_key
from ..asgi import App, Reply, json_service
from ..people import DemoPeople, DemoPerson
from .connector import INQUIRIES, MANIFEST
from .standard import Question


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The system as an ASGI callable. `today` is the day that offsets count from; `now` gives aware times."""
    known = {document_key(p.state, p.number): p for p in people.persons}
    started = now()

    def inquire(_: str, body: bytes) -> Reply:
        question = Question.model_validate_json(body)
        person = known.get(document_key(question.document.issuing_state, question.document.number))
        answer = {"result": "NO_HIT", "asOf": now().isoformat()}
        return Reply(answer if person is None else answer | _record(person, people, today))

    def manifest(_: str, __: bytes) -> Reply:
        return Reply({"asOf": now().isoformat()} | _manifest(people, today, started))

    return json_service({("POST", INQUIRIES): inquire, ("GET", MANIFEST): manifest})


def _record(person: DemoPerson, people: DemoPeople, today: date) -> dict[str, Any]:
    def day(offset: int) -> str:
        return (today + timedelta(days=offset)).isoformat()

    own = person.immigration
    hits = [
        {
            "kind": ban.kind.upper(),
            "reference": ban.number,
            "status": "VERIFIED" if ban.verified else "CANDIDATE",
            "start": day(ban.start),
            "end": None if ban.end is None else day(ban.end),
            "extended": ban.extended,
        }
        for ban in own.bans
    ]
    if own.lost is not None:
        reference = f"LOST-{person.number}"
        hits.append({"kind": "LOST_DOCUMENT", "reference": reference, "status": "VERIFIED", "start": day(own.lost)})
    record: dict[str, Any] = {
        "result": "HIT" if hits else "NO_HIT",
        "hits": hits,
        "history": _history(own.crossed, day),
        "refusedOn": [] if own.refused is None else [day(own.refused)],
        "overstayedOn": [] if own.overstayed is None else [day(own.overstayed)],
        "indicators": [indicator.upper().replace("-", "_") for indicator in own.indicators],
        "residence": own.residence,
        "identityOpen": own.identity_open,
    }
    if own.visa is not None:
        record["visa"] = {"status": own.visa.upper().replace("-", "_")}
    if own.stay_until is not None:
        record["stay"] = {"until": day(own.stay_until)}
    guardian = next((p for p in people.persons if p.id == person.guardian), None)
    if guardian is not None:
        record["guardian"] = {"relation": (own.relation or "parent").upper(), "document": _document(guardian)}
    return record


def _history(crossed: Sequence[int], day: Callable[[int], str]) -> list[dict[str, str]]:
    """Earlier crossings, in and out by turns, the latest one out."""
    latest_first = sorted(crossed, reverse=True)
    return [{"on": day(at), "direction": ("EXIT", "ENTRY")[turn % 2]} for turn, at in enumerate(latest_first)]


def _visual(person: DemoPerson, today: date) -> dict[str, Any]:
    return {
        "kind": "BORDER_PASS",
        **_document(person),
        "nationality": person.nationality or person.state,
        "surname": person.surname,
        "givenNames": person.given,
        "sex": person.sex,
        "birth": person.birth(today).isoformat(),
        "expiry": person.expiry(today).isoformat(),
    }


def _document(person: DemoPerson) -> dict[str, str]:
    return {"issuingState": person.state, "number": person.number}


def _manifest(people: DemoPeople, today: date, started: datetime) -> dict[str, Any]:
    by_id = {p.id: p for p in people.persons}
    return {
        "groups": [
            {
                "id": group.id,
                "kind": group.kind.value.upper(),
                "name": group.name,
                "headcount": people.headcount(group.id),
                "due": (started + timedelta(minutes=group.due_minutes)).isoformat(),
            }
            for group in people.groups
        ],
        "travellers": [
            {
                **({"visual": _visual(person, today)} if person.border_pass else {"mrz": person.lines(today)}),
                "direction": person.direction.value.upper(),
                "group": person.group,
                "guardian": _document(by_id[person.guardian]) if person.guardian else None,
            }
            for person in people.persons
            if person.announced
        ],
    }
