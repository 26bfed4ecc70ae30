"""A sign-off of a joint procedure is given: by who is signed in, and where two sign by a second person beside them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..paint.choosing import Choice
from ..paint.second import officer_choices
from ..paint.signing import whose_words
from ..paint.signs import agency_name
from ..widgets.form_drawer import Answers, Form
from ..words import N_, _, clean
from . import case_forms as forms
from .case_form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...domain.posts import Officer
    from ...domain.procedures.closing import SignOffState
    from ..widgets.form_drawer import Question
    from .frame import FullScreen

Sign = Callable[..., Coroutine[Any, Any, None]]


def ask_sign_off(screen: FullScreen[Any], sign: SignOffState, record: Sign) -> None:
    """Give this sign-off, or say why it cannot be given now. `record` takes it, a second person and their PIN."""
    counter = screen.counter
    officer, whose = counter.desk.officer, agency_name(sign.agency)
    if officer is None:
        return
    if sign.given:
        counter.tell(N_("It is signed."), "attention")
    elif sign.open:
        counter.tell("plan.sign-open", "attention", whose=whose, n=sign.open)
    elif sign.agency not in officer.acts_for:
        counter.tell("plan.sign-not-yours", "attention", whose=whose)
    else:
        may, alone = counter.desk.steps.sign_seconds(sign), not sign.deed(officer).asks_beside(officer)
        if not may and not alone:
            counter.tell(N_("Nobody of this post may sign this beside you."), "attention")
        elif alone and sign.persons == 1:
            counter.ask(record(sign), "record")
        else:
            screen.app.push_screen(_form(sign, officer, may, record, alone=alone))


def _form(sign: SignOffState, officer: Officer, may: Sequence[Officer], record: Sign, *, alone: bool) -> FormDialog:
    """Who signs beside; where each may sign at their own counter, nobody for now."""

    def sentence(_answers: Answers, second: Officer) -> str:
        told = _("{second} signs with {first} for {agency}: its part of the procedure is done.")
        return told.format(second=clean(second.name), first=clean(officer.name), agency=agency_name(sign.agency))

    def choices(_answers: Answers) -> list[Choice]:
        later = Choice(len(may) + 1, _("nobody now"), _("the other signs at their own counter"))
        return [*officer_choices(may), *([later] if alone else [])]

    async def signed(answers: Answers) -> None:
        at = forms.chosen(answers, "second")
        second = may[at] if at < len(may) else None
        await record(sign, second, answers.get("pin", ""))

    who, pin = forms.signed(lambda _answers: may, sentence, lambda a: int(a.get("second", "1")) <= len(may))
    asked: tuple[Question, ...] = (replace(who, choices=choices, when=lambda _answers: True), pin)
    return FormDialog(Form(lambda: _("SIGN-OFF"), whose_words(sign), asked), signed)
