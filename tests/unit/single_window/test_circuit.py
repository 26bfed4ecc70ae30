"""When a system may be asked, over any course of questions and answers."""

import random

import hypothesis
import hypothesis.strategies as st
import pytest

from counter_tui.agencies.links import Patience
from counter_tui.single_window.circuit import Circuit, Ticket

PATIENCE = Patience(failures=3, rest=10, longest_rest=60, jitter=0.5)


def circuit(chance: float = 0.0) -> Circuit:
    return Circuit(PATIENCE, lambda: chance)


def fail(one: Circuit, now: float, times: int = 1) -> None:
    for _ in range(times):
        ticket = one.ask(now)
        assert ticket is not None
        one.failed(ticket, now, "agency.no-answer")


def test_it_opens_after_failures_in_a_row_and_says_why() -> None:
    one = circuit()
    fail(one, 0, 2)
    ticket = one.ask(0)
    assert ticket is not None
    one.answered(ticket)
    fail(one, 0, 2)
    assert one.ask(0) is not None
    fail(one, 0)
    assert (one.rests_until, one.why) == (10, "agency.no-answer")
    assert one.ask(9.9) is None


def test_one_question_probes_it_and_the_others_wait() -> None:
    one = circuit()
    fail(one, 0, 3)
    probe = one.ask(10)
    assert probe is not None
    assert probe.probe
    assert one.ask(10) is None
    one.answered(probe)
    assert one.ask(10) is not None


def test_a_probe_that_nobody_waits_for_any_more_makes_room_for_another() -> None:
    one = circuit()
    fail(one, 0, 3)
    probe = one.ask(10)
    assert probe is not None
    one.give_up(probe)
    assert one.ask(10) is not None


def test_rests_double_up_to_the_longest_and_begin_anew() -> None:
    one, now, rests = circuit(), 0.0, []
    fail(one, now, 3)
    for _ in range(5):
        assert one.rests_until is not None
        rests.append(one.rests_until - now)
        now = one.rests_until
        fail(one, now)
    assert rests == [10, 20, 40, 60, 60]
    assert one.rests_until is not None
    probe = one.ask(one.rests_until)
    assert probe is not None
    one.answered(probe)
    fail(one, now, 3)
    assert one.rests_until == now + 10


@pytest.mark.parametrize(("chance", "rest"), [(0.0, 10.0), (0.5, 7.5), (0.999, 5.005)])
def test_chance_takes_part_of_a_rest_away_and_adds_nothing(chance: float, rest: float) -> None:
    one = circuit(chance)
    fail(one, 0, 3)
    assert one.rests_until == pytest.approx(rest)


def test_questions_that_were_out_when_it_opened_do_not_make_it_rest_longer() -> None:
    one = circuit()
    tickets = [one.ask(0) for _ in range(6)]
    for ticket in tickets:
        assert ticket is not None
        one.failed(ticket, 0, "x")
    assert one.rests_until == 10


def test_a_question_that_is_late_and_then_fails_counts_once() -> None:
    one = circuit()
    for _ in range(2):
        ticket = one.ask(0)
        assert ticket is not None
        one.failed(ticket, 4, "agency.too-slow")
        one.failed(ticket, 20, "agency.refused")
    assert one.rests_until is None


def test_any_answer_closes_it_however_late() -> None:
    one = circuit()
    late = one.ask(0)
    assert late is not None
    one.failed(late, 5, "agency.too-slow")
    fail(one, 5, 2)
    assert one.ask(6) is None
    one.answered(late)
    assert one.ask(6) is not None


@hypothesis.given(st.lists(st.sampled_from(["ask", "answer", "fail", "give up", "wait"]), max_size=60), st.integers())
def test_it_is_never_stuck_and_never_probed_by_two(steps: list[str], seed: int) -> None:
    chance = random.Random(seed)
    one, now = Circuit(PATIENCE, chance.random), 0.0
    out: list[Ticket] = []
    for step in steps:
        if step == "wait":
            now += 7
        elif step == "ask":
            ticket = one.ask(now)
            out += [ticket] if ticket else []
            assert sum(one.probe and not one.settled for one in out) <= 1 or one.rests_until is None
        elif out:
            ticket = out.pop(chance.randrange(len(out)))
            if step == "answer":
                one.answered(ticket)
            elif step == "fail":
                one.failed(ticket, now, "x")
            else:
                one.give_up(ticket)
    for ticket in out:
        one.give_up(ticket)
    assert one.ask(now + PATIENCE.longest_rest) is not None
