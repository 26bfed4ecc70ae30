"""What agencies' records say of a traveller who does not exist: the fields and origins that connectors would read."""

import base64
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from counter_tui.domain.documents import Document
from counter_tui.domain.sections import Field, Origin
from counter_tui.domain.texts import Text, text
from counter_tui.domain.words import Authority

Records = tuple[tuple[Field, ...], tuple[Origin, ...]]
WITH_PORTRAIT = 0.3
DECLARED = 0.2
SEXES = {"M": "male", "F": "female", "X": "unspecified"}


class Register:
    """Records of one section: an origin after the other, each with its fields."""

    def __init__(self, as_of: datetime, chance: random.Random) -> None:
        self._as_of, self.chance = as_of, chance
        self._fields: list[Field] = []
        self._origins: list[Origin] = []

    def read(self, system: str, reference: str = "", **values: str | Text) -> None:
        """A record and its fields; of a name what stands before `__` is the authority's prefix."""
        origin = f"r{len(self._origins) + 1}"
        self._origins.append(Origin(origin, system, reference, self._as_of))
        for name, value in values.items():
            field = name.replace("__", ".").replace("_", "-")
            self._fields.append(Field(field, value, origin, "green"))

    @property
    def records(self) -> Records:
        """All of them."""
        return tuple(self._fields), tuple(self._origins)


def records(authority: Authority, document: Document, as_of: datetime, chance: random.Random, issue: str) -> Records:
    """The records of one authority on the bearer of this document; `issue` is of security's list."""
    register = Register(as_of, chance)
    _READ[authority](register, document, as_of, issue)
    return register.records


def _immigration(register: Register, document: Document, as_of: datetime, _: str) -> None:
    chance, named = register.chance, f"{document.issuing_state} {document.number}"
    portrait: str | Text = text("value.imm.portrait-none")
    if chance.random() < WITH_PORTRAIT:
        portrait = f"P4:24x32:{base64.b64encode(_face(chance)).decode('ascii')}"
    register.read(
        "imm.record",
        named,
        imm__document=named,
        imm__name=", ".join(part for part in (document.surname, document.given_names) if part),
        imm__birth=document.birth.iso(),
        imm__sex=text(f"value.imm.{SEXES[document.sex]}"),
        imm__nationality=document.nationality,
        imm__portrait=portrait,
    )
    register.read("imm.document", imm__document_status=text("value.imm.document-valid"))
    register.read("imm.hits", imm__result=text("value.imm.no-hit"))
    register.read("imm.interview")
    crossed = chance.randrange(4)
    register.read("imm.crossings", imm__crossings_12_months=str(crossed))
    for turn in range(crossed):
        on = (as_of - timedelta(days=chance.randrange(1, 360))).date().isoformat()
        way = text(f"value.imm.crossed-{('out', 'in')[turn % 2]}", document=named, on=on, post="ID-ENTIKONG")
        register.read("imm.crossings", imm__crossed=way)


def _face(chance: random.Random) -> bytes:
    """As well compressed as a face is: neighbours are alike."""
    level, packed = 8, bytearray()
    for _ in range(24 * 32 // 2):
        level = min(15, max(0, level + chance.choice((0, 0, 0, 0, 0, 0, -1, 1, -4, 4))))
        packed.append(level << 4 | level)
    return bytes(packed)


def _customs(register: Register, document: Document, as_of: datetime, _: str) -> None:
    chance, day = register.chance, as_of.date().isoformat()
    if chance.random() < DECLARED:
        number, amount = f"CD/{as_of:%y%m%d}/{chance.randrange(1, 9999):04}", chance.randrange(10, 600)
        answers = {f"cust__answer_{letter}": text("value.cust.no") for letter in "abcdef"}
        blank = text("value.cust.blank")
        register.read(
            "cust.declaration",
            number,
            cust__declaration_state=text("value.cust.declaration-filed"),
            cust__channel=text("value.cust.channel-green"),
            cust__declaration_number=number,
            cust__declaration_filed=day,
            cust__name=document.display_name,
            cust__birth=document.birth.iso(),
            cust__occupation=blank,
            cust__nationality=document.nationality,
            cust__document=document.number,
            cust__address=blank,
            cust__carrier=blank,
            cust__arrival=day,
            cust__packages="1",
            cust__packages_unaccompanied="0",
            **answers,
        )
        register.read(
            "cust.goods",
            f"{number}/1",
            cust__goods=chance.choice(("groceries", "sugar", "clothes", "spare parts", "snacks")),
            cust__goods_quantity=f"{chance.randrange(1, 40)} PCE",
            cust__goods_value=f"MYR {amount}.00",
            cust__goods_kind=text("value.cust.kind-personal"),
            cust__goods_usd=f"USD {amount / 4.42:.2f}",
        )
    register.read("cust.record", cust__crossings_7_days=str(chance.randrange(3)))


def _health(register: Register, document: Document, as_of: datetime, _: str) -> None:
    chance = register.chance
    name = " ".join(part for part in (document.given_names, document.surname) if part)
    measured = (as_of - timedelta(minutes=chance.randrange(1, 9))).replace(second=0, microsecond=0)
    register.read("health-records", "Patient/p1", health__name=name, health__birth_date=document.birth.iso())
    register.read(
        "health-records",
        "QuestionnaireResponse/q1",
        health__colour=text("colour.green"),
        health__pass_authored=as_of.date().isoformat(),
        health__contact=text("answer.no"),
    )
    warm = f"{chance.gauss(36.5, 0.25):.1f} Cel"
    register.read(
        "health-records", "Observation/t1", health__temperature=warm, health__measured_at=measured.isoformat()
    )


def _animal_plant(_: Register, __: Document, ___: datetime, ____: str) -> None:
    """Nothing is on file of most."""


def _security(register: Register, _: Document, __: datetime, issue: str) -> None:
    register.read("security-list", issue, sec__list=issue)


_READ: dict[Authority, Callable[[Register, Document, datetime, str], None]] = {
    Authority.IMMIGRATION: _immigration,
    Authority.CUSTOMS: _customs,
    Authority.HEALTH: _health,
    Authority.ANIMAL_PLANT: _animal_plant,
    Authority.SECURITY: _security,
}
