"""Writing PAXLST (UN/EDIFACT D.02B, D.05B, D.12B): a list for a system that takes no other, such as a neighbour's post.

What is written reads back as it was. Days are written with their century, times as the place's own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from ...domain.documents import PartialDate
from .model import CREW_ROLES, Call, Journey, Leg, ListedDocument, Traveller

Release = Literal["02B", "05B", "12B"]
_RELEASED: Final = re.compile(r"[:+?']")
_CODE: Final = re.compile("[A-Z0-9]{2,5}")
_WAYS: Final = frozenset({"TE", "FX", "EM", "AL", "AH", "CA"})
_PLACES: Final = {
    "clearance": "22",
    "residence": "174",
    "embarkation": "178",
    "debarkation": "179",
    "birth_place": "180",
}
_REFERENCES: Final = {"reservation": "AVF", "seat": "SEA", "reference": "ABO", "ticket": "YZY"}
_WEIGHT: Final = re.compile(r"([0-9.]+) ([A-Z]{3})")
_OWN: Final = frozenset({
    *_PLACES, *_REFERENCES, "address", "contact", "occupation", "verified", "baggage_count", "baggage_weight",
    "baggage_tags", "issue_date", "note",
})  # fmt: skip
Element = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends to whom, under which reference (letters and digits, 14 at most), and when it was made."""

    sender: str
    receiver: str
    reference: str
    made: datetime


def write_paxlst(
    journeys: Sequence[Journey], travellers: Iterable[Traveller], sending: Sending, release: Release = "05B"
) -> bytes:
    """An interchange with a message for each journey and its travellers.

    What PAXLST has no place for stands as free text. Plain capitals are written as UNOA, ASCII as UNOB, western text
    as UNOC (ISO 8859-1), all other as UTF-8 (UNOW).
    """
    of: dict[int, list[Traveller]] = {}
    for one in travellers:
        of.setdefault(one.journey, []).append(one)
    messages = [_message(str(at + 1), journey, of.get(at, []), release) for at, journey in enumerate(journeys)]
    body = [segment for message in messages for segment in message]
    syntax, encoding = _character_set("".join(body))
    made, reference = (f"{sending.made:%y%m%d}", f"{sending.made:%H%M}"), sending.reference
    parties = ((sending.sender, "ZZ"), (sending.receiver, "ZZ"))
    head = [
        _segment("UNB", (syntax, "4"), *parties, made, reference, "", "APIS"),
        _segment("UNG", "PAXLST", *parties, made, reference, "UN", ("D", release)),
    ]
    foot = [_segment("UNE", str(len(messages)), reference), _segment("UNZ", "1", reference)]
    return "\n".join(["UNA:+.? '", *head, *body, *foot, ""]).encode(encoding)


def _character_set(text: str) -> tuple[str, str]:
    if text.isascii():
        return ("UNOA" if text == text.upper() else "UNOB"), "ascii"
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return "UNOW", "utf-8"
    return "UNOC", "latin-1"


def _segment(tag: str, *elements: Element) -> str:
    """Values at the end that are empty are left out, of an element and of the segment."""
    written = [
        ":".join(_RELEASED.sub(r"?\g<0>", part) for part in _trimmed((one,) if isinstance(one, str) else one))
        for one in elements
    ]
    return "+".join([tag, *_trimmed(written)]) + "'"


def _trimmed(values: Sequence[str]) -> list[str]:
    kept = list(values)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _message(reference: str, journey: Journey, travellers: Sequence[Traveller], release: Release) -> list[str]:
    crew = sum(one.role in CREW_ROLES for one in travellers)
    counts = {"42": journey.passengers, "41": journey.crew}
    if journey.passengers is None and journey.crew is None:
        counts = {"42": len(travellers) - crew, "41": crew}
    inside = [
        _segment("BGM", journey.kind or "745"),
        *([_segment("RFF", ("TN", journey.reference))] if journey.reference else []),
        *([_segment("NAD", "MS", "", "", journey.reporter)] if journey.reporter else []),
        *([_segment("COM", *map(_contact, journey.contacts))] if journey.contacts else []),
        *(segment for leg in journey.legs for segment in _leg(leg)),
        *(segment for one in travellers for segment in _traveller(one)),
        *(_segment("CNT", (kind, str(count))) for kind, count in counts.items() if count is not None),
    ]
    header = _segment("UNH", reference, ("PAXLST", "D", release, "UN", "IATA"))
    return [header, *inside, _segment("UNT", str(len(inside) + 2), reference)]


def _leg(leg: Leg) -> Iterator[str]:
    yield _segment("TDT", "20", leg.service, leg.mode, "", leg.carrier, "", "", leg.vehicle)
    for call, place, time in ((leg.departure, "125", "189"), (leg.arrival, "87", "232")):
        if call != Call():
            yield _segment("LOC", place, _place(call.place))
        if call.at:
            digits = "".join(filter(str.isdecimal, call.at))
            yield _segment("DTM", (time, digits, "203" if "T" in call.at else "102"))


def _place(said: str) -> Element:
    return said if _CODE.fullmatch(said) else ("", "", "", said)


def _traveller(one: Traveller) -> Iterator[str]:
    others = one.others
    yield _segment("NAD", one.role, "", "", (one.surname, one.given_names), others.get("address", ""))
    if one.sex:
        yield _segment("ATT", "2", "", one.sex)
    if one.birth is not None and one.birth.year is not None:
        yield _segment("DTM", ("329", *_day(one.birth)))
    yield from _measures(others)
    if others.get("verified") in {"yes", "no"}:
        yield _segment("GEI", "4", "173" if others["verified"] == "yes" else "174")
    yield from _texts(others)
    yield from (_segment("LOC", _PLACES[name], _place(others[name])) for name in _PLACES if name in others)
    if "contact" in others:
        yield _segment("COM", *map(_contact, others["contact"].split(", ")))
    if "occupation" in others:
        yield _segment("EMP", "1", ("", "", "", others["occupation"]))
    if one.nationality:
        yield _segment("NAT", "2", one.nationality)
    yield from (_segment("RFF", (code, others[name])) for name, code in _REFERENCES.items() if name in others)
    if "issue_date" in others:
        yield _segment("DTM", ("182", *_day(PartialDate.from_iso(others["issue_date"]))))
    for document in one.documents:
        yield from _document(document)


def _document(document: ListedDocument) -> Iterator[str]:
    lists = ("110", "111") if document.code else ()
    yield _segment("DOC", (document.code, *lists), document.number)
    if document.expiry is not None and document.expiry.year is not None:
        yield _segment("DTM", ("36", *_day(document.expiry)))
    if document.issuing_state:
        yield _segment("LOC", "91", document.issuing_state)


def _measures(others: Mapping[str, str]) -> Iterator[str]:
    if "baggage_count" in others:
        yield _segment("MEA", "CT", "", ("", others["baggage_count"]))
    if (weight := _WEIGHT.fullmatch(others.get("baggage_weight", ""))) is not None:
        yield _segment("MEA", "WT", "", (weight[2], weight[1]))


def _texts(others: Mapping[str, str]) -> Iterator[str]:
    """Tags of baggage, and as free text what has no place of its own."""
    if "baggage_tags" in others:
        yield from (_segment("FTX", "BAG", "", "", tag) for tag in others["baggage_tags"].split(", "))
    if "note" in others:
        yield _segment("FTX", "AAI", "", "", others["note"])
    for name in others:
        if name not in _OWN or (name == "baggage_weight" and not _WEIGHT.fullmatch(others[name])):
            yield _segment("FTX", "AAI", "", "", f"{name}: {others[name]}")


def _contact(said: str) -> Element:
    number, _, way = said.rpartition(" ")
    return (number, way) if way in _WAYS else said


def _day(day: PartialDate) -> tuple[str, str]:
    digits = day.iso().replace("-", "")
    return digits, {4: "602", 6: "610", 8: "102"}[len(digits)]
