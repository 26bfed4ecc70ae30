"""A decision says what it leaned on: years later its joint risk comes out the same."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.decisions import Decision
from counter_tui.domain.entries import DecisionBody, decision_body, read_decision, versions
from counter_tui.domain.procedures import NONE
from counter_tui.domain.recomputing import recompute
from counter_tui.domain.risk import Indicators, JointRisk, RiskRules
from counter_tui.domain.screened import ScreeningState
from counter_tui.domain.sections import Contribution
from counter_tui.domain.view import MergedView, Rulebook, merge
from counter_tui.domain.words import Authority, Band, SourceState, Verdict
from counter_tui.errors import CounterError
from tests.unit.domain.build import NOW, POST, contribution, crossing, officer, section
from tests.unit.domain.risk.build import loading, row, rules, whole
from tests.unit.domain.risk.test_profile import SHIPPED, contributions, unique

ROWS = (
    row("old", "customs_age >= 7 && age >= 36", points=9, params=("customs_age",)),
    row("call", "group_size > 10 && hour < 12", verdict=Verdict.REFER, action="interview", points=4),
    row("broken", "hour > 'a'"),
)


def view(*found: Contribution, by: RiskRules, screened: tuple[Contribution, ...] = ()) -> MergedView:
    opened = NOW + timedelta(microseconds=123_456)
    bus = replace(crossing(), opened_at=opened, group=Group("g", GroupKind.BUS, "SJS", 20))
    held = [*found, *screened]
    cached = section(
        Authority.CUSTOMS,
        *[c for c in held if c.authority is Authority.CUSTOMS],
        source=SourceState.CACHED,
        age=timedelta(minutes=7, seconds=-3),
    )
    sections = [cached if s.authority is Authority.CUSTOMS else s for s in whole(*held, absent=(Authority.HEALTH,))]
    lists = ScreeningState(not_checked=(Authority.SECURITY,), stale=(Authority.IMMIGRATION,), contributions=screened)
    now = NOW + timedelta(seconds=4, milliseconds=900)
    return merge(bus, sections, (), POST, Rulebook(by, NONE, f"risk {by.version}, procedures 1"), now, lists)


def recorded(of: MergedView, by: RiskRules) -> DecisionBody:
    return read_decision(decision_body(Decision(of, officer(), ()), f"risk {by.version}, procedures 1, lists 4"))


def again(body: DecisionBody, by: RiskRules) -> JointRisk:
    """With the rules as another process reads them, not yet compiled."""
    fresh = RiskRules(by.version, by.amber, by.red, by.stale_after, Indicators(by.indicators.rows))
    return recompute(body, fresh, POST.country)


def test_the_joint_risk_comes_out_the_same() -> None:
    by = rules(*ROWS, version="2026-11-22")
    of = view(
        contribution(Authority.CUSTOMS, Verdict.HOLD, 35, floor=Band.AMBER),
        contribution(Authority.ANIMAL_PLANT, points=None, floor=Band.RED),
        by=by,
        screened=(contribution(Authority.SECURITY, points=45, action="listed"),),
    )
    body = recorded(of, by)
    assert again(body, by) == of.risk
    assert again(body, by).digest() == of.risk.digest()
    assert body.joint is not None
    assert (body.joint.score, body.joint.band, body.joint.after) == (of.risk.score, of.risk.band, 4)
    assert [c.id for c in body.leaned] == ["customs/refer/person", "animal_plant/refer/person"]
    assert {c.id for c in of.risk.reasons} >= {"risk/old", "risk/call", "security/listed/person"}


@given(st.lists(contributions, max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_was_found_it_comes_out_the_same(found: list[Contribution]) -> None:
    held = [c for c in unique(found) if c.authority is not Authority.HEALTH]
    of = view(*held, by=SHIPPED)
    assert again(recorded(of, SHIPPED), SHIPPED) == of.risk


def test_what_was_decided_while_the_rules_were_loading_leaned_on_none() -> None:
    by = loading(*ROWS, version="5")
    of = view(by=by)
    for _ in by.indicators.conditions.compile():
        pass
    body = recorded(of, by)
    assert recompute(body, by, POST.country) == of.risk
    assert of.risk.loading


def test_rules_of_another_version_are_not_taken() -> None:
    by = rules(version="7")
    body = recorded(view(by=by), by)
    with pytest.raises(CounterError, match=r"joint\.other-version"):
        recompute(body, rules(version="8"), POST.country)


def test_an_entry_of_an_earlier_version_reads_and_is_not_worked_out() -> None:
    by = rules(version="7")
    plain = json.loads(decision_body(Decision(view(by=by), officer(), ()), "risk 7"))
    del plain["leaned"], plain["joint"]
    body = read_decision(json.dumps(plain).encode())
    assert (body.leaned, body.joint) == ((), None)
    with pytest.raises(CounterError, match=r"joint\.not-recorded"):
        recompute(body, by, POST.country)


def test_a_decision_names_the_version_of_each_part() -> None:
    assert versions("risk 2026-11-22, procedures 7, lists a b") == {
        "risk": "2026-11-22",
        "procedures": "7",
        "lists": "a b",
    }


def test_the_rules_of_risk_are_not_loaded_before_a_traveller_is_there() -> None:
    script = "import sys, counter_tui.workstation.booth; sys.exit('counter_tui.domain.risk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
