"""Key `m` at the desk: what a rule holds, set aside by a supervisor and the agency whose rule it is."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from counter_tui.domain.acts import Means
from counter_tui.domain.joint.state import Waiting
from counter_tui.domain.overriding import OverrideReason
from counter_tui.domain.posts import Officer
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.words import Agency, Authority, Role
from counter_tui.errors import CounterError, DecisionError, SignInError
from counter_tui.tui.app import Catalogue, CounterApp
from counter_tui.tui.paint.overriding import banner, hours_offered
from counter_tui.workstation.desk import Desk
from counter_tui.workstation.overriding import Chosen, Overridable
from counter_tui.workstation.place import Credential
from counter_tui.workstation.two_persons import By, Way
from tests.screens.frame.looking import shown
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk
from tests.unit.tui.paint.travellers import NOW, RULES, Words, section, view

from .test_refusing import CHALLENGE, HENDRA

MARIA = Officer("maria", "Maria Lusiana", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
NURUL = Officer("nurul", "Nurul Hidayah", Agency.QUARANTINE, Role.OFFICER, frozenset({Agency.QUARANTINE}))
NURUL_PIN, DIGITS = "4529", "12345678"
NOTE = "certificate shown, number seen"
PORK = section(Authority.ANIMAL_PLANT, RULES.report("plant.pork", kg=3))
HELD = PORK.contributions[0]


@dataclass
class ScriptedOverriding:
    """What was set aside, and how."""

    desk: ScriptedDesk
    offers: tuple[Overridable, ...] = (Overridable(HELD, 4, ""),)
    fails: CounterError | None = None
    signed: list[tuple[str, Chosen, str]] = field(default_factory=list)

    async def offered(self) -> tuple[tuple[Overridable, ...], tuple[OverrideReason, ...]]:
        return self.offers, (OverrideReason("record-wrong"), OverrideReason("paper-shown"))

    async def ways(self, _rule: str) -> tuple[Way, ...]:
        return tuple(Way(means, (NURUL,)) for means in Means)

    async def sign(self, chosen: Chosen, by: By) -> int:
        if by.means is Means.BESIDE and by.typed != NURUL_PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        if by.means is Means.TELEPHONE and (by.typed != DIGITS or (chosen, by.officer) != self._asked):
            raise DecisionError("telephone.wrong", left=2)
        return self._recorded(by.means.value, chosen, by.officer)

    async def ask(self, chosen: Chosen, second: str) -> Challenge:
        self._asked = chosen, second
        return CHALLENGE

    def _recorded(self, how: str, chosen: Chosen, second: str) -> int:
        self.signed.append((how, chosen, second))
        return 41


class OverridingDesk(ScriptedDesk):
    def __init__(self, clock: Moment) -> None:
        people = (Credential(HENDRA, "6270"), Credential(replace(HENDRA, id="w", role=Role.OFFICER), "1403"))
        super().__init__(clock, people=people)
        self.overriding = ScriptedOverriding(self)
        self.against = (PORK,)


class Overridden(Counters):
    """The program over such a desk."""

    def __init__(self, *, catalogue: Catalogue = lambda _language: Words(), language: str = "en", **desk: Any) -> None:
        super().__init__(catalogue=catalogue, language=language, **desk)
        self.law = OverridingDesk(self.clock)
        self.desk = self.law
        self.app = CounterApp(cast("Desk", self.law), catalogue, language, now=self.clock)

    @property
    def signed(self) -> list[tuple[str, Chosen, str]]:
        return self.law.overriding.signed


@pytest.fixture
def made() -> Overridden:
    return Overridden()


async def at_work(made: Overridden, pin: str = "6270") -> None:
    await made.sign_in(pin)
    await made.open()


async def chosen(made: Overridden) -> None:
    await at_work(made)
    await made.press("m")
    await made.until(lambda: made.screen._asker.is_open)
    await made.press("enter", "2", "enter")
    await made.until(lambda: made.screen._second.is_open)
    await made.press("2", "enter")
    made.screen._second.input.value = NOTE
    await made.press("enter")


EXPECTED = Chosen(HELD.id, "paper-shown", NOTE, 2)


async def test_a_rule_is_set_aside_by_two(made: Overridden) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await chosen(made)
        await made.press("enter")
        made.screen._second.input.value = "1111"
        await made.press("enter")
        await made.until(lambda: "signin.wrong-pin" in shown(made))
        assert "is set aside for SURYADI" in shown(made).replace("\n  ", " ")
        made.screen._second.input.value = NURUL_PIN
        await made.press("enter")
        await made.until(lambda: made.signed == [("beside", EXPECTED, "nurul")])
        await made.until(lambda: "OVERRIDE recorded, entry 41" in made.said)
        assert not made.screen._second.is_open


async def test_by_telephone_and_by_a_name_who_is_to_confirm_it(made: Overridden) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await chosen(made)
        await made.press("3", "enter", "enter")
        await made.until(lambda: made.screen._second.input.placeholder.startswith("the eight digits that"))
        made.screen._second.input.value = DIGITS
        await made.press("enter")
        await made.until(lambda: made.signed == [("telephone", EXPECTED, "nurul")])


async def test_a_note_of_a_few_letters_is_asked_for_again(made: Overridden) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("m")
        await made.until(lambda: made.screen._asker.is_open)
        await made.press("enter", "enter")
        await made.until(lambda: made.screen._second.is_open)
        await made.press("1", "enter")
        made.screen._second.input.value = "because"
        await made.press("enter")
        assert made.screen._second.problem == "at least 20 characters"


async def test_what_may_not_be_set_aside_says_why(made: Overridden) -> None:
    made.law.overriding.offers = (Overridable(HELD, 0, "override.never-isolation"),)
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("m")
        await made.until(lambda: made.screen._asker.is_open)
        await made.press("enter")
        await made.until(lambda: made.screen._asker.problem == "override.never-isolation")
        assert not made.screen._second.is_open


async def test_an_officer_is_told_who_may(made: Overridden) -> None:
    made.law.place = replace(made.law.place, credentials=made.law.place.credentials[1:])
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made, "1403")
        await made.press("m")
        assert "override.no-supervisor" in made.said
        assert not made.screen._asker.is_open


async def test_where_no_rule_holds_anybody_it_says_so(made: Overridden) -> None:
    made.law.overriding.offers = ()
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("m")
        await made.until(lambda: "nothing to override" in made.said)


def test_the_banner_cannot_be_overlooked_and_says_until_when_and_what_is_still_to_be_confirmed() -> None:
    seen = view(PORK)
    assert banner(seen, NOW, "Asia/Pontianak", 80) == []
    waits = Waiting("ENT-3/9", "nurul", "2026-11-21T07:00:00.000Z", late=False)
    aside, ends = {HELD.id: "ENT-3/9"}, {"ENT-3/9": "2026-11-22T01:30:00.000Z"}
    joint = replace(seen.joint, overridden=aside, ends=ends, waiting=(waits,))
    (told,) = banner(replace(seen, joint=joint), NOW, "Asia/Pontianak", 120)
    assert "OVERRIDE" in told.plain
    assert "until 22 Nov 08:30" in told.plain
    assert "TO BE CONFIRMED by nurul until 14:00" in told.plain
    soon = {"ENT-3/9": "2026-11-21T05:15:00.000Z"}
    (plain,) = banner(replace(seen, joint=replace(joint, ends=soon, waiting=())), NOW, "Asia/Pontianak", 60)
    assert plain.plain.startswith(" OVERRIDE ▲  until 12:15 · ")
    assert "CONFIRMED" not in plain.plain
    assert len(plain.plain) <= 60


def test_for_how_long_up_to_what_the_rule_allows() -> None:
    assert hours_offered(1) == (1,)
    assert hours_offered(4) == (1, 2, 4)
    assert hours_offered(5) == (1, 2, 4, 5)
