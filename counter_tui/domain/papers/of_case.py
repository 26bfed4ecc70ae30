"""What papers of a case are drawn from: its fold and its acts, and nothing that only some agencies may read.

Free words (notes, what somebody said) stay in the case; who, what, when and under which law goes on the paper.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from ...errors import DecisionError
from ..acts import Act, ActBody, ActStatement, Means
from ..cases.case import Case, Custody
from ..cases.deeds import Closed, HandedOver, Holder, Link, Linked
from ..cases.fold import said
from ..documents import Document
from ..posts import Officer, Post
from ..words import Agency, Outcome
from .hand_over import HandedItem, HandedPerson, HandOver, Party, Signed
from .letter import ClosedCase, Event
from .wording import Wording


@dataclass(frozen=True, slots=True, repr=False)
class CaseFile:
    """A case with what it takes to name people: officers by id, travellers' documents by crossing; `acts` are its own.

    `outcomes` are what follows for the travellers, by crossing.
    """

    case: Case
    acts: tuple[Act, ...]
    officers: Mapping[str, Officer]
    documents: Mapping[str, Document]
    outcomes: Mapping[str, Outcome]
    post: Post

    def here(self, at: datetime) -> datetime:
        """The time in the post's zone."""
        return at.astimezone(ZoneInfo(self.post.zone))

    def name(self, officer: str) -> str:
        """An officer's name; the id where nobody is known by it."""
        found = self.officers.get(officer)
        return found.name if found is not None else officer


_NOT_ON_PAPER = frozenset({Outcome.PROTECT, Outcome.CONSULT})
"""That somebody is protected, or consulted about, is on no paper."""


def hand_over_of(file: CaseFile, wording: Wording, language: str) -> HandOver:
    """The record of the last hand-over: of the case itself where it was closed with one, else of what changed hands.

    Raises DecisionError `paper.nothing-handed`.
    """
    act = _handing(file)
    if act is None:
        raise DecisionError("paper.nothing-handed")
    giver, taker, items = _handed(act)
    keys = {(link.kind, link.id) for link in items}
    chains = [one for one in file.case.custody if (one.item.kind, one.item.id) in keys]
    signed = _signatures(file, act)
    others = [one for officer, one in signed.items() if officer not in {giver.officer, taker.officer}]
    return HandOver(
        number=file.case.number,
        post=file.post.name,
        place=taker.place or giver.place,
        at=file.here(act.at),
        giver=_party(file, giver, wording, language),
        taker=_party(file, taker, wording, language),
        persons=_persons(file),
        items=tuple(_item(file, one, wording, language) for one in chains),
        legal_basis="; ".join(dict.fromkeys(hold.legal_basis for hold in file.case.holds if hold.legal_basis)),
        given=signed.get(giver.officer),
        taken=signed.get(taker.officer),
        witness=others[0] if others else None,
        training=file.case.training,
        persons_go=isinstance(said(act), Closed),
    )


def _handing(file: CaseFile) -> Act | None:
    """The closing, where something was handed over with it; else the last hand-over that both signed."""
    acts = sorted((act for act in file.acts if act.kind == "case"), key=lambda act: (act.at, act.id))
    if file.case.closed is not None and (file.case.closed.items or file.case.closed.holds):
        return next((act for act in reversed(acts) if isinstance(said(act), Closed)), None)
    handed = {one.act for custody in file.case.custody for one in custody.chain if one.signed}
    return next((act for act in reversed(acts) if act.id in handed), None)


def _handed(act: Act) -> tuple[Holder, Holder, tuple[Link, ...]]:
    """Who gives, who takes, and what."""
    what = said(act)
    if isinstance(what, HandedOver):
        return what.giver, what.taker, (what.item,)
    assert isinstance(what, Closed)
    return Holder(officer=act.officer), what.to, what.items


def _signatures(file: CaseFile, act: Act) -> dict[str, Signed]:
    """Who signed the act, with its digest: who recorded it, and the second person."""
    second, means = (act.second.officer, act.second.means) if act.second is not None else ("", Means.BESIDE)
    at = act.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    body = ActBody(act.thread, act.counter, act.officer, at, act.deed, act.after, act.training)
    digest = ActStatement(act.kind, body, second, means).digest
    who = [one for one in (act.officer, second) if one]
    return {one: Signed(file.name(one), file.here(act.at), act.id, digest) for one in who}


def _party(file: CaseFile, holder: Holder, wording: Wording, language: str) -> Party:
    officer = file.officers.get(holder.officer)
    agency = holder.agency or (officer.agency if officer is not None else None)
    called = wording.of(f"agency.{agency.value}", language) if agency is not None else ""
    return Party(called, file.name(holder.officer) if holder.officer else holder.name, holder.place)


def _persons(file: CaseFile) -> tuple[HandedPerson, ...]:
    found = []
    for link in file.case.links:
        document = file.documents.get(link.id)
        if link.kind is Linked.CROSSING and document is not None:
            number = f"{document.issuing_state} {document.number}"
            found.append(HandedPerson(document.display_name, number, document.nationality))
        elif link.kind in {Linked.CROSSING, Linked.PERSON}:
            found.append(HandedPerson(link.label or link.id, "", ""))
    return tuple(found)


def _item(file: CaseFile, custody: Custody, wording: Wording, language: str) -> HandedItem:
    what = _link_words(custody.item.kind, custody.item.label, wording, language)
    first, *more = custody.chain
    holders = [first.giver, first.taker, *(one.taker for one in more)]
    chain = [_held(file, holder, wording, language) for holder in holders]
    return HandedItem(what, custody=tuple(one for one, _ in groupby(chain) if one))


def _held(file: CaseFile, holder: Holder, wording: Wording, language: str) -> str:
    party = _party(file, holder, wording, language)
    return ", ".join(part for part in (party.name, party.agency, party.place) if part)


def closed_case_of(file: CaseFile, to: str, written: datetime, wording: Wording, language: str) -> ClosedCase:
    """What the letter on a closed case says, to whomever it is for. Raises DecisionError `paper.case-open`."""
    case = file.case
    if case.closed is None or case.closed_at is None or case.opened_at is None:
        raise DecisionError("paper.case-open")
    closing = next((act for act in file.acts if act.at == case.closed_at and isinstance(said(act), Closed)), None)
    lead = case.lead
    return ClosedCase(
        number=case.number,
        post=file.post.name,
        to=to or _held(file, case.closed.to, wording, language) or wording.of("letter.whom-it-concerns", language),
        opened=file.here(case.opened_at),
        closed=file.here(case.closed_at),
        written=file.here(written),
        lead=wording.of(f"agency.{lead.value}", language) if lead is not None else "",
        persons=_persons(file),
        items=tuple(_item(file, one, wording, language) for one in case.custody),
        events=tuple(_events(file, wording, language)),
        outcome=tuple(_outcomes(file, wording, language)),
        legal_basis=tuple(dict.fromkeys(hold.legal_basis for hold in case.holds if hold.legal_basis)),
        signed=tuple(_signatures(file, closing).values()) if closing is not None else (),
        training=case.training,
    )


def _events(file: CaseFile, wording: Wording, language: str) -> Iterator[Event]:
    case = file.case
    assert case.opened_at is not None
    assert case.closed_at is not None

    def event(at: datetime, who: str, code: str, **params: str) -> Event:
        return Event(file.here(at), file.name(who), wording.of(f"event.{code}", language, **params))

    def called(agency: Agency) -> str:
        return wording.of(f"agency.{agency.value}", language)

    yield event(case.opened_at, case.opened_by, "opened")
    for task in case.tasks:
        yield event(task.given_at, task.given_by, "task-given", agency=called(task.agency))
        if task.ended_at is not None:
            yield event(task.ended_at, task.ended_by, f"task-{task.state.value}", agency=called(task.agency))
    for hold in case.holds:
        what = _link_words(hold.link.kind, hold.link.label, wording, language)
        yield event(hold.placed_at, hold.placed_by, "hold", what=what, agency=called(hold.agency))
        if hold.released_at is not None:
            yield event(hold.released_at, "", "released", what=what, agency=called(hold.agency))
    for custody in case.custody:
        what = _link_words(custody.item.kind, custody.item.label, wording, language)
        for one in custody.chain:
            to = _held(file, one.taker, wording, language)
            yield replace(event(one.at, one.giver.officer, "handed", what=what, to=to), who=_giver(file, one.giver))
    yield event(case.closed_at, case.closed_by, "closed")


def _giver(file: CaseFile, giver: Holder) -> str:
    return file.name(giver.officer) if giver.officer else giver.name


def _link_words(kind: Linked, label: str, wording: Wording, language: str) -> str:
    code = f"thing.{kind.value}" if kind not in {Linked.CROSSING, Linked.CASE} else "thing.person"
    return f"{wording.of(code, language)} {label}".strip()


def _outcomes(file: CaseFile, wording: Wording, language: str) -> Iterator[str]:
    """What follows for each traveller, where it may be said."""
    for crossing in sorted(file.outcomes):
        outcome, document = file.outcomes[crossing], file.documents.get(crossing)
        if outcome not in _NOT_ON_PAPER and document is not None:
            yield f"{document.display_name}: {wording.of(f'outcome.{outcome.value.lower()}', language)}"


def crossings_of(acts: Sequence[Act]) -> dict[str, Document]:
    """The documents of crossings, as their decisions name them."""
    found: dict[str, Document] = {}
    for act in acts:
        crossing = getattr(act.deed, "crossing", None)
        if crossing is not None:
            found[crossing.id] = crossing.document
    return found
