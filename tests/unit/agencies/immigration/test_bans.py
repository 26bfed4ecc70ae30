from datetime import date
from typing import Any

import pytest

from counter_tui.domain.days import add_months
from counter_tui.domain.texts import text
from counter_tui.domain.words import Direction

from ..asking import found
from .answers import AS_OF, TODAY, codes, day, fields, hit, said


@pytest.mark.parametrize(
    ("kind", "direction", "code"),
    [
        ("TANGKAL", Direction.ENTRY, {"tangkal"}),
        ("TANGKAL", Direction.EXIT, set()),
        ("CEGAH", Direction.EXIT, {"cegah"}),
        ("CEGAH", Direction.ENTRY, set()),
    ],
)
async def test_a_ban_binds_in_its_own_direction(kind: str, direction: Direction, code: set[str]) -> None:
    assert await codes(hit(kind), direction=direction) == code
    unverified = {f"{c}-candidate" for c in code}
    assert await codes(hit(kind, status="CANDIDATE"), direction=direction) == unverified


async def test_a_ban_that_ended_no_longer_binds_and_one_to_come_not_yet() -> None:
    assert await codes(hit("TANGKAL", end=day(0))) == {"tangkal"}
    assert await codes(hit("TANGKAL", end=day(-1))) == {"tangkal-lapsed"}
    assert await codes(hit("TANGKAL", start=day(1))) == set()


@pytest.mark.parametrize(
    ("months", "extended", "end", "code"),
    [
        (6, False, None, "cegah"),
        (7, False, None, "cegah-lapsed"),
        (7, False, day(300), "cegah-lapsed"),
        (7, True, None, "cegah"),
        (12, True, None, "cegah"),
        (13, True, None, "cegah-lapsed"),
        (2, True, day(-1), "cegah-lapsed"),
    ],
)
async def test_an_exit_ban_ends_by_law_whatever_the_list_says(
    months: int, extended: bool, end: str | None, code: str
) -> None:
    start = add_months(TODAY, -months).isoformat()
    answer = hit("CEGAH", start=start, extended=extended, end=end)
    assert await codes(answer, state="IDN", direction=Direction.EXIT) == {code}


async def test_a_ban_stands_with_its_end_in_law() -> None:
    assert fields(await said(hit("TANGKAL", end=day(3))))["ban-end-by-law"] == [day(3)]


async def test_a_ban_that_does_not_bind_here_or_not_yet_is_said() -> None:
    assert text("fact.imm.ban-other-way", reference="R-1") in (await said(hit("CEGAH"))).facts
    assert text("fact.imm.ban-not-yet", reference="R-1", on=day(1)) in (await said(hit("TANGKAL", start=day(1)))).facts


async def test_a_ban_for_life_is_one_that_never_ends() -> None:
    for end in ("9999-12-31", None):
        section = await said(hit("TANGKAL", end=end))
        assert [(c.id, c.expires) for c in section.contributions] == [("immigration/imm.tangkal/person", None)]
        assert "ban-end-by-law" not in fields(section)


async def test_a_hit_of_a_kind_or_a_state_we_do_not_know_is_never_dropped() -> None:
    one = await said(hit("NEW_KIND"))
    assert found(one) == {"imm.hit-unclear": {"reference": "R-1"}}
    assert one.findings[0].candidate
    assert await codes(hit("TANGKAL", status="MAYBE")) == {"tangkal-candidate"}


@pytest.mark.parametrize(
    ("years", "given", "end"),
    [
        (1, {"end": "2199-01-01"}, add_months(TODAY, 9 * 12)),
        (1, {"end": "2199-01-01", "extended": True}, add_months(TODAY, 19 * 12)),
        (1, {"end": "2199-01-01", "lifetime": True}, None),
        (1, {"lifetime": True}, None),
        (1, {"end": "2027-01-01"}, date(2027, 1, 1)),
    ],
)
async def test_an_entry_ban_lasts_ten_years_once_extended_or_for_life(
    years: int, given: dict[str, Any], end: date | None
) -> None:
    answer = hit("TANGKAL", start=add_months(TODAY, -12 * years).isoformat(), **given)
    one = await said(answer)
    assert set(found(one)) == {"imm.tangkal"}
    assert fields(one).get("ban-end-by-law", [None]) == [end.isoformat() if end else None]


async def test_of_two_bans_the_one_that_binds_longest_stands() -> None:
    both = [hit("TANGKAL", end=end, reference=name)["hits"][0] for end, name in ((day(2), "A"), (day(9), "B"))]
    for hits in (both, both[::-1]):
        one = await said(AS_OF | {"result": "HIT", "hits": hits})
        assert found(one) == {"imm.tangkal": {"reference": "B"}}
        assert sorted(fields(one)["ban-reference"]) == ["A", "B"], "the record has both"


async def test_a_ban_stands_with_who_decided_it_and_its_reason_sealed() -> None:
    more = {"issuer": "Ditjen", "decisionNumber": "IMI-1", "reason": "narcotics", "extendedOn": day(-2), "end": day(5)}
    one = await said(hit("TANGKAL", **more))
    shown = fields(one)
    assert (shown["ban-issuer"], shown["ban-decision"], shown["ban-end"]) == (["Ditjen"], ["IMI-1"], [day(5)])
    assert "narcotics" not in repr(one)
    (reason,) = [field for field in one.fields if field.name == "imm.ban-reason"]
    assert reason.value is None
    assert reason.sealed is not None
    (origin,) = [origin for origin in one.origins if origin.id == reason.origin]
    assert (origin.system, origin.reference) == ("imm.ban", "R-1")
