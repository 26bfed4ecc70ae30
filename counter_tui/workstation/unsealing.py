"""What is sealed, opened for one view: two people sign, the entry arrives, the owner opens it, and it is shown once.

The clear value is in memory only, in the hands of who asked; nothing here keeps it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from ..domain.acts import Means
from ..domain.coding import to_json
from ..domain.two_persons import Matter
from ..domain.unsealing import UNSEAL, SealedItem, UnsealBody, UnsealReason, sealed_items, state, why_not_both
from ..errors import DecisionError, LinkError
from .records import stamp
from .two_persons import By, get_person

if TYPE_CHECKING:
    from ..domain.posts import Officer
    from ..domain.telephone import Challenge
    from ..domain.unsealing import UnsealStatement
    from .current import Current
    from .parts import Parts
    from .ports import OneTimeKey
    from .seconding import Needed, Seconding
    from .sign_in import Session
    from .two_persons import Way

PAUSES: Final = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0, 8.0)
"""Seconds between tries while the entry is on its way; a slow link takes some 15 s."""
MOST_LINES: Final = 200
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What was sealed, as names and values to be shown; in memory, for one view."""

    item: SealedItem
    sequence: int
    values: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be unsealed, why, and in which words."""

    item: SealedItem
    reason: UnsealReason
    note: str


class Unsealings:
    """Unsealing at one counter."""

    def __init__(self, parts: Parts, now: Callable[[], datetime]) -> None:
        """Over the parts of the booth; `now` as the booth has it."""
        self._parts, self._now = parts, now
        self._called: OneTimeKey | None = None

    def items(self, current: Current) -> tuple[SealedItem, ...]:
        """What could be unsealed of the traveller in hand."""
        return sealed_items(current.view().sections, current.agreement)

    def ways(self, seconding: Seconding, first: Officer, item: SealedItem) -> tuple[Way, ...]:
        """How a second person may sign with this one."""
        fits = partial(_may_both, first, item)
        return seconding.ways(_needed(item), fits)

    def ask(self, current: Current, chosen: Chosen, session: Session, second: str, seconding: Seconding) -> Challenge:
        """The challenge that a second person (id) answers over the telephone. Raises DecisionError as `unseal`."""
        statement, key = self._state(current, chosen, session, By(second, Means.TELEPHONE), seconding)
        challenge = seconding.ask(Matter.UNSEAL, statement, (current.crossing.id, chosen))
        self._called = key
        return challenge

    async def unseal(
        self, current: Current, chosen: Chosen, session: Session, by: By, seconding: Seconding
    ) -> Unsealed:
        """Record it, ask for it, and give what comes; over the telephone, once the second person's word is there too.

        Raises DecisionError `unseal.nothing` where that is not sealed here any more, `unseal.no-key`, why these two may
        not, `decision.note-needed`; SignInError for the PIN; LinkError where it does not come, with the entry recorded.
        """
        parts, crossing = self._parts, current.crossing
        statement, key = self._state(current, chosen, session, by, seconding)
        if by.means is Means.TELEPHONE:
            statement, key = seconding.asked_about((crossing.id, chosen)), self._called or key
        signed = seconding.sign(statement, by)
        body = to_json(UnsealBody(statement, signed.certificate, signed.signature, signed.answer))
        entry = parts.ledger.append(UNSEAL, crossing.id, body, signer=session.key)
        parts.delivery.nudge()
        clear = key.open(await self._fetch(entry.sequence), statement.signed_bytes())
        return Unsealed(chosen.item, entry.sequence, tuple(values_of(clear)))

    def _state(
        self, current: Current, chosen: Chosen, session: Session, by: By, seconding: Seconding
    ) -> tuple[UnsealStatement, OneTimeKey]:
        """What the two are going to sign, if they may, and the key that the value is sealed to."""
        parts, crossing = self._parts, current.crossing
        if chosen.item not in self.items(current):
            raise DecisionError("unseal.nothing")
        if parts.one_time_key is None:
            raise DecisionError("unseal.no-key")
        key = parts.one_time_key()
        statement = state(
            crossing=crossing.id,
            document=crossing.document.key,
            training=crossing.training,
            counter=parts.place.counter.id,
            at=stamp(self._now()),
            item=chosen.item,
            exchange=base64.b64encode(key.public).decode(),
            reason=chosen.reason,
            note=chosen.note,
            first=session.officer,
            second=get_person(parts, by.officer),
        )
        seconding.check(_needed(chosen.item), by.officer, by.means)
        return statement, key

    async def _fetch(self, sequence: int) -> bytes:
        """The sealed answer, as soon as the entry has arrived there."""
        for pause in PAUSES:
            try:
                return await self._parts.link.unseal(sequence)
            except LinkError as refused:
                if refused.code != "unseal.not-recorded":
                    raise
            await self._parts.sleep(pause)
        raise LinkError("unseal.not-recorded")


def _needed(item: SealedItem) -> Needed:
    return ((Matter.UNSEAL, item.owner),)


def _may_both(first: Officer, item: SealedItem, second: Officer) -> bool:
    return not why_not_both(first, second, item.owner, item.may)


def values_of(clear: bytes) -> Iterator[tuple[str, str]]:
    """Names and values of an owner's detail: JSON as it wrote it, or its text; bounded, and not yet safe to show."""
    try:
        found = json.loads(clear)
    except (ValueError, RecursionError):
        found = clear.decode("utf-8", "replace")
    for count, pair in enumerate(_leaves(found, "", 0)):
        if count == MOST_LINES:
            return
        yield pair


def _leaves(value: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth < 16 and isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{name}.{key}"[:LONGEST] if name else str(key)[:LONGEST], depth + 1)
    elif depth < 16 and isinstance(value, list):
        for one in value:
            yield from _leaves(one, name, depth + 1)
    elif value is not None:
        yield name, str(value)[:LONGEST]
