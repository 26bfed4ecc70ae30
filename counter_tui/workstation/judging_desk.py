"""Verdicts that take two, and second persons elsewhere, as a screen sees them: what `Judging` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.telephone import Challenge
    from ..domain.waiting import ToConfirm
    from .backstage import Backstage
    from .judging import ByTwo, Judging, Verdicted
    from .news import Recorded
    from .seconding import Answered
    from .two_persons import By
    from .watching import Watching


class JudgingDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, judging: Judging, watching: Watching) -> None:
        self._backstage, self._judging, self._watching = backstage, judging, watching

    async def by_two(self, said: Verdicted) -> ByTwo | None:
        """What this verdict takes beyond who is signed in; None where one person gives it. Raises DecisionError."""
        return await self._backstage.run(self._by_two(said))

    async def _by_two(self, said: Verdicted) -> ByTwo | None:
        return self._judging.by_two(said)

    async def sign(self, said: Verdicted, by: By) -> Recorded:
        """Record it as a second person signs it. Raises DecisionError as `Judging.sign`, SignInError for the PIN."""
        return await self._backstage.run(self._sign(said, by))

    async def _sign(self, said: Verdicted, by: By) -> Recorded:
        return self._judging.sign(said, by)

    async def ask(self, said: Verdicted, second: str) -> Challenge:
        """The challenge to read out to a second person (id). Raises DecisionError."""
        return await self._backstage.run(self._ask(said, second))

    async def _ask(self, said: Verdicted, second: str) -> Challenge:
        return self._judging.ask(said, second)

    # -- for another counter ------------------------------------------------------------------------------------------

    async def read(self, typed: str) -> tuple[Challenge, tuple[str, ...]]:
        """What a challenge says that was read out, and which counters may have asked it. Raises DecisionError."""
        return await self._backstage.run(self._read(typed))

    async def _read(self, typed: str) -> tuple[Challenge, tuple[str, ...]]:
        return self._judging.seconding.read(typed)

    async def answer(self, typed: str, pin: str) -> tuple[Answered, ...]:
        """Eight digits to read back, of who is signed in, who types their PIN. Raises DecisionError, SignInError."""
        return await self._backstage.run(self._answer(typed, pin))

    async def _answer(self, typed: str, pin: str) -> tuple[Answered, ...]:
        answered = self._judging.seconding.answer(typed, pin)
        self._judging.recorded()
        return answered

    async def waiting(self) -> tuple[ToConfirm, ...]:
        """What who is signed in is asked to confirm, the first due first."""
        return await self._backstage.run(self._waiting())

    async def _waiting(self) -> tuple[ToConfirm, ...]:
        from .queue import Kind

        lines = await self._watching.lines()
        return self._judging.seconding.waiting(line.thread for line in lines if line.kind is Kind.SECOND)

    async def names(self, officers: Iterable[str]) -> Mapping[str, str]:
        """The names of these people (ids), as far as they are known here."""
        return await self._backstage.run(self._names(tuple(officers)))

    async def _names(self, officers: Iterable[str]) -> Mapping[str, str]:
        return self._judging.seconding.names(officers)

    async def confirm(self, one: ToConfirm, note: str = "", *, agreed: bool) -> int:
        """Who is signed in says of an act that it holds, or not; the entry's sequence. Raises DecisionError."""
        return await self._backstage.run(self._confirm(one, note, agreed=agreed))

    async def _confirm(self, one: ToConfirm, note: str, *, agreed: bool) -> int:
        entry = self._judging.seconding.confirm(one.act.id, one.act.thread, agreed=agreed, note=note)
        self._judging.recorded()
        return entry.sequence
