"""The joint procedure of degraded mode: raised by declaring it, worked in the post's thread, over with a re-run."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import Act
from counter_tui.domain.mode import ModeDeed, ModeState, ModeStep
from counter_tui.domain.mode_steps import PROCEDURE, Period, mode_plan, mode_progress, period
from counter_tui.domain.procedures import Procedures
from counter_tui.domain.procedures.deeds import Did, StepDeed
from counter_tui.domain.procedures.merging import Plan
from counter_tui.domain.procedures.progress import State
from counter_tui.domain.words import Authority
from counter_tui.settings_procedures import load_procedures

from .acting import Saying
from .build import NOW

SHIPPED = load_procedures(demo=True)
DECLARED, LEFT = ModeDeed(ModeStep.DECLARED, "link"), ModeDeed(ModeStep.LEFT)
LISTS = "immigration/person/step.signed-lists"


@pytest.fixture
def steps() -> Plan:
    found = mode_plan(SHIPPED, NOW)
    assert found is not None
    return found


def minutes(many: int) -> timedelta:
    return timedelta(minutes=many)


def test_a_period_begins_with_the_declaration_and_is_over_when_its_time_is_and_nobody_is_left() -> None:
    said = Saying("mode")
    before, over = said.say(DECLARED), said.say(LEFT, minutes=5)
    declared, left = said.say(DECLARED, minutes=60), said.say(LEFT, minutes=90)
    acts = (before, over, declared, left)
    on = ModeState(declared=("ENT-3/3",), since=declared.at, left_at=over.at)
    assert period(acts[:3], on, NOW + minutes(80), run_again=True) == Period(declared.at)
    after = ModeState(left_at=left.at, rerun_by=left.at + minutes(30))
    assert period(acts, after, left.at + minutes(29), run_again=True) == Period(declared.at, left.at)
    assert period(acts, after, left.at + minutes(31), run_again=True) is None
    assert period(acts, after, left.at + minutes(31), run_again=False) == Period(declared.at, left.at)
    assert period((), ModeState(), NOW, run_again=True) is None


def test_what_two_sign_is_done_by_declaring_and_by_leaving_with_everybody_run_again(steps: Plan) -> None:
    looking = (Authority.IMMIGRATION,)
    on = mode_progress(steps, (), Period(NOW), run_again=True, looking=looking)
    assert [one.step.code for one in on.steps if one.state is State.DONE] == ["step.declare-mode"]
    waits = mode_progress(steps, (), Period(NOW, NOW + minutes(9)), run_again=False, looking=looking)
    done = mode_progress(steps, (), Period(NOW, NOW + minutes(9)), run_again=True, looking=looking)
    assert [len(waits.steps) - len(waits.open), len(done.steps) - len(done.open)] == [1, 2]


def test_a_step_counts_in_its_own_period(steps: Plan) -> None:
    deed = StepDeed(Did.DONE, (LISTS,), Authority.IMMIGRATION)
    act = Act("ENT-3/9", "step", "post", "wijaya", NOW, deed)

    def lists(since: timedelta) -> State:
        found = mode_progress(steps, (act,), Period(NOW + since), run_again=False, looking=()).find(LISTS)
        assert found is not None
        return found.state

    assert lists(minutes(-1)) is State.DONE
    assert lists(minutes(1)) is not State.DONE


def test_one_that_is_not_signed_is_named_and_has_no_steps() -> None:
    row = SHIPPED.by_id[PROCEDURE]
    unsigned = mode_plan(Procedures((row,), "1", {PROCEDURE: ()}), NOW)
    assert unsigned is not None
    assert unsigned.steps
    loose = Procedures((row,), "1", {PROCEDURE: tuple(row.signers[:1])})
    named = mode_plan(loose, NOW)
    assert named is not None
    assert (named.steps, [one.id for one in named.unjudged]) == ((), [PROCEDURE])
    assert mode_plan(Procedures((replace(row, valid_from=(NOW + minutes(2880)).date()),)), NOW) is None
