"""What the security services are told: an event for every crossing, whoever crossed.

They are told of everybody, since discreet matters are matched by their owner from these events and never reach a post.
"""

from typing import ClassVar, Literal

from pydantic import Field

from ...domain.words import Authority
from ..telling import Telling
from ..told_json import DocumentPart, JsonTold, Message, Part, TravellerPart, VerdictPart, common, shown, verdicts


class ListPart(Part):
    """A list that was looked at, by its owner's name, and its version."""

    name: str
    version: str


class Event(Message):
    """A crossing, with what was decided on the lists' behalf; `lists` are those that were looked at.

    `vehicle` is the plate, where customs opens it to security.
    """

    event: Literal["CROSSING"] = "CROSSING"
    lists: tuple[ListPart, ...] = ()
    vehicle: str | None = None
    verdicts: tuple[VerdictPart, ...] = Field(min_length=1)


class SecurityTold(JsonTold):
    """The list owner's format."""

    authority: ClassVar[Authority] = Authority.SECURITY
    message_part: ClassVar[type[Message]] = Event

    def message(self, telling: Telling) -> Event:
        """The event."""
        versions = telling.shown.versions if telling.shown else ()
        return Event(
            **common(telling, DocumentPart, TravellerPart),
            shown=shown(telling),
            lists=tuple(ListPart(name=name, version=version) for name, version in versions),
            vehicle=telling.shared.get("cust.vehicle-plate"),
            verdicts=verdicts(telling),
        )
