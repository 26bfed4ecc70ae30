"""What would bring the band down."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.risk import Change, assess
from counter_tui.domain.screened import ScreeningState
from counter_tui.domain.sections import Contribution
from counter_tui.domain.words import Authority, Band, SourceState
from tests.unit.domain.build import NOW, contribution, section
from tests.unit.domain.risk.build import loading, profile, row, rules, situation, whole
from tests.unit.domain.risk.test_profile import SHIPPED, contributions, unique

A, B = Authority.CUSTOMS, Authority.HEALTH
PLAIN = rules()


def test_a_green_band_needs_no_change() -> None:
    assert profile(contribution(A, points=3), by=PLAIN).changes == ()


def test_one_reason_that_holds_the_band_alone() -> None:
    heavy, light = contribution(A, points=60, floor=Band.RED, action="pork"), contribution(B, points=8)
    assert profile(heavy, light, by=PLAIN).changes == (Change(Band.GREEN, 8, (heavy.id,)),)


def test_each_reason_that_suffices_the_most_helpful_first() -> None:
    one, two = contribution(A, points=25, action="one"), contribution(A, points=12, action="two")
    changes = profile(one, two, by=PLAIN).changes
    assert changes == (Change(Band.GREEN, 12, (one.id,)), Change(Band.GREEN, 25, (two.id,)))


def test_what_has_to_come_together_and_no_more() -> None:
    one = contribution(A, points=35, floor=Band.AMBER, action="one")
    small = contribution(A, points=5, action="small")
    other = contribution(B, points=32, floor=Band.AMBER, action="other")
    assert profile(one, small, other, by=PLAIN).changes == (Change(Band.GREEN, 5, (one.id, other.id)),)


def test_what_need_not_go_is_spared() -> None:
    beside = contribution(B, points=1, floor=Band.AMBER)
    heavy = [contribution(A, points=40, action=f"a{n}") for n in range(3)]
    assert profile(beside, *heavy, by=PLAIN).changes == (Change(Band.AMBER, 40, (heavy[0].id, heavy[1].id)),)


def test_an_answer_that_is_missing() -> None:
    changes = profile(by=PLAIN, absent=(A,)).changes
    assert changes == (Change(Band.GREEN, 0, (), (A,)),)
    both = profile(by=PLAIN, absent=(A, B)).changes
    assert both == (Change(Band.GREEN, 0, (), (A, B)),)


def test_a_reason_and_an_answer_together() -> None:
    heavy = contribution(A, points=40, floor=Band.AMBER)
    assert profile(heavy, by=PLAIN, absent=(B,)).changes == (Change(Band.GREEN, 0, (heavy.id,), (B,)),)


def test_an_old_source_and_old_lists_can_answer() -> None:
    old = section(Authority.SECURITY, source=SourceState.CACHED, age=timedelta(hours=2))
    sections = [old if s.authority is Authority.SECURITY else s for s in whole()]
    lists = ScreeningState(stale=(Authority.IMMIGRATION,))
    risk, _ = assess(situation(sections, lists=lists), PLAIN)
    assert risk.changes == (Change(Band.GREEN, 0, (), (Authority.IMMIGRATION, Authority.SECURITY)),)


def test_a_sealed_matter_is_named_without_points() -> None:
    sealed = contribution(Authority.SECURITY, points=None, floor=Band.RED)
    assert profile(sealed, by=PLAIN).changes == (Change(Band.GREEN, 0, (sealed.id,)),)


def test_a_row_falls_with_what_it_leans_on() -> None:
    by = rules(row("joint", "customs_count > 0 && health_count > 0", points=0, band_floor=Band.RED))
    one, two = contribution(A, points=5), contribution(B, points=8)
    changes = profile(one, two, by=by).changes
    assert {c.reasons for c in changes} == {("risk/joint",), (one.id,), (two.id,)}
    assert all(c.band is Band.GREEN for c in changes)


def test_a_row_that_cannot_be_evaluated_is_a_cause_of_its_own() -> None:
    by = rules(row("broken", "hour > 'a'"))
    assert profile(by=by).changes == (Change(Band.GREEN, 0, ("risk/broken",)),)


def test_a_row_that_waits_for_an_answer_is_settled_by_it() -> None:
    by = rules(row("waits", "customs_score > 3", points=50))
    assert profile(by=by, absent=(A,)).changes == (Change(Band.GREEN, 0, (), (A,)),)


def test_while_the_rules_are_loading_the_reasons_are_still_weighed() -> None:
    heavy = contribution(A, points=40)
    assert profile(heavy, by=loading(row("a", "true"))).changes == (Change(Band.GREEN, 0, (heavy.id,)),)


@given(st.lists(contributions, max_size=6), st.sets(st.sampled_from(Authority), max_size=2))
@settings(max_examples=40, deadline=None)
def test_every_change_is_true_and_below_the_band(found: list[Contribution], absent: set[Authority]) -> None:
    held = [c for c in unique(found) if c.authority not in absent]
    here = situation(whole(*held, absent=tuple(absent)))
    risk, _ = assess(here, SHIPPED)
    for change in risk.changes:
        then = here.without(frozenset(change.reasons)).answered(frozenset(change.sources))
        again, _ = assess(then, SHIPPED)
        assert (again.band, again.score) == (change.band, change.score)
        assert change.band < risk.band
    if risk.band > Band.GREEN:
        assert risk.changes


def test_a_situation_without_a_reason_is_otherwise_the_same() -> None:
    here = situation(whole(contribution(A), contribution(B)))
    then = here.without(frozenset({contribution(A).id}))
    assert [s.contributions for s in then.sections if s.authority is A] == [()]
    assert replace(then, sections=here.sections) == here
    assert here.answered(frozenset({A})) == here
    assert here.at == NOW
