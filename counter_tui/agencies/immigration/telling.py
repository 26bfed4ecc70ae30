"""What the border control system is told: a crossing record.

The stay that an entry grants is not typed at the counter: what stood on record goes with it, and `notRecorded` says so.
"""

from typing import ClassVar

from pydantic import Field

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
"""Not recorded of an entry: how long may be stayed."""


class RecordPart(Part):
    """What the system's own record said of visa and stay when it was last read: on the way out, what this closes."""

    visa: str | None = None
    visa_number: str | None = None
    stay_until: str | None = None
    stay_permit_number: str | None = None


class CrossingRecord(Message):
    """One crossing, or what was decided of it later."""

    verdicts: tuple[VerdictPart, ...] = Field(min_length=1)
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
        return CrossingRecord(
            **common(telling, DocumentPart, TravellerPart),
            shown=shown(telling),
            verdicts=verdicts(telling),
            record=None if record == RecordPart() else record,
            not_recorded=(STAY,) if telling.direction is Direction.ENTRY else (),
        )
