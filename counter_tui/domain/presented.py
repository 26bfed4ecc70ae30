"""What a counter itself sees of the document presented: findings of immigration's that need no link.

They follow from the crossing and the rules alone, so that every counter derives the same; and what immigration reports
of the same kind beside them is dropped, so that nothing counts twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .crossings import Crossing
from .documents.kinds import DocumentRules
from .documents.validity import Passage, ValidityNote, judge_validity
from .findings import FindingRules
from .posts import Post
from .sections import Contribution, Finding, Section
from .words import Authority


@dataclass(frozen=True, slots=True)
class PresentedRules:
    """The rules of documents, and the catalogue that says what their findings weigh."""

    documents: DocumentRules
    findings: FindingRules


def judge_presented(crossing: Crossing, post: Post, rules: DocumentRules) -> tuple[ValidityNote, ...]:
    """What there is to know of the document of a crossing, on the day it was opened."""
    passage = Passage(crossing.opened_at.date(), crossing.direction, post, crossing.document_used)
    return judge_validity(crossing.document, rules, passage)


def with_presented(
    sections: Iterable[Section], crossing: Crossing, post: Post, rules: PresentedRules | None
) -> tuple[Section, ...]:
    """The sections, with what this counter sees of the document in immigration's, and the rows that it follows from."""
    if rules is None:
        return tuple(sections)
    notes = judge_presented(crossing, post, rules.documents)
    found = [_reported(note, rules.findings) for note in notes if note.code]
    said = tuple(note.text for note in notes if not note.code)
    cited = tuple(dict.fromkeys(note.cited for note in notes))
    return tuple(
        _add(replace(s, facts=(*said, *s.facts, *cited)), found) if s.authority is Authority.IMMIGRATION else s
        for s in sections
    )


def _reported(note: ValidityNote, rules: FindingRules) -> tuple[Finding, Contribution]:
    finding, contribution = rules.report(note.code)
    return replace(finding, text=note.text), contribution


def _add(section: Section, found: Sequence[tuple[Finding, Contribution]]) -> Section:
    own = {_says(contribution) for _, contribution in found}
    kept = tuple(c for c in section.contributions if _says(c) not in own)
    dropped = {c.id for c in section.contributions} - {c.id for c in kept}
    return replace(
        section,
        contributions=(*(c for _, c in found), *kept),
        findings=(*(f for f, _ in found), *(f for f in section.findings if f.id not in dropped)),
    )


def _says(contribution: Contribution) -> tuple[object, ...]:
    """What a contribution says, whatever it is called: words may be withheld from a counter, this never is."""
    c = contribution
    return (c.authority, c.subject.kind, c.verdict, c.band_floor, c.action, c.points, c.banded)
