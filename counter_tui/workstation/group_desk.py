"""Groups as a screen asks for them: awaited from any loop, done backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.documents import Document
    from ..domain.posts import Officer
    from ..domain.whereabouts import Located
    from ..domain.words import Authority
    from .backstage import Backstage
    from .booth import Booth
    from .stack import GroupCleared, GroupLine, GroupRecorded, Stack, Taken


class GroupDesk:
    """The facade over `Groups`; each raises as that does, CounterError only."""

    def __init__(self, backstage: Backstage, booth: Booth) -> None:
        """`booth` lives backstage."""
        self._backstage, self._booth = backstage, booth

    @property
    def stack(self) -> Stack | None:
        """The group that is being worked; `StackChanged` is news of it."""
        return self._booth.stacking.stack

    @property
    def desks(self) -> Mapping[str, Authority]:
        """At whose desk those who were put aside are, by the ids of their crossings; as of the last `Desk.parked`."""
        return self._booth.desks

    async def lines(self) -> tuple[GroupLine, ...]:
        """The groups that stand open or are expected, counted."""
        return await self._backstage.run(self._booth.groups.lines())

    async def standing(self) -> str:
        """The id of the group that was opened last and stands open, or ""."""
        return await self._backstage.run(self._standing())

    async def _standing(self) -> str:
        # what groups need is loaded where no key waits for it
        return await self._booth.groups.standing()

    async def open(self, group: str) -> Stack:
        """Work this group. Raises DecisionError `group.unknown`."""
        return await self._backstage.run(self._open(group))

    async def _open(self, group: str) -> Stack:
        stack, watching = await self._booth.groups.open(group), self._booth.watching
        watching.also = self._booth.stacking.stand_by
        self._booth.stacking.stand_by(watching.modes.state)
        return stack

    async def put_aside(self) -> None:
        """Leave the stack as it stands; it is opened again where it was."""
        await self._backstage.run(self._leave())

    async def _leave(self) -> None:
        self._booth.stacking.leave()

    async def places(self) -> Mapping[str, Located]:
        """Where those of the group that is worked are who are not in their seats, by document."""
        return await self._backstage.run(self._places())

    async def _places(self) -> Mapping[str, Located]:
        from .group_places import places_of

        stack = self.stack
        return await places_of(stack, self._booth.acts) if stack is not None else {}

    async def take(self, document: Document) -> Taken:
        """Put a document on the stack. Raises DecisionError as `Desk.open`, `group.none`."""
        return await self._backstage.run(self._take(document))

    async def _take(self, document: Document) -> Taken:
        taken = await self._booth.groups.take(document)
        self._booth.stacking.stand_by(self._booth.watching.modes.state)
        return taken

    async def attest(self, painted: Mapping[str, str]) -> int:
        """Of how many the officer attests what the floor asks, as they were painted (digest by document key)."""
        return await self._backstage.run(self._attest(painted))

    async def _attest(self, painted: Mapping[str, str]) -> int:
        done = self._booth.stacking.attest(painted, self._booth.watching.modes.state)
        self._booth.stacking.show()
        return done

    def seconds(self) -> tuple[Officer, ...]:
        """Who may sign beside who is signed in, where the group is a batch."""
        return self._booth.groups.seconds()

    async def clear(self, painted: Mapping[str, str], second: str = "", pin: str = "") -> GroupCleared:
        """Clear all greens as they were painted (digest by document key), put the others aside at their desks."""
        return await self._backstage.run(self._booth.groups.clear(painted, second, pin))

    async def say(self, headcount: int) -> GroupRecorded:
        """Record how many the driver says they are."""
        return await self._backstage.run(self._booth.groups.say(headcount))

    async def close(self, counted: int | None, reason: str = "", note: str = "") -> GroupRecorded:
        """Close the stack with the heads that were counted. Raises DecisionError `group.people-missing`."""
        return await self._backstage.run(self._booth.groups.close(counted, reason, note))
