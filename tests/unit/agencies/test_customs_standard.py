import json
from typing import Any

import pytest

from counter_tui.domain.words import Authority, SubjectKind, Verdict
from counter_tui.errors import AgencyError

from .asking import asked, found

AS_OF = {"waktuData": "2026-11-21T05:59:00Z"}
NOTHING = dict.fromkeys("abcdef", False)


async def codes(**answer: Any) -> dict[str, dict[str, str | int]]:
    section = await asked(Authority.CUSTOMS, AS_OF | answer)
    return {code.removeprefix("cust."): params for code, params in found(section).items()}


def declared(*goods: dict[str, Any], **yes: bool) -> dict[str, Any]:
    return {"status": "DITERIMA", "jawaban": NOTHING | yes, "barang": list(goods)}


def goods(value: str, currency: str = "MYR", usd: str = "0", kind: str = "PRIBADI") -> dict[str, Any]:
    return {"uraian": "x", "jumlah": 1, "nilai": value, "valuta": currency, "nilaiUsd": usd, "jenis": kind}


def card(used: str, limit: str = "600.00", **more: Any) -> dict[str, Any]:
    return {"nomor": "K-1", "batas": limit, "terpakai": used, "valuta": "MYR"} | more


async def test_the_quota_counts_what_is_used_and_what_is_declared_now() -> None:
    over = await codes(kilb=card("540.00"), pemberitahuan=declared(goods("280.00")))
    assert over == {"quota-over": {"used": "540", "declared": "280", "limit": "600", "over": "220"}}
    near = await codes(kilb=card("400.50"), pemberitahuan=declared(goods("79.50")))
    assert near == {"quota-near": {"used": "400.50", "declared": "79.50", "limit": "600", "left": "120"}}
    assert set(await codes(kilb=card("600.00"))) == {"quota-near"}
    assert "quota-over" in await codes(kilb=card("600.00"), pemberitahuan=declared(goods("0.01")))
    assert await codes(kilb=card("479.99")) == {}
    elsewhere = await codes(kilb=card("500.00"), pemberitahuan=declared(goods("900", "USD")))
    assert set(elsewhere) == {"quota-near"}


async def test_each_restricted_line_is_held_by_its_number() -> None:
    lines = declared(goods("1"), goods("1", kind="LARTAS"), goods("1", kind="LARTAS"))
    section = await asked(Authority.CUSTOMS, AS_OF | {"pemberitahuan": lines})

    assert [c.subject.id for c in section.contributions] == ["line-2", "line-3"]
    assert found(section) == {"cust.restricted-goods": {"what": "x"}}


async def test_a_card_and_the_passengers_allowance_are_not_added_up() -> None:
    expensive = declared(goods("100", usd="700"))
    assert await codes(pemberitahuan=expensive) == {"allowance-over": {"value": "700", "over": "200"}}
    assert await codes(kilb=card("0.00"), pemberitahuan=expensive) == {}
    assert await codes(pemberitahuan=declared(goods("1", usd="500"))) == {}
    assert await codes(pemberitahuan=declared(goods("1", usd="700", kind="DAGANGAN"))) == {}


@pytest.mark.parametrize(
    ("carried", "told", "code"),
    [
        (99_999_999, 0, {}),
        (100_000_000, 0, {"cash-undeclared": {"millions": 100, "hidden": 100, "fine": 10}}),
        (180_000_000, 0, {"cash-undeclared": {"millions": 180, "hidden": 180, "fine": 18}}),
        (180_000_000, 150_000_000, {"cash-under-declared": {"millions": 180, "hidden": 30, "fine": 3}}),
        (4_000_000_000, 0, {"cash-undeclared": {"millions": 4000, "hidden": 4000, "fine": 300}}),
        (180_000_000, 180_000_000, {"cash-declared": {"millions": 180}}),
        (180_000_000, 200_000_000, {"cash-declared": {"millions": 180}}),
    ],
)
async def test_cash_from_the_threshold_on(carried: int, told: int, code: dict[str, Any]) -> None:
    assert await codes(uangTunai={"setaraRupiah": carried, "diberitahukan": told}) == code


@pytest.mark.parametrize(
    ("status", "due", "code"),
    [
        ("BERLAKU", "2026-11-21", set()),
        ("BERLAKU", "2026-11-20", {"vehicle-late"}),
        ("TERBUKA", "2026-12-20", {"vehicle-open"}),
        ("TIDAK_ADA", None, {"vehicle-undeclared"}),
    ],
)
async def test_a_vehicle_is_a_subject_of_its_own(status: str, due: str | None, code: set[str]) -> None:
    vehicle = {"nomorPolisi": "QAA 44 K", "vhd": status, "jatuhTempo": due}
    section = await asked(Authority.CUSTOMS, AS_OF | {"kendaraan": vehicle})
    assert {c.removeprefix("cust.") for c in found(section)} == code
    for contribution in section.contributions:
        assert (contribution.subject.kind, contribution.subject.id) == (SubjectKind.VEHICLE, "QAA44K")
        assert contribution.subject.label == "QAA 44 K"


async def test_every_yes_of_the_form_calls_for_something() -> None:
    for letter in "bcdef":
        assert len(await codes(pemberitahuan=declared(**{letter: True}))) == 1
    assert await codes(pemberitahuan=declared(a=True)) == {}
    section = await asked(Authority.CUSTOMS, AS_OF | {"pemberitahuan": declared(a=True)})
    assert "fact.cust.nothing-declared" not in [fact.code for fact in section.facts]


async def test_a_declaration_that_is_due_is_taken_at_the_counter() -> None:
    section = await asked(Authority.CUSTOMS, AS_OF | {"pemberitahuan": {"status": "BELUM_ADA"}})
    assert [c.verdict for c in section.contributions] == [Verdict.CLEAR_COND]


async def test_seizures_weigh_for_two_years() -> None:
    assert await codes(penegahan=[{"tanggal": "2024-11-21"}]) == {"seized-before": {"on": "2024-11-21", "count": 1}}
    assert await codes(penegahan=[{"tanggal": "2024-11-20"}]) == {}


async def test_crossings_weigh_from_four_in_a_week() -> None:
    assert await codes(perlintasan7Hari=3) == {}
    assert await codes(perlintasan7Hari=4) == {"frequent": {"count": 4}}


@pytest.mark.parametrize(
    "change",
    [
        {"kilb": card("-1.00")},
        {"kilb": card("NaN")},
        {"kilb": card("Infinity")},
        {"kilb": card("1e30")},
        {"kilb": card("1.001")},
        {"kilb": card("9" * 4000)},
        {"kilb": card("1.00", valuta="rm")},
        {"kilb": card("1.00", diblokir="tidak")},
        {"uangTunai": {"setaraRupiah": -1, "diberitahukan": 0}},
        {"uangTunai": {"setaraRupiah": 1.5, "diberitahukan": 0}},
        {"uangTunai": {"setaraRupiah": 10**16, "diberitahukan": 0}},
        {"uangTunai": {"diberitahukan": 0}},
        {"kendaraan": {"nomorPolisi": "X" * 17, "vhd": "BERLAKU"}},
        {"pemberitahuan": declared(*[goods("1.00")] * 101)},
        {"pemberitahuan": {"status": "DITERIMA", "jawaban": {"a": True}}},
        {"pemindaian": "BARU"},
        {"waktuData": None},
    ],
)
async def test_what_cannot_be_read_rightly_is_not_read(change: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await codes(**change)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "0x10", "1" * 10_000])
async def test_bare_numbers_that_are_none_are_not_read(number: str) -> None:
    raw = json.dumps(AS_OF | {"perlintasan7Hari": 77}).replace("77", number)
    with pytest.raises(AgencyError, match="not-understood"):
        await asked(Authority.CUSTOMS, raw.encode())


async def test_a_targeting_lead_shows_nothing_but_that_there_is_one() -> None:
    lead = {"kode": "P2-07", "uraian": "informant of the second desk"}
    section = await asked(Authority.CUSTOMS, AS_OF | {"sasaran": lead})
    assert "informant" not in repr(section)
    (finding,), (contribution,) = section.findings, section.contributions
    assert finding.text is None
    assert contribution.points is None
