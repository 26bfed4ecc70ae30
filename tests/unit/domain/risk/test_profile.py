"""Score and band: what lifts them, that nothing that is added or lost lowers them, and that machines agree."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.crossings import Crossing
from counter_tui.domain.risk import JointRisk, RiskRules, assess, joint_score, score_of
from counter_tui.domain.screened import ScreeningState
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.view import whole_seconds
from counter_tui.domain.words import Authority, Band, SourceState, SubjectKind, Verdict
from counter_tui.settings_risk import load_risk
from tests.unit.domain.build import GOODS, NOW, PERSON, contribution, crossing, section
from tests.unit.domain.risk.build import loading, profile, row, rules, situation, whole

SHIPPED = load_risk()
for _ in SHIPPED.indicators.conditions.compile():
    pass
PLAIN = rules()

ACTIONS = ["isolate", "expired-document", "cash-count", "entry-ban", "vehicle-declaration", "hold", "refer"]
contributions = st.builds(
    lambda authority, verdict, points, floor, action, banded, subject: replace(
        contribution(authority, verdict, points, subject=subject, floor=floor, action=action), banded=banded
    ),
    st.sampled_from(Authority),
    st.sampled_from(Verdict),
    st.none() | st.integers(-20, 120),
    st.sampled_from(Band),
    st.sampled_from(ACTIONS),
    st.booleans(),
    st.sampled_from([PERSON, GOODS]),
)
crossings = st.builds(
    lambda nation, born, hour: replace(crossing(nation, birth=born), opened_at=NOW.replace(hour=hour)),
    st.sampled_from(["IDN", "MYS"]),
    st.dates(date(1930, 1, 1), date(2026, 1, 1)),
    st.integers(0, 23),
)
both = pytest.mark.parametrize("by", [PLAIN, SHIPPED], ids=["plain", "shipped"])


def unique(found: list[Contribution]) -> list[Contribution]:
    return list({c.id: c for c in found}.values())


# -- scores


def test_open_points_add_up_and_of_what_is_banded_the_greatest_counts_once() -> None:
    banded = [replace(contribution(Authority.CUSTOMS, points=n, action=f"b{n}"), banded=True) for n in (30, 60)]
    opened = contribution(Authority.CUSTOMS, points=15)
    assert score_of([opened, *banded]) == 75
    assert score_of(banded) == 60
    assert score_of([contribution(Authority.CUSTOMS, points=70), *banded]) == 100


def test_sealed_and_negative_points_count_nothing() -> None:
    assert score_of([contribution(Authority.CUSTOMS, points=None), contribution(Authority.CUSTOMS, points=-30)]) == 0


@pytest.mark.parametrize(
    ("scores", "joint"),
    [
        ([], 0),
        ([40], 40),
        ([40, 20], 45),
        ([10, 40, 9], 44),
        ([40, 3], 40),
        ([90, 90, 90, 90, 90], 100),
        ([3, 3, 3], 4),
    ],
)
def test_the_highest_and_a_quarter_of_the_others_rounded_down(scores: list[int], joint: int) -> None:
    assert joint_score(scores) == joint
    assert joint_score(reversed(scores)) == joint


@given(st.lists(st.integers(0, 100), min_size=1, max_size=5), st.data())
def test_a_score_that_rises_lowers_no_joint_score(scores: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(scores) - 1))
    higher = [*scores[:at], data.draw(st.integers(scores[at], 100)), *scores[at + 1 :]]
    assert joint_score(higher) >= joint_score(scores)


# -- bands


def test_rows_that_hold_are_reasons_with_their_owners_points() -> None:
    by = rules(
        row("a", "customs_score >= 20", points=15, params=("customs_score", "customs_actions")),
        row("b", "hour > 30", points=50),
        row("c", "direction == 'entry'", band_floor=Band.AMBER),
    )
    risk = profile(contribution(Authority.CUSTOMS, points=20), by=by)
    assert (risk.score, risk.band) == (35, Band.AMBER)
    assert [(c.id, c.points) for c in risk.reasons if c.id.startswith("risk/")] == [("risk/c", 0), ("risk/a", 15)]
    assert [(held.words.code, held.words.as_dict()) for held in risk.rows] == [
        ("indicator.a", {"customs_score": 20, "customs_actions": "refer"}),
        ("indicator.c", {}),
    ]


def test_a_row_does_not_count_before_its_day() -> None:
    by = rules(row("later", "true", points=50, valid_from=NOW.date() + timedelta(days=1)))
    assert profile(by=by).score == 0
    assert profile(by=by, of=replace(crossing(), opened_at=NOW + timedelta(days=1))).score == 50


def test_a_row_with_a_verdict_calls_for_something_in_its_authoritys_section() -> None:
    by = rules(
        row("call", "true", verdict=Verdict.REFER, action="interview", subject=SubjectKind.GOODS, points=5),
        row("weigh", "true", points=5),
    )
    _, sections = assess(situation(whole()), by)
    customs = next(s for s in sections if s.authority is Authority.CUSTOMS)
    assert [(c.id, c.verdict, c.action, c.subject.kind) for c in customs.contributions] == [
        ("risk/call", Verdict.REFER, "interview", SubjectKind.GOODS)
    ]
    assert [f.text.code for f in customs.findings if f.text] == ["indicator.call"]
    assert all(not s.contributions for s in sections if s is not customs)


def test_a_row_that_cannot_be_evaluated_says_so_and_makes_the_band_amber() -> None:
    by = rules(row("broken", "hour > 'a'"), row("unknown", "colour == 'red'"))
    risk = profile(by=by)
    assert (risk.score, risk.band) == (0, Band.AMBER)
    assert [(u.id, u.why.code, u.waits_for) for u in risk.unjudged] == [
        ("broken", "condition.not-comparable", None),
        ("unknown", "condition.unknown-variable", None),
    ]


def test_a_row_that_waits_for_an_authority_says_for_which() -> None:
    by = rules(row("waits", "health_score > 3"), row("not", "health_score > 3 || citizen || !citizen"))
    risk = profile(by=by, absent=(Authority.HEALTH,))
    assert [(u.id, u.waits_for) for u in risk.unjudged] == [("waits", Authority.HEALTH)]


def test_while_the_rules_are_loading_the_band_is_at_least_the_contributions_own() -> None:
    by = loading(row("a", "true", band_floor=Band.RED))
    risk = profile(contribution(Authority.CUSTOMS, points=40), by=by)
    assert (risk.loading, risk.band, risk.score) == (True, Band.AMBER, 40)
    assert profile(contribution(Authority.CUSTOMS, points=40), by=rules(*by.indicators.rows)).band is Band.RED


def test_the_three_strongest_open_reasons_and_whose_matters_are_sealed() -> None:
    risk = profile(
        *(contribution(Authority.CUSTOMS, points=n, action=f"a{n}") for n in (5, 10, 20, 15)),
        contribution(Authority.SECURITY, points=None, floor=Band.RED),
        by=PLAIN,
    )
    assert [c.points for c in risk.strongest] == [20, 15, 10]
    assert risk.sealed == (Authority.SECURITY,)
    assert risk.reasons[0].points is None


def test_missing_and_old_lists_are_never_green() -> None:
    for lists in (ScreeningState(not_checked=(Authority.SECURITY,)), ScreeningState(stale=(Authority.SECURITY,))):
        assert assess(situation(whole(), lists=lists), PLAIN)[0].band is Band.AMBER


# -- what may not happen


@both
@given(st.lists(contributions, max_size=6), contributions, crossings)
@settings(max_examples=40, deadline=None)
def test_a_contribution_that_is_added_lowers_nothing(
    by: RiskRules, found: list[Contribution], more: Contribution, of: Crossing
) -> None:
    held = [c for c in unique(found) if c.id != more.id]
    before = profile(*held, by=by, of=of)
    after = profile(*held, more, by=by, of=of)
    assert after.band >= before.band
    assert after.score >= before.score


@both
@given(st.lists(contributions, max_size=6), st.sampled_from(Authority), crossings)
@settings(max_examples=40, deadline=None)
def test_a_source_that_is_lost_lowers_nothing_that_others_hold(
    by: RiskRules, found: list[Contribution], lost: Authority, of: Crossing
) -> None:
    held = unique(found)
    others = [c for c in held if c.authority is not lost]
    without = profile(*others, by=by, absent=(lost,), of=of)
    clean = profile(*others, by=by, of=of)
    assert without.band >= max(clean.band, Band.AMBER)
    aged = [
        replace(s, source=SourceState.CACHED, as_of=NOW - timedelta(days=1)) if s.authority is lost else s
        for s in whole(*held)
    ]
    live = profile(*held, by=by, of=of)
    assert assess(situation(aged, of=of), by)[0].band >= live.band


@both
@given(st.lists(contributions, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_order_does_not_matter(by: RiskRules, found: list[Contribution], chance: random.Random) -> None:
    held = unique(found)
    mixed = list(held)
    chance.shuffle(mixed)
    sections = list(whole(*mixed))
    chance.shuffle(sections)
    here, there = profile(*held, by=by), assess(situation(sections), by)[0]
    assert here == there
    assert here.digest() == there.digest()


@both
@given(st.lists(contributions, max_size=6), st.sets(st.sampled_from(Authority)))
@settings(max_examples=30, deadline=None)
def test_the_band_is_never_below_any_floor_or_any_authoritys_own(
    by: RiskRules, found: list[Contribution], absent: set[Authority]
) -> None:
    held = [c for c in unique(found) if c.authority not in absent]
    risk = profile(*held, by=by, absent=tuple(absent))
    assert risk.band >= max([by.band(risk.score), *(c.band_floor for c in held), *(by.band(s) for _, s in risk.scores)])
    assert risk.band >= (Band.AMBER if absent else Band.GREEN)


# -- any machine

KNOWN = "af8029deece7d096b75e28cb477d2b3e1213e9d4e2ec7537be6bab699c802d55"
EXAMPLE = """
from tests.unit.domain.risk.test_profile import example
print(example().digest())
"""


def example() -> JointRisk:
    by = rules(
        row("a", "customs_score >= 20 && hour < 24", points=15),
        row("b", "health_score > 1", points=7),
        row("c", "security_count > 0", band_floor=Band.AMBER, authority=Authority.SECURITY),
        version="2026-11-22",
    )
    return profile(
        contribution(Authority.CUSTOMS, Verdict.HOLD, 45, subject=GOODS, floor=Band.AMBER, action="hold"),
        contribution(Authority.IMMIGRATION, points=13),
        contribution(Authority.SECURITY, points=None, floor=Band.AMBER, action="sealed-stop"),
        by=by,
        absent=(Authority.HEALTH,),
    )


def test_the_same_contributions_give_the_known_result() -> None:
    assert (example().score, example().band) == (63, Band.RED)
    assert example().digest() == KNOWN


@pytest.mark.parametrize("seed", ["1"])
def test_another_process_with_other_hashes_comes_to_the_same(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", EXAMPLE], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
    )
    assert told.stdout.decode().strip() == KNOWN


def test_the_moment_is_whole_seconds_after_opening() -> None:
    opened = replace(crossing(), opened_at=NOW.replace(microsecond=700_000))
    assert whole_seconds(opened, NOW + timedelta(seconds=5)) == opened.opened_at + timedelta(seconds=4)
    assert whole_seconds(opened, NOW) == opened.opened_at - timedelta(seconds=1)


def test_the_digest_changes_with_what_is_said() -> None:
    digests = {
        profile(by=PLAIN).digest(),
        profile(by=rules(version="2")).digest(),
        profile(contribution(Authority.CUSTOMS), by=PLAIN).digest(),
        profile(replace(contribution(Authority.CUSTOMS), action="x"), by=PLAIN).digest(),
        profile(by=PLAIN, absent=(Authority.CUSTOMS,)).digest(),
        profile(by=loading(row("a", "true"))).digest(),
        profile(by=rules(row("a", "hour > 'a'"))).digest(),
    }
    assert len(digests) == 7
    assert all(len(json.dumps(d)) == 66 for d in digests)


def test_sections_and_contributions_keep_what_they_are() -> None:
    given_: tuple[Section, ...] = (section(Authority.CUSTOMS, contribution(Authority.CUSTOMS)),)
    _, sections = assess(situation(given_), PLAIN)
    assert sections == given_
