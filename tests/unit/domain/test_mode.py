"""Degraded mode: who may declare and leave it, and what holds whatever the order acts arrive in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain import mode
from counter_tui.domain.acts import Act, Second, read_act, write_act
from counter_tui.domain.acts import ActBody as Body
from counter_tui.domain.deadlines import CLOSED
from counter_tui.domain.mode import NORMAL, ModeDeed, ModeState, ModeStep
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Authority, Role
from counter_tui.settings_deadlines import load_deadlines

from .acting import Saying, same_in_any_order
from .build import NOW

DECLARED = ModeDeed(ModeStep.DECLARED, "link")
LEFT = ModeDeed(ModeStep.LEFT)
LATER = NOW + timedelta(hours=1)
IMM, CUS = Agency.IMMIGRATION, Agency.CUSTOMS
DEADLINES = load_deadlines()


def fold_mode(acts: Iterable[Act], now: datetime) -> ModeState:
    return mode.fold_mode(acts, now, DEADLINES)


def loosened(minutes: int = 2000, hours: float = 4, authority: Authority = Authority.IMMIGRATION) -> ModeDeed:
    until = (NOW + timedelta(hours=hours)).isoformat()
    return ModeDeed(ModeStep.LOOSENED, authority=authority, minutes=minutes, until=until)


def person(id_: str, agency: Agency, role: Role = Role.OFFICER) -> Officer:
    return Officer(id_, id_.upper(), agency, role, frozenset({agency}))


def test_nothing_said_is_no_mode() -> None:
    assert fold_mode([], NOW) == NORMAL
    assert not NORMAL.on


def test_it_holds_from_declared_to_left() -> None:
    said = Saying("mode")
    declared = said.say(DECLARED)
    state = fold_mode([declared], LATER)
    assert (state.on, state.reaches, state.since, state.cause) == (True, True, NOW, "link")
    left = said.say(LEFT, minutes=30)
    assert not fold_mode([declared, left], LATER).on
    assert fold_mode([declared, left], LATER).left_at == NOW + timedelta(minutes=30)


def test_what_one_person_said_is_nothing() -> None:
    said = Saying("mode")
    alone, twice = said.say(DECLARED, second=None), said.say(DECLARED, officer="sri", second="sri")
    named = replace(said.say(DECLARED), second=Second("sri"))
    assert fold_mode([alone, twice, named], LATER) == NORMAL
    left = said.say(DECLARED)
    assert fold_mode([left, said.say(LEFT, second=None)], LATER).on


def test_declared_and_left_apart_marks_decisions_and_reaches_no_further() -> None:
    said = Saying("mode")
    acts = [said.say(DECLARED, counter="ENT-3"), said.say(LEFT, counter="ENT-4", minutes=1)]
    state = fold_mode(acts, LATER)
    assert (state.on, state.reaches, state.disputed, state.loosened) == (True, False, True, ())
    same_in_any_order(acts, lambda some: fold_mode(some, LATER))


def test_one_who_knew_of_both_settles_it() -> None:
    said = Saying("mode")
    apart = [said.say(DECLARED, counter="ENT-3"), said.say(LEFT, counter="ENT-4", minutes=1)]
    again = said.say(DECLARED, counter="ENT-5", after=apart, minutes=2)
    state = fold_mode([*apart, again], LATER)
    assert (state.declared, state.reaches, state.disputed) == ((again.id,), True, False)


def test_a_loosening_holds_in_the_mode_until_its_time() -> None:
    said = Saying("mode")
    alone = said.say(loosened(), counter="ENT-4")
    assert fold_mode([alone], NOW).minutes(Authority.IMMIGRATION) == 0
    acts = [said.say(DECLARED), said.say(loosened(hours=4))]
    assert fold_mode(acts, LATER).minutes(Authority.IMMIGRATION) == 2000
    assert fold_mode(acts, LATER).minutes(Authority.SECURITY) == 0
    assert fold_mode(acts, NOW + timedelta(hours=4)).minutes(Authority.IMMIGRATION) == 0


def test_no_loosening_lasts_longer_than_the_longest() -> None:
    said = Saying("mode")
    acts = [said.say(DECLARED), said.say(loosened(hours=900))]
    assert fold_mode(acts, NOW + DEADLINES.loosened).loosened == ()


def test_without_signed_deadlines_nothing_is_loosened_and_the_rerun_is_due_at_once() -> None:
    said = Saying("mode")
    acts = [said.say(DECLARED), said.say(loosened())]
    assert mode.fold_mode(acts, NOW, CLOSED).loosened == ()
    left = [*acts, said.say(LEFT, minutes=9)]
    assert mode.fold_mode(left, LATER, CLOSED).rerun_by == NOW + timedelta(minutes=9)
    assert fold_mode(left, LATER).rerun_by == NOW + timedelta(minutes=39)


def test_of_two_loosenings_apart_the_fewer_minutes_hold() -> None:
    said = Saying("mode")
    declared = said.say(DECLARED)
    acts = [
        declared,
        said.say(loosened(3000), counter="ENT-4", after=[declared]),
        said.say(loosened(1500), counter="ENT-5", after=[declared]),
    ]
    assert fold_mode(acts, LATER).minutes(Authority.IMMIGRATION) == 1500
    same_in_any_order(acts, lambda some: fold_mode(some, LATER))


def test_leaving_ends_what_was_loosened_before_it() -> None:
    said = Saying("mode")
    acts = [said.say(DECLARED), said.say(loosened()), said.say(LEFT, minutes=5), said.say(DECLARED, minutes=6)]
    assert fold_mode(acts, LATER).on
    assert fold_mode(acts, LATER).loosened == ()


@pytest.mark.parametrize(
    ("deed", "first", "second", "why"),
    [
        (DECLARED, person("a", IMM, Role.SUPERVISOR), person("b", CUS), ""),
        (DECLARED, person("a", IMM, Role.SUPERVISOR), None, "act.second-needed"),
        (DECLARED, person("a", IMM, Role.SUPERVISOR), person("a", IMM), "act.same-person"),
        (DECLARED, person("a", IMM, Role.SUPERVISOR), person("b", IMM), "mode.same-agency"),
        (DECLARED, person("a", IMM), person("b", CUS), "mode.no-supervisor"),
        (DECLARED, person("a", IMM), person("b", CUS, Role.TRAINER), "act.role"),
        (ModeDeed(ModeStep.DECLARED, "tired"), person("a", IMM, Role.SUPERVISOR), person("b", CUS), "mode.no-cause"),
        (ModeDeed(ModeStep.DECLARED, "other"), person("a", IMM, Role.SUPERVISOR), person("b", CUS), "mode.note-needed"),
        (LEFT, person("a", IMM), person("b", CUS, Role.SUPERVISOR), ""),
        (loosened(), person("a", IMM, Role.SUPERVISOR), person("b", CUS), ""),
        (loosened(), person("a", CUS, Role.SUPERVISOR), person("b", Agency.SECURITY), "mode.other-agency"),
        (loosened(0), person("a", IMM, Role.SUPERVISOR), person("b", CUS), "mode.wrong-loosening"),
        (
            ModeDeed(ModeStep.LOOSENED, authority=Authority.IMMIGRATION, minutes=9, until="soon"),
            person("a", IMM, Role.SUPERVISOR),
            person("b", CUS),
            "mode.wrong-loosening",
        ),
    ],
)
def test_who_may(deed: ModeDeed, first: Officer, second: Officer | None, why: str) -> None:
    assert deed.why_not(first, second) == why


def test_it_reads_back_as_it_was_written() -> None:
    body = Body("post", "ENT-3", "wijaya", NOW.isoformat(), loosened())
    assert read_act("mode", "ENT-3/1", write_act(body)).deed == loosened()


WORDS = st.sampled_from([DECLARED, LEFT, loosened(1500), loosened(900), loosened(60, authority=Authority.SECURITY)])


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    said, acts = Saying("mode"), list[Act]()
    for minute in range(draw(st.integers(1, 7))):
        known = draw(st.lists(st.sampled_from(acts), max_size=3)) if acts else []
        counter = draw(st.sampled_from(["ENT-3", "ENT-4", "ENT-5"]))
        acts.append(said.say(draw(WORDS), counter=counter, after=known, minutes=minute))
    return acts


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_arrival_makes_no_difference(acts: list[Act], chance: object) -> None:
    shuffled = [*acts, acts[0]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold_mode(shuffled, LATER) == fold_mode(acts, LATER)


@given(histories())
@settings(max_examples=150, deadline=None)
def test_nothing_reaches_further_where_somebody_has_left_and_nobody_knew(acts: list[Act]) -> None:
    state = fold_mode(acts, LATER)
    last = {act.counter: act for act in acts}
    assert state.reaches <= state.on
    assert not state.loosened or state.reaches
    if state.reaches:
        unanswered = [a for a in last.values() if a.deed.step is ModeStep.LEFT and not _answered(a, acts)]
        assert not unanswered


def _answered(left: Act, acts: list[Act]) -> bool:
    return any(left.id in act.after for act in acts)
