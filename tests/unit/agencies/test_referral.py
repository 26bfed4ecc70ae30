"""Random referral around security's connector: nobody at a counter can tell it from an entry that its owner sealed."""

import base64
import json
import math
import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from counter_tui.agencies.ports import Inquiry
from counter_tui.agencies.referral import Referring
from counter_tui.agencies.sealing import make_sealer, unseal
from counter_tui.agencies.security import SecurityConnector
from counter_tui.agencies.security.simulated import Owner
from counter_tui.bootstrap.spared import SparedFile
from counter_tui.domain.coding import to_json
from counter_tui.domain.referral import MILLION, LaneStaff, ReferralRules
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Band, Verdict
from counter_tui.settings_risk import load_referral
from tests.contract.connecting import InProcess

from .asking import LIMITS, NOW, RULES
from .asking import inquiry as ask

KEY = bytes(range(32))
CALL = "0811-222"
EVERYBODY = ReferralRules("1", {"A": LaneStaff("A", MILLION, 1, 1, 1_000)}, CALL)
SOME = ReferralRules("1", {"A": LaneStaff("A", 600, 10, 1_000, 100), "B": LaneStaff("B", 300, 10, 1_000, 100)}, CALL)


@cache
def inquiry() -> Inquiry:
    return ask()


def entry(**given: Any) -> dict[str, Any]:
    listed = {"ref": "L-1", "owner": "POLRI", "handling": "H2", "category": "c", "name": "SOMEBODY ELSE"}
    return listed | {"documents": [{"issuingState": "MYS", "number": "X1234567"}], "call": CALL} | given


def connector(*entries: Any, key: bytes = KEY) -> tuple[SecurityConnector, Owner]:
    owner = Owner(lambda: NOW)
    owner.publish(1, entries, NOW - timedelta(hours=1))
    return SecurityConnector(InProcess(owner.app), RULES, LIMITS, make_sealer("security", 1, key)), owner


def referring(*entries: Any, chance: ReferralRules = EVERYBODY, spared: bool = False, key: bytes = KEY) -> Referring:
    inner, _ = connector(*entries, key=key)
    return Referring(inner, RULES, make_sealer("security", 1, key), chance, lambda _: spared)


def traveller(number: int, *, lane: str = "A", day: int = 0, code: str = "P") -> Inquiry:
    asked = inquiry()
    document = replace(asked.document, number=f"Q{number:07}", code=code)
    return Inquiry(document, asked.direction, lane, NOW + timedelta(days=day))


def masked(section: Section) -> str:
    """All that goes over the wire, but what is random in it."""
    said = to_json(section).decode()
    return re.sub(r'"ciphertext":"[^"]+"', '"ciphertext":""', said)


async def test_it_is_shaped_as_what_its_owner_sealed_to_the_last_byte() -> None:
    sealed = await connector(entry(sealed=True))[0].section(inquiry())
    chance = await referring().section(inquiry())
    assert masked(chance) == masked(sealed)
    assert len(to_json(chance)) == len(to_json(sealed))
    (contribution,) = chance.contributions
    assert (contribution.verdict, contribution.band_floor, contribution.points) == (Verdict.REFER, Band.AMBER, None)


async def test_only_its_owner_reads_that_it_was_chance() -> None:
    section = await referring().section(inquiry())
    (finding,) = section.findings
    assert finding.sealed is not None
    assert "random" not in repr(section)
    assert json.loads(unseal(finding.sealed, KEY))["category"] == "random referral"
    assert len(base64.b64decode(finding.sealed.ciphertext)) == 12 + 256 + 16


async def test_it_is_the_same_at_every_booth_and_every_scan_of_a_day_and_another_on_other_days() -> None:
    here, there = referring(chance=SOME), referring(chance=SOME)
    people = [traveller(n) for n in range(400)]
    drawn = [here.is_drawn(one) for one in people]
    assert drawn == [there.is_drawn(one) for one in people] == [here.is_drawn(one) for one in people]
    later = [here.is_drawn(replace(one, at=one.at + timedelta(hours=3))) for one in people]
    assert later == drawn
    assert drawn != [here.is_drawn(traveller(n, day=1)) for n in range(400)]
    assert any(drawn)


async def test_under_another_key_others_are_drawn() -> None:
    people = [traveller(n) for n in range(400)]
    one, other = referring(chance=SOME), referring(chance=SOME, key=bytes(32))
    assert [one.is_drawn(p) for p in people] != [other.is_drawn(p) for p in people]


@pytest.mark.parametrize(("lane", "rate"), [("A", 0.06), ("B", 0.03)])
def test_as_many_are_drawn_as_the_lane_has_staff_for(lane: str, rate: float) -> None:
    chance, many = referring(chance=SOME), 4_000
    drawn = sum(chance.is_drawn(traveller(n, lane=lane)) for n in range(many))
    assert abs(drawn - many * rate) < 4 * math.sqrt(many * rate * (1 - rate))


def test_days_of_one_traveller_are_drawn_apart() -> None:
    chance, many = referring(chance=SOME), 4_000
    drawn = sum(chance.is_drawn(traveller(1, day=n)) for n in range(many))
    assert abs(drawn - many * 0.06) < 4 * math.sqrt(many * 0.06 * 0.94)


@pytest.mark.parametrize("handling", ["H1", "H2", "H3", "H4", "H6", "H7", "H8", "H9"])
async def test_nothing_is_added_to_what_the_owner_holds(handling: str) -> None:
    listed = entry(handling=handling)
    plain = await connector(listed)[0].section(inquiry())
    assert await referring(listed).section(inquiry()) == plain


async def test_whom_the_owner_watches_unnoticed_looks_like_anybody() -> None:
    anybody = await connector()[0].section(inquiry())
    assert await referring(spared=True).section(inquiry()) == anybody
    assert anybody.contributions == ()


async def test_a_diplomat_is_not_stopped_by_chance() -> None:
    assert (await referring().section(traveller(1, code="PD"))).contributions == ()
    assert (await referring().section(traveller(1))).contributions


async def test_who_crosses_is_told_to_the_owner_as_before() -> None:
    inner, owner = connector()
    await Referring(inner, RULES, make_sealer("security", 1, KEY), EVERYBODY, lambda _: False).discreet(inquiry())
    assert owner.told == 1


def test_without_a_file_of_whom_to_spare_all_are_spared(tmp_path: Path) -> None:
    spared = SparedFile(tmp_path / "spared")
    assert spared(inquiry())
    (tmp_path / "spared").write_text("", "ascii")
    assert not spared(inquiry())
    (tmp_path / "spared").write_text("SGP:Z1\nmys:x1234567\n", "ascii")
    assert spared(inquiry())
    assert not spared(traveller(1))
    (tmp_path / "spared").write_bytes(b"\xff\xfe")
    assert spared(traveller(1))


def test_the_rates_that_are_shipped_are_between_one_and_three_in_a_hundred() -> None:
    rules = load_referral()
    assert {lane: 10_000 <= staff.rate <= 30_000 for lane, staff in rules.lanes.items()} == {"A": True, "B": True}
