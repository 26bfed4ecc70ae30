"""The drawer of a border resident's allowance: how they stand, and granted, granted beyond, or corrected from there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ...domain.allowance.amounts import find_sen
from ...domain.allowance.deeds import CORRECTIONS, REASONS
from ...domain.words import Role
from ...errors import DecisionError
from ..paint.allowance import allowance_lines, grant_words, money, month_words
from ..paint.cells import Lines, rule, spoken
from ..paint.choosing import Choice
from ..paint.second import officer_choices
from ..widgets.form_drawer import Answers, Form, FormDrawer, Question
from ..widgets.second_drawer import Signing
from ..words import N_, _, clean
from .case_form import FormDialog

if TYPE_CHECKING:
    from ...domain.posts import Officer
    from ...domain.telephone import Challenge
    from ...workstation.residents_desk import Shown
    from ...workstation.two_persons import By, Way

ALL, SOME, BEYOND, CORRECT = "1", "2", "3", "4"
AMOUNT = 12


class AllowanceDrawer(FormDrawer):
    """A form under how the resident stands."""

    lines: Callable[[int], Lines] = staticmethod(lambda _width: [])

    def room(self) -> int:
        """The standing stays in sight."""
        return super().room() + len(self.lines(self.app.size.width))

    def paint(self, width: int) -> Lines:
        """What is left, then what is asked."""
        _rule, title, *middle = super().paint(width)
        return [rule(width), title, *self.lines(width), *middle]


class AllowanceDialog(FormDialog):
    """Of the resident on the screen. `shown` asks anew; gives whether something was recorded."""

    def __init__(self, shown: Shown, about: str, again: Callable[[], Awaitable[Shown]]) -> None:
        self._shown, self._about, self._again = shown, clean(about), again
        super().__init__(Form(self._what, self._about, self._questions()), self._recorded)
        self._drawer = AllowanceDrawer(Form(self._what, self._about, self._questions()))
        self._drawer.lines = self._lines

    def refresh_shown(self) -> None:
        """The single window has answered, or another counter has granted something."""
        self.counter.ask(self._refreshing(), "allowance")

    async def _refreshing(self) -> None:
        self._shown = await self._again()
        if self.is_attached:
            self._drawer.refresh_drawer()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _what(self) -> str:
        of = self._shown.standing
        basis = clean(of.terms.legal_basis.partition(";")[0])
        return _("ALLOWANCE {month}").format(month=month_words(of.balance.month)) + f" · {basis}"

    def _lines(self, width: int) -> Lines:
        zone = self.counter.desk.place.post.zone
        return allowance_lines(self._shown.standing, self.counter.now(), zone, width)

    def _money(self, sen: int) -> str:
        return money(sen, self._shown.standing.terms.currency)

    @property
    def _offered(self) -> int:
        """What is granted with one key: what is declared, as far as it may be; nothing where nothing is."""
        return min(self._shown.standing.open, self._shown.standing.room.total)

    # -- what is asked ------------------------------------------------------------------------------------------------

    def _questions(self) -> tuple[Question, ...]:
        def does(*what: str) -> Callable[[Answers], bool]:
            return lambda answers: answers.get("do") in what

        return (
            Question("do", lambda: _("what? number or arrows; Esc leaves it"), lambda _a: self._doings()),
            Question("act", lambda: _("which grant?"), lambda _a: self._grants(), when=does(CORRECT)),
            Question("sen", self._ask_amount, when=does(SOME, BEYOND, CORRECT), longest=AMOUNT),
            Question("reason", lambda: _("why? number, words or arrows"), self._reasons, when=does(BEYOND, CORRECT)),
            Question("note", lambda: _("note: what another officer needs to know"), when=does(BEYOND, CORRECT)),
            Question("confirmer", lambda: _("who confirms it?"), lambda _a: self._confirming(), when=does(BEYOND)),
        )

    def _doings(self) -> list[Choice]:
        of = self._shown.standing
        found = []
        if self._offered:
            found.append(Choice(1, _("grant {n}").format(n=self._money(self._offered))))
        if of.room.total:
            found.append(Choice(2, _("grant another amount…"), _("at most {n}").format(n=self._money(of.room.total))))
        found.append(Choice(3, _("supervisor's grant…"), _("to be confirmed")))
        if self._shown.grants:
            found.append(Choice(4, _("correct a grant…"), _("two people sign")))
        return found

    def _ask_amount(self) -> str:
        return _("how much? as 280 or 12.50")

    def _grants(self) -> list[Choice]:
        zone, now = self.counter.desk.place.post.zone, self.counter.now()
        currency = self._shown.standing.terms.currency
        return [
            Choice(number, grant_words(act, currency, now, zone))
            for number, act in enumerate(self._shown.grants, start=1)
        ]

    def _reasons(self, answers: Answers) -> list[Choice]:
        codes = CORRECTIONS if answers.get("do") == CORRECT else REASONS
        return [Choice(number, spoken(f"resident.reason.{code}")) for number, code in enumerate(codes, start=1)]

    def _needs_second(self, do: str) -> bool:
        """A correction always; a supervisor's grant where no supervisor is signed in."""
        first = self.counter.desk.officer
        alone = first is not None and first.role is Role.SUPERVISOR
        return do == CORRECT or (do == BEYOND and not alone)

    def _confirming(self) -> list[Choice]:
        return officer_choices(self._shown.confirmers)

    def _confirmer(self, answers: Answers) -> str:
        return self._shown.confirmers[int(answers["confirmer"]) - 1].id if "confirmer" in answers else ""

    def _sentence(self, answers: Answers, second: Officer) -> str:
        """What both sign."""
        first = self.counter.desk.officer
        assert first is not None
        told = {
            BEYOND: _("{second} signs with {first}: {name} is granted {n} beyond what there is here: {why}."),
            CORRECT: _("{second} signs with {first}: a grant to {name} was to be {n}: {why}."),
        }[answers["do"]]
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            name=self._about,
            n=self._money(find_sen(answers["sen"]) or 0),
            why=self._reasons(answers)[int(answers["reason"]) - 1].words,
        )

    # -- recorded -----------------------------------------------------------------------------------------------------

    async def _recorded(self, answers: Answers) -> bool:
        do = answers["do"]
        sen = self._offered if do == ALL else find_sen(answers["sen"])
        if sen is None or (sen == 0 and do != CORRECT):
            raise DecisionError("resident.no-amount")
        if self._needs_second(do):
            return await self._sign(answers, sen)
        desk = self.counter.desk.residents
        await self._tell(
            answers, sen, desk.grant(sen) if do in {ALL, SOME} else desk.grant_beyond(*self._beyond(answers, sen), None)
        )
        return True

    async def _tell(self, answers: Answers, sen: int, work: Awaitable[int]) -> None:
        told = {
            BEYOND: N_("granted by a supervisor, to be confirmed: {n}, entry {entry}"),
            CORRECT: N_("corrected by two to {n}, entry {entry}"),
        }.get(answers["do"], N_("granted: {n}, entry {entry}"))
        self.counter.tell(told, "clear", n=self._money(sen), entry=await work)

    def _beyond(self, answers: Answers, sen: int) -> tuple[int, str, str, str]:
        return sen, REASONS[int(answers["reason"]) - 1], answers["note"], self._confirmer(answers)

    def _correction(self, answers: Answers, sen: int) -> tuple[str, int, str, str]:
        act = self._shown.grants[int(answers["act"]) - 1].id
        return act, sen, CORRECTIONS[int(answers["reason"]) - 1], answers["note"]

    async def _sign(self, answers: Answers, sen: int) -> bool:
        """Whether a second person signed it, wherever they are."""
        desk, corrects = self.counter.desk.residents, answers["do"] == CORRECT

        async def sign(_reason: int, _note: str, by: By) -> None:
            by_two = (
                desk.correct(*self._correction(answers, sen), by)
                if corrects
                else desk.grant_beyond(*self._beyond(answers, sen), by)
            )
            await self._tell(answers, sen, by_two)

        async def call(_reason: int, _note: str, second: Officer) -> Challenge:
            if corrects:
                return await desk.ask_correct(*self._correction(answers, sen), second.id)
            return await desk.ask_beyond(*self._beyond(answers, sen), second.id)

        beside, *others = self._ways(answers)
        signing = Signing(
            what=self._what,
            about=self._about,
            reasons=tuple,
            noted=frozenset(),
            seconds=beside.seconds,
            sentence=lambda _reason, second: self._sentence(answers, second),
            elsewhere=tuple(others),
        )
        return await self.by_two(signing, sign, call)

    def _ways(self, answers: Answers) -> list[Way]:
        """Who confirms it does not sign it too."""
        ways = self._shown.for_corrections if answers["do"] == CORRECT else self._shown.for_grants
        confirmer = self._confirmer(answers)
        return [replace(way, seconds=tuple(one for one in way.seconds if one.id != confirmer)) for way in ways]
