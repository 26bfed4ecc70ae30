from typing import Any

import pytest

from counter_tui.domain.words import Authority, SubjectKind
from counter_tui.errors import AgencyError

from .asking import asked, found

AS_OF = {"asOf": "2026-11-21T05:59:00Z"}


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
        {"quantity": "NaN"},
        {"quantity": "-1"},
        {"quantity": "1e20"},
        {"unit": "LB"},
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
