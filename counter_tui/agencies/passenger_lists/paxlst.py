"""PAXLST messages (UN/EDIFACT D.02B, D.05B, D.12B; WCO/IATA/ICAO guide): journeys and travellers.

What no handler takes of a segment is reported: nothing is dropped in silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from .edifact import Segment
from .envelopes import Envelopes
from .model import CREW_ROLES, ROLES, Call, Journey, Leg, Remarks, Traveller
from .paxlst_persons import Person, contacts, take_code_lists, take_place
from .values import plain, read_count, read_moment

MOST_TRAVELLERS: Final = 50_000
MOST_LEGS: Final = 64
RELEASES: Final = frozenset({"02B", "05B", "12B"})
KINDS: Final = frozenset({"745", "250", "266"})
_REPORTER: Final = "MS"
_OTHER_PARTIES: Final = frozenset({"MS", "CN", "CZ", "OS", "CA", "CG", "FW", "SU", "BA"})
_LEAVING, _ARRIVING = frozenset({"189", "133", "136"}), frozenset({"232", "132", "178"})
_DECLARED: Final = {"42": "passengers", "41": "crew"}


@dataclass(slots=True)
class _Message:
    """A message in the making. `place` is where the ship or bus calls whose time comes next."""

    line: int
    journey: Journey = field(default_factory=Journey)
    legs: list[Leg] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    place: str = ""
    counts: list[tuple[Segment, str, int]] = field(default_factory=list)
    travellers: int = 0
    day: date | None = None


class PaxlstReader:
    """Reads every message of a file, one after another."""

    def __init__(self, remarks: Remarks, today: date) -> None:
        """`today` bounds births and tells centuries where the list has no date of its own."""
        self._remarks, self._today = remarks, today
        self._envelopes = Envelopes(remarks)
        self._message: _Message | None = None
        self._person: Person | None = None
        self._foreign = False
        self.journeys: list[Journey] = []
        self.travellers: list[Traveller] = []
        self.messages = 0

    def read(self, segments: Iterable[Segment]) -> None:
        """Take all segments."""
        for segment in self._envelopes.inside(segments):
            if segment.tag == "UNH":
                self._end()
                self._begin(segment)
            elif segment.tag == "UNT":
                self._end()
                self._foreign = False
            elif not self._foreign:
                self._message = self._message or _Message(segment.line)
                self._take(self._message, segment)
                self._report_left(segment)
        self._end()

    def _begin(self, segment: Segment) -> None:
        kind, version, release = (segment.take(2, at) for at in range(3))
        self._foreign = kind != "PAXLST"
        if self._foreign:
            self._remarks.add(segment.line, "manifest.other-message", segment.place, found=kind)
            return
        if version != "D" or release not in RELEASES:
            self._remarks.add(segment.line, "manifest.release", segment.place, found=f"{version}.{release}")
        self._message = _Message(segment.line, Journey(reference=plain(segment.take(3))))

    def _end(self) -> None:
        """The message is over: its last traveller, its journey, and whether as many are listed as it says."""
        message, self._message = self._message, None
        if message is None:
            return
        self._end_person(message)
        self.messages += 1
        journey = replace(message.journey, legs=tuple(message.legs), contacts=tuple(message.contacts))
        listed = self.travellers[len(self.travellers) - message.travellers :]
        crew = sum(one.role in CREW_ROLES for one in listed)
        found = {"crew": crew, "passengers": len(listed) - crew}
        for segment, who, declared in message.counts:
            if declared != found[who]:
                self._remarks.add(segment.line, f"manifest.{who}", segment.place, declared=declared, found=found[who])
        self.journeys.append(journey)

    def _end_person(self, message: _Message) -> None:
        person, self._person = self._person, None
        if person is None:
            return
        if len(self.travellers) < MOST_TRAVELLERS:
            message.travellers += 1
            self.travellers.append(person.draft.done(len(self.journeys), self._today))
        elif len(self.travellers) == MOST_TRAVELLERS:
            person.draft.report("manifest.travellers-too-many", most=MOST_TRAVELLERS)

    def _report_left(self, segment: Segment) -> None:
        for where, value in segment.left():
            place = f"{segment.place} {where}"
            said = self._remarks.add(segment.line, "manifest.not-used", place, found=plain(value))
            if self._person is not None:
                self._person.draft.problems.append(said)

    # -- segments ---------------------------------------------------------------------------------------------------

    def _take(self, message: _Message, segment: Segment) -> None:
        if segment.tag == "NAD":
            self._party(message, segment)
        elif segment.tag == "CNT":
            self._end_person(message)
            self._count(message, segment)
        elif segment.tag == "TDT":
            self._end_person(message)
            self._transport(message, segment)
        elif self._person is not None:
            if not self._person.take(segment):
                self._person.draft.report("manifest.segment-unknown", segment.line, segment.place, tag=segment.tag)
        elif not self._head(message, segment):
            self._remarks.add(segment.line, "manifest.segment-unknown", segment.place, tag=segment.tag)

    def _head(self, message: _Message, segment: Segment) -> bool:
        """The segments before the first traveller; False where it is none of them."""
        match segment.tag:
            case "BGM":
                kind = segment.take(1)
                take_code_lists(segment, 1)
                message.journey = replace(message.journey, kind=plain(kind))
                if kind not in KINDS:
                    self._remarks.add(segment.line, "manifest.kind", segment.place, found=plain(kind))
            case "RFF" if segment.peek(1) == "TN":
                segment.take(1)
                message.journey = replace(message.journey, reference=plain(segment.take(1, 1)))
            case "COM":
                message.contacts += map(plain, contacts(segment))
            case "LOC":
                self._call(message, segment)
            case "DTM":
                self._time(message, segment)
            case "RFF" | "FTX" | "GEI" | "CPI" | "QTY":
                pass  # known, and nothing here that is used: what it says is reported
            case _:
                return False
        return True

    def _party(self, message: _Message, segment: Segment) -> None:
        self._end_person(message)
        role = segment.peek(1)
        if role == _REPORTER:
            segment.take(1)
            said = " ".join(segment.take_all(4) or segment.take_all(3) or segment.take_all(2))
            message.journey = replace(message.journey, reporter=plain(said))
        elif role in ROLES or (role not in _OTHER_PARTIES and any(segment.peek(4, at) for at in range(5))):
            message.day = message.day or self._day(message)
            self._person = Person(segment, self._remarks, message.day)

    def _day(self, message: _Message) -> date:
        """The day that tells centuries: of the journey, else of the interchange; never after today."""
        said = [call.at[:10] for leg in message.legs for call in (leg.departure, leg.arrival) if call.at]
        prepared = read_moment(self._envelopes.prepared, self._today)[:10]
        found = max(said, default=prepared)
        return min(date.fromisoformat(found), self._today) if found else self._today

    def _transport(self, message: _Message, segment: Segment) -> None:
        segment.take(1)
        service, mode, carrier = segment.take(2), segment.take(3).lstrip("0"), segment.take(5)
        take_code_lists(segment, 5)
        take_code_lists(segment, 8)
        carrier = segment.take(5, 3) or carrier
        vehicle = segment.take(8) or segment.take(8, 3)
        message.place = ""
        if len(message.legs) < MOST_LEGS:
            message.legs.append(Leg(plain(service), plain(carrier), plain(mode), plain(vehicle)))
        else:
            self._remarks.add(segment.line, "manifest.legs-too-many", segment.place, most=MOST_LEGS)

    def _call(self, message: _Message, segment: Segment) -> None:
        kind = segment.peek(1)
        if kind not in {"125", "87", "92"}:
            return
        segment.take(1)
        message.place = plain(take_place(segment))
        if kind != "92":
            self._put_call(message, leaving=kind == "125", at="")

    def _time(self, message: _Message, segment: Segment) -> None:
        kind = segment.peek(1)
        if not message.legs or kind not in _LEAVING | _ARRIVING:
            return
        segment.take(1)
        said = segment.take(1, 1)
        segment.take(1, 2)
        at = read_moment(said, self._today)
        if said and not at:
            self._remarks.add(segment.line, "manifest.time", segment.place, found=plain(said))
        self._put_call(message, leaving=kind in _LEAVING, at=at)

    def _put_call(self, message: _Message, *, leaving: bool, at: str) -> None:
        if not message.legs:
            message.legs.append(Leg())
        leg, call = message.legs[-1], Call(message.place, at)
        message.legs[-1] = replace(leg, departure=call) if leaving else replace(leg, arrival=call)

    def _count(self, message: _Message, segment: Segment) -> None:
        kind = segment.peek(1)
        who = _DECLARED.get(kind)
        if who is None:
            return
        segment.take(1)
        said = segment.take(1, 1)
        number = read_count(said)
        if number is None:
            self._remarks.add(segment.line, "manifest.count-unreadable", segment.place, found=plain(said))
            return
        if who == "crew":
            message.journey = replace(message.journey, crew=number)
        else:
            message.journey = replace(message.journey, passengers=number)
        message.counts.append((segment, who, number))
