"""How an agency's system is told, and how it answers: what all formats of a telling have in common.

A message is one line of UTF-8, so that a file of messages is a line each. Its key comes with it: a system that knows
the key already gives the answer that it gave, so that telling again does no harm. A system says no with a code of its
own, and that is an answer too; everything else (500, garbage, another message's answer) is none, and is tried again.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

from ..domain.words import Authority
from ..errors import AgencyError
from .ports import Fetch
from .telling import Answer, Held, Telling

TAKEN: Final = frozenset({200, 201})
NOT_TAKEN: Final = frozenset({400, 409, 413, 422})
"""Statuses that say no to this message; any other says nothing about it."""
PATHS: Final[Mapping[Authority, tuple[str, str]]] = {
    Authority.IMMIGRATION: ("/border/v1/crossings", "/border/v1/crossings/held"),
    Authority.CUSTOMS: ("/ceisa/v2/penyelesaian", "/ceisa/v2/penyelesaian/daftar"),
    Authority.HEALTH: ("/fhir", "/fhir/Encounter/_search"),
    Authority.ANIMAL_PLANT: ("/karantina/v1/actions", "/karantina/v1/actions/held"),
    Authority.SECURITY: ("/lists/v1/events", "/lists/v1/events/held"),
}
"""Where each system is told, and where it says what it was told."""
PAGE: Final = 500
MOST_HELD: Final = 200_000
"""Tellings of one reconciliation."""
MAX_LINE: Final = 64 << 10


class Told(ABC):
    """One authority's format: what the single window writes and reads, and what the agency's system does."""

    authority: ClassVar[Authority]
    media_type: ClassVar[str] = "application/json"
    form_type: ClassVar[str] = "application/json"
    """The media type of the question what is held."""

    # -- the single window's side -----------------------------------------------------------------------------------

    @abstractmethod
    def write(self, telling: Telling) -> bytes:
        """The message, the same for the same telling."""

    @abstractmethod
    def read(self, line: bytes, at: datetime) -> Answer:
        """An answer, as it is sent and as it stands in a file; `at` is now, for one that names no time.

        Its key is "" where it names none. AgencyError `agency.not-understood`, or `json.*`.
        """

    @abstractmethod
    def ask_held(self, since: datetime, start: int) -> bytes:
        """The question what the system has of what was recorded from `since` on, from the one numbered `start`."""

    @abstractmethod
    def read_held(self, page: bytes) -> tuple[Sequence[Held], bool]:
        """A page of what it has, and whether there is more. AgencyError as `read`."""

    # -- the agency's side, for systems that are simulated ------------------------------------------------------------

    @abstractmethod
    def take(self, message: bytes) -> tuple[str, datetime, bool]:
        """Key, time of recording and whether it is for training, of a message that is in order. ValueError."""

    @abstractmethod
    def accept(self, held: Held) -> bytes:
        """The answer to a message that was taken."""

    @abstractmethod
    def refuse(self, key: str, code: str) -> bytes:
        """The answer to one that was not."""

    @abstractmethod
    def asked_held(self, question: bytes) -> tuple[datetime, int]:
        """What `ask_held` asked. ValueError."""

    @abstractmethod
    def list_held(self, page: Sequence[Held], *, more: bool) -> bytes:
        """A page of what is held."""

    # -- what follows ---------------------------------------------------------------------------------------------

    async def tell(self, fetch: Fetch, key: str, message: bytes, at: datetime) -> Answer:
        """Send a message, and give the answer. AgencyError where there is none, or none to this message."""
        answer = await fetch("POST", PATHS[self.authority][0], body=message, content_type=self.media_type)
        if answer.status not in TAKEN | NOT_TAKEN:
            raise AgencyError("agency.refused", authority=self.authority.value, status=answer.status)
        try:
            said = self.read(answer.body, at)
        except AgencyError:
            if answer.status in TAKEN:
                raise
            return Answer(key, at, refused=f"http-{answer.status}")
        if said.key != key or bool(said.refused) is (answer.status in TAKEN):
            raise self.not_understood()
        return said

    async def held(self, fetch: Fetch, since: datetime) -> list[Held]:
        """What the agency's system has of what was recorded from `since` on. AgencyError as `tell`."""
        found: list[Held] = []
        more = True
        while more:
            question = self.ask_held(since, len(found))
            answer = await fetch("POST", PATHS[self.authority][1], body=question, content_type=self.form_type)
            if answer.status not in TAKEN:
                raise AgencyError("agency.refused", authority=self.authority.value, status=answer.status)
            page, more = self.read_held(answer.body)
            found += page
            if len(found) > MOST_HELD or (more and not page):
                raise self.not_understood()
        return found

    def not_understood(self) -> AgencyError:
        """The error of an answer that is none."""
        return AgencyError("agency.not-understood", authority=self.authority.value)


def digest(message: bytes) -> str:
    """SHA-256 (hex) of a message as it travels."""
    return hashlib.sha256(message).hexdigest()
