"""Degraded mode: how it stands, what is run again after it, and two people who declare it, leave it or loosen it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from ...domain.deadlines import CLOSED
from ...domain.mode import CAUSES, ModeDeed, ModeStep
from ...domain.words import Authority
from ..commands import Where
from ..paint.cells import Lines, spoken
from ..paint.choosing import Choice
from ..paint.mode import mode_lines
from ..paint.signs import authority_name, panel
from ..paint.times import span
from ..widgets.painted import Canvas
from ..widgets.second_drawer import SecondDrawer, Signing
from ..words import N_, _, clean
from .asking import AskingScreen

if TYPE_CHECKING:
    from ...domain.mode import ModeState
    from ...domain.posts import Officer
    from ...workstation.news import News
    from ...workstation.recall_rerun import RerunLine

LOOSENINGS = tuple((authority, hours) for authority in Authority for hours in (24, 48))
"""How old an authority's sections may be made, in hours."""


class ModeScreen(AskingScreen[None]):
    """What takes two people is asked from below."""

    WHERE: ClassVar[Where] = Where.MODE
    DEFAULT_CSS = """
    ModeScreen Canvas#mode { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._state: ModeState | None = None
        self._deadlines = CLOSED
        self._rerun: tuple[RerunLine, ...] = ()
        self._deeds: tuple[ModeDeed, ...] = ()
        self._canvas = Canvas(self._paint, id="mode")

    def parts(self) -> Iterable[Widget]:
        """The mode, and who is run again."""
        yield self._canvas

    def on_mount(self) -> None:
        """Ask for it."""
        super().on_mount()
        self._again()
        self.set_interval(1, self._again)

    def _again(self) -> None:
        self.counter.ask(self._load(), "mode")

    async def _load(self) -> None:
        desk = self.counter.desk.watching
        self._deadlines = await desk.deadlines()
        self._state, self._rerun = await desk.mode(), await desk.rerun()
        self._canvas.repaint()
        self.refresh_frame()

    def heard(self, _news: News) -> None:
        """Something came in."""
        self._again()

    def _paint(self, width: int, height: int) -> Lines:
        if self._state is None:
            return []
        zone = self.counter.desk.place.post.zone
        unsigned = self._deadlines.unsigned
        return mode_lines(self._state, self._rerun, unsigned, self.counter.now(), zone, width, height)

    # -- commands -----------------------------------------------------------------------------------------------------

    def do_mode_declare(self) -> None:
        """Why, and who signs beside."""
        deeds = tuple(ModeDeed(ModeStep.DECLARED, cause) for cause in CAUSES)
        if self._state is not None and self._state.on and not self._state.disputed:
            self.counter.tell(N_("Degraded mode is declared already: e leaves it."), "attention")
        else:
            self._ask_two(_declare, deeds, [spoken(f"mode.cause.{deed.cause}") for deed in deeds])

    def do_mode_leave(self) -> None:
        """Who signs beside."""
        if self._state is None or not self._state.on:
            self.counter.tell(N_("Degraded mode is not declared: there is nothing to leave."), "attention")
        else:
            words = _("sources answer again; who was cleared is run again")
            self._ask_two(_leave, (ModeDeed(ModeStep.LEFT),), [words])

    def do_mode_loosen(self) -> None:
        """Whose limit, how far, and who signs beside."""
        if self._state is None or not self._state.reaches:
            self.counter.tell(N_("Only in declared degraded mode can a limit be loosened."), "attention")
        elif not self._deadlines.loosening:
            self.counter.tell(N_("Nothing can be loosened: the deadlines are not signed."), "attention")
        else:
            self.counter.ask(self._ask_loosening(), "mode-loosen")

    async def _ask_loosening(self) -> None:
        desk = self.counter.desk.watching
        deeds = [await desk.loosening(authority, hours * 60) for authority, hours in LOOSENINGS]
        long = span(self._deadlines.loosening)
        told = _("{panel} {authority}: data up to {hours} h old, for {long}")
        words = [
            told.format(panel=panel(authority), authority=authority_name(authority), hours=hours, long=long)
            for authority, hours in LOOSENINGS
        ]
        self._ask_two(_loosen, tuple(deeds), words)

    def _ask_two(self, what: object, deeds: tuple[ModeDeed, ...], words: Sequence[str]) -> None:
        self.counter.ask(self._asking_two(what, deeds, tuple(words)), "mode-two")

    async def _asking_two(self, what: object, deeds: tuple[ModeDeed, ...], words: tuple[str, ...]) -> None:
        assert callable(what)
        seconds = await self.counter.desk.watching.mode_seconds(deeds[0])
        noted = frozenset(at for at, deed in enumerate(deeds, 1) if deed.cause == "other")
        self.sign(
            Signing(
                what=what,
                about=clean(self.counter.desk.place.post.name),
                reasons=lambda: [
                    Choice(at, said, _("asks for a note") if at in noted else "") for at, said in enumerate(words, 1)
                ],
                noted=noted,
                seconds=seconds,
                sentence=partial(self._sentence, what, words),
                signed=partial(self._signed, deeds),
            )
        )

    def _sentence(self, what: object, words: Sequence[str], number: int, second: Officer) -> str:
        """What both sign."""
        first = self.counter.desk.officer
        assert first is not None
        assert callable(what)
        told = _("{second} signs with {first}: {what}, {reason}.")
        return told.format(second=clean(second.name), first=clean(first.name), what=what(), reason=words[number - 1])

    def _signed(self, deeds: tuple[ModeDeed, ...], event: SecondDrawer.Signed) -> None:
        deed = deeds[event.reason - 1]
        noted = ModeDeed(deed.step, deed.cause, event.note, deed.authority, deed.minutes, deed.until)
        self.record(self._sign(noted, event), self.second.refused, self.second.close)

    async def _sign(self, deed: ModeDeed, event: SecondDrawer.Signed) -> None:
        sequence = await self.counter.desk.watching.sign_mode(deed, event.second.id, event.pin)
        await self._load()
        told = {
            ModeStep.DECLARED: N_("degraded mode declared by two, entry {n}: every decision is marked M"),
            ModeStep.LEFT: N_("degraded mode left by two, entry {n}: who was cleared in it is run again"),
            ModeStep.LOOSENED: N_("limit loosened by two, entry {n}, until its time"),
        }[deed.step]
        self.counter.tell(told, "clear" if deed.step is ModeStep.LEFT else "attention", n=sequence)


def _declare() -> str:
    return _("DECLARE degraded mode")


def _leave() -> str:
    return _("LEAVE degraded mode")


def _loosen() -> str:
    return _("LOOSEN a limit")
