"""Key `y`: a challenge is typed and eight digits read back; what another counter recorded is confirmed, or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from counter_tui.domain.acts import Act, Means, Second
from counter_tui.domain.allowance.deeds import AllowanceDeed, What
from counter_tui.domain.cases.deeds import CaseDeed, HoldReleased
from counter_tui.domain.joint.deeds import Override
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.papers.blocks import PaperKind
from counter_tui.domain.papers.deeds import PaperDeed, Way
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.waiting import ToConfirm, asked_of, matter_of
from counter_tui.domain.words import Agency, Authority
from counter_tui.errors import CounterError, DecisionError, SignInError
from counter_tui.tui.paint.seconding import asked_words
from counter_tui.tui.screens.case_form import FormDialog
from counter_tui.tui.screens.seconds import Digits, Seconds
from counter_tui.workstation.news import CaseChanged
from counter_tui.workstation.seconding import Answered
from tests.screens.frame.looking import shown
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk
from tests.unit.tui.paint.travellers import NOW

from .test_refusing import CHALLENGE

DEED = Override("r1", Authority.CUSTOMS, PERSON, "over-quota", "paper-shown", "receipts [bold]were seen", "2026-11-22")
WAITS = ToConfirm(Act("ENT-4/7", "override", "c9", "maria", NOW, DEED), Matter.OVERRIDE, NOW + timedelta(hours=2))
OWN_PIN = "1403"


@dataclass
class ScriptedSeconding:
    """What was answered and confirmed."""

    waits: tuple[ToConfirm, ...] = ()
    fails: CounterError | None = None
    answered: list[str] = field(default_factory=list)
    said: list[tuple[str, bool, str]] = field(default_factory=list)

    async def waiting(self) -> tuple[ToConfirm, ...]:
        return tuple(one for one in self.waits if one.act.id not in {id_ for id_, _, _ in self.said})

    async def names(self, officers: Iterable[str]) -> Mapping[str, str]:
        return {one: "Maria Lusiana" for one in officers if one == "maria"}

    async def answer(self, typed: str, pin: str) -> tuple[Answered, ...]:
        Challenge.read(typed)
        if pin != OWN_PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        self.answered.append(typed)
        return (Answered("ENT-3", "12345678", Matter.REFUSE_ENTRY, CHALLENGE.name, 7),)

    async def confirm(self, one: ToConfirm, note: str = "", *, agreed: bool) -> int:
        if self.fails is not None:
            raise self.fails
        self.said.append((one.act.id, agreed, note))
        return 8


class SecondDesk(ScriptedDesk):
    def __init__(self, clock: Moment) -> None:
        super().__init__(clock)
        self.judging = ScriptedSeconding((WAITS,))


class AskedCounters(Counters):
    """The program over such a desk."""

    other: SecondDesk

    def scripted(self, **_desk: Any) -> ScriptedDesk:
        self.other = SecondDesk(self.clock)
        return self.other

    async def asked(self) -> None:
        await self.sign_in()
        await self.press("y")
        await self.until(lambda: isinstance(self.app.screen, Seconds) and "until" in shown(self))

    async def fill(self, text: str) -> None:
        """What is asked, typed at once."""
        screen = self.app.screen
        assert isinstance(screen, FormDialog)
        screen._drawer.input.value = text
        await self.press("enter")


@pytest.fixture
def made() -> AskedCounters:
    return AskedCounters()


async def test_a_challenge_is_answered_with_eight_digits(made: AskedCounters) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.asked()
        await made.press("enter")
        await made.fill(CHALLENGE.spelled().lower().replace("-", " "))
        await made.until(lambda: CHALLENGE.name in shown(made))
        await made.fill("1111")
        await made.until(lambda: "signin.wrong-pin" in shown(made))
        assert made.other.judging.answered == []
        await made.fill(OWN_PIN)
        await made.until(lambda: isinstance(made.app.screen, Digits))
        assert "1234  5678" in shown(made)
        await made.press("escape")
        assert isinstance(made.app.screen, Seconds)


async def test_a_challenge_that_was_misheard_says_which_group(made: AskedCounters) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.asked()
        wrong = CHALLENGE.spelled().lower().replace("-", "")
        wrong = wrong[:6] + ("0" if wrong[6] != "0" else "2") + wrong[7:]
        await made.press("enter")
        await made.fill(wrong)
        await made.until(lambda: "telephone.mistyped" in shown(made))
        await made.fill(OWN_PIN)
        await made.until(lambda: not made.other.judging.answered and "telephone.mistyped" in shown(made))


async def test_what_was_recorded_elsewhere_is_read_and_confirmed(made: AskedCounters) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.asked()
        assert "Maria Lusiana · ENT-4" in shown(made)
        await made.press("down", "enter")
        await made.until(lambda: "receipts [bold]were seen" in shown(made))
        await made.press("enter", "1", "enter", "enter")
        await made.until(lambda: made.other.judging.said == [("ENT-4/7", True, "")])
        await made.until(lambda: "confirmed, entry 8" in made.said)


async def test_what_does_not_hold_is_said_so_with_a_note(made: AskedCounters) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.asked()
        await made.press("down", "enter", "enter", "2", "enter")
        await made.fill("not seen")
        await made.until(lambda: made.other.judging.said == [("ENT-4/7", False, "not seen")])
        await made.until(lambda: "NOT confirmed" in made.said)


async def test_what_comes_while_the_list_is_open_is_in_it_and_the_mark_stays_where_it_is(made: AskedCounters) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.asked()
        await made.press("down")
        earlier = replace(WAITS, act=replace(WAITS.act, id="ENT-5/2", officer="sri"), by=NOW + timedelta(hours=1))
        made.other.judging.waits = (earlier, WAITS)
        made.other.hear(CaseChanged("c9"))
        await made.until(lambda: "sri · ENT-5" in shown(made))
        marked = next(row for row in shown(made).splitlines() if "▸" in row)
        assert "Maria Lusiana · ENT-4" in marked


async def test_two_logins_on_one_terminal_are_refused_in_words(made: AskedCounters) -> None:
    made.other.judging.fails = DecisionError("two.one-terminal")
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.asked()
        await made.press("down", "enter", "enter", "1", "enter", "enter")
        await made.until(lambda: "two.one-terminal" in shown(made))
        assert made.other.judging.said == []


RELEASED = CaseDeed(HoldReleased("h1", Agency.CUSTOMS, "duty [b]paid"))
COPIED = PaperDeed(PaperKind.NOTICE, Way.PRINTED, "K7QX", copy=1, reason="lost")
CORRECTED = AllowanceDeed(What.CORRECTED, "r", "2026-11", 5_400, act="ENT-3/1", reason="miskeyed", note="one nought")


@pytest.mark.parametrize(
    ("kind", "deed", "matter", "words"),
    [
        ("case", RELEASED, Matter.RELEASE_HOLD, ["duty [b]paid"]),
        ("paper", COPIED, Matter.REPRINT_NOTICE, ["K7QX", "paper.copy.lost"]),
        ("allowance", CORRECTED, Matter.QUOTA_CORRECTION, ["54", "resident.reason.miskeyed", "one nought"]),
    ],
)
def test_whoever_confirms_reads_what_it_is(kind: str, deed: object, matter: Matter, words: list[str]) -> None:
    second = Second("hendra", Means.OWN_COUNTER)
    act = Act("ENT-4/8", kind, "t", "maria", NOW, deed, second=second)
    assert (matter_of(act), asked_of(act)) == (matter, "hendra")
    told = asked_words(ToConfirm(act, matter, NOW), "Maria Lusiana")
    assert told.startswith(f"Maria Lusiana, ENT-4: matter.{matter.value}")
    assert all(word in told for word in words)
