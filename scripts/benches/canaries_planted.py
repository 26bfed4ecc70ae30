"""Canaries: strings that are found nowhere else, planted where agencies keep what others are not to see."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from counter_tui.agencies.people import (
    DemoAnimalPlant,
    DemoCard,
    DemoCustoms,
    DemoDeclaration,
    DemoGoods,
    DemoHealth,
    DemoItem,
    DemoListing,
    DemoPeople,
    DemoPerson,
)

CANARY: Final = re.compile(rb"CANARY[0-9A-F]{14}")
A_PERSON: Final = 15
"""So many are planted with each traveller, notes and a colleague's decision included."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The travellers, and for each a note and the words of a decision that are their agency's own."""

    people: DemoPeople
    notes: tuple[str, ...]
    verdicts: tuple[str, ...]


def plant(count: int, seed: int) -> Planted:
    """At least `count` canaries, with as many travellers as that takes."""
    chance = random.Random(f"canaries {seed}")  # noqa: S311 - no secret
    fresh = _fresh(chance)
    number = -(-count // A_PERSON)
    persons = tuple(_person(at, fresh) for at in range(number))
    own = tuple(next(fresh) for _ in range(2 * number))
    return Planted(DemoPeople(persons, ()), own[:number], own[number:])


def _fresh(chance: random.Random) -> Iterator[str]:
    while True:
        yield f"CANARY{chance.getrandbits(56):014X}"


def _person(at: int, fresh: Iterator[str]) -> DemoPerson:
    goods = tuple(
        DemoGoods(next(fresh), 2, 40, "MYR", "restricted" if number == 0 else "personal") for number in range(3)
    )
    declared = DemoDeclaration(
        yes=("b",), goods=goods, occupation=next(fresh), address=next(fresh), carrier=next(fresh)
    )
    item = DemoItem("seed", next(fresh), 3, certificate="KT-12", species=next(fresh), consignee=next(fresh))
    return replace(
        ordinary(at),
        customs=DemoCustoms(declared, DemoCard(next(fresh), 300), targeted=next(fresh)),
        health=DemoHealth("yellow", condition=next(fresh)),
        animal_plant=DemoAnimalPlant((item,)),
        security=DemoListing("H3", next(fresh), sealed=True, floor="RED"),
    )


def ordinary(at: int) -> DemoPerson:
    """A traveller of whom nothing is known but who they are."""
    names = ("WIJAYA", "RAHMAN", "SURYADI", "HASAN", "LIM", "JELANI", "BALA", "KUSUMA")
    return DemoPerson(
        id=f"p{at}",
        state="IDN",
        number=f"X{at:07}",
        surname=names[at % len(names)],
        given=names[at // 8 % len(names)],
        sex="F" if at % 2 else "M",
        expires=900,
        born=date(1960 + at % 40, 1 + at % 12, 1 + at % 28),
        announced=False,
    )


def found_in(raw: bytes) -> set[bytes]:
    """The canaries in these bytes: as UTF-8, and as UTF-16 and UTF-32, as an interpreter may keep text."""
    found = set(CANARY.findall(raw))
    for width in (2, 4):
        if b"C" + bytes(width - 1) + b"A" + bytes(width - 1) + b"N" in raw:
            for start in range(width):
                found |= set(CANARY.findall(raw[start::width]))
    return found
