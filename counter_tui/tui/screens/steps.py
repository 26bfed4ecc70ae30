"""The steps of the joint procedures that apply to the traveller in hand: seen, begun, done, or not needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from ...domain.procedures.deeds import FINISHING, Did, Spared, StepDeed, deed_of
from ...domain.words import Verdict
from ..commands import State, Where, get_command
from ..paint.cells import EMPTY, Lines, spoken
from ..paint.checklist import code_words
from ..paint.choosing import Choice
from ..paint.identity import name_of
from ..paint.panels import Panels
from ..paint.second import officer_choices
from ..paint.signing import sign_detail
from ..paint.signs import agency_name, authority_name, of_verdict
from ..paint.steps import HEAD, step_detail, steps_head, steps_rows
from ..widgets.form_drawer import Answers, Form, Question
from ..widgets.painted import Canvas
from ..widgets.rows import Rows
from ..words import N_, _, clean
from . import case_forms as forms
from .case_form import FormDialog
from .frame import FullScreen
from .row_keys import RowKeys
from .steps_signing import ask_sign_off

if TYPE_CHECKING:
    from ...domain.posts import Officer
    from ...domain.procedures.closing import SignOffState
    from ...domain.procedures.progress import StepState
    from ...workstation.news import News
    from ...workstation.steps import Sheet

TALL = 30
FOOT, TALL_FOOT = 7, 12
REASONS = tuple(Spared)
ASKING = {
    Verdict.CLEAR: "clear-with-reason",
    Verdict.CLEAR_COND: "clear-with-reason",
    Verdict.PENDING: "hold",
    Verdict.REFER: "refer",
    Verdict.HOLD: "hold",
    Verdict.REFUSE: "refuse",
    Verdict.HANDOVER: "refuse",
}
"""The command that asks for the reason of each verdict."""


class StepsScreen(RowKeys, FullScreen[None]):
    """What is done is recorded at once, in the name of who is signed in; it stays when the screen is left."""

    WHERE: ClassVar[Where] = Where.STEPS
    DEFAULT_CSS = f"""
    StepsScreen #steps-head {{ height: {HEAD}; }}
    StepsScreen #steps-foot {{ height: {FOOT}; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._busy = False
        self._head = Canvas(self._paint_head, id="steps-head")
        self._rows = Rows(id="steps-rows")
        self._foot = Canvas(self._paint_foot, id="steps-foot")

    def body(self) -> Iterable[Widget]:
        """The procedures in short, their steps, and the one that is marked in full."""
        yield Vertical(self._head, self._rows, self._foot)

    def state(self) -> State:
        """What decides which commands work."""
        lines = len(self._states) + len(self._signs)
        return self.counter.state_at(self.WHERE, opened=True, lines=lines, busy=self._busy)

    def on_mount(self) -> None:
        """Ask how far they are; who looks has seen what is due."""
        super().on_mount()
        self._rows.focus()
        self.counter.ask(self._looked(), "steps")
        self.set_interval(1, self.repaint_clocks)

    def on_resize(self) -> None:
        """A tall terminal has room for the notice."""
        self._foot.styles.height = TALL_FOOT if self.size.height >= TALL else FOOT

    async def _looked(self) -> None:
        await self.load(first=True)
        await self.counter.desk.steps.look()

    async def load(self, *, first: bool = False) -> None:
        """How far they are now; what is marked stays marked, but `first` marks the one to be done next."""
        sheet = await self.counter.desk.steps.sheet()
        marked, self._sheet = self._marked_key(), sheet  # another mark may have been set meanwhile
        keys = [*(state.planned.key for state in self._states), *(sign.agency.value for sign in self._signs)]
        self._rows.fill(len(keys), self._row)
        following = sheet.progress.following if sheet.progress is not None else ""
        if (first or marked not in keys) and following:
            marked = following
        if marked in keys:
            self._rows.at = keys.index(marked)
            self._rows.action_move(0)  # into sight
        self.repaint()

    def heard(self, news: News) -> None:
        """Something was recorded of it, here or elsewhere."""
        from ...workstation.news import StepsChanged, ViewChanged

        if isinstance(news, StepsChanged | ViewChanged):
            self.counter.ask(self.load(), "steps")

    def repaint_clocks(self) -> None:
        """Another second."""
        self._head.repaint()
        self._rows.repaint()

    def repaint(self) -> None:
        """Another language, or another step done."""
        self.repaint_clocks()
        self._foot.repaint()
        super().repaint()

    # -- painted ------------------------------------------------------------------------------------------------------

    @property
    def _states(self) -> tuple[StepState, ...]:
        return self._sheet.progress.steps if self._sheet is not None and self._sheet.progress is not None else ()

    @property
    def _signs(self) -> tuple[SignOffState, ...]:
        return self._sheet.progress.sign_offs if self._sheet is not None and self._sheet.progress is not None else ()

    @property
    def _names(self) -> Mapping[str, str]:
        return self._sheet.names if self._sheet is not None else {}

    def _marked(self) -> StepState | None:
        return self._states[self._rows.at] if self._rows.at < len(self._states) else None

    def _marked_sign(self) -> SignOffState | None:
        at = self._rows.at - len(self._states)
        return self._signs[at] if 0 <= at < len(self._signs) else None

    def _marked_key(self) -> str:
        state, sign = self._marked(), self._marked_sign()
        return state.planned.key if state is not None else sign.agency.value if sign is not None else ""

    def _panels(self) -> Panels | None:
        officer = self.counter.desk.officer
        if self._sheet is None or self._sheet.view.plan is None or officer is None:
            return None
        zone = self.counter.desk.place.post.zone
        return Panels(self._sheet.view, officer, self.counter.now(), zone, progress=self._sheet.progress)

    def _paint_head(self, width: int, _height: int) -> Lines:
        panels = self._panels()
        return steps_head(panels, panels.view.plan, width) if panels is not None and panels.view.plan else []

    def _row(self, index: int, width: int) -> Content:
        panels = self._panels()
        return steps_rows(panels, panels.view.plan, index, width) if panels is not None and panels.view.plan else EMPTY

    def _paint_foot(self, width: int, height: int) -> Lines:
        panels, state, sign = self._panels(), self._marked(), self._marked_sign()
        if panels is not None and panels.progress is not None and sign is not None:
            return sign_detail(sign, panels.progress, self._names, width, height)
        if panels is None or panels.view.plan is None or state is None:
            return []
        return step_detail(panels, panels.view.plan, state, self._names, width, height)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def on_rows_pointed(self) -> None:
        """Another row."""
        self._foot.repaint()

    def on_rows_chosen(self) -> None:
        """Enter on a row."""
        self.action_command("step-done")

    def do_emergency(self) -> None:
        """Help is needed now."""
        from .emergency import call_emergency

        self.counter.ask(call_emergency(self), "record")

    def do_step_done(self) -> None:
        """The step that is marked is done, or the sign-off that is marked is signed."""
        state, sign = self._marked(), self._marked_sign()
        if sign is not None:
            ask_sign_off(self, sign, self._signed_off)
        if state is None:
            return
        if state.finished:
            self.counter.tell(N_("It is finished; b opens it again."), "attention")
        elif state.step.verdicts and not state.wants_second:
            words = ", ".join(_verdict_words(verdict) for verdict in sorted(state.step.verdicts))
            told = N_("The verdict of {whom} does it: {verdicts}. Esc, then its key.")
            self.counter.tell(told, "attention", whom=authority_name(state.step.authority), verdicts=words)
        elif state.step.note:
            self._ask_found(state)
        else:
            self._record(state, deed_of(state.planned, Did.DONE), N_("done, entry {n}"))

    def _ask_found(self, state: StepState) -> None:
        """What was found is written down: weight, amount, number."""
        found = Question("note", lambda: _("what was found? weight, amount, number"))

        def made(answers: Answers) -> StepDeed:
            return deed_of(state.planned, Did.DONE, note=answers["note"])

        self._ask(state, lambda: _("DONE"), (found,), made, self._beside(made({"note": ""})))

    async def _signed_off(self, sign: SignOffState, second: Officer | None = None, pin: str = "") -> None:
        """Who is signed in signs, and a second person beside them."""
        self._busy = True
        try:
            sequence = await self.counter.desk.steps.sign_off(sign, second.id if second is not None else "", pin)
        finally:
            self._busy = False
        await self.load(first=True)
        self.counter.tell(N_("signed for {agency}, entry {n}"), "clear", n=sequence, agency=agency_name(sign.agency))

    def do_step_begin(self) -> None:
        """Somebody is at it; what was finished is open again."""
        state = self._marked()
        if state is not None:
            self._record(state, deed_of(state.planned, Did.BEGUN), N_("begun, entry {n}"))
        else:
            self._tell_of_signs()

    def _tell_of_signs(self) -> None:
        """No step is marked: what is done about a sign-off."""
        if self._marked_sign() is not None:
            self.counter.tell(N_("A sign-off is given with Enter, and neither begun nor spared."), "attention")

    def do_step_spare(self) -> None:
        """It is not needed: why."""
        state = self._marked()
        if state is None:
            self._tell_of_signs()
            return
        seconds = self._beside(deed_of(state.planned, Did.NOT_NEEDED, REASONS[0]))
        ask = Question(
            "reason",
            lambda: _("why is it not needed? number, words or arrows"),
            lambda _answers: forms.numbered([spoken(f"spared.{one.value}") for one in REASONS]),
        )

        def made(answers: Answers) -> StepDeed:
            reason = REASONS[forms.chosen(answers, "reason")]
            return deed_of(state.planned, Did.NOT_NEEDED, reason, answers["note"])

        self._ask(state, lambda: _("NOT NEEDED"), (ask, forms.note(empty=True)), made, seconds)

    def _beside(self, deed: StepDeed) -> tuple[Officer, ...] | None:
        """Who may sign it beside who is signed in; None where nobody has to."""
        officer = self.counter.desk.officer
        asks = officer is not None and deed.asks_beside(officer)
        return self.counter.desk.steps.seconds(deed) if asks else None

    def _record(self, state: StepState, deed: StepDeed, told: str) -> None:
        """At once; where two sign, the second is asked for."""
        seconds = self._beside(deed)
        if seconds is not None:
            self._ask(state, lambda: _("DONE"), (), lambda _answers: deed, seconds)
        else:
            self.counter.ask(self._said(deed, told), "record")

    async def _said(self, deed: StepDeed, told: str, second: Officer | None = None, pin: str = "") -> None:
        steps = self.counter.desk.steps
        self._busy = True
        try:
            if second is None:
                sequence = await steps.say(deed)
            else:
                sequence = await (steps.sign(deed, second.id, pin) if pin else steps.ask(deed, second.id))
        finally:
            self._busy = False
        await self.load(first=deed.did in FINISHING)
        self.counter.tell(told, "clear", n=sequence, name=clean(second.name) if second is not None else "")

    def _ask(
        self,
        state: StepState,
        what: Callable[[], str],
        questions: tuple[Question, ...],
        made: Callable[[Answers], StepDeed],
        seconds: tuple[Officer, ...] | None,
    ) -> None:
        """Ask these; where two sign, `seconds` are who may."""
        may, desk, done = seconds or (), self.counter.desk.steps, deed_of(state.planned, Did.DONE)
        if seconds is not None and not may:
            self.counter.tell(desk.why_nobody(done), "attention")
            return
        text = self._text(state)

        def sentence(_answers: Answers, second: Officer) -> str:
            first = self.counter.desk.officer
            told = _("{second} signs with {first}: {step} ({what}).")
            name = clean(first.name) if first is not None else ""
            return told.format(second=clean(second.name), first=name, step=text, what=what())

        async def record(answers: Answers) -> None:
            other = may[forms.chosen(answers, "second") % len(may)] if may else None
            told = N_("recorded, entry {n}")
            if may and "pin" not in answers:
                told = N_("recorded, entry {n}: open until {name} confirms it at their own counter")
            await self._said(made(answers), told, other, answers.get("pin", ""))

        asked = (*questions, *(_signed(may, sentence, elsewhere=desk.elsewhere(done)) if may else ()))
        about = name_of(self._sheet.view.crossing.document) if self._sheet is not None else ""
        self.app.push_screen(FormDialog(Form(what, about, asked), record))

    def _text(self, state: StepState) -> str:
        plan = self._sheet.view.plan if self._sheet is not None else None
        return code_words(plan, state.step.code) if plan is not None else ""

    def do_leave(self) -> None:
        """Back to the traveller."""
        self.dismiss(None)


def _verdict_words(verdict: Verdict) -> str:
    """A verdict, and the key that asks for its reason."""
    return f"{of_verdict(verdict).word} {get_command(ASKING[verdict]).key}"


def _signed(
    may: Sequence[Officer], sentence: Callable[[Answers, Officer], str], *, elsewhere: bool
) -> tuple[Question, Question]:
    """Who signs beside, and their PIN; or who confirms it at their own counter, which asks for none."""

    def choices(_answers: Answers) -> list[Choice]:
        there = [Choice(len(may) + at, clean(o.name), _("at their own counter")) for at, o in enumerate(may, start=1)]
        return [*officer_choices(may), *(there if elsewhere else [])]

    who, pin = forms.signed(lambda _answers: may, sentence, lambda a: int(a.get("second", "1")) <= len(may))
    return replace(who, choices=choices, when=lambda _answers: True), pin
