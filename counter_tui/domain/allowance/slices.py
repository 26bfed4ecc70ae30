"""The slices of the cap: what each counter may grant a resident in a month when it has no link at all.

They are handed out ahead of need and stay: nobody can take one back from a counter that does not hear. So a slice is
cut once, and the one of a counter that was lost goes to nobody else in the months in which it may still be used.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .terms import month_after

if TYPE_CHECKING:
    from .terms import Terms


@dataclass(frozen=True, slots=True)
class Slice:
    """A counter's, in sen; from the month `over` on nobody has it any more ("" while the counter is at work)."""

    counter: str
    sen: int
    over: str = ""


@dataclass(frozen=True, slots=True)
class Slices:
    """All slices of a post."""

    held: tuple[Slice, ...] = ()

    def of(self, counter: str) -> int:
        """What this counter has; 0 where it has none."""
        return next((one.sen for one in self.held if one.counter == counter), 0)

    @property
    def total(self) -> int:
        """The sum of what may still be used."""
        return sum(one.sen for one in self.held)


def cut(slices: Slices, counters: Collection[str], terms: Terms, month: str) -> Slices:
    """The slices from now on. `counters` are at work; one that is not among them any more was shut out in this month.

    A counter that has one keeps it as it is, whatever the terms say now; others get one as long as the cap has room.
    """
    held = []
    for one in slices.held:
        over = "" if one.counter in counters else one.over or month_after(month)
        if not over or month < over:
            held.append(Slice(one.counter, one.sen, over))
    have = {one.counter for one in held}
    free = terms.offline_resident - sum(one.sen for one in held)
    for counter in sorted(set(counters) - have):
        if free >= terms.slice > 0:
            held.append(Slice(counter, terms.slice))
            free -= terms.slice
    return Slices(tuple(sorted(held, key=lambda one: one.counter)))
