"""What of the feed a counter may see: projected for the agencies it is enrolled for, before it is sent."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from offline_cache.sync.messages import Item

from ..domain.coding import from_json, to_json
from ..domain.entries import DECISION, DecisionBody, read_decision
from ..domain.identity import IDENTITY, read_identity
from ..domain.sections import Section
from ..domain.sharing import SharingAgreement, project
from ..domain.words import AGENCY_OF, Agency
from ..errors import CounterError, LinkError

SECTION = "section"
EXPECTED = "expected"


def visible(item: Item, to: AbstractSet[Agency], agreement: SharingAgreement) -> Item | None:
    """The item as these agencies may see it; None where it is of no kind that is known to be theirs to see."""
    try:
        if item.kind == SECTION:
            section = from_json(Section, item.body, error=LinkError("link.answer"))
            return replace(item, body=to_json(project(section, to, agreement)))
        if item.kind == DECISION:
            return replace(item, body=to_json(_without_notes(read_decision(item.body), to)))
        if item.kind == IDENTITY:  # whole or not at all: it is signed as it stands
            return item if read_identity(item.body).statement.about.agency in to else None
    except CounterError:
        return None
    return item if item.kind == EXPECTED else None


def _without_notes(decision: DecisionBody, to: AbstractSet[Agency]) -> DecisionBody:
    """Verdicts and reason codes are everybody's, since joint results are made of them; notes are their agency's own."""
    judgements = tuple(j if AGENCY_OF[j.authority] in to else replace(j, note="") for j in decision.judgements)
    return replace(decision, judgements=judgements)
