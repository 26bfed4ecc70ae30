"""Degraded mode and the floor at a booth: two people declare it, the officer attests, and the decision bears both."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.identity import Identity, Person, text
from counter_tui.domain.decisions import ATTESTED, why_not_green
from counter_tui.domain.entries import DECISION, read_decision
from counter_tui.domain.floor import Attest, Floor
from counter_tui.domain.mode import ModeDeed, ModeStep
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Agency, Authority, Basis, Role, SourceState
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_floor import load_floor
from counter_tui.workstation.records import CachedRecords
from offline_cache import Records
from offline_cache.signing import generate, wrap_with_pin

from .build import CHEAP, OFFICER, PIN, SUPERVISOR, Rig, identity, rig
from .conftest import Make
from .test_screening import BUDI, document

CHIEF = Officer("dewi", "DEWI", Agency.CUSTOMS, Role.SUPERVISOR, frozenset(Agency))
FLOOR = load_floor(settings.load_documents())
DECLARED, LEFT = ModeDeed(ModeStep.DECLARED, "link"), ModeDeed(ModeStep.LEFT)


def post() -> Identity:
    """A counter where a supervisor of customs can sign as well."""
    pair, who = generate(), identity()
    chief = Person(CHIEF, text(pair.public), text(wrap_with_pin(PIN, pair.private, b"", cost=CHEAP)))
    return replace(who, roster=(*who.roster, chief))


async def at_booth(make: Make) -> Rig:
    r = make(who=post(), floor=FLOOR)
    r.link.up = False
    await r.booth.sign_in(OFFICER.id, PIN)
    return r


def hold(r: Rig, hours: float) -> None:
    """What the cache holds of the traveller, so old."""
    records, at = CachedRecords(Records(r.vault)), r.clock.now()
    r.clock.pass_(-hours * 3600)
    then = r.clock.now()
    r.clock.pass_(hours * 3600)
    assert r.clock.now() == at
    for authority in Authority:
        records.keep_section(document(BUDI).key, Section(authority, SourceState.LIVE, then), then)


def floor(r: Rig) -> Floor:
    assert r.booth.view is not None
    assert r.booth.view.floor is not None
    return r.booth.view.floor


def why(r: Rig) -> tuple[str, ...]:
    assert r.booth.view is not None
    return why_not_green(r.booth.view, OFFICER)


async def declare(r: Rig, deed: ModeDeed = DECLARED) -> None:
    await r.booth.watching.modes.sign(deed, CHIEF.id, PIN)


async def test_what_is_hours_old_is_attested_then_cleared_and_the_entry_says_so(make: Make) -> None:
    r = await at_booth(make)
    hold(r, 3)
    await r.booth.open(document(BUDI))
    assert why(r) == ("floor.attest",)
    with pytest.raises(DecisionError, match="not-green"):
        await r.booth.clear(r.booth.view.digest)  # type: ignore[union-attr]
    r.booth.watching.attest(frozenset(floor(r).missing))
    assert why(r) == ()
    recorded = await r.booth.clear(r.booth.view.digest)  # type: ignore[union-attr]
    assert recorded.complete
    body = read_decision(r.ledger.find(recorded.sequence).body)  # type: ignore[union-attr, arg-type]
    assert body.floor is not None
    assert body.floor.attested == tuple(a.value for a in Attest if a is not Attest.GUARDIAN and a in floor(r).attested)
    leaning = {j.authority for j in body.judgements if j.reason == ATTESTED and j.basis is Basis.OFFICER}
    assert leaning == set(floor(r).leans)


async def test_what_was_attested_is_of_this_traveller_alone(make: Make) -> None:
    r = await at_booth(make)
    hold(r, 3)
    await r.booth.open(document(BUDI))
    r.booth.watching.attest(frozenset(Attest))
    await r.booth.park()
    await r.booth.resume((await r.booth.parked())[0].id)
    assert why(r) == ("floor.attest",)


async def test_degraded_mode_reaches_further_while_two_people_declare_it(make: Make) -> None:
    r = await at_booth(make)
    hold(r, 10)
    await r.booth.open(document(BUDI))
    assert why(r) == ("floor.declare",)
    await declare(r)
    assert why(r) == ("floor.attest",)
    r.booth.watching.attest(frozenset(Attest))
    sequence = (await r.booth.clear(r.booth.view.digest)).sequence  # type: ignore[union-attr]
    body = read_decision(r.ledger.find(sequence).body)  # type: ignore[union-attr, arg-type]
    assert body.floor is not None
    assert body.floor.mode == r.booth.watching.modes.state.declared != ()


async def test_leaving_takes_back_what_it_reached(make: Make) -> None:
    r = await at_booth(make)
    hold(r, 10)
    await r.booth.open(document(BUDI))
    await declare(r)
    r.booth.watching.attest(frozenset(Attest))
    painted = r.booth.view.digest  # type: ignore[union-attr]
    await declare(r, LEFT)
    with pytest.raises(DecisionError, match="not-green"):
        await r.booth.clear(painted)


async def test_every_decision_in_the_mode_is_marked_even_where_all_is_fresh(make: Make) -> None:
    r = await at_booth(make)
    r.link.up = True
    r.link.answers = [Section(a, SourceState.LIVE, r.clock.now()) for a in Authority]
    await declare(r)
    hold(r, 0)
    await r.booth.open(document(BUDI))
    sequence = (await r.booth.clear(r.booth.view.digest)).sequence  # type: ignore[union-attr]
    body = read_decision(r.ledger.find(sequence).body)  # type: ignore[union-attr, arg-type]
    assert body.floor is not None
    assert (body.floor.attested, len(body.floor.mode)) == ((), 1)


async def test_the_mode_is_there_after_an_end_and_nobody_needs_to_be_told(make: Make) -> None:
    r = await at_booth(make)
    await declare(r)
    r = make(who=post(), floor=FLOOR)
    await r.booth.sign_in(OFFICER.id, PIN)
    assert r.booth.watching.modes.state.on


async def test_the_status_knows_the_mode_also_for_who_signs_in_next(make: Make) -> None:
    r = await at_booth(make)
    await declare(r)
    assert r.booth.last_status.degraded == r.clock.now()
    await r.booth.sign_out()
    await r.booth.sign_in(SUPERVISOR.id, PIN)
    assert r.booth.last_status.degraded is not None
    assert r.booth.watching.recalls._task is not None
    await declare(r, LEFT)
    assert r.booth.last_status.degraded is None


async def test_nobody_declares_it_alone_or_with_the_own_agency(make: Make) -> None:
    r = await at_booth(make)
    modes = r.booth.watching.modes
    assert modes.seconds(DECLARED) == (CHIEF,)
    with pytest.raises(DecisionError, match="same-agency"):
        await modes.sign(DECLARED, SUPERVISOR.id, PIN)
    with pytest.raises(SignInError, match="wrong-pin"):
        await modes.sign(DECLARED, CHIEF.id, "0000")
    assert not modes.state.on
    assert not r.ledger.of_kind("mode")


async def test_a_limit_that_two_people_loosened_ends_by_the_clock(make: Make) -> None:
    r = await at_booth(make)
    modes = r.booth.watching.modes
    await declare(r)
    await modes.sign(modes.loosening(Authority.CUSTOMS, 9000), CHIEF.id, PIN)
    assert modes.state.minutes(Authority.CUSTOMS) == 9000
    r.clock.pass_(modes.deadlines.loosening.total_seconds())
    assert modes.state.minutes(Authority.CUSTOMS) == 0


async def test_both_signatures_stand_in_the_entry(tmp_path: Path) -> None:
    r = rig(tmp_path, who=post(), floor=FLOOR)
    try:
        await r.booth.sign_in(OFFICER.id, PIN)
        await declare(r)
        (sequence,) = r.ledger.of_kind("mode")
        (act,) = r.booth.acts.of("post")
        assert (act.officer, act.second.officer) == (OFFICER.id, CHIEF.id)  # type: ignore[union-attr]
        assert base64.b64decode(act.second.signature)  # type: ignore[union-attr]
        assert not r.ledger.of_kind(DECISION)
        assert r.ledger.find(sequence).group == "post"  # type: ignore[union-attr]
    finally:
        r.close()
