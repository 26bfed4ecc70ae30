"""Verdicts that take two at the desk: chosen as any other, then signed by a second person, wherever they are.

`y` is the other end: what another counter reads out is answered there, and what it recorded is confirmed.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from ...errors import CounterError, DecisionError
from ..paint.cells import spoken
from ..paint.following import subject_words
from ..paint.identity import name_of
from ..paint.signs import of_verdict
from ..widgets.second_drawer import Signing
from ..words import _, clean, say
from .desk_disclosing import DeskDisclosing

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from ...domain.posts import Officer
    from ...workstation.judging import ByTwo, Verdicted
    from ...workstation.news import Recorded
    from ...workstation.two_persons import By
    from ..widgets.verdict_drawer import VerdictDrawer


class DeskJudging(DeskDisclosing):
    """The desk with verdicts that one person or two give."""

    def _judge(self, event: VerdictDrawer.VerdictChosen) -> None:
        """Everything was asked: record it, or ask who signs it too."""
        from ...workstation.judging import Verdicted

        said = Verdicted(event.subject, event.verdict, event.reason, event.note, self._painted)
        if self._takes_two(said):
            self.counter.ask(self._ask_second(said), "second")
        else:
            judge = self.counter.desk.judge(said.subject, said.verdict, said.reason, said.note, said.digest)
            self._record(judge, self._drawer.tell)

    def _takes_two(self, said: Verdicted) -> bool:
        """Whether this is a matter of two people; what may not be said at all is for the workstation to refuse."""
        from ...domain.decisions import judge
        from ...domain.two_persons import matters_in

        view, officer = self._view, self.counter.desk.officer
        if view is None or officer is None:
            return False
        try:
            decision = judge(view, officer, said.subject, said.verdict, said.reason, said.note)
        except DecisionError:
            return False
        return bool(matters_in(decision.judgements, view))

    async def _ask_second(self, said: Verdicted) -> None:
        try:
            by_two = await self.counter.desk.judging.by_two(said)
        except CounterError as error:
            self._drawer.tell(say(error))
            raise
        if by_two is not None and self._view is not None:
            self._drawer.cover()
            self.ask_second(
                self._verdict_signing(said, by_two),
                lambda _reason, _note, by: self._sign_verdict(said, by),
                lambda _reason, _note, second: self.counter.desk.judging.ask(said, second.id),
            )

    def _verdict_signing(self, said: Verdicted, by_two: ByTwo) -> Signing:
        assert self._view is not None
        beside, *others = by_two.ways
        return Signing(
            what=partial(_matter_words, by_two),
            about=name_of(self._view.crossing.document),
            reasons=tuple,
            noted=frozenset(),
            seconds=beside.seconds,
            sentence=partial(self._verdict_sentence, said),
            elsewhere=tuple(others),
            alone=partial(spoken, by_two.solo.code),
            solo=partial(self._end_alone, said, by_two),
        )

    def _end_alone(self, said: Verdicted, by_two: ByTwo) -> None:
        """Nobody else is here: the lawful ending is asked for in its place, or named where it is no verdict."""
        view, officer, verdict = self._view, self.counter.desk.officer, by_two.solo.verdict
        self._drawer.close()
        self._second.close()
        if verdict is not None and verdict is not said.verdict and view is not None and officer is not None:
            self._drawer.open(verdict, view, officer, self.counter.desk, straight=True)
        self.counter.tell(by_two.solo.code, "attention")
        self.refresh_frame()

    def _verdict_sentence(self, said: Verdicted, _number: int, second: Officer) -> str:
        """What both sign."""
        view, first = self._view, self.counter.desk.officer
        assert view is not None
        assert first is not None
        document = view.crossing.document
        told = _("{second} signs with {first}: {verdict}, {subject}, {name}, {document}: {reason}.")
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            verdict=of_verdict(said.verdict, said.subject).word,
            subject=subject_words(said.subject),
            name=name_of(document),
            document=f"{clean(document.issuing_state)} {clean(document.number)}",
            reason="; ".join(filter(None, (spoken(f"reason.{said.reason.code}"), clean(said.note)))),
        )

    async def _sign_verdict(self, said: Verdicted, by: By) -> None:
        """Both have said it: record it."""
        await self._recording(self.counter.desk.judging.sign(said, by))

    @abstractmethod
    def _record(self, work: Coroutine[Any, Any, Recorded], failed: Callable[[str], None] | None = None) -> None:
        """Record in the background; `failed` is told why it was refused, in words."""

    @abstractmethod
    async def _recording(self, work: Coroutine[Any, Any, Recorded]) -> None:
        """Record, and show what it came to."""

    # -- the other end ------------------------------------------------------------------------------------------------

    def do_second(self) -> None:
        """A counter calls, or has asked for a confirmation."""
        from .seconds import Seconds

        self.app.push_screen(Seconds())


def _matter_words(by_two: ByTwo) -> str:
    return spoken(f"matter.{by_two.needed[0][0].value}")
