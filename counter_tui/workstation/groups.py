"""Groups at one counter: one at a time is worked as a stack, document after document, without questions in between.

A stack is what the journal and the undecided crossings say it is, so that it is there again after an end: opened by an
entry, its rows the list and who was scanned, closed by an entry with the headcount.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..domain.crossings import Group
from ..domain.decisions import clear_green
from ..domain.groups import (
    REASONS,
    GroupEvent,
    GroupReason,
    why_closed,
)
from ..errors import DecisionError
from .asking import Asking
from .batch import batch_seconds, batch_sign, takes_two
from .group_entries import GroupEntries, append_group
from .group_people import GroupPeople
from .stack import GroupCleared, GroupLine, GroupRecorded, Stack, StackRow, Taken
from .stack_work import StackWork, Traveller, desks_of, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.documents import Document
    from ..domain.posts import Officer
    from ..domain.words import Authority
    from .at_work import AtWork
    from .group_entries import GroupPast
    from .identity import Identities
    from .judging import Countersign
    from .news import Expected, Recorded
    from .opening import Opening
    from .parts import Parts
    from .reading import Reading
    from .recording import Recording
    from .records import CachedRecords
    from .sign_in import Session
    from .stacking import Stacking

AT_ONCE: Final = 2
"""So many of a stack are asked about at a time: the link has few connections, and the outbox needs one."""


class Groups:
    """Groups. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        records: CachedRecords,
        opening: Opening,
        recording: Recording,
        identities: Identities,
        reading: Reading,
        stacking: Stacking,
        work: AtWork,
    ) -> None:
        """`stacking` holds the rows that are worked."""
        self._parts, self._records, self._opening, self._recording = parts, records, opening, recording
        self._identities, self._reading, self._now, self._signed_in = identities, reading, work.now, work.signed_in
        self._stacking, self._changed, self._told = stacking, work.changed, work.recorded
        self._people = GroupPeople(parts, records, opening.persons, work.now)
        self._entries = GroupEntries(parts.ledger, parts.place.post)
        self._turn = asyncio.Semaphore(AT_ONCE)

    # -- the list of groups -----------------------------------------------------------------------------------------

    async def lines(self) -> tuple[GroupLine, ...]:
        """The groups that stand open here, then those that are expected, in the order in which they are due."""
        await self._reading.ready()
        expected = {one.group.id: one for one in self._records.expecting().groups}
        standing = {body.group.id: body for body in self._entries.standing()}
        undecided = [held for held in self._records.held_open() if not held.signing]
        groups = {**{g: body.group for g, body in standing.items()}, **{g: one.group for g, one in expected.items()}}
        return tuple(
            line_of(
                groups[one],
                expected[one].listed if one in expected else 0,
                self._entries.past(one, self._now()),
                [held for held in undecided if _is_of(held.crossing.group, one)],
            )
            for one in (*standing, *(g for g in expected if g not in standing))
        )

    # -- one of them ------------------------------------------------------------------------------------------------

    async def standing(self) -> str:
        """The id of the group whose stack was opened last and stands open; "" where none does."""
        return next((body.group.id for body in self._entries.standing()), "")

    async def open(self, group: str) -> Stack:
        """Work this group, from its first document or from where it stood; "" is one that nobody announced.

        Raises DecisionError `group.unknown`.
        """
        session = self._signed_in()
        await self._reading.ready()
        self._stacking.leave()
        past = self._entries.past(group, self._now())
        listed = sorted(self._records.of_group(group), key=lambda one: one.document.display_name)
        known = past.open.group if past.open else next((one.group for one in listed if one.group), None)
        if known is None and group:
            raise DecisionError("group.unknown")
        known = known or self._people.unannounced()
        if past.open is None:
            work = StackWork(self._parts.new_id(), known, known.headcount or len(listed), listed)
        else:
            work = StackWork(past.open.stack, known, past.open.heads.said, listed, opened=True)
        self._stacking.take_up(work)
        for one in listed:
            self._seek(one.guardian)
        for traveller in sorted(self._scanned(work, listed, past), key=lambda t: t.crossing.opened_at):
            self._take_up(traveller, session)
        return self._stacking.show()

    def _scanned(self, work: StackWork, listed: Iterable[Expected], past: GroupPast) -> Iterable[Traveller]:
        """Who of the group was scanned before: went on elsewhere, is held undecided, or was decided here."""
        found = {one.crossing.document.key: one for one in self._people.passed(listed, work.group)}
        for held in (held for held in self._records.held_open() if not held.signing):
            key = held.crossing.document.key
            if _is_of(held.crossing.group, work.group.id):
                found[key] = Traveller(held.crossing, desk=held.desk)
            else:
                work.aside[key] = held
        for key, one in past.decided.items():
            found[key] = Traveller(one.crossing, outcome=one.outcome, entry=one.entry, decided=True)
        return found.values()

    # -- documents --------------------------------------------------------------------------------------------------

    async def take(self, document: Document) -> Taken:
        """Put a document on the stack, whoever bears it. Raises DecisionError as `Opening.crossing`, `group.none`."""
        session, work = self._signed_in(), self._stacking.at_work()
        if work.find(document.key) is not None:
            return Taken(self._stacking.row(document.key), again=True)
        aside = work.aside.pop(document.key, None)
        if aside is None:
            crossing, desk = self._opening.crossing(document, work.group), None
        else:
            crossing, desk = replace(aside.crossing, group=work.group), aside.desk
            self._records.keep_open(crossing, desk)
        expected = self._records.find_expected(document.key)
        group = expected.group if expected else None
        elsewhere = group.name if group and group.id != work.group.id else ""
        self._append_opened()
        self._take_up(Traveller(crossing, desk=desk, elsewhere=elsewhere), session)
        self._stacking.show()
        return Taken(self._stacking.row(document.key))

    def _take_up(self, traveller: Traveller, session: Session) -> None:
        self._stacking.at_work().put(traveller)
        self._seek(traveller.crossing.guardian)
        if traveller.decided:
            return
        current = self._opening.current(traveller.crossing, session.officer)
        self._identities.bring(current)
        traveller.current = current
        traveller.asking = Asking(
            current,
            self._parts,
            self._records,
            self._now,
            changed=self._changed,
            screened=self._stacking.touch,
            asked=lambda: self._stacking.touch(current),
            turn=self._turn,
        )
        traveller.asking.painted()

    def _seek(self, guardian: str | None) -> None:
        companion = self._people.companion(guardian) if guardian is not None else None
        if companion is not None:
            self._stacking.at_work().others[companion.key] = companion

    # -- deciding ---------------------------------------------------------------------------------------------------

    def seconds(self) -> tuple[Officer, ...]:
        """Who may sign beside who is signed in, where the group is a batch."""
        return batch_seconds(self._parts, self._signed_in().officer, self._now().date())

    async def clear(self, painted: Mapping[str, str], second: str = "", pin: str = "") -> GroupCleared:
        """Clear all greens, an entry each; put the others who were asked about aside at the desk that leads.

        `painted` has the digest of what was painted of each row, by document key: whoever has changed since is not
        cleared, nor is who was never in sight. All of it is on disk at once, or none of it. A batch takes a second
        person (id) with their PIN. Raises as `batch_sign`.
        """
        work = self._stacking.at_work()
        stack, sign = work.snapshot(), None
        if takes_two(work.group) and any(stack.clears):
            sign = batch_sign(self._parts, self._signed_in().officer, second, pin, self._now().date())
        try:
            with self._parts.ledger.together():
                cleared, changed, parked = self._clear(stack, painted, sign)
        except BaseException:
            await self.open(work.group.id)  # what was not recorded is to be seen as it is on disk
            raise
        self._told()
        after = self._stacking.show()
        return GroupCleared(cleared, changed, tuple(row for row in after.rows if row.key in parked))

    def _clear(
        self, stack: Stack, painted: Mapping[str, str], sign: Countersign | None
    ) -> tuple[tuple[Recorded, ...], tuple[StackRow, ...], set[str]]:
        session, work = self._signed_in(), self._stacking.at_work()
        recorded, changed = [], []
        for row in stack.clears:
            current = self._stacking.current(row.crossing.id) if row.crossing is not None else None
            assert current is not None, "who is green is in hand"
            try:
                decision = clear_green(current.painted(painted.get(row.key, "")), session.officer)
            except DecisionError:
                changed.append(row)
                continue
            recorded.append(self._recording.record(current, decision, session, sign))
            work.note(current, recorded[-1])
        desks = desks_of(row for row in stack.rows if row not in changed)
        return tuple(recorded), tuple(changed), {key for key, desk in desks.items() if self._put_at(key, desk)}

    def _put_at(self, key: str, desk: Authority) -> bool:
        """Whether it is news."""
        traveller = self._stacking.at_work().find(key)
        if traveller is None or traveller.desk is desk:
            return False
        traveller.desk, traveller.row = desk, None
        self._records.keep_open(traveller.crossing, desk)
        return True

    async def say(self, headcount: int) -> GroupRecorded:
        """The driver says that they are so many."""
        work = self._stacking.at_work()
        work.said = headcount
        told = self._append(GroupEvent.SAID)
        self._stacking.show()
        return told

    async def close(self, counted: int | None, reason: str, note: str) -> GroupRecorded:
        """Close the stack with the heads that were counted; who is undecided stays put aside.

        Raises DecisionError `group.people-missing` where the heads do not add up and no reason is given,
        `group.undecided` as long as somebody was neither decided nor put aside at a desk.
        """
        work = self._stacking.at_work()
        heads = replace(work.heads(), counted=counted)
        if heads.open:
            raise DecisionError("group.undecided", n=heads.open)
        code, told = why_closed(heads, _reason(reason), note)
        work.counted = counted
        recorded = self._append(GroupEvent.CLOSED, code, told)
        self._stacking.leave()
        return recorded

    def _append_opened(self) -> None:
        """Once something comes of it: who looks at a group and goes again has not worked it."""
        work = self._stacking.at_work()
        if not work.opened:
            append_group(self._parts, self._signed_in(), work, GroupEvent.OPENED)
            work.opened = True

    def _append(self, event: GroupEvent, reason: str = "", note: str = "") -> GroupRecorded:
        self._append_opened()
        recorded = append_group(self._parts, self._signed_in(), self._stacking.at_work(), event, reason, note)
        self._told()
        return recorded


def _is_of(group: Group | None, id_: str) -> bool:
    return group is not None and group.id == id_


def _reason(code: str) -> GroupReason | None:
    return next((reason for reason in REASONS if reason.code == code), None)
