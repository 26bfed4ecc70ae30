"""An emergency that was called stands until health, knowing of it, ends it; and opens the corridor."""

import pytest

from counter_tui import settings
from counter_tui.domain.acts import Act, project_act, read_act, write_act
from counter_tui.domain.acts import ActBody as Body
from counter_tui.domain.emergency import EMERGENCY, EmergencyDeed, End, calls, was_called, with_emergency
from counter_tui.domain.procedures import Plan, Rank, plan
from counter_tui.domain.procedures.deeds import Did
from counter_tui.domain.procedures.progress import State, progress
from counter_tui.domain.view import circumstances
from counter_tui.domain.words import Agency, Authority, SourceState
from tests.unit.domain.build import NOW, POST, crossing, section, sections

from .cases.telling import Telling, together
from .procedures.build import did, officer, procedure, step

FINDINGS = settings.load_findings()
OVER, NONE = EmergencyDeed(End.OVER, "treated, fit"), EmergencyDeed(End.NONE, "the wrong key")


def call(counter: Telling, deed: EmergencyDeed = EmergencyDeed(), minute: float = 0) -> Act:  # noqa: B008 - frozen
    return counter.say(deed, minute, kind=EMERGENCY)


def test_a_call_stands_until_it_is_ended_by_somebody_who_knows_of_it() -> None:
    here, there = Telling("ENT-3", thread="c1"), Telling("ENT-4", thread="c1")
    called = call(here)
    call(there, OVER, 1)
    assert calls(together(here, there)) == (called,), "said apart: help goes on"
    assert calls(reversed(together(here, there))) == (called,)
    there.hear(here)
    call(there, OVER, 2)
    assert calls(together(here, there)) == ()
    again = call(there, minute=3)
    assert calls(together(here, there)) == (again,)
    assert calls(together(here, there), frozenset({again.id})) == (), "taken back"


def test_anybody_calls_and_health_alone_ends_it_in_words() -> None:
    vet, customs = officer(Agency.QUARANTINE), officer(Agency.CUSTOMS)
    assert EmergencyDeed().why_not(customs, None) == ""
    assert OVER.why_not(customs, None) == "emergency.not-yours"
    assert OVER.why_not(vet, None) == ""
    assert EmergencyDeed(End.OVER, "  ").why_not(vet, None) == "emergency.words"


def test_why_it_is_over_is_healths_own() -> None:
    raw = write_act(Body("c1", "ENT-3", "nurul", NOW.isoformat(), OVER))
    own, other = project_act(EMERGENCY, raw, {Agency.QUARANTINE}), project_act(EMERGENCY, raw, {Agency.CUSTOMS})
    assert own == raw
    assert other is not None
    assert read_act(EMERGENCY, "ENT-3/1", other).deed == EmergencyDeed(End.OVER)


@pytest.mark.parametrize("source", [SourceState.LIVE, SourceState.NOT_CHECKED])
def test_a_call_counts_as_healths_own_record_would_whether_health_answers_or_not(source: SourceState) -> None:
    here = Telling("ENT-3", thread="c1")
    before = sections(health=section(Authority.HEALTH, source=source))
    assert with_emergency(before, here.told.values(), FINDINGS) == before
    call(here)
    after = with_emergency(before, here.told.values(), FINDINGS)
    assert was_called(after)
    assert not was_called(before)
    (contribution,) = next(s for s in after if s.authority is Authority.HEALTH).contributions
    assert contribution.action == "medical-emergency"
    assert circumstances(crossing(), after, POST, NOW.date()).medical_emergency
    call(here, OVER, 5)
    over = with_emergency(before, here.told.values(), FINDINGS)
    assert was_called(over), "what is left to be done stays"
    assert not any(s.contributions for s in over)
    call(here, NONE, 6)
    assert with_emergency(before, here.told.values(), FINDINGS) == before, "there was none"


def test_what_healths_own_record_says_is_not_said_twice() -> None:
    here = Telling("ENT-3", thread="c1")
    call(here)
    own = sections(health=section(Authority.HEALTH, FINDINGS.report("health.emergency")[1]))
    assert with_emergency(own, here.told.values(), FINDINGS) == own


def rescue() -> Plan:
    corridor = step("ambulance", Authority.HEALTH, blocks=True)
    return plan([procedure("p", corridor, step("bags"), rank=Rank.LIFE)])


def test_the_call_opens_the_corridor_and_who_knows_of_it_may_open_that_step_again() -> None:
    here = Telling("ENT-3", thread="c1")
    begun = did(rescue(), "ambulance", Did.BEGUN, 0, id_="ENT-9/1")
    called = call(here, minute=1)
    found = progress(rescue(), [begun, called], NOW)
    assert [s.state for s in found.steps] == [State.DONE, State.DUE]
    assert (found.steps[0].finished_at, found.steps[0].by) == (called.at, called.officer)
    call(here, OVER, 2)
    assert [s.state for s in progress(rescue(), here.told.values(), NOW).steps] == [State.DONE, State.DUE]
    again = did(rescue(), "ambulance", Did.BEGUN, 2, id_="ENT-3/9", after=(called.id,))
    assert [s.state for s in progress(rescue(), [called, again], NOW).steps] == [State.BEGUN, State.LATER]
    assert [s.state for s in progress(rescue(), [called], NOW, void={called.id}).steps] == [State.DUE, State.LATER]
