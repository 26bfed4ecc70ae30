"""What of the feed a counter may see: projected for the agencies it is enrolled for, before it is sent."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from offline_cache.sync.messages import Item

from ..domain.acts import KINDS, project_act
from ..domain.allowance import SLICES
from ..domain.coding import from_json, to_json
from ..domain.entries import DECISION, DecisionBody, read_decision
from ..domain.identity import IDENTITY, read_identity
from ..domain.joint.reading import QUESTION
from ..domain.notes import NOTE, read_note
from ..domain.sections import Section
from ..domain.seen import SEEN, Seen, read_seen, seen_body
from ..domain.sharing import SharingAgreement, project
from ..domain.words import AGENCY_OF, Agency
from ..errors import CounterError, LinkError

SECTION = "section"
EXPECTED = "expected"
LINK = "link"


class InForce:
    """The agreement as it is today; a row begins on its first day without anybody doing anything."""

    def __init__(self, agreement: SharingAgreement, now: Callable[[], str]) -> None:
        """`now` is ISO 8601 UTC."""
        self._agreement, self._now, self._today = agreement, now, ""

    def __call__(self) -> SharingAgreement:
        """As it is now."""
        today = self._now()[:10]
        if today != self._today:
            self._today, self._agreement = today, self._agreement.on(date.fromisoformat(today))
        return self._agreement


def visible(item: Item, to: AbstractSet[Agency], agreement: SharingAgreement) -> Item | None:
    """The item as these agencies may see it; None where it is of no kind that is known to be theirs to see."""
    try:
        if item.kind == SECTION:
            section = from_json(Section, item.body, error=LinkError("link.answer"))
            return replace(item, body=to_json(project(section, to, agreement)))
        if item.kind == DECISION:
            return replace(item, body=to_json(_without_notes(read_decision(item.body), to)))
        if item.kind == SEEN:
            return _seen_by(item, to)
        if item.kind in KINDS:
            body = project_act(item.kind, item.body, to)
            return None if body is None else replace(item, body=body)
        return item if _whole(item, to) else None
    except CounterError:
        return None


def _whole(item: Item, to: AbstractSet[Agency]) -> bool:
    """Of what is whole or not at all, since it is signed as it stands or says nothing of anybody: whether it is."""
    if item.kind == IDENTITY:
        return read_identity(item.body).statement.about.agency in to
    if item.kind == NOTE:
        return read_note(item.body).seen_by(to)
    return item.kind in {EXPECTED, LINK, QUESTION} or (item.kind == SLICES and Agency.CUSTOMS in to)


def _seen_by(item: Item, to: AbstractSet[Agency]) -> Item | None:
    """What these agencies' own systems said of an entry: whether another agency was told is not for them."""
    seen = read_seen(item.body)
    told = tuple(authority for authority in seen.told if AGENCY_OF[authority] in to)
    answers = tuple(answer for answer in seen.answers if AGENCY_OF[answer.authority] in to)
    return replace(item, body=seen_body(Seen(told, answers))) if told else None


def _without_notes(decision: DecisionBody, to: AbstractSet[Agency]) -> DecisionBody:
    """Verdicts and reason codes are everybody's, since joint results are made of them; notes are their agency's own."""
    judgements = tuple(j if AGENCY_OF[j.authority] in to else replace(j, note="") for j in decision.judgements)
    return replace(decision, judgements=judgements)
