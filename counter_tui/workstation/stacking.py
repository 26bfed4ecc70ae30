"""The stack in hand, if a group is worked: the booth tells it of all that changes, and it shows itself anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from ..errors import DecisionError
from .news import StackChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.mode import ModeState
    from .asking import Changed
    from .current import Current
    from .identity import Identities
    from .news import News, Recorded
    from .stack import Stack, StackRow
    from .stack_work import StackWork, Traveller

TOGETHER: Final = 0.02
"""Answers that come within so many seconds are shown together."""


class Stacking:
    """At most one stack. All of it runs on the backstage loop; `stack` may be read anywhere."""

    def __init__(self, identities: Identities, *, changed: Changed, hear: Callable[[News], None]) -> None:
        """`changed` is told of each change of a row, `hear` of each of the stack."""
        self._identities, self._changed, self._hear = identities, changed, hear
        self._work: StackWork | None = None
        self._due: asyncio.TimerHandle | None = None
        self.stack: Stack | None = None

    # -- what is worked ---------------------------------------------------------------------------------------------

    def take_up(self, work: StackWork) -> None:
        """Work this one from now on."""
        self._work = work

    def leave(self) -> None:
        """Put the stack aside: it stands open, and who is undecided is among those put aside."""
        if self._work is not None:
            self._work.stop()
        self._work = self.stack = None

    def at_work(self) -> StackWork:
        """What is worked. Raises DecisionError `group.none`."""
        if self._work is None:
            raise DecisionError("group.none")
        return self._work

    def show(self) -> Stack:
        """As it stands now."""
        work = self.at_work()
        self.stack = stack = work.snapshot()
        self._hear(StackChanged(stack.group.id))
        return stack

    def row(self, key: str) -> StackRow:
        """The row, as shown last, of a document that is on it."""
        row = self.stack.find(key) if self.stack else None
        assert row is not None, "what is on the stack has its row"
        return row

    def current(self, crossing_id: str) -> Current | None:
        """What is in hand of a crossing on the stack: the same for who opens it by itself."""
        traveller = self._work.of_crossing(crossing_id) if self._work else None
        return traveller.current if traveller else None

    def holds(self, crossing_id: str) -> bool:
        """Whether an undecided crossing is in hand on the stack, and at nobody's desk."""
        traveller = self._work.of_crossing(crossing_id) if self._work else None
        return traveller is not None and traveller.desk is None and not traveller.decided

    # -- what changes -----------------------------------------------------------------------------------------------

    def touch(self, current: Current) -> None:
        """A crossing that may be on the stack has changed."""
        traveller = self._work.of_crossing(current.crossing.id) if self._work is not None else None
        if traveller is not None:
            traveller.row = None
            if self._due is None:
                self._due = asyncio.get_running_loop().call_later(TOGETHER, self._show_due)

    def _show_due(self) -> None:
        self._due = None
        if self._work is not None:
            self.show()

    def note(self, current: Current, recorded: Recorded) -> None:
        """A decision was recorded on a crossing that may be on the stack."""
        if self._work is not None and self._work.note(current, recorded):
            self.show()

    def drop(self, crossing_id: str) -> None:
        """A crossing was dropped without a decision: who was on the stack is to be scanned again."""
        if self._work is not None and self._work.drop(crossing_id):
            self.show()

    def screen_again(self) -> None:
        """The lists have changed."""
        for traveller in self._undecided():
            if traveller.asking is not None:
                traveller.asking.screen()

    def rules_ready(self) -> None:
        """The conditions of the risk rules are there."""
        for traveller in self._undecided():
            if traveller.current is not None:
                self._changed(traveller.current, traveller.current.rules_ready())

    def take_identities(self) -> None:
        """What two people decided of somebody on the stack, here or at another counter."""
        for traveller in self._undecided():
            if traveller.current is not None and (change := self._identities.bring(traveller.current)) is not None:
                self._changed(traveller.current, change)

    def stand_by(self, mode: ModeState) -> None:
        """Degraded mode is like this from now on."""
        from ..domain.mode import NORMAL  # not before a group is worked

        for traveller in self._undecided():
            current = traveller.current
            if current is not None and (current.mode or NORMAL) != mode:
                self._changed(current, current.standing_by(current.attested, mode))

    def attest(self, painted: Mapping[str, str], mode: ModeState) -> int:
        """The officer attests all that the floor asks of whom that lacks alone, and how many they are.

        `painted` has the digest of what was painted of each row, by document key: of whom was not in sight like that
        nothing is attested.
        """
        rows = [row for row in (self.stack.rows if self.stack else ()) if row.attests]
        done = 0
        for row in rows:
            current = self.current(row.crossing.id) if row.crossing is not None else None
            if current is not None and current.view().digest == painted.get(row.key):
                self._changed(current, current.standing_by(current.attested | {*row.attests}, mode))
                done += 1
        return done

    def _undecided(self) -> tuple[Traveller, ...]:
        return self._work.undecided() if self._work is not None else ()
