"""The steps of a joint procedure by keys alone: done, begun, not needed, signed by two; a wrong key does nothing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from textual.widgets import Input

from counter_tui.domain.acts import Means, Second
from counter_tui.domain.emergency import EmergencyDeed, End
from counter_tui.domain.procedures import Certainty, Duty, Procedures, SignOff, Words
from counter_tui.domain.procedures.deeds import Did, Spared, deed_of
from counter_tui.domain.words import Agency, Authority, Role, Verdict
from counter_tui.tui.screens.case_form import FormDialog
from counter_tui.tui.screens.steps import StepsScreen
from counter_tui.workstation.news import StepsChanged
from tests.screens.frame.looking import footer, shown
from tests.screens.frame.scripted import RATNA, Counters
from tests.screens.frame.scripted_cases import PIN
from tests.unit.domain.procedures.build import procedure, step
from tests.unit.tui.paint import travellers

Start = Callable[..., AbstractAsyncContextManager[Counters]]
STEPS = (
    step("table", minutes=5, escalates=Duty.CUSTOMS),
    step("weigh", two=True, minutes=20, escalates=Duty.POST_DUTY),
    step("exam", Authority.HEALTH, beside=True, supervisor=True, note=True),
    step("clear", Authority.IMMIGRATION, verdicts=frozenset({Verdict.HOLD})),
)
TEXTS = {
    "procedure.p": "Goods on the table",
    "step.table": "bring all to one table",
    "step.weigh": "weigh and seal",
    "step.exam": "look at the hands",
    "step.clear": "let them go",
    "spared.other-outcome": "the outcome is another",
    "duty.customs-supervisor": "customs' supervisor",
}


@pytest.fixture
def signs() -> tuple[SignOff, ...]:
    """Who signs at the end."""
    return (SignOff(Agency.CUSTOMS),)


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, signs: tuple[SignOff, ...]) -> Start:
    row = procedure("p", *STEPS, number="4", when="'quota' in customs_actions", lane_minutes=2, basis=Certainty.MEMORY)
    notice = Words("Wait at the table.", "Tunggu di meja.", "Tunggu di meja.")
    row = replace(row, notice=notice, informs=("PLBN",), sign=signs)
    found = Procedures((row,), "1")
    for _ in found.conditions.compile():
        pass
    monkeypatch.setattr(travellers, "RULEBOOK", replace(travellers.RULEBOOK, procedures=found))
    for code, words in TEXTS.items():
        monkeypatch.setitem(travellers.WORDS, code, words)

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Counters]:
        async with Counters.running(size) as counter:
            counter.desk.against = (travellers.section(Authority.CUSTOMS, travellers.RULES.report("cust.quota")),)
            await counter.sign_in()
            await counter.open()
            yield counter

    return run


def row(counter: Counters, words: str) -> str:
    return next((line for line in shown(counter).splitlines() if words in line), "")


async def at_steps(counter: Counters) -> None:
    await counter.press("q")
    await counter.until(
        lambda: isinstance(counter.app.screen, StepsScreen) and "0 of 4 done" in shown(counter), "steps"
    )


def told(counter: Counters) -> list[tuple[Did, str]]:
    return [(act.deed.did, act.deed.steps[0].rpartition(".")[2]) for act in counter.desk.steps.told]


async def test_below_the_traveller_stands_what_is_next_with_its_key(start: Start) -> None:
    async with start() as counter:
        assert "NEXT    Goods on the table (SOP 4, lead: customs)" in shown(counter)
        assert "▸ 2 customs     bring all to one table" in shown(counter)
        assert row(counter, "bring all").rstrip().endswith("0 of 5 min q")
        assert "two sign" in row(counter, "weigh and seal")
        await at_steps(counter)
        await counter.until(lambda: counter.desk.steps.looks == 1, "looked at")
        assert "Enter done" in footer(counter)
        assert "signed by customs · told: PLBN" in shown(counter)
        assert "SOP 4, lead customs: law (from memory: to be confirmed)" in shown(counter)
        assert "after 5 min told to customs' supervisor" in shown(counter)


async def test_enter_is_the_next_step_and_the_last_says_which_verdict_it_is(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await counter.press("enter")
        await counter.until(lambda: "1 of 4 done" in shown(counter))
        assert told(counter) == [(Did.DONE, "table")]
        assert "done, entry 100" in shown(counter)
        assert "✓ 2 customs" in row(counter, "bring all")
        assert "▸ 2 customs" in row(counter, "weigh and seal"), "the next one is marked"
        await counter.press("down", "down", "enter")
        await counter.until(lambda: "The verdict of immigration does it: HOLD" in counter.said)
        assert len(told(counter)) == 1


async def test_two_sign_and_a_wrong_pin_records_nothing(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await counter.press("enter")
        await counter.until(lambda: "1 of 4 done" in shown(counter))
        await counter.press("enter")
        await counter.until(lambda: isinstance(counter.app.screen, FormDialog), "asked")
        await counter.press("enter", *"0000", "enter")
        await counter.until(lambda: "wrong" in shown(counter) or "signin" in shown(counter), "refused")
        assert len(told(counter)) == 1
        assert "Hendra K. signs with Wijaya Sutrisno: weigh and seal (DONE)." in shown(counter)
        counter.app.screen.query_one(Input).value = ""
        await counter.press(*PIN, "enter")
        await counter.until(
            lambda: isinstance(counter.app.screen, StepsScreen) and "2 of 4" in shown(counter), "signed"
        )
        assert counter.desk.steps.told[-1].second == Second("hendra")


async def test_a_second_may_confirm_at_their_own_counter_and_until_then_it_is_open(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await counter.press("enter")
        await counter.until(lambda: "1 of 4 done" in shown(counter))
        await counter.press("enter")
        await counter.until(lambda: isinstance(counter.app.screen, FormDialog), "asked")
        assert "at their own counter" in row(counter, "2  Hendra")
        await counter.press("2", "enter")
        await counter.until(lambda: isinstance(counter.app.screen, StepsScreen), "recorded")
        assert counter.desk.steps.told[-1].second == Second("hendra", Means.OWN_COUNTER)
        assert counter.said == "recorded, entry 101: open until Hendra K. confirms it at their own counter"
        assert "1 of 4 done" in shown(counter)


async def test_a_step_asks_what_was_found_and_for_a_supervisor_beside_an_officer(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await counter.press("enter")
        await counter.until(lambda: "1 of 4 done" in shown(counter))
        await counter.press("down", "enter")
        await counter.until(lambda: "what was found? weight, amount, number" in shown(counter), "asked")
        await counter.press("enter")
        assert isinstance(counter.app.screen, FormDialog), "something is to be written"
        await counter.press(*"3.2 kg", "enter", "enter", *PIN, "enter")
        await counter.until(
            lambda: isinstance(counter.app.screen, StepsScreen) and "2 of 4" in shown(counter), "signed"
        )
        assert counter.desk.steps.told[-1].second == Second("hendra")
        assert counter.desk.steps.told[-1].deed.note == "3.2 kg"
        await counter.press("down")
        await counter.until(lambda: "3.2 kg" in shown(counter), "said below")


async def test_not_needed_asks_why_and_b_opens_it_again(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await counter.press("n")
        await counter.until(lambda: isinstance(counter.app.screen, FormDialog), "asked")
        await counter.press("2", "enter", "enter")
        await counter.until(lambda: "1 of 4 done" in shown(counter))
        assert counter.desk.steps.told[-1].deed.reason is Spared.OTHER_OUTCOME
        assert "- 2 customs" in row(counter, "bring all")
        await counter.press("up")
        await counter.until(lambda: "by Wijaya Sutrisno · the outcome" in shown(counter), "said why")
        await counter.press("enter")
        assert "It is finished; b opens it again." in shown(counter)
        await counter.press("b")
        await counter.until(lambda: "0 of 4 done" in shown(counter))
        assert told(counter)[-1] == (Did.BEGUN, "table")


async def test_what_another_counter_says_moves_both_screens_on(start: Start) -> None:
    async with start() as counter:
        view = counter.desk.view
        assert view is not None
        assert view.plan is not None
        for steps in (False, True):
            if steps:
                await counter.press("q")
            counter.desk.steps._tell(deed_of(view.plan.steps[2 * steps], Did.DONE), None)
            counter.desk.hear(StepsChanged(view.crossing.id))
            words = "2 of 4 done" if steps else "✓ 2 customs     bring all"
            await counter.until(lambda words=words: words in shown(counter), words)  # type: ignore[misc]


async def test_a_scan_and_other_keys_do_nothing_and_escape_leads_back(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await counter.press("g")
        assert "g is no command here" in counter.said
        await counter.press("escape")
        await counter.until(lambda: counter.screen.state().where == "inspection", "back")
        assert told(counter) == []


async def test_where_no_procedure_applies_the_key_says_so(start: Start) -> None:
    async with start() as counter:
        await counter.press("p")
        counter.desk.against = ()
        await counter.open(surname="NEXT", number="X7654321")
        await counter.press("q")
        assert "No joint procedure applies" in counter.said


async def test_one_key_calls_an_emergency_and_again_asks_health_why_it_is_over(start: Start) -> None:
    async with start() as counter:
        await counter.press("exclamation_mark")
        await counter.until(lambda: [act.deed for act in counter.desk.steps.told] == [EmergencyDeed()])
        assert counter.said.startswith("EMERGENCY recorded, entry 100")
        await counter.press("exclamation_mark")
        await counter.until(lambda: isinstance(counter.app.screen, FormDialog))
        await counter.press("1", "enter", *"well", "enter")
        await counter.until(lambda: counter.desk.steps.told[-1].deed == EmergencyDeed(End.OVER, "well"))


async def test_who_is_not_of_health_calls_and_does_not_end_it(start: Start) -> None:
    async with start() as counter:
        counter.desk.officer = RATNA
        await counter.press("exclamation_mark")
        await counter.until(lambda: len(counter.desk.steps.told) == 1)
        await counter.press("exclamation_mark")
        await counter.until(lambda: "Health says when it is over" in counter.said)
        assert not isinstance(counter.app.screen, FormDialog)


# -- sign-offs --------------------------------------------------------------------------------------------------------


async def finished(counter: Counters) -> None:
    """All steps are found not needed."""
    steps = counter.desk.steps
    sheet = await steps.sheet()
    assert sheet.progress is not None
    for state in sheet.progress.steps:
        steps._tell(deed_of(state.planned, Did.NOT_NEEDED, Spared.DOES_NOT_APPLY), Second("hendra"))
    await counter.until(lambda: "4 of 4 done" in shown(counter), "finished")


async def test_while_its_steps_are_open_an_agency_does_not_sign(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        assert "2 customs       sign-off" in shown(counter)
        assert row(counter, "sign-off").rstrip().endswith("2 steps open")
        await counter.press(*["down"] * 4, "enter")
        await counter.until(lambda: counter.said == "plan.sign-open", "told")
        await counter.press("b")
        assert counter.said == "A sign-off is given with Enter, and neither begun nor spared."


async def test_once_they_are_finished_it_is_next_and_enter_signs(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await finished(counter)
        await counter.press("escape")
        await counter.until(lambda: "▸ to sign: 2 customs" in shown(counter), "below the traveller")
        await counter.press("q")
        await counter.until(lambda: "▸    ▸ 2 customs       sign-off" in shown(counter), "marked")
        assert "2 customs signs for its part of SOP 4" in shown(counter)
        await counter.press("enter")
        await counter.until(lambda: "signed by Wijaya Sutrisno" in shown(counter), "signed")
        assert counter.said == "signed for customs, entry 104"
        assert "✓ 2 customs       sign-off" in shown(counter)
        await counter.press("enter")
        assert counter.said == "It is signed."


async def test_who_does_not_act_for_the_agency_signs_nothing_of_it(start: Start) -> None:
    async with start() as counter:
        counter.desk.officer = RATNA
        await at_steps(counter)
        await finished(counter)
        await counter.press(*["down"] * 4, "enter")
        await counter.until(lambda: counter.said == "plan.sign-not-yours", "told")


BY_TWO = SignOff(Agency.CUSTOMS, Role.SUPERVISOR, 2)


@pytest.mark.parametrize("signs", [(BY_TWO,)])
async def test_where_two_sign_the_second_is_asked_for_and_may_sign_later_elsewhere(start: Start) -> None:
    async with start() as counter:
        await at_steps(counter)
        await finished(counter)
        await counter.press(*["down"] * 4, "enter")
        await counter.until(lambda: isinstance(counter.app.screen, FormDialog), "asked")
        assert "2  nobody now" in shown(counter)
        await counter.press("2", "enter")
        await counter.until(lambda: "1 of 2 signed" in shown(counter), "one of two")
        assert "a supervisor is still to sign" in shown(counter)
        await counter.press("enter")
        await counter.until(lambda: isinstance(counter.app.screen, FormDialog), "asked again")
        assert "nobody now" not in shown(counter), "the last has to be the supervisor"
        await counter.press("enter", *PIN, "enter")
        await counter.until(lambda: "signed by Wijaya Sutrisno, Hendra K." in shown(counter), "both")
