from typing import Any

import pytest

from counter_tui.domain.words import SubjectKind

from ..asking import inquiry
from .forms import RATES, codes, facts, fields, form, found, goods, leaving, section


def card(used: str, limit: str | None = "600.00", **more: Any) -> dict[str, Any]:
    return {"nomor": "K-1", "batas": limit, "terpakai": used, "valuta": "MYR", "bulan": "2026-11"} | more


async def test_the_quota_counts_what_is_used_and_what_is_declared_now() -> None:
    over = await found(kilb=card("540.00"), pemberitahuan=form(goods("280.00")))
    assert over == {"quota-over": {"used": "540", "declared": "280", "limit": "600", "over": "220"}}
    near = await found(kilb=card("400.50"), pemberitahuan=form(goods("79.50")))
    assert near == {"quota-near": {"used": "400.50", "declared": "79.50", "limit": "600", "left": "120"}}
    assert set(await found(kilb=card("600.00"))) == {"quota-near"}
    assert "quota-over" in await found(kilb=card("600.00"), pemberitahuan=form(goods("0.01")))
    assert await found(kilb=card("479.99")) == {}
    assert await found(kilb=card("479.99", limit=None)) == {}, "the law's own limit"
    assert "quota-over" in await found(kilb=card("600.01", limit=None))


async def test_goods_in_another_currency_use_the_quota_by_the_rate_of_the_day() -> None:
    one = await section(kilb=card("500.00"), pemberitahuan=form(goods("100", "USD")))
    assert codes(one) == {"quota-over": {"used": "500", "declared": "400", "limit": "600", "over": "300"}}
    assert fields(one)["duty-estimate"] == ["IDR 278400.00"]
    unvalued = await found(kilb=card("500.00"), pemberitahuan=form(goods("100", "XAF")))
    assert set(unvalued) == {"goods-unvalued", "quota-near"}


async def test_a_card_and_the_passengers_allowance_are_not_added_up() -> None:
    expensive = form(goods("2800"))
    assert set(await found(pemberitahuan=expensive)) == {"allowance-over", "answers-contrary"}
    one = await section(kilb=card("0.00", limit="9000"), pemberitahuan=expensive)
    assert codes(one) == {}
    assert fields(one)["regime"] == ["regime-resident"]
    assert "allowance" not in fields(one)


async def test_a_balance_of_another_month_is_none() -> None:
    one = await section(kilb=card("10.00", bulan="2026-10"))
    assert codes(one) == {"quota-unknown": {}}
    assert "kilb-left" not in fields(one)
    assert "quota" not in dict(facts(one))


async def test_a_card_that_is_blocked_or_over_says_so() -> None:
    assert await found(kilb=card("0.00", diblokir=True)) == {"card-blocked": {"card": "K-1"}}
    assert await found(kilb=card("0.00", berlakuSampai="2026-11-20")) == {"card-expired": {"on": "2026-11-20"}}
    assert await found(kilb=card("0.00", berlakuSampai="2026-11-21")) == {}


async def test_who_leaves_uses_nothing_of_the_quota() -> None:
    one = await section(leaving(), kilb=card("900.00", diblokir=True), pemberitahuan=form(goods("280.00")))
    assert codes(one) == {}
    assert fields(one)["kilb-used"] == ["MYR 900.00"]


def money(carried: int, told: int, *notes: tuple[str, str, str]) -> dict[str, Any]:
    counted = [{"jenis": kind, "valuta": currency, "jumlah": amount} for kind, currency, amount in notes]
    return {"setaraRupiah": carried, "diberitahukan": told, "rincian": counted}


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
    assert await found(uangTunai=money(carried, told)) == code


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ([("UKA", "USD", "62500.00")], set()),
        ([("UKA", "USD", "62500.01")], {"cash-foreign-notes"}),
        ([("UKA", "USD", "31250.00"), ("UKA", "MYR", "125000.25")], {"cash-foreign-notes"}),
        ([("CEK", "USD", "900000.00")], set()),
        ([("UKA", "IDR", "9000000000.00")], set()),
        ([("UKA", "XAF", "1.00")], {"cash-unvalued"}),
    ],
)
async def test_foreign_notes_of_a_thousand_millions_are_for_licensed_bodies(notes: Any, code: set[str]) -> None:
    assert set(await found(uangTunai=money(1, 10**15, *notes))) - {"cash-declared"} == code


async def test_of_what_was_told_and_what_was_counted_the_greater_counts() -> None:
    one = await section(uangTunai=money(90_000_000, 0, ("UKA", "USD", "10000.00")))
    assert codes(one) == {"cash-undeclared": {"millions": 160, "hidden": 160, "fine": 16}}
    assert ("cash-differs", {"amount": "160 000 000"}) in facts(one)
    one = await section(uangTunai=money(160_000_000, 160_000_000, ("UKA", "USD", "9950.00")))
    assert "cash-differs" not in dict(facts(one)), "a hundredth of it is a matter of rates"


async def test_rupiah_that_leave_need_a_permit_from_the_threshold_on() -> None:
    much = money(100_000_000, 100_000_000, ("UKA", "IDR", "100000000.00"))
    assert (await found(leaving(), uangTunai=much))["rupiah-out"] == {"millions": 100}
    assert "rupiah-out" not in await found(uangTunai=much)
    assert await found(leaving(), uangTunai=money(10**8 - 1, 0, ("UKA", "IDR", "99999999.00"))) == {}


async def test_money_of_an_unknown_kind_is_shown_and_said() -> None:
    one = await section(uangTunai=money(1, 1, ("KRIPTO", "USD", "5.00")))
    assert fields(one)["cash-item"] == ["cash-other USD 5.00"]
    assert ("unmapped", {"what": "uangTunai.rincian.1.jenis"}) in facts(one)


def car(vhd: str = "BERLAKU", **more: Any) -> dict[str, Any]:
    return {"nomorPolisi": "QAA 44 K", "vhd": vhd, "jatuhTempo": "2026-12-20", "negara": "MYS"} | more


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"jatuhTempo": "2026-11-21"}, set()),
        ({"jatuhTempo": "2026-11-20"}, {"vehicle-late"}),
        ({"mulai": "2026-10-22", "jatuhTempo": None}, set()),
        ({"mulai": "2026-10-21", "jatuhTempo": "2026-12-20"}, {"vehicle-late"}),
        ({"mulai": "2026-10-21", "perpanjangan": 1}, set()),
        ({"mulai": "2026-10-21", "perpanjangan": 1, "jatuhTempo": "2026-11-20"}, {"vehicle-late"}),
        ({"vhd": "TERBUKA"}, {"vehicle-open"}),
        ({"vhd": "DIAJUKAN"}, {"vehicle-requested"}),
        ({"vhd": "DITUTUP"}, {"vehicle-undeclared"}),
        ({"vhd": "TIDAK_ADA", "jatuhTempo": None}, {"vehicle-undeclared"}),
        ({"vhd": "LAIN"}, {"unclear"}),
        ({"pemilikCocok": False}, {"vehicle-owner"}),
        ({"isiTangki": 75}, set()),
        ({"isiTangki": 74}, {"vehicle-tank"}),
        ({"isiTangki": 10, "negara": "IDN"}, set()),
        ({"izinEkspor": "TIDAK"}, {"vehicle-export"}),
        ({"dibekukanSampai": "2026-11-21"}, {"vehicle-frozen"}),
        ({"dibekukanSampai": "2026-11-20"}, set()),
        ({"nomorRangka": "A1", "nomorRangkaVhd": "A2"}, {"vehicle-chassis"}),
        ({"nomorRangka": "A1", "nomorRangkaVhd": None}, set()),
    ],
)
async def test_a_vehicle_and_its_declaration(given: dict[str, Any], code: set[str]) -> None:
    one = await section(kendaraan=car() | given)
    assert set(codes(one)) == code
    for contribution in one.contributions:
        if contribution.subject.kind is not SubjectKind.GOODS:
            assert (contribution.subject.kind, contribution.subject.id) == (SubjectKind.VEHICLE, "QAA44K")
            assert contribution.subject.label == "QAA 44 K"


async def test_a_vehicle_that_leaves_closes_its_declaration() -> None:
    assert await found(leaving(), kendaraan=car("DITUTUP", isiTangki=1)) == {}
    assert await found(leaving(), kendaraan=car("TERBUKA")) == {}, "it is this way out that closes it"
    assert "vehicle-late" in await found(leaving(), kendaraan=car("TERBUKA", jatuhTempo="2026-11-01"))
    assert await found(kendaraan=car("DITUTUP", negara="IDN")) == {}, "a vehicle of here comes home"
    assert "vehicle-late" in await found(leaving(), kendaraan=car(jatuhTempo="2026-11-01"))


async def test_a_citizen_drives_a_foreign_vehicle_only_when_entitled() -> None:
    citizen = inquiry(state="IDN")
    about = {"pelintas": {"negaraPenerbit": "IDN", "noDokumen": "X1234567"}}
    assert set(await found(citizen, **about, kendaraan=car())) == {"vehicle-driver"}
    assert await found(citizen, **about, kendaraan=car(pengemudiBerhak=True)) == {}


async def test_seizures_weigh_less_after_a_year_and_nothing_after_two() -> None:
    def seized(*days: str) -> list[dict[str, Any]]:
        return [{"tanggal": day, "nomor": "SBP-1"} for day in days]

    assert await found(penegahan=seized("2025-11-21")) == {"seized-before": {"on": "2025-11-21", "count": 1}}
    assert await found(penegahan=seized("2025-11-20")) == {"seized-earlier": {"on": "2025-11-20", "count": 1}}
    assert await found(penegahan=seized("2024-11-21")) == {"seized-earlier": {"on": "2024-11-21", "count": 1}}
    one = await section(penegahan=seized("2024-11-20"))
    assert codes(one) == {}
    assert fields(one)["seizure-weighs-until"] == ["2026-11-20"], "what no longer weighs stands in the record"


async def test_crossings_weigh_from_four_in_a_week() -> None:
    assert await found(perlintasan7Hari=3) == {}
    assert await found(perlintasan7Hari=4) == {"frequent": {"count": 4}}


async def test_what_a_scan_says() -> None:
    assert set(await found(pemindaian="K9")) == {"dog-alert"}
    assert set(await found(pemindaian="TIDAK_SESUAI")) == {"scan-mismatch"}
    assert await found(pemindaian="SESUAI") == {}
    assert set(await found(pemindaian="BARU")) == {"unclear"}


async def test_a_targeting_lead_shows_nothing_but_that_there_is_one() -> None:
    one = await section(sasaran={"kode": "P2-07", "uraian": "informant of the second desk"}, kurs=RATES)
    assert "informant" not in repr(one)
    (finding,), (contribution,) = one.findings, one.contributions
    assert finding.text is None
    assert contribution.points is None
