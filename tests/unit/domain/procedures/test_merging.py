"""Procedures that apply at once become one list: nothing is lost, every order holds, the most urgent goes first."""

import itertools
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.procedures import Duty, Plan, Procedure, Rank, Step, plan
from counter_tui.domain.words import Agency, Authority

from .build import procedure, step

NAMES = "abcdef"


@st.composite
def steps(draw: st.DrawFn) -> Step:
    return step(
        draw(st.sampled_from(NAMES)),
        beside=draw(st.booleans()),
        blocks=draw(st.booleans()),
        two=draw(st.booleans()),
        minutes=draw(st.integers(0, 9)),
        rank=draw(st.none() | st.sampled_from(Rank)),
    )


@st.composite
def procedures(draw: st.DrawFn) -> list[Procedure]:
    found = draw(st.lists(st.tuples(st.lists(steps(), min_size=1, max_size=6), st.sampled_from(Rank)), max_size=5))
    return [procedure(f"p{n}", *rows, rank=rank) for n, (rows, rank) in enumerate(found)]


def places_of(row: Procedure, merged: Plan) -> list[list[int]]:
    """For each stage of the procedure where its steps stand in the list; each place is used once."""
    mine = [(at, s.step.key) for at, s in enumerate(merged.steps) if row.id in s.of]
    found = []
    for stage in row.stages:
        places = []
        for wanted in stage:
            at = next(at for at, key in mine if key == wanted.key)
            mine.remove((at, wanted.key))
            places.append(at)
        found.append(places)
    assert mine == []
    return found


@given(procedures())
@settings(max_examples=150, deadline=None)
def test_no_step_is_lost_and_each_procedure_keeps_its_order(rows: list[Procedure]) -> None:
    merged = plan(rows)
    for row in rows:
        assert Counter(s.step.key for s in merged.steps if row.id in s.of) == Counter(s.key for s in row.steps)
        stages = places_of(row, merged)
        for before, after in itertools.pairwise(stages):
            assert max(before) < min(after)
    assert len({s.key for s in merged.steps}) == len(merged.steps)


@given(procedures(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_neither_order_nor_repetition_of_what_applies_matters(rows: list[Procedure], chance: object) -> None:
    shuffled = [*rows, *rows[:2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan(shuffled) == plan(rows)


@given(procedures())
@settings(max_examples=150, deadline=None)
def test_the_more_urgent_goes_first_unless_it_waits(rows: list[Procedure]) -> None:
    """Urgency of a step is its rank, or that of the most urgent one that waits for it: it never falls in the list."""
    merged = plan(rows)
    urgency = {s.key: int(s.rank) for s in merged.steps}
    for s in reversed(merged.steps):
        for before in s.after:
            urgency[before] = min(urgency[before], urgency[s.key])
    told = [urgency[s.key] for s in merged.steps]
    assert told == sorted(told)


@given(procedures())
@settings(max_examples=100, deadline=None)
def test_what_may_begin_never_runs_out_before_all_is_finished(rows: list[Procedure]) -> None:
    merged, finished = plan(rows), set[str]()
    while len(finished) < len(merged.steps):
        ready = merged.ready(finished)
        assert ready, "everything waits for something"
        assert all(s.after <= finished for s in ready)
        open_blocks = [at for at, s in enumerate(merged.steps) if s.step.blocks and s.key not in finished]
        if open_blocks:
            assert all(merged.steps.index(s) <= open_blocks[0] for s in ready)
        finished.add(ready[-1].key)


def test_the_sequence_rule_sorts_two_procedures() -> None:
    revenue = procedure("r", step("count"), step("fine"))
    contagion = procedure("c", step("mask"), step("list", rank=Rank.REVENUE), rank=Rank.CONTAGION)
    merged = plan([revenue, contagion])
    assert [s.step.code for s in merged.steps] == ["step.mask", "step.list", "step.count", "step.fine"]
    assert [p.id for p in merged.procedures] == ["c", "r"]


def test_what_a_step_of_life_waits_for_goes_as_early_as_it() -> None:
    life = procedure("l", step("door"), step("breathe", rank=Rank.LIFE))
    arrest = procedure("a", step("escort"), rank=Rank.ARREST)
    assert [s.step.code for s in plan([arrest, life]).steps] == ["step.door", "step.breathe", "step.escort"]


def test_the_same_step_of_two_stands_once_as_strict_as_either_asks() -> None:
    one = procedure("a", step("verify", minutes=20, escalates=Duty.CUSTOMS), step("x"))
    other = procedure(
        "b", step("y"), step("verify", two=True, second=Agency.SECURITY, minutes=5, blocks=True, note=True)
    )
    merged = plan([one, other])
    verify = next(s for s in merged.steps if s.step.code == "step.verify")
    assert verify.of == ("a", "b")
    assert (verify.step.two, verify.step.second, verify.step.blocks) == (True, Agency.SECURITY, True)
    assert (verify.step.minutes, verify.step.escalates, verify.step.note) == (5, Duty.CUSTOMS, True)
    assert len(merged.steps) == 3


def test_the_same_step_is_as_urgent_as_for_whom_it_is_most() -> None:
    arrest = procedure("a", step("escort"), step("x"), rank=Rank.ARREST)
    other = procedure("b", step("x", rank=Rank.LIFE), rank=Rank.IMMIGRATION)
    assert {s.step.code: s.rank for s in plan([arrest, other]).steps}["step.x"] is Rank.LIFE


def test_contrary_orders_keep_both() -> None:
    merged = plan([procedure("a", step("x"), step("y")), procedure("b", step("y"), step("x"))])
    assert [(s.step.code, s.of) for s in merged.steps] == [
        ("step.x", ("a",)),
        ("step.y", ("a", "b")),
        ("step.x", ("b",)),
    ]


def test_an_empty_plan_leads_nowhere() -> None:
    assert plan([]).lead is None
    assert plan([]).lane_minutes == 0
    short = [
        procedure("a", step("x"), lane_minutes=5),
        procedure("b", step("x"), lead=Authority.HEALTH, lane_minutes=2),
    ]
    assert plan(short).lane_minutes == 2
