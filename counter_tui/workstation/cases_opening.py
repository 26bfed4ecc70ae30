"""What the opening of a case says: who leads, what it is about, who is asked to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..domain.cases.deeds import Link, Linked, Opened, TaskGiven
from ..domain.cases.rules import LOOK_MINUTES
from ..domain.groups import leading
from ..domain.words import AGENCY_OF, Agency, SubjectKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.cases.rules import CaseRules
    from ..domain.crossings import Crossing
    from ..domain.decisions import ReasonCode
    from ..domain.sections import Subject
    from ..domain.view import MergedView

LOOK: Final = "case.task.look"


def opening_of(view: MergedView, about: Subject, reason: ReasonCode, note: str, entry: str) -> Opened:
    """The opening of a case over the traveller of this view, who was referred for this reason by this entry.

    Who leads the joint procedure leads the case; where none applies, whose reason it is.
    """
    procedures = view.plan.lead if view.plan is not None else None
    lead = AGENCY_OF[procedures or reason.authority or leading(view)]
    return Opened(
        lead,
        (crossing_link(view.crossing), *_things(view, about)),
        reason.code,
        note,
        entry,
        frozenset(asked(view, lead)) - {lead},
    )


def crossing_link(crossing: Crossing) -> Link:
    """A traveller's crossing, by the name on the document."""
    return Link(Linked.CROSSING, crossing.id, crossing.document.display_name)


def _things(view: MergedView, about: Subject) -> tuple[Link, ...]:
    """What was found or judged beside the person."""
    found = [c.subject for s in view.sections for c in s.contributions if c.verdict >= Verdict.REFER]
    things = dict.fromkeys(s for s in (about, *found) if s.kind is not SubjectKind.PERSON)
    return tuple(thing_link(view.crossing.id, subject) for subject in things)


def thing_link(crossing: str, subject: Subject) -> Link:
    """A thing of a crossing; its id is the case's own, since several travellers may have goods."""
    return Link(Linked(subject.kind.value), f"{crossing}/{subject.kind.value}/{subject.id}", subject.label)


def asked(view: MergedView, lead: Agency) -> tuple[Agency, ...]:
    """The agencies that have something against the traveller, the lead first."""
    having = {AGENCY_OF[s.authority] for s in view.sections if any(c.verdict >= Verdict.REFER for c in s.contributions)}
    return (lead, *(agency for agency in Agency if agency in having and agency is not lead))


def first_tasks(view: MergedView, lead: Agency, rules: CaseRules, new_id: Callable[[], str]) -> tuple[TaskGiven, ...]:
    """Each agency that has something against the traveller is asked to look; their clocks begin when they see it."""
    found = []
    for agency in asked(view, lead):
        row = rules.opening(agency)
        code, minutes = (row.code, row.minutes) if row is not None else (LOOK, LOOK_MINUTES)
        found.append(TaskGiven(new_id(), agency, minutes=minutes, code=code))
    return tuple(found)
