"""Key `!`: one key records a medical emergency for every counter; health says when it is over, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.emergency import EmergencyDeed, End
from ...domain.words import Authority
from ..paint.identity import name_of
from ..words import N_, _

if TYPE_CHECKING:
    from typing import Any

    from ..widgets.form_drawer import Answers
    from .frame import Framed

ENDS = tuple(End)


async def call_emergency(screen: Framed[Any]) -> None:
    """Call it; where it is called already, ask health whether it is over."""
    counter = screen.counter
    desk = counter.desk
    if await desk.steps.emergency() is None:
        sequence = await desk.steps.call_emergency(EmergencyDeed())
        told = N_("EMERGENCY recorded, entry {n}: call the ambulance, clear the corridor, AED.")
        counter.tell(told, "stop", n=sequence)
    elif desk.officer is not None and Authority.HEALTH in desk.officer.authorities:
        _ask_over(screen)
    else:
        counter.tell(N_("The emergency is recorded already. Health says when it is over."), "attention")


def _ask_over(screen: Framed[Any]) -> None:
    from ..widgets.form_drawer import Form, Question
    from . import case_forms as forms
    from .case_form import FormDialog

    counter = screen.counter
    view = counter.desk.view

    async def record(answers: Answers) -> None:
        deed = EmergencyDeed(ENDS[forms.chosen(answers, "end")], answers["why"])
        sequence = await counter.desk.steps.call_emergency(deed)
        counter.tell(N_("the emergency is over, entry {n}"), "clear", n=sequence)

    questions = (
        Question(
            "end",
            lambda: _("it is called already. Is it over? Esc: it goes on"),
            lambda _answers: forms.numbered([_("over: what is left to be done stays"), _("there was none")]),
        ),
        Question("why", lambda: _("why, in a few words")),
    )
    about = name_of(view.crossing.document) if view is not None else ""
    screen.app.push_screen(FormDialog(Form(lambda: _("EMERGENCY OVER"), about, questions), record))
