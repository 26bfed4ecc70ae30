from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from counter_tui.domain.words import Verdict
from counter_tui.errors import AgencyError

from ..asking import inquiry
from .forms import ABOUT, ALL_NO, TODAY, answers, codes, facts, fields, form, found, goods, section


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


async def test_every_yes_of_the_form_calls_for_something() -> None:
    for letter in "bcdef":
        one = await section(pemberitahuan=form(jawaban=answers(**{letter: "YA"})))
        assert len(one.findings) == 1
        assert fields(one)["channel"] == ["channel-red"]
    one = await section(pemberitahuan=form(jawaban=answers(a="YA")))
    assert codes(one) == {}, "animals and plants are for quarantine to say"
    assert "nothing-declared" not in dict(facts(one))


async def test_six_times_no_is_green_and_a_question_left_open_is_not() -> None:
    green = await section(pemberitahuan=form())
    assert (codes(green), fields(green)["channel"]) == ({}, ["channel-green"])
    assert ("nothing-declared", {}) in facts(green)

    silent = await section(pemberitahuan=form(jawaban=answers(b=None, d=None)))
    assert codes(silent) == {"declaration-incomplete": {"what": "b, d"}}
    assert fields(silent)["channel"] == ["channel-open"]
    assert fields(silent)["answer-b"] == ["unanswered"]
    assert "nothing-declared" not in dict(facts(silent))

    none = await section(pemberitahuan=form(jawaban={}))
    assert codes(none) == {"declaration-incomplete": {"what": "a, b, c, d, e, f"}}


async def test_an_answer_that_nobody_understands_is_named_and_keeps_its_value_to_itself() -> None:
    one = await section(pemberitahuan=form(jawaban=answers(c="MUNGKIN SAJA")))
    assert codes(one) == {"declaration-incomplete": {"what": "c"}, "unclear": {}}
    assert ("unmapped", {"what": "pemberitahuan.jawaban.c"}) in facts(one)
    assert "MUNGKIN" not in repr(one)


async def test_answers_of_json_may_be_true_and_false() -> None:
    assert set(await found(pemberitahuan=form(jawaban=dict.fromkeys("abcdef", False) | {"e": True}))) == {
        "declares-merchandise"
    }


@pytest.mark.parametrize(
    ("filed", "arrival", "status", "code"),
    [
        (0, 0, "DITERIMA", set()),
        (-2, 0, "DITERIMA", set()),
        (-3, 0, "DITERIMA", {"declaration-early"}),
        (-5, -3, "DITERIMA", {"declaration-other-day"}),
        (0, 2, "DITERIMA", set()),
        (0, 3, "DITERIMA", {"declaration-other-day"}),
        (0, -1, "DITERIMA", set()),
        (0, -2, "DITERIMA", {"declaration-other-day"}),
        (1, -1, "DITERIMA", {"declaration-late"}),
        (0, 0, "TERLAMBAT", {"declaration-late"}),
        (0, 0, "ENTAH", {"unclear"}),
    ],
)
async def test_a_declaration_is_made_in_its_window_and_for_this_arrival(
    filed: int, arrival: int, status: str, code: set[str]
) -> None:
    made = form(tanggal=day(filed), tanggalKedatangan=day(arrival), status=status)
    assert set(await found(pemberitahuan=made)) == code


async def test_a_declaration_that_is_due_is_taken_at_the_counter() -> None:
    one = await section(pemberitahuan={"status": "BELUM_ADA"})
    assert [c.verdict for c in one.contributions] == [Verdict.CLEAR_COND]
    assert fields(one)["declaration-state"] == ["declaration-missing"]
    assert dict(facts(await section()))["no-declaration"] == {}


async def test_a_red_channel_of_customs_own_holds_after_six_times_no() -> None:
    assert await found(pemberitahuan=form(jalur="MERAH")) == {"channel-red": {}}
    assert await found(pemberitahuan=form(jalur="HIJAU")) == {}
    assert set(await found(pemberitahuan=form(jalur="HIJAU", jawaban=answers(e="YA")))) == {"declares-merchandise"}
    assert set(await found(pemberitahuan=form(jalur="MERAH", jawaban=answers(e="YA")))) == {"declares-merchandise"}
    assert ("unmapped", {"what": "pemberitahuan.jalur"}) in facts(await section(pemberitahuan=form(jalur="BIRU")))


async def test_what_was_left_blank_is_said_to_be() -> None:
    said = fields(await section(pemberitahuan=form(alamat="  ", pekerjaan="petani")))
    assert said["address"] == ["blank"]
    assert said["occupation"] == ["petani"]
    assert said["packages"] == ["blank"]


async def test_a_declaration_of_somebody_else_is_refused() -> None:
    other = {"nomorPaspor": "A9999999", "nama": "KUMAR", "tanggalLahir": "1950-01-01"}
    for change in (other, other | {"nomorPaspor": "X1234567"}, other | {"nomorPaspor": None}):
        with pytest.raises(AgencyError) as raised:
            await section(pemberitahuan=form(**change))
        assert raised.value.code == "agency.other-traveller"


@pytest.mark.parametrize("wrong", [{"negaraPenerbit": "IDN"}, {"noDokumen": "X1234568"}])
async def test_an_answer_about_another_document_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="other-traveller"):
        await section(pelintas=ABOUT["pelintas"] | wrong)  # type: ignore[operator]  # a dict it is


async def test_one_disagreement_is_shown_and_used() -> None:
    one = await section(pemberitahuan=form(nama="KUMAR"))
    assert ("name-differs", {}) in facts(one)
    one = await section(pemberitahuan=form(tanggalLahir="1991-01-01"))
    assert ("birth-differs", {}) in facts(one)


MEMBER = {"nama": "Tini, Siti N.", "tanggalLahir": "1990-01-01", "nomorPaspor": "x 1234567", "hubungan": "ISTRI"}


async def test_a_family_travels_on_one_declaration_and_its_goods_are_the_declarants() -> None:
    head = {"nomorPaspor": "K1", "nama": "BUDI", "tanggalLahir": "1985-05-05", "jawaban": answers(f="YA")}
    made = form(goods("9999", kind="LARTAS"), goods("9999", "USD"), **head, anggotaKeluarga=[MEMBER])
    one = await section(pemberitahuan=made)

    assert codes(one) == {"family-declaration": {}}
    assert fields(one)["member-name"] == ["Tini, Siti N."]
    assert fields(one)["name"] == ["BUDI"]
    assert codes(await section(pemberitahuan=made | {"jawaban": ALL_NO})) == {}


async def test_a_member_is_one_where_the_declarants_passport_is_missing_too() -> None:
    head = {"nomorPaspor": None, "nama": "BUDI", "tanggalLahir": "1985-05-05", "jawaban": answers(e="YA")}
    assert await found(pemberitahuan=form(**head, anggotaKeluarga=[MEMBER])) == {"family-declaration": {}}


async def test_a_family_has_an_allowance_each() -> None:
    one = form(goods("1000", "USD"), anggotaKeluarga=[MEMBER | {"nomorPaspor": "K2", "nama": "ADI"}])
    assert await found(pemberitahuan=one) == {}
    assert "allowance-over" in await found(pemberitahuan=one | {"anggotaKeluarga": []})


async def test_elements_that_the_form_does_not_have_are_named() -> None:
    line = goods("1") | {"warna": "merah", "0 x": 1}
    said = facts(await section(pemberitahuan=form(line, catatan={"x": 1})))
    assert [params["what"] for code, params in said if code == "unmapped"] == [
        "pemberitahuan.catatan",
        "pemberitahuan.barang.1.warna",
        "pemberitahuan.barang.1.?",
    ]
    many = dict.fromkeys((f"z{n}" for n in range(9)), "x")
    assert ("unmapped-more", {"count": 4}) in facts(await section(pemberitahuan=form(**many)))


async def test_who_is_asked_about_without_a_birth_date_is_still_known_by_number() -> None:
    about = inquiry()
    unknown = replace(about, document=replace(about.document, birth=type(about.document.birth)(None)))
    assert codes(await section(unknown, pemberitahuan=form())) == {}
