"""What changed since the last look: what the screen marks until it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.sections import Section
from ...domain.words import SourceState

if TYPE_CHECKING:
    from ...domain.view import MergedView

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


class RowMarks:
    """What changed of the rows of a list since an officer last looked at each: marked until seen.

    What comes before a row has settled is no change: it is still being filled in.
    """

    def __init__(self) -> None:
        self._seen: dict[str, MergedView] = {}

    def settled(self, key: str, view: MergedView) -> None:
        """A row is filled in: what stands in it now is what it is held against, unless it was looked at before."""
        self._seen.setdefault(key, view)

    def looked(self, key: str, view: MergedView) -> None:
        """The row was in sight when a key was pressed: what bore a mark has been seen."""
        if key in self._seen:
            self._seen[key] = view

    def marked(self, key: str, view: MergedView) -> bool:
        """Whether anything of the row has changed since."""
        return bool(changes(self._seen.get(key), view))

    def worse(self, key: str, view: MergedView) -> bool:
        """Whether its band rose since."""
        seen = self._seen.get(key)
        return seen is not None and view.risk.band > seen.risk.band
