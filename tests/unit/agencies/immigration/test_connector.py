import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest

from counter_tui.agencies.immigration.expected import one_expected
from counter_tui.agencies.immigration.standard import ManifestTraveller, VisualDocument
from counter_tui.domain.days import add_months
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, Direction
from counter_tui.errors import AgencyError

from ..asking import asked, found, inquiry
from .answers import CLEAN, TODAY, codes, day, fields, said


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
    section = await said(CLEAN | {"visa": visa})
    assert section.facts[0] == text(code, **params)


@pytest.mark.parametrize(
    ("until", "code"),
    [(0, {}), (-1, {"imm.overstay": {"days": 1, "fine": "1"}}), (-60, {"imm.overstay-long": {"days": 60}})],
)
async def test_overstay_counts_at_exit(until: int, code: dict[str, Any]) -> None:
    answer = CLEAN | {"stay": {"until": day(until)}}
    assert found(await said(answer, direction=Direction.EXIT)) == code
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
    assert await codes(CLEAN | {"refusals": [{"on": inside.isoformat()}]}) == {"refused-before"}
    assert await codes(CLEAN | {"refusals": [{"on": outside.isoformat()}]}) == set()
    days = [outside.isoformat(), day(-9), day(-8), day(1)]
    section = await said(CLEAN | {"overstays": [{"on": one} for one in days]})
    assert found(section) == {"imm.overstayed-before": {"on": day(-8)}}, "the last one that has been"


@pytest.mark.parametrize(
    "change",
    [
        {"result": "HIT"},
        {"hits": [{"kind": "CEGAH", "reference": "R", "status": "VERIFIED", "start": day(0)}]},
        {"result": "MAYBE"},
        {"asOf": "2026-11-21T05:59:00"},
        {"asOf": 1_700_000_000},
        {"identityOpen": "false"},
        {"identityOpen": 1},
        {"residence": "x" * 300},
        {"refusals": [{"on": "2026-13-01"}]},
        {"refusals": [{"on": day(0)}] * 101},
        {"history": [{"on": "0001-01-01", "direction": "ENTRY"}]},
        {"visa": {"status": "VALID", "entriesLeft": -1}},
        {"document": None},
        {"stay": {}},
    ],
)
async def test_what_cannot_be_read_rightly_is_not_read(change: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await codes(CLEAN | change)


async def test_codes_that_nobody_knows_are_named_and_keep_their_values_to_themselves() -> None:
    one = await said(CLEAN | {"indicators": ["SAME_SPONSOR", "A_NEW_ONE"], "visa": {"status": "GOLDEN"}, "x": 1})
    assert set(found(one)) == {"imm.same-sponsor", "imm.unclear"}
    named = [fact.as_dict()["what"] for fact in one.facts if fact.code == "fact.imm.unmapped"]
    assert named == ["visa.status", "indicators.2", "x"]
    assert "A_NEW_ONE" not in repr(one)
    assert "GOLDEN" not in repr(one)
    many = await said(CLEAN | dict.fromkeys((f"z{n}" for n in range(7)), 1))
    assert text("fact.imm.unmapped-more", count=2) in many.facts


@pytest.mark.parametrize(
    "other", [{"issuingState": "IDN", "number": "X1234567"}, {"issuingState": "MYS", "number": "X1"}]
)
async def test_another_travellers_record_is_refused(other: dict[str, str]) -> None:
    with pytest.raises(AgencyError) as raised:
        await said(CLEAN | {"document": other})
    assert raised.value.code == "agency.other-traveller"
    with pytest.raises(AgencyError, match="other-traveller"):
        await said(CLEAN | {"holder": {"surname": "KUMAR", "givenNames": "RAVI", "birth": "1961-01-01"}})


@pytest.mark.parametrize(
    ("holder", "code"),
    [
        ({"surname": "TINI", "givenNames": "SITI NUR", "birth": "1990-01-01"}, set()),
        ({"surname": "Tiní", "birth": "1990-01-01"}, set()),
        ({"surname": "NUR SITI", "birth": "1990-01-01"}, set()),
        ({"surname": "SITINURBAYA", "birth": "1990-01-01"}, set()),
        ({"surname": "KUMAR", "birth": "1990-01-01"}, {"record-name"}),
        ({"surname": "KUMAR"}, {"record-name"}),
        ({"surname": "TINI", "birth": "1990-01-02"}, {"record-birth"}),
        ({"birth": "1990-01-02"}, {"record-birth"}),
        ({}, set()),
    ],
)
async def test_one_disagreement_with_the_document_is_a_finding(holder: dict[str, str], code: set[str]) -> None:
    assert await codes(CLEAN | {"holder": holder}) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"status": "VALID"}, set()),
        ({"status": "LOST", "since": day(-3)}, {"document-lost", "holder-unproven"}),
        ({"status": "STOLEN"}, {"document-stolen", "holder-unproven"}),
        ({"status": "REVOKED"}, {"document-revoked"}),
        ({"status": "CONSUMED"}, {"single-journey-used"}),
        ({"status": "REPLACED"}, {"document-replaced"}),
        ({"status": "VALID", "replacedBy": {"issuingState": "MYS", "number": "X9"}}, {"document-replaced"}),
        ({"status": "MELTED"}, {"unclear"}),
    ],
)
async def test_what_became_of_the_document(state: dict[str, Any], code: set[str]) -> None:
    one = await said(CLEAN | {"documentState": state})
    assert {found_code.removeprefix("imm.") for found_code in found(one)} == code
    if "replacedBy" in state:
        assert fields(one)["document-replaced-by"] == ["MYS X9"]


@pytest.mark.parametrize(
    ("visa", "code"),
    [
        ({"entriesLeft": 0}, {"visa-used"}),
        ({"entriesLeft": 1}, set()),
        ({"entriesLeft": None}, set()),
        ({"entriesLeft": 0, "validUntil": day(-1)}, {"no-visa"}),
    ],
)
async def test_a_visa_is_used_up(visa: dict[str, Any], code: set[str]) -> None:
    answer = CLEAN | {"visa": {"status": "VALID"} | visa}
    assert await codes(answer, state="CHN") == code
    assert await codes(answer, state="CHN", direction=Direction.EXIT) == set()


async def test_visa_and_stay_stand_in_the_record() -> None:
    visa = {"status": "VALID", "kind": "C1", "number": "V1", "validUntil": day(9), "entriesLeft": 2}
    stay = {"until": day(3), "granted": day(-27), "permitKind": "ITK", "permitNumber": "P1", "extended": 1}
    shown = fields(await said(CLEAN | {"visa": visa, "stay": stay}, state="IDN"))
    assert (shown["visa"], shown["visa-kind"], shown["visa-entries-left"]) == (["visa-valid"], ["C1"], ["2"])
    assert (shown["visa-until"], shown["stay-until"], shown["stay-extended"]) == ([day(9)], [day(3)], ["1"])
    assert fields(await said(CLEAN | {"visa": visa | {"entriesLeft": None}}))["visa-entries-left"] == ["any-number"]


def crossed(*days: int) -> dict[str, Any]:
    """Earlier crossings, in and out by turns, the latest one out and first."""
    ways = ("EXIT", "ENTRY") * len(days)
    return {"history": [{"on": day(at), "direction": way} for at, way in zip(days, ways, strict=False)]}


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((-2, -30, -33, -60), {"visa-run"}),
        ((-3, -23, -26, -46), {"visa-run"}),
        ((-4, -30, -33, -60), set()),
        ((-2, -21, -24, -50), set()),
        ((-2, -30), set()),
        ((-2, -30, -33, -360, -363, -390), {"visa-run"}),
        ((-200, -230, -233, -366), set()),
    ],
)
async def test_a_visa_run_is_a_long_stay_after_a_day_or_two_abroad_again_and_again(
    days: tuple[int, ...], code: set[str]
) -> None:
    assert await codes(CLEAN | crossed(*days)) == code
    assert await codes(CLEAN | crossed(*days), state="IDN") == set()
    assert "visa-run" not in await codes(CLEAN | crossed(*days), direction=Direction.EXIT)


async def test_short_hops_count_in_their_window() -> None:
    six = tuple(day for at in range(-6, 0) for day in (at, at))[::-1]
    assert "short-hops" in await codes(CLEAN | crossed(*six))
    assert "short-hops" not in await codes(CLEAN | crossed(*six[:-2]))
    old = tuple(day - 40 for at in range(-9, 0) for day in (at, at))[::-1]
    assert "short-hops" not in await codes(CLEAN | crossed(*old))


async def test_the_history_of_twelve_months_names_post_way_and_document() -> None:
    first = {"on": day(-364), "direction": "ENTRY", "post": "Aruk", "document": {"issuingState": "MYS", "number": "A9"}}
    too_old = {"on": day(-400), "direction": "EXIT"}
    shown = fields(await said(CLEAN | {"history": [too_old, first, {"on": day(1), "direction": "EXIT"}]}))
    assert shown["crossings-12-months"] == ["1"]
    assert shown["crossed"] == [f"crossed-in MYS A9 {day(-364)} Aruk"]
    many = fields(await said(CLEAN | crossed(*range(-1, -300, -1))))
    assert (many["crossings-12-months"], len(many["crossed"])) == (["299"], 40)


async def test_refusals_tell_their_ground() -> None:
    one = await said(
        CLEAN | {"refusals": [{"on": day(-9), "ground": "D", "post": "Aruk"}, {"on": day(-8), "ground": "Z"}]}
    )
    assert fields(one)["refused-ground"] == ["ground-d"]
    assert text("fact.imm.unmapped", what="refusals.2.ground") in one.facts


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
        expected = one_expected(ManifestTraveller(visual=visual, direction="ENTRY"), {}, date(2026, 11, 21))
        assert expected is not None
        documents.append(expected.document)
    assert [d.kind for d in documents] == ["plb", "border-pass-mys"]
    assert (documents[0].key, documents[0].display_name) == ("IDN:AB123456", "SITI AMINAH")
    assert {d.entry_method for d in documents} == {"keyed"}


def test_who_is_announced_without_any_document_is_left_out() -> None:
    assert one_expected(ManifestTraveller(direction="ENTRY"), {}, date(2026, 11, 21)) is None


async def test_a_way_back_that_is_not_on_record_is_said() -> None:
    history = [{"on": day(-5), "direction": "EXIT"}, {"on": day(-9), "direction": "ENTRY"}]
    out = CLEAN | {"history": history}
    assert await codes(out, direction=Direction.EXIT) == {"way-back-missing"}
    assert await codes(out) == set()
    today = CLEAN | {"history": [{"on": day(0), "direction": "ENTRY"}, *history]}
    assert await codes(today) == set(), "a second look at today's own crossing"


async def test_another_document_in_the_history_is_said() -> None:
    other = {"issuingState": "MYS", "number": "A9"}
    one = await said(CLEAN | {"history": [{"on": day(-5), "direction": "EXIT", "document": other}]})
    assert text("fact.imm.other-document", reference="MYS A9") in one.facts
    own = {"issuingState": "MYS", "number": "X1234567"}
    one = await said(CLEAN | {"history": [{"on": day(-5), "direction": "EXIT", "document": own}]})
    assert "fact.imm.other-document" not in [fact.code for fact in one.facts]


@pytest.mark.parametrize(
    ("code", "kind", "direction", "found_used"),
    [
        ("PE", "", Direction.ENTRY, True),
        ("P", "splp", Direction.ENTRY, True),
        ("P", "", Direction.ENTRY, False),
        ("PE", "", Direction.EXIT, False),
    ],
)
async def test_a_document_for_one_journey_is_used_up_by_an_entry_on_it(
    code: str, kind: str, direction: Direction, found_used: bool
) -> None:
    about = inquiry(state="IDN", direction=direction)
    about = replace(about, document=replace(about.document, code=code, kind=kind))
    own = {"issuingState": "IDN", "number": "X1234567"}
    entered = {"on": day(-20), "direction": "ENTRY", "document": own}
    for history, used in (([entered], found_used), ([entered | {"on": day(0)}], False)):
        answer = CLEAN | {"document": own, "history": history}
        found_codes = found(await asked(Authority.IMMIGRATION, answer, about))
        assert ("imm.single-journey-used" in found_codes) is used


async def test_long_histories_are_cut_and_said_to_be() -> None:
    one = await said(CLEAN | {"refusals": [{"on": day(-n)} for n in range(1, 31)]})
    assert len(fields(one)["refused"]) == 20
    assert fields(one)["refused"][0] == day(-1)
    assert text("fact.imm.more-history", count=10) in one.facts


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WORDS = st.text("ABCDEFGHIJ0123456789-/.", min_size=1, max_size=20)


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(
    days=st.lists(DAYS, min_size=7, max_size=7), words=st.lists(WORDS, min_size=4, max_size=4), left=st.integers(0, 999)
)
async def test_dates_numbers_and_counts_come_out_as_they_went_in(days: list[date], words: list[str], left: int) -> None:
    iso = [day.isoformat() for day in days]
    answer = CLEAN | {
        "visa": {"status": "VALID", "kind": words[0], "number": words[1], "validUntil": iso[0], "entriesLeft": left},
        "stay": {"until": iso[1], "granted": iso[2], "permitNumber": words[2]},
        "documentState": {"status": "VALID", "since": iso[3]},
        "refusals": [{"on": iso[4], "post": words[3]}],
        "overstays": [{"on": iso[5], "days": left}],
        "portrait": {"reference": "P", "taken": iso[6]},
    }
    shown = fields(await said(json.loads(json.dumps(answer)), state="IDN"))
    names = ("visa-until", "stay-until", "stay-granted", "document-status-since", "refused", "overstayed")
    assert [shown[name] for name in (*names, "portrait-taken")] == [[one] for one in iso]
    assert [shown[name] for name in ("visa-kind", "visa-number", "stay-permit-number", "refused-post")] == [
        [word] for word in words
    ]
    assert shown["visa-entries-left"] == shown["overstayed-days"] == [str(left)]
