"""What changed since the last look: what the screen marks until it is seen."""

from ...domain.sections import Section
from ...domain.view import MergedView
from ...domain.words import SourceState

BAND = "band"


def changes(before: MergedView | None, after: MergedView) -> frozenset[str]:
    """Authorities (by value) of which something else is said now, ids of new contributions, and `band`.

    An answer that only confirms what was held is no change; nothing changed on the first look, or of another crossing.
    """
    if before is None or before.crossing.id != after.crossing.id:
        return frozenset()
    changed = {s.authority.value for s in after.sections if _said(s) != _said(before.section(s.authority))}
    known = {c.id for s in before.sections for c in s.contributions}
    changed |= {c.id for s in after.sections for c in s.contributions if c.id not in known}
    if before.risk.band is not after.risk.band:
        changed.add(BAND)
    return frozenset(changed)


def _said(section: Section) -> tuple[object, ...]:
    known = section.source is not SourceState.NOT_CHECKED
    return known, section.contributions, section.findings, section.facts
