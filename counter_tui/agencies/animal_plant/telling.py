"""What the quarantine system is told: for each thing carried, which of the eight quarantine actions (8P) was taken.

The eight are pemeriksaan, pengasingan, pengamatan, perlakuan, penahanan, penolakan, pemusnahan and pembebasan. A
counter examines, detains, refuses or releases; isolating, observing, treating and destroying are the quarantine
officers' own acts later on. Weights are not taken at the counter: what stood on record goes with each item.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from ...domain.outcome import PERSON, Judgement
from ...domain.sections import Subject
from ...domain.words import Authority, SubjectKind, Verdict
from ..telling import Record, Telling
from ..told_json import (
    BASES,
    DocumentPart,
    JsonTold,
    Message,
    Part,
    TravellerPart,
    VerdictPart,
    common,
    shown,
    verdicts,
)

Act = Literal[
    "PEMERIKSAAN",
    "PENGASINGAN",
    "PENGAMATAN",
    "PERLAKUAN",
    "PENAHANAN",
    "PENOLAKAN",
    "PEMUSNAHAN",
    "PEMBEBASAN",
]
OF_VERDICT: Final[Mapping[Verdict, Act]] = {
    Verdict.CLEAR: "PEMBEBASAN",
    Verdict.CLEAR_COND: "PEMBEBASAN",
    Verdict.PENDING: "PEMERIKSAAN",
    Verdict.REFER: "PEMERIKSAAN",
    Verdict.HOLD: "PENAHANAN",
    Verdict.REFUSE: "PENAHANAN",  # a thing is not refused but seized
    Verdict.HANDOVER: "PENAHANAN",
}
OF_REASON: Final[Mapping[str, Act]] = {
    "cond.goods-returned": "PENOLAKAN",
    "cond.surrendered": "PENAHANAN",
    "release.returned": "PENOLAKAN",
}
"""What was agreed with the traveller says more than the verdict."""
WEIGHT: Final = "weight"
"""Not recorded: what was weighed."""


class ItemPart(Part):
    """One thing carried, what was done with it, and as what it is on record."""

    subject_id: str
    label: str | None = None
    action: Act
    verdict: str
    basis: str
    reason: str | None = None
    note: Annotated[str | None, Field(max_length=4000, repr=False)] = None
    commodity: str | None = None
    quantity: str | None = None
    origin: str | None = None


class ActionRecord(Message):
    """The actions of one decision; `person` is what was decided of the traveller themselves."""

    items: tuple[ItemPart, ...] = ()
    person: tuple[VerdictPart, ...] = ()


class AnimalPlantTold(JsonTold):
    """The quarantine system's format."""

    authority: ClassVar[Authority] = Authority.ANIMAL_PLANT
    message_part: ClassVar[type[Message]] = ActionRecord

    def message(self, telling: Telling) -> ActionRecord:
        """The action record."""
        known = {record.reference: record for record in telling.records("ap.item")}
        judged = [one for one in telling.verdicts if one.subject.kind is not PERSON.kind]
        items = [_item(one, known.get(one.subject.label or one.subject.id)) for one in judged]
        # what nobody gave a verdict of its own goes with the person
        person = next((one for one in telling.verdicts if one.subject == PERSON), None)
        named = {one.subject.label or one.subject.id for one in judged}
        if person is not None:
            rest = (record for reference, record in known.items() if reference not in named)
            items += [_item(replace(person, subject=_subject(record)), record) for record in rest]
        return ActionRecord(
            **common(telling, DocumentPart, TravellerPart),
            shown=shown(telling),
            items=tuple(items),
            person=verdicts(telling, frozenset({PERSON.kind})),
            not_recorded=(WEIGHT,) if items else (),
        )


def _subject(record: Record) -> Subject:
    return Subject(SubjectKind.GOODS, record.reference, record.reference)


def _item(judged: Judgement, record: Record | None) -> ItemPart:
    values = record.values if record is not None else {}
    return ItemPart(
        subject_id=judged.subject.id,
        label=judged.subject.label or None,
        action=OF_REASON.get(judged.reason, OF_VERDICT[judged.verdict]),
        verdict=judged.verdict.name,
        basis=BASES[judged.basis],
        reason=judged.reason or None,
        note=judged.note or None,
        commodity=values.get("ap.item"),
        quantity=values.get("ap.item-quantity"),
        origin=values.get("ap.item-origin"),
    )
