"""Degraded mode: how it stands, its joint procedure step by step, and who is run again after it.

Two people declare it, leave it or loosen a limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from ...domain.deadlines import CLOSED
from ...domain.mode import CAUSES, ModeDeed, ModeStep
from ...domain.procedures.deeds import Did
from ...domain.words import Authority
from ..commands import State, Where
from ..paint.cells import EMPTY, Lines, spoken
from ..paint.choosing import Choice
from ..paint.mode import mode_foot, mode_head, mode_step
from ..paint.signs import authority_name, panel
from ..paint.times import span
from ..widgets.painted import Canvas
from ..widgets.rows import Rows
from ..widgets.second_drawer import SecondDrawer, Signing
from ..words import N_, _, clean
from .asking import AskingScreen
from .row_keys import RowKeys

if TYPE_CHECKING:
    from ...domain.mode import ModeState
    from ...domain.posts import Officer
    from ...domain.procedures.progress import Progress, StepState
    from ...workstation.news import News
    from ...workstation.recall_rerun import RerunLine

LOOSENINGS = tuple((authority, hours) for authority in Authority for hours in (24, 48))
"""How old an authority's sections may be made, in hours."""


class ModeScreen(RowKeys, AskingScreen[None]):
    """What takes two people is asked from below; a step is said at once, by who is signed in."""

    WHERE: ClassVar[Where] = Where.MODE
    DEFAULT_CSS = """
    ModeScreen Canvas#mode-foot { height: 1fr; margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._state: ModeState | None = None
        self._deadlines = CLOSED
        self._rerun: tuple[RerunLine, ...] = ()
        self._steps: Progress | None = None
        self._head = Canvas(self._paint_head, id="mode-head")
        self._rows = Rows(id="mode-steps")
        self._foot = Canvas(self._paint_foot, id="mode-foot")

    def parts(self) -> Iterable[Widget]:
        """The mode, its steps, and who is run again."""
        yield from (self._head, self._rows, self._foot)

    def keys_to(self) -> Widget | None:
        """The steps."""
        return self._rows

    def state(self) -> State:
        """What decides which commands work."""
        return self.counter.state_at(self.place(), busy=self.busy, lines=len(self._states))

    @property
    def _states(self) -> tuple[StepState, ...]:
        return self._steps.steps if self._steps is not None else ()

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
        self._state, self._rerun, before = await desk.mode(), await desk.rerun(), self._steps
        self._steps = await desk.mode_steps()
        self._rows.fill(len(self._states), self._row)
        if self._steps is not None and (before is None or before.open != self._steps.open):
            self._rows.at = next((at for at, one in enumerate(self._states) if one in self._steps.next), 0)
        self._head.styles.height = len(self._paint_head(self.size.width, 0))
        self._rows.styles.height = len(self._states)
        self.repaint_clocks()
        self.refresh_frame()

    def on_resize(self) -> None:
        """Narrower, the words take more lines."""
        self._head.styles.height = len(self._paint_head(self.size.width, 0))

    def repaint_clocks(self) -> None:
        """Another second."""
        for part in (self._head, self._rows, self._foot):
            part.repaint()

    def heard(self, _news: News) -> None:
        """Something came in."""
        self._again()

    def _paint_head(self, width: int, _height: int) -> Lines:
        if self._state is None:
            return []
        zone, unsigned = self.counter.desk.place.post.zone, self._deadlines.unsigned
        return mode_head(self._state, self._steps, unsigned, self.counter.now(), zone, width)

    def _row(self, index: int, width: int) -> Content:
        if self._steps is None:
            return EMPTY
        return mode_step(self._steps, index, self.counter.now(), self.counter.desk.place.post.zone, width)

    def _paint_foot(self, width: int, height: int) -> Lines:
        if self._state is None:
            return []
        zone = self.counter.desk.place.post.zone
        return mode_foot(self._state, self._rerun, self.counter.now(), zone, width, height)

    # -- steps --------------------------------------------------------------------------------------------------------

    def on_rows_chosen(self) -> None:
        """Enter on a row."""
        self.action_command("step-done")

    def do_step_done(self) -> None:
        """The step that is marked is done; what two sign is done by declaring and leaving."""
        state = self._marked()
        if state is not None and state.step.two:
            self.counter.tell(N_("Two people do it: d declares, e leaves and has all run again."), "attention")
        elif state is not None and state.finished:
            self.counter.tell(N_("It is finished; b opens it again."), "attention")
        elif state is not None:
            self.counter.ask(self._say(state, Did.DONE, N_("done, entry {n}")), "record")

    def do_step_begin(self) -> None:
        """Somebody is at it; what was finished is open again."""
        state = self._marked()
        if state is not None and not state.step.two:
            self.counter.ask(self._say(state, Did.BEGUN, N_("begun, entry {n}")), "record")

    def _marked(self) -> StepState | None:
        return self._states[self._rows.at] if self._rows.at < len(self._states) else None

    async def _say(self, state: StepState, did: Did, told: str) -> None:
        sequence = await self.counter.desk.watching.say_mode_step(state.planned.key, did)
        await self._load()
        self.counter.tell(told, "clear", n=sequence)

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
