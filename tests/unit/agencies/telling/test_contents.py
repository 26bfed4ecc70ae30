"""What the formats carry of the demo's travellers: amounts and goods come from the record, nobody types them twice."""

import json
from dataclasses import replace
from typing import Any

import pytest

from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.telling import make_telling
from counter_tui.domain.entries import DecisionBody
from counter_tui.domain.outcome import PERSON, Judgement, automatic
from counter_tui.domain.sections import Subject
from counter_tui.domain.words import Authority, Basis, Direction, SubjectKind, Verdict
from tests.contract.connecting import named, of, sections
from tests.unit.agencies.telling.tellings import AT, crossing

GOODS = Subject(SubjectKind.GOODS, "goods")
CASH = Subject(SubjectKind.CASH, "cash")


async def message(
    who: str, authority: Authority, *judged: Judgement, corrects: str = "", rules: str = "1"
) -> dict[str, Any]:
    """What this authority is told of a decision on a demo traveller; by its rules where nobody judged."""
    inquiry = of(named(who))
    section = (await sections(inquiry))[authority]
    opened = replace(crossing(), document=inquiry.document, direction=inquiry.direction)
    body = DecisionBody(opened, "siti", judged or automatic(section), "0" * 64, (), rules, training=True)
    telling = make_telling(
        "ENT-3/9", authority, body, post="P", at=AT, record=section, shares_identity=True, corrects=corrects
    )
    said: dict[str, Any] = json.loads(load_told(authority).write(telling))
    return said


def by_officer(authority: Authority, subject: Subject, verdict: Verdict, reason: str = "") -> Judgement:
    return Judgement(authority, subject, verdict, Basis.OFFICER, reason)


async def test_of_a_quota_nothing_is_used_that_the_ledger_did_not_grant() -> None:
    held = await message("siti-aminah", Authority.CUSTOMS)
    assert held["kilb"] == {"kartu": "KILB-01190", "diberitahukan": "MYR 280.00"}
    assert {one["objek"]: one["tindakan"] for one in held["penyelesaian"]}["BARANG"] == "DIPERIKSA_LANJUT"
    paid = await message(
        "siti-aminah",
        Authority.CUSTOMS,
        by_officer(Authority.CUSTOMS, GOODS, Verdict.CLEAR_COND, "cond.duty-paid"),
        corrects="ENT-3/8",
    )
    assert "terpakai" not in paid["kilb"]
    assert (paid["membetulkan"], paid["arah"]) == ("ENT-3/8", "MASUK")
    (line,) = paid["barang"]
    assert line == {
        "nomorUrut": "CD/261122/0033/1",
        "barang": "groceries",
        "jumlah": "30 PCE",
        "nilai": "MYR 280.00",
        "tindakan": "DILEPAS_BERSYARAT",
    }
    assert paid["uang"]["taksiranBea"].startswith("IDR ")
    assert paid["tidakDirekam"] == ["nilaiDanPembayaran"]


@pytest.mark.parametrize("authority", [one for one in Authority if one is not Authority.HEALTH])  # FHIR names no rules
async def test_versions_of_many_rules_are_told_whole(authority: Authority) -> None:
    many = ", ".join(f"kind-{number} 2026-11-22" for number in range(30))
    assert many in json.dumps(await message("jose-reyes", authority, rules=many))


async def test_cash_goes_with_what_was_hidden_and_the_fine() -> None:
    said = await message(
        "chen-guowei", Authority.CUSTOMS, by_officer(Authority.CUSTOMS, CASH, Verdict.CLEAR_COND, "cond.fine-paid")
    )
    assert said["uang"]["tidakDiberitahukan"] == "IDR 180000000.00"
    assert said["uang"]["denda"] == "IDR 18000000.00"


async def test_a_vehicle_goes_with_its_declaration() -> None:
    said = await message("voon-chee-keong", Authority.CUSTOMS)
    assert said["vhd"].startswith("VHD")
    assert [one["tindakan"] for one in said["penyelesaian"] if one["objek"] == "KENDARAAN"] == ["DITAHAN"]


@pytest.mark.parametrize(
    ("verdict", "reason", "action"),
    [
        (Verdict.HOLD, "hold.quarantine", "PENAHANAN"),
        (Verdict.REFUSE, "seize.banned", "PENAHANAN"),
        (Verdict.CLEAR_COND, "cond.goods-returned", "PENOLAKAN"),
        (Verdict.CLEAR_COND, "cond.surrendered", "PENAHANAN"),
        (Verdict.CLEAR_COND, "cond.inspected", "PEMBEBASAN"),
        (Verdict.CLEAR, "clear.checked", "PEMBEBASAN"),
        (Verdict.REFER, "refer.quarantine", "PEMERIKSAAN"),
        (Verdict.PENDING, "pending.laboratory", "PEMERIKSAAN"),
        (Verdict.HANDOVER, "handover.police", "PENAHANAN"),
    ],
)
async def test_of_each_thing_one_of_the_eight_actions(verdict: Verdict, reason: str, action: str) -> None:
    pork = Subject(SubjectKind.GOODS, "item-1", "#1")
    said = await message(
        "siti-aminah", Authority.ANIMAL_PLANT, by_officer(Authority.ANIMAL_PLANT, pork, verdict, reason)
    )
    (item,) = said["items"]
    assert (item["action"], item["commodity"], item["quantity"]) == (action, "pork", "3 KG")
    assert said["notRecorded"] == ["weight"]


async def test_what_nobody_judged_by_itself_goes_with_the_person() -> None:
    said = await message(
        "siti-aminah", Authority.ANIMAL_PLANT, by_officer(Authority.ANIMAL_PLANT, PERSON, Verdict.CLEAR)
    )
    assert [(item["label"], item["action"]) for item in said["items"]] == [("#1", "PEMBEBASAN")]


async def test_an_entry_says_that_no_stay_was_recorded_and_an_exit_what_it_closes() -> None:
    inward = await message("dana-miller", Authority.IMMIGRATION)
    assert (inward["direction"], inward["notRecorded"]) == ("ENTRY", ["stay"])
    assert inward["record"] == {"visa": "visa-on-arrival"}
    out = await message("kenji-mori", Authority.IMMIGRATION)
    assert (out["direction"], out["notRecorded"]) == (Direction.EXIT.name, [])
    assert out["record"]["stayUntil"] < "2026-11-21"


async def test_health_is_told_of_an_encounter_that_goes_on_while_somebody_is_held() -> None:
    said = await message("jose-reyes", Authority.HEALTH)
    encounter, *observations = [one["resource"] for one in said["entry"]]
    assert {one["encounter"]["reference"] for one in observations} == {said["entry"][0]["fullUrl"]}
    assert said["entry"][0]["fullUrl"].startswith("urn:uuid:")
    assert (encounter["status"], encounter["period"].keys()) == ("in-progress", {"start"})
    (held,) = [one for one in observations if one["valueCodeableConcept"]["coding"][0]["code"] == "HOLD"]
    assert held["component"][0]["valueCodeableConcept"]["coding"][0]["code"] == "isolate"
    fit = by_officer(Authority.HEALTH, PERSON, Verdict.CLEAR, "release.fit")
    later = await message("jose-reyes", Authority.HEALTH, fit, corrects="ENT-3/8")
    encounter, amended = [one["resource"] for one in later["entry"]]
    assert (encounter["status"], amended["status"]) == ("finished", "amended")
    assert later["entry"][0]["request"]["method"] == "PUT"
    assert "Cel" not in json.dumps(later)
