from typing import Any

import pytest

from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, SubjectKind
from counter_tui.errors import AgencyError
from tests.unit.agencies.asking import asked, found

from .test_ephyto import WHOLE

AS_OF = {"issuingState": "MYS", "documentNumber": "X1234567", "asOf": "2026-11-21T05:59:00Z"}


def item(category: str, line: int = 1, *, code: str = "", declared: bool = True, **more: Any) -> dict[str, Any]:
    certificates = [{"scheme": "MYS", "code": code, "number": "7"}] if code else []
    plain = {"line": line, "category": category, "commodity": "x", "quantity": "3.0", "unit": "KG"}
    return plain | {"declared": declared, "certificates": certificates} | more


async def codes(*items: dict[str, Any], **more: Any) -> set[str]:
    section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": list(items)} | more)
    return {code.removeprefix("ap.") for code in found(section)}


@pytest.mark.parametrize("category", ["PORK", "POULTRY", "EGG", "RUMINANT_MEAT", "CITES", "SOIL"])
async def test_what_is_banned_is_banned_with_papers_too(category: str) -> None:
    assert len(await codes(item(category))) == 1
    assert await codes(item(category)) == await codes(item(category, code="KH-12"))
    assert await codes(item(category)) == await codes(item(category, declared=False))


@pytest.mark.parametrize(
    ("category", "code", "expected"),
    [
        ("RABIES_ANIMAL", "", "rabies-animal"),
        ("RABIES_ANIMAL", "KH-11", "animal-certified"),
        ("RABIES_ANIMAL", "KT-10", "rabies-animal"),
        ("ANIMAL", "", "animal-uncertified"),
        ("PLANT", "PHYTO", "certified"),
        ("PLANT", "KH-11", "uncertified"),
        ("SEED", "", "uncertified"),
        ("FISH", "KI-1", "certified"),
    ],
)
async def test_a_certificate_has_to_be_of_the_right_kind(category: str, code: str, expected: str) -> None:
    assert await codes(item(category, code=code)) == {expected}


async def test_what_was_found_is_held_whatever_its_papers() -> None:
    assert await codes(item("PLANT", code="PHYTO", declared=False)) == {"undeclared"}
    assert await codes(item("ANIMAL", code="KH-11", declared=False)) == {"undeclared-animal"}


async def test_each_thing_is_a_subject_of_its_own() -> None:
    things = [item("PLANT", 1), item("PLANT", 2), item("RABIES_ANIMAL", 3)]
    section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": things})
    subjects = {(c.subject.kind, c.subject.id) for c in section.contributions}
    assert subjects == {(SubjectKind.GOODS, "item-1"), (SubjectKind.GOODS, "item-2"), (SubjectKind.ANIMAL, "item-3")}


@pytest.mark.parametrize(
    ("quantity", "shown"), [("3.000", "3 kg"), ("12.85", "12.85 kg"), ("100", "100 kg"), ("0", "0 kg")]
)
async def test_amounts_are_shown_plainly(quantity: str, shown: str) -> None:
    section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": [item("PORK", quantity=quantity)]})
    assert found(section)["ap.pork"]["amount"] == shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "DRAGON"},
        {"declared": None},
        {"declared": "yes"},
        {"line": 0},
        {"commodity": "x" * 300},
    ],
)
async def test_what_cannot_be_read_rightly_is_not_read(wrong: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await codes(item("PLANT") | wrong)


async def test_more_items_than_a_traveller_can_carry_are_not_read() -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await codes(*[item("PLANT")] * 101)


@pytest.mark.parametrize("wrong", [{"quantity": "NaN"}, {"quantity": "-1"}, {"quantity": "1e20"}, {"unit": "LB"}])
async def test_an_unclear_quantity_is_weighed_and_the_rest_is_judged(wrong: dict[str, Any]) -> None:
    assert await codes(item("PORK") | wrong) == {"pork", "quantity-unclear"}


DOG = {"species": "Canis lupus familiaris", "origin": "MYS", "unit": "HEAD", "quantity": 1}


def certified(**more: Any) -> dict[str, Any]:
    plain = {"scheme": "WOAH", "code": "VHC", "number": "7", "country": "MYS", "issued": "2026-11-10"}
    return plain | {"quantity": "1", "unit": "EKOR", "species": "Canis lupus"} | more


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"animal-certified"}),
        ({"validUntil": "2026-11-21"}, {"animal-certified"}),
        ({"validUntil": "2026-11-20"}, {"certificate-expired", "rabies-animal"}),
        ({"issued": "2026-01-10"}, {"certificate-expired", "rabies-animal"}),
        ({"issued": "2026-11-22"}, {"certificate-ahead", "rabies-animal"}),
        ({"status": "revoked"}, {"certificate-void", "rabies-animal"}),
        ({"species": "Felis catus"}, {"other-species", "rabies-animal"}),
        ({"species": "Canis"}, {"animal-certified"}),
        ({"category": "PLANT"}, {"other-species", "rabies-animal"}),
        ({"country": "THA"}, {"other-origin", "rabies-animal"}),
        ({"country": "Malaysia"}, {"animal-certified"}),
        ({"consignee": {"name": "Budi Santoso"}}, {"other-consignee", "rabies-animal"}),
        ({"consignee": {"name": "Siti N. Tini"}}, {"animal-certified"}),
        ({"consignee": {"documentNumber": "X7654321"}}, {"other-consignee", "rabies-animal"}),
        ({"consignee": {"name": "Budi", "documentNumber": "x1234567"}}, {"animal-certified"}),
        ({"unit": "KG"}, {"quantity-unclear", "rabies-animal"}),
        ({"quantity": "1,0"}, {"quantity-unclear", "rabies-animal"}),
    ],
)
async def test_what_is_wrong_with_a_certificate_is_each_its_own_finding(more: Any, expected: set[str]) -> None:
    assert await codes(item("RABIES_ANIMAL") | DOG | {"certificates": [certified(**more)]}) == expected


async def test_what_a_certificate_is_for_is_told() -> None:
    for more, species in (({}, "Canis lupus"), ({"species": None, "category": "PLANT"}, "PLANT")):
        cat = item("ANIMAL") | DOG | {"species": "Felis catus", "certificates": [certified(**more)]}
        section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": [cat]})
        assert found(section)["ap.other-species"]["species"] == species


async def test_a_plant_with_a_poor_certificate_is_not_without_one() -> None:
    orchids = item("PLANT", quantity="4.5")
    assert await codes(orchids | {"certificates": [certified(code="PHYTO", quantity=4, unit="KG", species=None)]}) == {
        "quantity-over"
    }


async def test_where_there_is_an_outbreak_is_told_whatever_the_papers_say() -> None:
    civet = item("ANIMAL", unit="HEAD", quantity=1) | {"certificates": [certified(country="IND")]}
    assert await codes(civet | {"origin": "India"}) == {"animal-certified", "outbreak-origin"}
    assert await codes(item("PLANT", origin="IND")) == {"uncertified"}


async def test_a_certificate_that_cannot_be_read_is_told_and_covers_nothing() -> None:
    whole, broken = {"document": WHOLE}, {"document": WHOLE[:-20]}
    orchids = item("PLANT", quantity="1.5", origin="MYS", species="Dendrobium bigibbum")
    assert await codes(orchids | {"certificates": [whole]}) == {"certified"}
    assert await codes(orchids | {"certificates": [broken]}) == {"certificate-unreadable", "uncertified"}
    assert await codes(orchids | {"certificates": [broken, whole]}) == {"certificate-unreadable", "certified"}


async def test_of_several_certificates_the_best_counts() -> None:
    expired, good = certified(validUntil="2026-01-01"), certified(number="8")
    section = await asked(
        Authority.ANIMAL_PLANT, AS_OF | {"items": [item("ANIMAL") | DOG | {"certificates": [expired, good]}]}
    )
    assert found(section)["ap.animal-certified"]["certificate"] == "VHC 8"


async def test_one_certificate_covers_its_quantity_once() -> None:
    cover = {"certificates": [certified(quantity="1.5", unit="KG", species=None, code="PHYTO")]}
    one, two = item("PLANT", 1, quantity="1000", unit="G") | cover, item("PLANT", 2, quantity="0.6") | cover
    assert await codes(one) == {"certified"}
    section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": [one, two]})
    assert [f.id.split("/")[1:] for f in section.findings] == [["ap.quantity-over", f"item-{n}"] for n in (1, 2)]


async def test_nothing_carried_is_said() -> None:
    nothing, something = [
        await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": items}) for items in ([], [item("PORK")])
    ]
    assert [fact.code for fact in nothing.facts] == ["fact.ap.nothing-declared"]
    assert something.facts == ()


async def test_two_things_on_one_line_are_two() -> None:
    section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": [item("PORK"), item("EGG"), item("SOIL")]})
    assert {c.subject.id for c in section.contributions} == {"item-1", "item-1.2", "item-1.3"}


async def test_all_that_was_read_is_told_with_where_it_stands() -> None:
    dog = item("RABIES_ANIMAL") | DOG | {"certificates": [certified(consignee={"name": "Siti"}), {"document": "<x/>"}]}
    section = await asked(Authority.ANIMAL_PLANT, AS_OF | {"items": [dog]})

    assert [(o.id, o.system, o.reference) for o in section.origins] == [
        ("r1", "quarantine-items", "#1"),
        ("r2", "certificate", "WOAH VHC 7"),
    ]
    assert [(f.name, f.value, f.origin) for f in section.fields] == [
        ("ap.item", "x", "r1"),
        ("ap.item-category", text("category.rabies-animal"), "r1"),
        ("ap.item-quantity", "1 HEAD", "r1"),
        ("ap.item-species", "Canis lupus familiaris", "r1"),
        ("ap.item-origin", "MYS", "r1"),
        ("ap.item-declared", text("declared.yes"), "r1"),
        ("ap.problem", text("certificate.unread", count=1), "r1"),
        ("ap.certificate", "VHC 7", "r2"),
        ("ap.certificate-country", "MYS", "r2"),
        ("ap.certificate-issued", "2026-11-10", "r2"),
        ("ap.certificate-quantity", "1 HEAD", "r2"),
        ("ap.certificate-species", "Canis lupus", "r2"),
        ("ap.certificate-consignee", "Siti", "r2"),
    ]
