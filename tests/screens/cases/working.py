"""What a person does at a counter with cases."""

from textual.widgets import Input

from counter_tui.domain.cases.deeds import (
    HandedOver,
    Holder,
    HoldPlaced,
    Link,
    Linked,
    Need,
    NeedStated,
    Opened,
    TaskGiven,
    TaskSeen,
)
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.statements import Statement, Topic
from counter_tui.domain.whereabouts import Place, Whereabouts
from counter_tui.domain.words import Agency
from counter_tui.tui.screens.case import CaseScreen
from counter_tui.tui.screens.case_form import FormDialog
from tests.screens.frame.looking import shown
from tests.screens.frame.scripted import Counters

SITI = Link(Linked.CROSSING, "c-siti", "SITI AMINAH")
CASH = Link(Linked.CASH, "cash-1", "IDR 180 m in a red bag")
MARIA = Holder(Agency.CUSTOMS, "maria", "Maria L.", "evidence room")
TRAVELLER = Holder(name="SITI AMINAH")
CASE = "case-siti"


def row(counter: Counters, words: str) -> str:
    return next((line for line in shown(counter).splitlines() if words in line), "")


def screen(counter: Counters) -> CaseScreen:
    assert isinstance(counter.app.screen, CaseScreen)
    return counter.app.screen


def full_case(counter: Counters) -> None:
    """A case of another counter: cash that customs counts, a hold, a need, answers that differ."""
    say = counter.desk.cases.say_at
    say(CASE, Opened(Agency.CUSTOMS, (SITI, CASH), "goods", agencies=frozenset({Agency.SECURITY})), ago=34)
    say(CASE, TaskGiven("t1", Agency.CUSTOMS, "count the cash before a witness", 20), ago=33)
    say(CASE, TaskSeen("t1"), ago=31)
    say(CASE, TaskGiven("t2", Agency.SECURITY, "ask where it is from", 15), ago=12)
    say(CASE, HandedOver(CASH, TRAVELLER, MARIA), second="hendra", ago=30)
    say(CASE, HoldPlaced("h1", CASH, Agency.CUSTOMS, "UU 8/2010 art. 35", MARIA, "maria", 60), ago=29)
    say(CASE, NeedStated("n1", Need.INTERPRETER, "Iban"), ago=6)
    say(SITI.id, Whereabouts(PERSON, Place.SECONDARY, "Maria L."), kind="whereabouts", ago=33)
    say(SITI.id, Statement(Topic.PURPOSE, "visits an aunt"), kind="statement", ago=34)
    say(SITI.id, Statement(Topic.PURPOSE, "sells a car"), kind="statement", ago=20)


async def at_case(counter: Counters) -> None:
    """At the full case's screen."""
    full_case(counter)
    await counter.sign_in()
    await counter.press("c")
    await counter.until(lambda: "SITI" in shown(counter), "listed")
    await counter.press("enter")
    await counter.until(lambda: isinstance(counter.app.screen, CaseScreen), "pushed")
    await counter.until(lambda: screen(counter).sheet is not None, "case")


async def answer(counter: Counters, *answers: str) -> None:
    """Each answer in the open form, and Enter."""
    for one in answers:
        counter.app.screen.query_one(Input).value = one
        await counter.press("enter")


async def signed(counter: Counters, second: str, pin: str = "") -> None:
    """Who signs too, in the drawer that asks for them, and their PIN."""
    form = counter.app.screen
    assert isinstance(form, FormDialog)
    await counter.until(lambda: form._second.is_open, "a second person")
    for one in filter(None, (second, pin)):
        form._second.input.value = one
        await counter.press("enter")
