"""A border control system for training: what the demo's travellers make it know, in its own format."""

import base64
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ...domain.documents import document_key
from ...domain.words import Authority
from ..asgi import App, Reply, json_service
from ..people import DemoBan, DemoPeople, DemoPerson
from ..told_book import told_routes
from .connector import INQUIRIES, MANIFEST
from .faces import draw_face
from .portraits import PORTRAITS, PictureQuestion
from .standard import Question

POST = "Entikong"
DOCUMENTS = {"stolen": "STOLEN", "revoked": "REVOKED", "replaced": "REPLACED", "used": "CONSUMED"}
Day = Callable[[int | None], str | None]


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The system as an ASGI callable. `today` is the day that offsets count from; `now` gives aware times."""
    known = {document_key(p.state, p.number): p for p in people.persons}
    started = now()

    def inquire(_: str, body: bytes) -> Reply:
        question = Question.model_validate_json(body)
        person = known.get(document_key(question.document.issuing_state, question.document.number))
        about = {"issuingState": question.document.issuing_state, "number": question.document.number}
        answer = {"result": "NO_HIT", "asOf": now().isoformat(), "document": about}
        return Reply(answer if person is None else answer | _record(person, people, today))

    def manifest(_: str, __: bytes) -> Reply:
        return Reply({"asOf": now().isoformat()} | _manifest(people, today, started))

    def picture(_: str, body: bytes) -> Reply:
        reference = PictureQuestion.model_validate_json(body).reference
        return Reply({"reference": reference, "data": base64.b64encode(draw_face(reference)).decode("ascii")})

    asked = {("POST", INQUIRIES): inquire, ("GET", MANIFEST): manifest, ("POST", PORTRAITS): picture}
    return json_service(asked | told_routes(Authority.IMMIGRATION, "PLB", now))


def _record(person: DemoPerson, people: DemoPeople, today: date) -> dict[str, Any]:
    def day(offset: int | None) -> str | None:
        return None if offset is None else (today + timedelta(days=offset)).isoformat()

    own = person.immigration
    hits = [_hit(ban, day) for ban in own.bans]
    if own.lost is not None:
        reference = f"LOST-{person.number}"
        hits.append({"kind": "LOST_DOCUMENT", "reference": reference, "status": "VERIFIED", "start": day(own.lost)})
    record: dict[str, Any] = {
        "result": "HIT" if hits else "NO_HIT",
        "holder": _holder(person, today),
        "documentState": _document_state(person, day),
        "hits": hits,
        "history": _history(person, day),
        "refusals": [] if own.refused is None else [{"on": day(own.refused), "ground": own.reason, "post": POST}],
        "overstays": [] if own.overstayed is None else [{"on": day(own.overstayed), "days": 9}],
        "indicators": [indicator.upper().replace("-", "_") for indicator in own.indicators],
        "residence": own.residence,
        "identityOpen": own.identity_open,
        "portrait": {"reference": f"PORTRAIT/{person.id}"} if own.portrait else None,
    }
    if own.visa is not None:
        record["visa"] = _visa(person, day)
    if own.stay_until is not None:
        record["stay"] = _stay(person, own.stay_until, day)
    guardian = next((p for p in people.persons if p.id == person.guardian), None)
    if guardian is not None:
        record["guardian"] = {"relation": (own.relation or "parent").upper(), "document": _document(guardian)}
    return record


def _holder(person: DemoPerson, today: date) -> dict[str, Any]:
    return {
        "surname": person.immigration.named or person.surname,
        "givenNames": "" if person.immigration.named else person.given,
        "birth": (person.immigration.born or person.birth(today)).isoformat(),
        "sex": person.sex,
        "nationality": person.nationality or person.state,
    }


def _document_state(person: DemoPerson, day: Day) -> dict[str, Any]:
    own = person.immigration
    if own.document is None:
        return {"status": "VALID"}
    state: dict[str, Any] = {"status": DOCUMENTS[own.document], "since": day(own.document_on)}
    if own.document == "replaced":
        state["replacedBy"] = {"issuingState": person.state, "number": f"{person.number[:-1]}R"}
    return state


def _hit(ban: DemoBan, day: Day) -> dict[str, Any]:
    return {
        "kind": ban.kind.upper().replace("-", "_"),
        "reference": ban.number,
        "status": "VERIFIED" if ban.verified else "CANDIDATE",
        "start": day(ban.start),
        "end": day(ban.end),
        "extended": ban.extended,
        "lifetime": ban.lifetime,
        "issuer": ban.issuer,
        "decisionNumber": ban.decision or None,
        "reason": ban.reason or None,
    }


def _visa(person: DemoPerson, day: Day) -> dict[str, Any]:
    own = person.immigration
    visa: dict[str, Any] = {"status": (own.visa or "none").upper().replace("-", "_")}
    if own.visa == "valid":
        visa |= {"kind": own.visa_kind or "C1", "number": f"V{person.number[-6:]}", "validUntil": day(own.visa_until)}
        visa["entriesLeft"] = own.entries
    return visa


def _stay(person: DemoPerson, until: int, day: Day) -> dict[str, Any]:
    extended = person.immigration.extended
    return {
        "until": day(until),
        "granted": day(until - (60 if extended else 30)),
        "permitKind": "ITK",
        "permitNumber": f"ITK-{person.number[-5:]}",
        "extended": int(extended),
    }


def _history(person: DemoPerson, day: Day) -> list[dict[str, Any]]:
    """Earlier crossings, in and out by turns; the latest one out."""
    latest_first = sorted(person.immigration.crossed, reverse=True)
    used = _document(person)
    if person.immigration.other_document:
        used |= {"number": person.immigration.other_document}
    return [
        {"on": day(at), "direction": ("EXIT", "ENTRY")[turn % 2], "post": POST, "document": used}
        for turn, at in enumerate(latest_first)
    ]


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
