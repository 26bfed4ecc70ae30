"""What the border control system is told: a crossing record.

Whether the traveller was admitted is the joint outcome's to say, and not that of one verdict; until when, what was
recorded with the stamp. Where none was, `notRecorded` says so.
"""

from datetime import date
from typing import ClassVar

from pydantic import Field

from ...domain.joint.state import LETS_GO
from ...domain.words import Authority, Direction
from ..telling import Telling
from ..told_json import (
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

STAY = "stay"
"""Not recorded of an entry: until when may be stayed."""


class RecordPart(Part):
    """What the system's own record said of visa and stay when it was last read: on the way out, what this closes."""

    visa: str | None = None
    visa_number: str | None = None
    stay_until: str | None = None
    stay_permit_number: str | None = None


class StayPart(Part):
    """The last day that the bearer may stay, by which rule and law; the stamp, and on which page it stands."""

    until: date
    rule: str
    legal_basis: str | None = None
    stamp: str | None = None
    page: str | None = None


class CrossingRecord(Message):
    """One crossing, or what was decided of it later.

    `outcome` is what follows for the traveller from the verdicts of all authorities; `admitted`: of an entry, whether
    they may come in by it.
    """

    verdicts: tuple[VerdictPart, ...] = Field(min_length=1)
    outcome: str | None = None
    admitted: bool | None = None
    stay: StayPart | None = None
    record: RecordPart | None = None


class ImmigrationTold(JsonTold):
    """The border control system's format."""

    authority: ClassVar[Authority] = Authority.IMMIGRATION
    message_part: ClassVar[type[Message]] = CrossingRecord

    def message(self, telling: Telling) -> CrossingRecord:
        """The crossing record."""
        record = RecordPart(
            visa=telling.value("imm.visa"),
            visa_number=telling.value("imm.visa-number"),
            stay_until=telling.value("imm.stay-until"),
            stay_permit_number=telling.value("imm.stay-permit-number"),
        )
        outcome, entering = telling.followed.outcome, telling.direction is Direction.ENTRY
        stay = _stay(telling)
        return CrossingRecord(
            **common(telling, DocumentPart, TravellerPart),
            shown=shown(telling),
            verdicts=verdicts(telling),
            outcome=outcome.value if outcome is not None else None,
            admitted=outcome in LETS_GO if entering and outcome is not None else None,
            stay=stay,
            record=None if record == RecordPart() else record,
            not_recorded=(STAY,) if entering and stay is None else (),
        )


def _stay(telling: Telling) -> StayPart | None:
    deed = telling.followed.stay
    if deed is None:
        return None
    return StayPart(
        until=deed.until,
        rule=deed.rule,
        legal_basis=deed.legal_basis or None,
        stamp=deed.stamp or None,
        page=deed.page or None,
    )
