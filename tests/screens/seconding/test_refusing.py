"""A refusal takes two: chosen as any verdict, signed beside, over the telephone, or elsewhere; alone it is a hold."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from counter_tui.domain.acts import Means
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.matters import SoloEnding
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Subject
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Agency, Authority, Role, SubjectKind, Verdict
from counter_tui.errors import CounterError, DecisionError, SignInError
from counter_tui.workstation.judging import ByTwo, Verdicted
from counter_tui.workstation.news import Recorded
from counter_tui.workstation.two_persons import By, Way
from tests.screens.frame.looking import shown
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk
from tests.unit.tui.paint.travellers import RULES, section

HENDRA = Officer("hendra", "Hendra Kusuma", Agency.IMMIGRATION, Role.SUPERVISOR, frozenset(Agency))
PIN, DIGITS = "6270", "12345678"
FOUND = "overstayed 75 days in March"
CHALLENGE = Challenge.of(Matter.REFUSE_ENTRY, "ENT-3", "5f1d9a03c7be4412a9e0f6d1c2b3a495")
HERE = Way(Means.BESIDE, (HENDRA,))
ELSEWHERE, CALL = Way(Means.OWN_COUNTER, (HENDRA,)), Way(Means.TELEPHONE, (HENDRA,))
NO_KEYS = Way(Means.TELEPHONE, why_not="two.no-keys")
GROUNDS = tuple(
    ReasonCode(f"refuse.ground-{letter}", frozenset({Verdict.REFUSE}), frozenset({SubjectKind.PERSON}), note=True)
    for letter in "abc"
)
MALAYSIAN = {"state": "MYS", "surname": "RAHMAN", "given": "ABDUL"}


@dataclass
class ScriptedJudging:
    """What two people signed, and how."""

    desk: ScriptedDesk
    ways: tuple[Way, ...] = (HERE, ELSEWHERE, CALL)
    fails: CounterError | None = None
    signed: list[tuple[str, ...]] = field(default_factory=list)

    async def by_two(self, _said: Verdicted) -> ByTwo | None:
        if self.fails is not None:
            raise self.fails
        needed = ((Matter.REFUSE_ENTRY, Agency.IMMIGRATION),)
        return ByTwo(needed, self.ways, SoloEnding("solo.hold-and-call", Verdict.HOLD))

    async def sign(self, said: Verdicted, by: By) -> Recorded:
        if by.means is Means.BESIDE and by.typed != PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        if by.means is Means.TELEPHONE and (by.typed != DIGITS or (said, by.officer) != self._said):
            raise DecisionError("telephone.wrong", left=2)
        return self._recorded(by.means.value, said, by.officer)

    async def ask(self, said: Verdicted, second: str) -> Challenge:
        self._said = said, second
        return CHALLENGE

    def _recorded(self, how: str, said: Verdicted, second: str) -> Recorded:
        self.signed.append((how, said.verdict.name, said.subject.kind.value, said.reason.code, said.note, second))
        return self.desk._recorded()


class ScriptedPapers:
    """No paper is given here."""

    async def stay(self) -> str:
        return "none"


class JudgingDesk(ScriptedDesk):
    def __init__(self, clock: Moment) -> None:
        super().__init__(clock)
        self.judging, self.papers = ScriptedJudging(self), ScriptedPapers()
        self.against = (section(Authority.IMMIGRATION, RULES.report("imm.overstay", days=75)),)

    def reasons(self, verdict: Verdict, subject: Subject) -> tuple[ReasonCode, ...]:
        return GROUNDS if verdict is Verdict.REFUSE else super().reasons(verdict, subject)


class Judged(Counters):
    """The program over such a desk."""

    by_two: JudgingDesk

    def scripted(self, **_desk: Any) -> ScriptedDesk:
        self.by_two = JudgingDesk(self.clock)
        return self.by_two

    @property
    def signed(self) -> list[tuple[str, ...]]:
        return self.by_two.judging.signed


@pytest.fixture
def made() -> Judged:
    return Judged()


async def at_work(made: Judged) -> None:
    await made.sign_in()
    await made.open(**MALAYSIAN)


async def asked(made: Judged) -> None:
    await at_work(made)
    await made.press("x", "enter", "2", "enter", "enter")
    await made.until(lambda: made.screen._second.is_open)


async def test_refusing_takes_seven_keys_beside_the_pin(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        keys = ["x", "enter", "2", "enter", "enter", "enter", *PIN, "enter"]
        await made.press(*keys[:5])
        await made.until(lambda: made.screen._second.is_open)
        await made.press(*keys[5:-1])
        assert "Hendra Kusuma signs with Wijaya Sutrisno" in shown(made)
        assert FOUND in " ".join(shown(made).split()), "the second sees the words that they sign"
        await made.press(keys[-1])
        await made.until(lambda: bool(made.signed))
        assert made.signed == [("beside", "REFUSE", "person", "refuse.ground-b", FOUND, "hendra")]
        await made.until(lambda: "recorded" in made.said)
        assert not made.screen._drawer.is_open
        assert not made.screen._second.is_open
        assert made.by_two.judged == [], "nothing was recorded by one"
        assert len(keys) - len(PIN) <= 8


async def test_a_hold_takes_its_key_the_number_of_its_reason_and_enter_and_one_person(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("h")
        assert "why?" in made.screen._drawer.question(), "on the likeliest subject"
        await made.press("down", "1", "enter")
        await made.until(lambda: bool(made.by_two.judged))
        assert made.by_two.judged[0][1:3] == (Verdict.HOLD, "docs"), "wherever the mark is"


async def test_esc_asks_what_the_hold_is_about(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("h", "escape")
        assert "about what?" in made.screen._drawer.question()
        await made.press("enter", "enter")
        await made.until(lambda: bool(made.by_two.judged))
        assert made.by_two.judged[0][1] is Verdict.HOLD


async def test_a_wrong_pin_is_typed_again_and_esc_goes_back_question_by_question(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await asked(made)
        await made.press("enter")
        made.screen._second.input.value = "1111"
        await made.press("enter")
        await made.until(lambda: "signin.wrong-pin" in shown(made))
        assert made.signed == []
        await made.press("escape")
        assert "by telephone" in shown(made)
        await made.press("escape")
        await made.until(lambda: made.screen._drawer.is_open)
        assert not made.screen._second.is_open
        await made.press("enter")
        await made.until(lambda: made.screen._second.is_open)
        await made.press("enter")
        made.screen._second.input.value = PIN
        await made.press("enter")
        await made.until(lambda: bool(made.signed))


async def test_by_telephone_a_challenge_is_read_out_and_eight_digits_come_back(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await asked(made)
        await made.press("3", "enter", "enter")
        read_out = "  ".join(" ".join(group) for group in CHALLENGE.spelled().split("-"))
        await made.until(lambda: read_out in shown(made))
        made.screen._second.input.value = "1111 1111"
        await made.press("enter")
        await made.until(lambda: "telephone.wrong" in shown(made))
        made.screen._second.input.value = DIGITS
        await made.press("enter")
        await made.until(lambda: bool(made.signed))
        assert made.signed[0][0] == "telephone"


async def test_at_their_own_counter_it_is_recorded_to_be_confirmed(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await asked(made)
        await made.press("2", "enter", "enter")
        assert "to be confirmed" in shown(made)
        await made.press("enter")
        await made.until(lambda: bool(made.signed))
        assert made.signed[0][0] == "own_counter"


async def test_a_way_that_is_barred_says_why_and_alone_the_lawful_ending_is_named(made: Judged) -> None:
    nobody = [Way(means, why_not="two.nobody") for means in (Means.BESIDE, Means.OWN_COUNTER)]
    made.by_two.judging.ways = (*nobody, NO_KEYS)
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await asked(made)
        assert "two.no-keys" in shown(made)
        assert "solo.hold-and-call" in shown(made)
        await made.press("2", "enter")
        assert made.screen._second.problem == "two.no-keys"
        assert made.signed == []


async def test_what_may_not_be_said_is_told_in_the_drawer(made: Judged) -> None:
    made.by_two.judging.fails = DecisionError("decision.view-changed")
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("x", "enter", "2", "enter", "enter")
        await made.until(lambda: made.screen._drawer.problem == "decision.view-changed")
        assert not made.screen._second.is_open


async def test_who_is_alone_is_led_to_a_hold(made: Judged) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await asked(made)
        await made.press("4")
        assert "solo.hold-and-call" in shown(made)
        await made.press("enter")
        await made.until(lambda: made.screen._drawer.is_open)
        assert not made.screen._second.is_open
        assert made.said == "solo.hold-and-call"
        await made.press("enter")
        await made.until(lambda: bool(made.by_two.judged))
        assert made.by_two.judged[0][1] is Verdict.HOLD
        assert made.signed == []
