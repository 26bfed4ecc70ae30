"""Unsealing at the single window: an entry that two people signed opens one thing that its owner keeps sealed.

The entry is here, chained and signed, before anything is asked of the owner. The owner's connector opens the ciphertext
and seals the clear value to the key in the statement, so that it passes through here closed. The owner's log tells who
saw it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..agencies.sealing import Opener
from ..domain.coding import from_json
from ..domain.posts import Officer
from ..domain.sections import Sealed, Section
from ..domain.sharing import SharingAgreement
from ..domain.telephone import Challenge
from ..domain.two_persons import Matter
from ..domain.unsealing import UNSEAL, UnsealBody, UnsealStatement, read_unseal, sealed_values, why_not_both
from ..domain.words import AGENCY_OF, Authority
from ..errors import AgencyError, CounterError, LinkError
from .access import Access, AccessLog
from .called import gave_word
from .projection import SECTION
from .sessions import second_signed
from .store import EnrolledCounter, WindowStore

UNSEALED: Final = "unsealed"
_GONE: Final = LinkError("unseal.gone")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the owner is asked to open, and what both people signed."""

    sealed: Sealed
    statement: UnsealStatement


class Unsealing:
    """Checks what was asked, and has the owner open it."""

    def __init__(
        self,
        store: WindowStore,
        log: AccessLog,
        *,
        staff: Mapping[str, Officer],
        agreement: Callable[[], SharingAgreement],
        realm: str,
        openers: Mapping[Authority, Opener],
        by_telephone: bool = False,
    ) -> None:
        """`agreement` as it is in force; `openers` run where their authority's connector does, and may be set later.

        `by_telephone`: whether a second person may be called.
        """
        self._by_telephone = by_telephone
        self._store, self._log, self._staff, self._realm = store, log, staff, realm
        self._agreement, self.openers = agreement, openers

    def take(self, enrolled: EnrolledCounter, sequence: int, now: str) -> Asked:
        """What the entry of this sequence asks for; it is in the owner's log when this returns. Blocking.

        Raises LinkError `unseal.not-recorded` (as long as the entry is not here, nor the word of a second person who
        was called), `unseal.not-two`, `unseal.gone`, `unseal.not-connected`.
        """
        counter = enrolled.counter.id
        entry = self._store.find_entry(counter, sequence, self._realm)
        if entry is None:
            raise LinkError("unseal.not-recorded")
        try:
            body = read_unseal(entry.body or b"" if entry.kind == UNSEAL else b"")
        except CounterError:
            raise LinkError("unseal.not-two") from None
        said = body.statement
        sealed, topic = self._find(said)
        if not self._two_signed(body, entry.session, enrolled, topic):
            raise LinkError("unseal.not-two")
        owner = AGENCY_OF[said.authority]
        if said.authority not in self.openers:
            raise LinkError("unseal.not-connected")
        line = Access(
            at=now,
            what=UNSEALED,
            counter=counter,
            officer=said.first,
            second=said.second,
            about=said.document,
            reason=said.reason,
            crossing=said.crossing,
            item=said.item,
            note=said.note,
        )
        self._log.add({owner}, line)
        return Asked(sealed, said)

    async def open(self, asked: Asked) -> bytes:
        """The clear value, sealed to the key in the statement. Raises LinkError `unseal.no-answer`."""
        try:
            return await self.openers[asked.statement.authority](asked.sealed, asked.statement)
        except AgencyError:
            raise LinkError("unseal.no-answer") from None

    def _find(self, said: UnsealStatement) -> tuple[Sealed, str]:
        """What is sealed under this name in the owner's newest section, and the topic it falls under."""
        item = self._store.find_feed(SECTION, f"{said.document}/{said.authority.value}")
        if item is None:
            raise _GONE
        for one in sealed_values(from_json(Section, item.body, error=_GONE)):
            if one.item == said.item:
                return one.sealed, one.topic
        raise _GONE

    def _two_signed(self, body: UnsealBody, session: str, enrolled: EnrolledCounter, topic: str) -> bool:
        said, counter = body.statement, enrolled.counter.id
        first, second, owner = self._staff.get(said.first), self._staff.get(said.second), AGENCY_OF[said.authority]
        if first is None or second is None:
            return False
        if why_not_both(first, second, owner, self._agreement().may_unseal(topic, owner)):
            return False
        if said.training is not (self._realm == "demo") or self._store.find_signer(counter, session) != said.first:
            return False
        if body.answer:
            return self._was_called(said)
        keys = self._store.officer_keys(counter, said.second)
        return second_signed(body, keys, enrolled.public_key, counter, self._realm)

    def _was_called(self, said: UnsealStatement) -> bool:
        """Whether the second person says so themselves. Raises LinkError as long as that has not arrived."""
        word = gave_word(self._store, Challenge.of(Matter.UNSEAL, said.counter, said.digest), said.second)
        if self._by_telephone and word is None:
            raise LinkError("unseal.not-recorded")
        return self._by_telephone and word is True
