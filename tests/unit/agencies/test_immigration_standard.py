import json
from datetime import date, timedelta
from typing import Any

import pytest

from counter_tui.agencies.immigration.connector import _expected
from counter_tui.agencies.immigration.standard import ManifestTraveller, VisualDocument
from counter_tui.domain.days import add_months
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, Direction
from counter_tui.errors import AgencyError

from .asking import NOW, asked, found, inquiry

TODAY = NOW.date()
AS_OF = {"asOf": "2026-11-21T05:59:00Z"}
CLEAN = AS_OF | {"result": "NO_HIT"}


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def hit(kind: str, **given: Any) -> dict[str, Any]:
    ban = {"kind": kind, "reference": "R-1", "status": "VERIFIED", "start": day(-10)} | given
    return AS_OF | {"result": "HIT", "hits": [ban]}


async def codes(answer: Any, **about: Any) -> set[str]:
    section = await asked(Authority.IMMIGRATION, answer, inquiry(**about))
    return {code.removeprefix("imm.") for code in found(section)}


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


async def test_a_ban_carries_its_end_to_what_it_contributes() -> None:
    section = await asked(Authority.IMMIGRATION, hit("TANGKAL", end=day(3)), inquiry())
    (contribution,) = section.contributions
    assert contribution.expires is not None
    assert contribution.expires.isoformat() == "2026-11-25T00:00:00+00:00"


async def test_a_ban_for_life_is_one_that_never_ends() -> None:
    for end in ("9999-12-31", None):
        section = await asked(Authority.IMMIGRATION, hit("TANGKAL", end=end), inquiry())
        assert [(c.id, c.expires) for c in section.contributions] == [("immigration/imm.tangkal/person", None)]


@pytest.mark.parametrize(
    ("state", "direction", "expires", "code"),
    [
        ("MYS", Direction.ENTRY, -1, {"expired"}),
        ("MYS", Direction.ENTRY, 0, {"validity-short"}),
        ("MYS", Direction.ENTRY, 180, {"validity-short"}),
        ("MYS", Direction.ENTRY, 181, set()),
        ("MYS", Direction.EXIT, 10, set()),
        ("IDN", Direction.ENTRY, 10, set()),
        ("IDN", Direction.ENTRY, -1, {"expired-citizen"}),
        ("IDN", Direction.EXIT, -1, {"expired"}),
    ],
)
async def test_validity_asks_who_and_which_way(state: str, direction: Direction, expires: int, code: set[str]) -> None:
    expiry = TODAY + timedelta(days=expires)
    assert await codes(CLEAN, state=state, direction=direction, expiry=expiry) == code


@pytest.mark.parametrize(
    ("state", "visa", "code"),
    [
        ("MYS", None, set()),
        ("CHN", None, {"visa-not-on-file"}),
        ("CHN", {"status": "NONE"}, {"no-visa"}),
        ("MYS", {"status": "NONE"}, {"no-visa"}),
        ("CHN", {"status": "ON_ARRIVAL"}, set()),
        ("CHN", {"status": "VALID", "validUntil": day(0)}, set()),
        ("CHN", {"status": "VALID", "validUntil": day(-1)}, {"no-visa"}),
        ("IDN", {"status": "NONE"}, set()),
    ],
)
async def test_a_visa_is_asked_of_foreigners_who_are_not_exempt(state: str, visa: Any, code: set[str]) -> None:
    assert await codes(CLEAN | {"visa": visa}, state=state) == code


@pytest.mark.parametrize(
    ("visa", "code", "params"),
    [
        ({"status": "VALID", "validUntil": day(9)}, "fact.imm.visa-valid", {"until": day(9)}),
        ({"status": "VALID"}, "fact.imm.visa-on-file", {}),
        ({"status": "ON_ARRIVAL"}, "fact.imm.visa-on-arrival", {}),
        (None, "fact.imm.visa-exempt", {}),
    ],
)
async def test_the_visa_is_told_with_its_last_day_where_it_has_one(visa: Any, code: str, params: Any) -> None:
    section = await asked(Authority.IMMIGRATION, CLEAN | {"visa": visa})
    assert section.facts[0] == text(code, **params)


@pytest.mark.parametrize(
    ("until", "code"),
    [(0, {}), (-1, {"imm.overstay": {"days": 1, "fine": "1"}}), (-60, {"imm.overstay-long": {"days": 60}})],
)
async def test_overstay_counts_at_exit(until: int, code: dict[str, Any]) -> None:
    answer = CLEAN | {"stay": {"until": day(until)}}
    assert found(await asked(Authority.IMMIGRATION, answer, inquiry(direction=Direction.EXIT))) == code
    assert await codes(answer) == set()
    assert await codes(answer, state="IDN", direction=Direction.EXIT) == set()


async def test_minors_travel_with_a_parent_or_are_asked_about() -> None:
    child = {"born": add_months(TODAY, -12 * 18) + timedelta(days=1)}
    adult = {"born": add_months(TODAY, -12 * 18)}
    with_ = {"document": {"issuingState": "MYS", "number": "A1"}}
    assert await codes(CLEAN, **child) == {"minor-alone"}
    assert await codes(CLEAN | {"guardian": with_ | {"relation": "PARENT"}}, **child) == set()
    assert await codes(CLEAN | {"guardian": with_ | {"relation": "RELATIVE"}}, **child) == {"minor-not-parent"}
    assert await codes(CLEAN, **adult) == set()


async def test_signs_of_trafficking_make_protection_at_exit_only() -> None:
    three = CLEAN | {"indicators": ["SAME_SPONSOR", "NO_RETURN_TICKET", "NO_FAMILY_PROOF", "NO_FAMILY_PROOF"]}
    signs = {"same-sponsor", "no-return-ticket", "no-family-proof"}
    assert await codes(three, direction=Direction.EXIT) == signs | {"trafficking-suspected"}
    assert await codes(three) == signs
    two = CLEAN | {"indicators": ["SAME_SPONSOR", "NO_RETURN_TICKET", "SAME_SPONSOR"]}
    assert "trafficking-suspected" not in await codes(two, direction=Direction.EXIT)


async def test_history_weighs_for_two_years() -> None:
    inside, outside = add_months(TODAY, -24), add_months(TODAY, -24) - timedelta(days=1)
    assert await codes(CLEAN | {"refusedOn": [inside.isoformat()]}) == {"refused-before"}
    assert await codes(CLEAN | {"refusedOn": [outside.isoformat()]}) == set()
    days = [outside.isoformat(), day(-9), day(-8), day(1)]
    section = await asked(Authority.IMMIGRATION, CLEAN | {"overstayedOn": days})
    assert found(section) == {"imm.overstayed-before": {"on": day(-8)}}, "the last one that has been"


@pytest.mark.parametrize(
    "change",
    [
        {"result": "HIT"},
        {"hits": [{"kind": "CEGAH", "reference": "R", "status": "VERIFIED", "start": day(0)}]},
        {"result": "MAYBE"},
        {"asOf": "2026-11-21T05:59:00"},
        {"asOf": 1_700_000_000},
        {"indicators": ["A_NEW_ONE"]},
        {"identityOpen": "false"},
        {"identityOpen": 1},
        {"residence": "x" * 300},
        {"refusedOn": ["2026-13-01"]},
        {"refusedOn": [day(0)] * 101},
        {"stay": {}},
    ],
)
async def test_what_cannot_be_read_rightly_is_not_read(change: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await codes(CLEAN | change)


async def test_a_hit_of_a_kind_we_do_not_know_is_never_dropped() -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await codes(hit("NEW_KIND"))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_calendar_months(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_border_pass_is_expected_as_it_is_registered() -> None:
    registered = {"kind": "BORDER_PASS", "number": "AB 123456", "issuingState": "IDN", "nationality": "IDN"}
    person = {"surname": "SITI AMINAH", "sex": "F", "birth": "1974-08-12", "expiry": "2027-03-03"}
    documents = []
    for state in ("IDN", "MYS"):
        visual = VisualDocument.model_validate_json(json.dumps(registered | person | {"issuingState": state}))
        expected = _expected(ManifestTraveller(visual=visual, direction="ENTRY"), {}, date(2026, 11, 21))
        assert expected is not None
        documents.append(expected.document)
    assert [d.kind for d in documents] == ["plb", "border-pass-mys"]
    assert (documents[0].key, documents[0].display_name) == ("IDN:AB123456", "SITI AMINAH")
    assert {d.entry_method for d in documents} == {"keyed"}


def test_who_is_announced_without_any_document_is_left_out() -> None:
    assert _expected(ManifestTraveller(direction="ENTRY"), {}, date(2026, 11, 21)) is None
