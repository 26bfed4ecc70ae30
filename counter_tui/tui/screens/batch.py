"""A batch is admitted by two: who signs beside, and their PIN, asked over the group."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from ..paint.cells import spoken
from ..paint.second import officer_choices
from ..widgets.form_drawer import Answers, Form, Question
from ..words import _, clean
from .case_form import FormDialog

if TYPE_CHECKING:
    from textual.app import App

    from ..app import CounterApp

    Clear = Callable[[str, str], Coroutine[Any, Any, None]]


def ask_second(app: App[Any], counter: CounterApp, count: int, name: str, clear: Clear) -> None:
    """Ask who signs beside, and for their PIN; then clear. Where nobody may, how one person alone ends it is said."""
    seconds, first = counter.desk.groups.seconds(), counter.desk.officer
    if not seconds or first is None:
        counter.tell("solo.one-by-one", "attention")
        return

    def sentence(answers: Answers) -> str:
        told = _("{second} signs with {first}: {n} of {name} are admitted together.")
        second = seconds[int(answers["who"]) - 1]
        return told.format(second=clean(second.name), first=clean(first.name), n=count, name=clean(name))

    async def record(answers: Answers) -> None:
        await clear(seconds[int(answers["who"]) - 1].id, answers["pin"])

    questions = (
        Question(
            "who", lambda: _("who signs beside you? number, name or arrows"), lambda _answers: officer_choices(seconds)
        ),
        Question("pin", lambda: _("their PIN, typed by them"), secret=True, sentence=sentence),
    )
    app.push_screen(FormDialog(Form(lambda: spoken("matter.batch-admission"), clean(name), questions), record))
