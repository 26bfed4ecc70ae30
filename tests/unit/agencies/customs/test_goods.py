from decimal import Decimal
from typing import Any

import pytest

from counter_tui.agencies.customs.duty import Due, estimate

from ..asking import LIMITS, inquiry
from .forms import RATES, answers, codes, facts, fields, form, found, goods, leaving, section


async def test_each_restricted_line_is_held_by_its_number() -> None:
    one = await section(pemberitahuan=form(goods("1"), goods("1", kind="LARTAS"), goods("1", kind="LARTAS")))
    assert [c.subject.id for c in one.contributions] == ["line-2", "line-3"]
    assert codes(one) == {"restricted-goods": {"what": "x"}}


async def test_a_line_stands_with_its_quantity_its_value_and_its_dollars() -> None:
    one = await section(pemberitahuan=form(goods("280.5", uraian=" gula  pasir ", jumlah="12.500", satuan="KGM")))
    said = fields(one)
    assert said["goods"] == ["gula pasir"]
    assert said["goods-quantity"] == ["12.5 KGM"]
    assert said["goods-value"] == ["MYR 280.50"]
    assert said["goods-usd"] == ["USD 70.13"]
    assert said["goods-total"] == ["USD 70.13"]
    origins = {field.name: field.origin for field in one.fields}
    (line,) = [origin for origin in one.origins if origin.id == origins["cust.goods"]]
    assert (line.system, line.reference) == ("cust.goods", "CD/1/1")


async def test_the_allowance_counts_personal_goods_in_dollars() -> None:
    assert await found(pemberitahuan=form(goods("2000"))) == {}
    over = await found(pemberitahuan=form(goods("2000.04")))
    assert over == {"allowance-over": {"value": "500.01", "over": "0.01"}, "answers-contrary": {"what": "f"}}
    assert "allowance-over" not in await found(pemberitahuan=form(goods("9000", kind="DAGANGAN")))
    unknown = await found(pemberitahuan=form(goods("9000", kind="BARU")))
    assert set(unknown) == {"allowance-over", "answers-contrary", "unclear"}, "what nobody understands is valued"


async def test_goods_that_say_otherwise_than_the_answers_are_called_for() -> None:
    lines = (goods("700", "USD"), goods("1", kind="DAGANGAN"), excise("SIGARET", 201))
    assert (await found(pemberitahuan=form(*lines)))["answers-contrary"] == {"what": "d, e, f"}
    told = await found(pemberitahuan=form(*lines, jawaban=answers(d="YA", e="YA", f="YA")))
    assert set(told) == {"declares-excise", "declares-merchandise", "declares-over-allowance"} | {
        "allowance-over",
        "excise-over",
    }
    assert "answers-contrary" not in await found(leaving(), pemberitahuan=form(*lines))


async def test_what_is_declared_on_arrival_calls_for_nothing_on_the_way_out() -> None:
    old = {"tanggal": "2026-11-01", "tanggalKedatangan": "2026-11-01", "jawaban": answers(b="YA", c=None)}
    one = await section(leaving(), pemberitahuan=form(goods("9000", "USD"), goods("1", kind="LARTAS"), **old))
    assert codes(one) == {}
    assert fields(one)["goods-value"] == ["USD 9000.00", "MYR 1.00"]
    assert codes(await section(leaving(), pemberitahuan={"status": "BELUM_ADA"})) == {}


async def test_duty_is_an_estimate_with_its_basis() -> None:
    one = await section(pemberitahuan=form(goods("700", "USD")))
    assert fields(one)["excess"] == ["USD 200.00"]
    assert fields(one)["duty-estimate"] == ["IDR 742400.00"], "10 % of 3.2 million, and 12 % of 3.52 million"
    assert fields(one)["duty-basis"] == ["duty-basis KMK 47/KM.10/2026 10 USD 200.00 16000 12"]
    assert ("duty", {"amount": "742 400"}) in facts(one)


def test_duty_rounds_to_the_rupiah_and_holds_the_greatest_amount() -> None:
    due = estimate(Decimal("0.05"), LIMITS)
    assert due == Due(Decimal(0), Decimal(0))
    assert due.total == 0
    assert estimate(Decimal(10) ** 40 + 5, LIMITS).duty == Decimal(10) ** 39 + 1


@pytest.mark.parametrize("rates", [None, RATES | {"sampai": "2026-11-20"}, RATES | {"mulai": "2026-11-22"}])
async def test_without_rates_of_today_nothing_is_valued_and_nothing_is_zero(rates: Any) -> None:
    one = await section(kurs=rates, pemberitahuan=form(goods("1"), goods("600", "USD")))
    assert codes(one)["goods-unvalued"] == {"what": "MYR"}
    assert codes(one)["allowance-over"] == {"value": "600", "over": "100"}
    assert fields(one)["goods-usd"] == ["unvalued MYR"]
    assert fields(one)["duty-estimate"] == ["unvalued USD"]
    assert "rate" not in fields(one)
    assert ("rates-old" in dict(facts(one))) is (rates is not None)


async def test_the_rates_that_were_used_are_dated() -> None:
    said = fields(await section(pemberitahuan=form(goods("1"), goods("1", "XAF"))))
    assert said["rate"] == ["MYR 1 = IDR 4000", "USD 1 = IDR 16000"]
    assert said["rates-until"] == ["2026-11-24"]


async def test_a_currency_without_a_rate_is_called_for_beside_the_others() -> None:
    one = await section(pemberitahuan=form(goods("1", "XAF"), goods("1", "JPY"), goods("2400"), goods("1", "XAF")))
    assert codes(one)["goods-unvalued"] == {"what": "JPY, XAF"}
    assert codes(one)["allowance-over"] == {"value": "600", "over": "100"}


def excise(kind: str, amount: int | str, unit: str = "PCE") -> dict[str, Any]:
    return goods("1", kind="CUKAI", jenisCukai=kind, jumlah=amount, satuan=unit)


@pytest.mark.parametrize(
    ("lines", "over"),
    [
        ([excise("SIGARET", 200)], False),
        ([excise("SIGARET", 201)], True),
        ([excise("CERUTU", 25)], False),
        ([excise("CERUTU", 26)], True),
        ([excise("TEMBAKAU", 100, "GRM")], False),
        ([excise("TEMBAKAU", "0.101", "KGM")], True),
        ([excise("SIGARET", 100), excise("CERUTU", 12)], False),
        ([excise("SIGARET", 100), excise("CERUTU", 13)], True),
        ([excise("MMEA", 1, "LTR")], False),
        ([excise("MMEA", "0.75", "LTR"), excise("MMEA", 251, "MLT")], True),
        ([excise("SIGARET", 200), excise("MMEA", 1000, "MLT")], False),
    ],
)
async def test_excise_goods_have_limits_of_their_own(lines: list[Any], over: bool) -> None:
    said = form(*lines, jawaban=answers(d="YA"))
    assert set(await found(pemberitahuan=said)) == {"declares-excise"} | ({"excise-over"} if over else set())


@pytest.mark.parametrize(("years", "tobacco", "alcohol"), [(17, True, True), (18, False, True), (21, False, False)])
async def test_excise_goods_are_free_for_adults_only(years: int, tobacco: bool, alcohol: bool) -> None:
    about = inquiry(born=inquiry().at.date().replace(year=2026 - years))
    born = {"tanggalLahir": about.document.birth.iso()}
    for line, over in ((excise("SIGARET", 1), tobacco), (excise("MMEA", 1, "MLT"), alcohol)):
        assert ("excise-over" in await found(about, pemberitahuan=form(line, **born))) is over


async def test_adults_of_a_family_have_a_limit_each_where_their_age_is_known() -> None:
    wife = {"nama": "ADI", "nomorPaspor": "K2", "tanggalLahir": "1991-01-01"}
    two = form(excise("SIGARET", 400), anggotaKeluarga=[wife])
    assert await found(pemberitahuan=two) == {}
    assert "excise-over" in await found(pemberitahuan=two | {"anggotaKeluarga": [wife | {"tanggalLahir": None}]})


@pytest.mark.parametrize(
    ("line", "element"),
    [
        (excise("SIGARET", 1, "CTN"), "satuan"),
        (excise("SIGARET", 1, "LTR"), "satuan"),
        (excise("VAPE", 1), "jenisCukai"),
        (excise("", 1), "jenisCukai"),
        (goods("1", kind="CUKAI", jenisCukai="MMEA"), "satuan"),
    ],
)
async def test_excise_goods_in_other_units_are_not_guessed(line: dict[str, Any], element: str) -> None:
    one = await section(pemberitahuan=form(line))
    assert set(codes(one)) == {"unclear"}
    assert ("unmapped", {"what": f"pemberitahuan.barang.1.{element}"}) in facts(one)
