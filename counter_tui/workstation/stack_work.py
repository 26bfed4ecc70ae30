"""A stack while it is worked: who is listed, who was scanned, how far each is; and the snapshot of it for a screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..domain.decisions import why_not_green
from ..domain.groups import MOST, Companion, Headcount, Standing, leading, partings, standing_of
from ..domain.outcome import PERSON
from .stack import GroupLine, Stack, StackRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..domain.crossings import Crossing, Group
    from ..domain.words import Authority, Outcome
    from .asking import Asking
    from .current import Current
    from .group_entries import GroupPast
    from .news import Expected, Recorded
    from .records import OpenCrossing


@dataclass(slots=True)
class Traveller:
    """One who was scanned: in hand with what is known of them, or decided already."""

    crossing: Crossing
    current: Current | None = None
    asking: Asking | None = None
    desk: Authority | None = None
    elsewhere: str = ""
    outcome: Outcome | None = None
    entry: int = 0
    decided: bool = False
    counter: str = ""
    """At which other counter they went on."""
    row: StackRow | None = None
    """As it was painted last; None where something has changed since."""

    @property
    def settled(self) -> bool:
        """Whether everybody was asked about them once, the lists too."""
        if self.current is None or self.asking is None:
            return True
        return self.asking.settled and not (self.current.rules.screening and self.current.answers is None)


class StackWork:
    """One stack: `id` of its entries, the group, how many are said to be in it, and who is on the list.

    `opened`: it has an entry that says so.
    """

    def __init__(self, id_: str, group: Group, said: int, listed: Iterable[Expected], *, opened: bool = False) -> None:
        self.id, self.group, self.said, self.opened = id_, group, said, opened
        self.counted: int | None = None
        self._listed = {one.document.key: one for one in listed}
        self._travellers: dict[str, Traveller] = {}
        self.aside: dict[str, OpenCrossing] = {}
        """Who was put aside before, not as one of this group, by their documents."""
        self.others: dict[str, Companion] = {}
        """Guardians who are not of this group, by their documents."""

    # -- who was scanned --------------------------------------------------------------------------------------------

    def put(self, traveller: Traveller) -> None:
        """Somebody was scanned, or was before."""
        self._travellers[traveller.crossing.document.key] = traveller

    def find(self, key: str) -> Traveller | None:
        """Who was scanned with this document."""
        return self._travellers.get(key)

    def of_crossing(self, crossing_id: str) -> Traveller | None:
        """Whose crossing this is."""
        return next((t for t in self._travellers.values() if t.crossing.id == crossing_id), None)

    def undecided(self) -> tuple[Traveller, ...]:
        """Those in hand."""
        return tuple(t for t in self._travellers.values() if not t.decided)

    def note(self, current: Current, recorded: Recorded) -> bool:
        """A decision was recorded; whether it was on somebody here."""
        traveller = self.of_crossing(current.crossing.id)
        if traveller is None:
            return False
        traveller.decided, traveller.entry, traveller.row = True, recorded.sequence, None
        traveller.outcome = dict(recorded.outcome).get(PERSON)
        if recorded.complete and traveller.asking is not None:
            traveller.asking.stop()
        return True

    def drop(self, crossing_id: str) -> bool:
        """Somebody is not here any more; whether they were."""
        traveller = self.of_crossing(crossing_id)
        if traveller is None or traveller.decided:
            return False
        if traveller.asking is not None:
            traveller.asking.stop()
        del self._travellers[traveller.crossing.document.key]
        return True

    def stop(self) -> None:
        """Ask nobody any more."""
        for traveller in self._travellers.values():
            if traveller.asking is not None:
                traveller.asking.stop()

    # -- how many ---------------------------------------------------------------------------------------------------

    def missing(self) -> tuple[str, ...]:
        """The documents of who is listed and was not scanned."""
        return tuple(key for key in self._listed if key not in self._travellers)[:MOST]

    def added(self) -> tuple[str, ...]:
        """The documents of who was scanned and is not listed, where there is a list."""
        return tuple(key for key in self._travellers if key not in self._listed)[:MOST] if self._listed else ()

    def heads(self) -> Headcount:
        """All of them counted."""
        standings = [_standing(traveller) for traveller in self._travellers.values()]
        return Headcount(
            said=self.said,
            listed=len(self._listed),
            scanned=len(self._travellers),
            missing=len(self.missing()),
            added=len(self.added()),
            cleared=standings.count(Standing.CLEARED),
            parked=standings.count(Standing.PARKED),
            kept=standings.count(Standing.KEPT),
            counted=self.counted,
        )

    # -- what is shown ----------------------------------------------------------------------------------------------

    def snapshot(self) -> Stack:
        """All rows as of now; a row is made anew where its traveller was touched."""
        rows = [self._row(traveller) for traveller in self._travellers.values()]
        listed = [one for key, one in self._listed.items() if key not in self._travellers]
        rows += [StackRow(one.document, Standing.TO_SCAN) for one in listed]
        parted = {key: one for one in partings(self._companions(rows)) for key in (one.child, one.guardian)}
        shown = tuple(replace(row, parting=parted[row.key]) if row.key in parted else row for row in rows)
        return Stack(self.id, self.group, shown, self.heads())

    def _companions(self, rows: Iterable[StackRow]) -> Iterator[Companion]:
        yield from self.others.values()
        for row in rows:
            listed = self._listed.get(row.key)
            yield Companion(
                row.key,
                row.standing,
                guardian=row.crossing.guardian if row.crossing else listed.guardian if listed else None,
                direction=row.crossing.direction if row.crossing else None,
                group=self.group.id,
                green=row.green,
            )

    def _row(self, traveller: Traveller) -> StackRow:
        if traveller.row is None:
            traveller.row = self._row_anew(traveller)
        return traveller.row

    def _row_anew(self, traveller: Traveller) -> StackRow:
        current, crossing = traveller.current, traveller.crossing
        view = current.view() if current is not None else None
        green = view is not None and current is not None and not traveller.decided
        return StackRow(
            document=crossing.document,
            standing=_standing(traveller),
            listed=crossing.document.key in self._listed or not self._listed,
            elsewhere=traveller.elsewhere,
            crossing=crossing,
            view=view,
            not_green=why_not_green(view, current.officer) if green and view and current else (),
            waiting=not traveller.decided and not traveller.settled,
            desk=traveller.desk,
            outcome=traveller.outcome,
            entry=traveller.entry,
            counter=traveller.counter,
        )


def _standing(traveller: Traveller) -> Standing:
    if traveller.decided:
        return standing_of(traveller.outcome)
    return Standing.PARKED if traveller.desk is not None else Standing.OPEN


def line_of(group: Group, listed: int, past: GroupPast, held: Sequence[OpenCrossing]) -> GroupLine:
    """A group in the list of groups: how many are on its list, who was decided, and who is held undecided.

    Who was scanned is taken to be on the list: the names are not read for a count.
    """
    work = StackWork("", group, past.open.heads.said if past.open else group.headcount or listed, ())
    for one in past.decided.values():
        work.put(Traveller(one.crossing, outcome=one.outcome, entry=one.entry, decided=True))
    for one_held in held:
        if work.find(one_held.crossing.document.key) is None:
            work.put(Traveller(one_held.crossing, desk=one_held.desk))
    heads = work.heads()
    heads = replace(heads, listed=listed, missing=max(0, listed - heads.scanned))
    return GroupLine(group, heads, past.open is not None, past.closed_at)


def desks_of(rows: Iterable[StackRow]) -> dict[str, Authority]:
    """Whose desk takes who is not green, by document key; who would be parted from one of them goes along."""
    desks: dict[str, Authority] = {}
    parted = []
    for row in rows:
        if row.stopped and row.view is not None:
            desks[row.key] = leading(row.view)
        elif row.green and row.parting is not None:
            parted.append((row.key, {row.parting.child, row.parting.guardian} - {row.key}))
    for key, others in parted:
        desks.update((key, desks[other]) for other in others if other in desks)
    return desks
