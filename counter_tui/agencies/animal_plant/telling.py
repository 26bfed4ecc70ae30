"""What the quarantine system is told: for each thing carried, which of the eight quarantine actions (8P) was taken.

The eight are pemeriksaan, pengasingan, pengamatan, perlakuan, penahanan, penolakan, pemusnahan and pembebasan. A
counter examines, detains, refuses or releases; isolating, observing, treating and destroying are the quarantine
officers' own acts later on. Weights are not taken at the counter: what stood on record goes with each item.
"""

from collections.abc import Mapping
from typing import ClassVar, Final, Literal

from ...domain.outcome import PERSON, Judgement
from ...domain.words import Authority, Verdict
from ..telling import Telling
from ..told_json import (
    DocumentPart,
    JsonTold,
    Message,
    TravellerPart,
    VerdictPart,
    common,
    shown,
    verdict_part,
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


class ItemPart(VerdictPart):
    """One thing carried, and what was done with it."""

    action: Act


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
        items = tuple(_item(judged) for judged in telling.verdicts if judged.subject.kind is not PERSON.kind)
        return ActionRecord(
            **common(telling, DocumentPart, TravellerPart),
            shown=shown(telling),
            items=items,
            person=verdicts(telling, frozenset({PERSON.kind})),
            not_recorded=(WEIGHT,) if items else (),
        )


def _item(judged: Judgement) -> ItemPart:
    action = OF_REASON.get(judged.reason, OF_VERDICT[judged.verdict])
    return ItemPart(**verdict_part(judged).model_dump(), action=action)
