"""What is sealed, opened for one view: two people sign, the entry arrives, the owner opens it, and it is shown once.

The clear value is in memory only, in the hands of who asked; nothing here keeps it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..domain.coding import to_json
from ..domain.unsealing import UNSEAL, SealedItem, UnsealBody, UnsealReason, sealed_items, seconds_for, state
from ..errors import DecisionError, LinkError
from .records import stamp
from .two_persons import countersign, get_second

if TYPE_CHECKING:
    from ..domain.posts import Officer
    from .current import Current
    from .parts import Parts
    from .sign_in import Session

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


class Unsealings:
    """Unsealing at one counter."""

    def __init__(self, parts: Parts, now: Callable[[], datetime]) -> None:
        """Over the parts of the booth; `now` as the booth has it."""
        self._parts, self._now = parts, now

    def items(self, current: Current) -> tuple[SealedItem, ...]:
        """What could be unsealed of the traveller in hand."""
        return sealed_items(current.view().sections, current.agreement)

    def seconds(self, first: Officer, item: SealedItem) -> tuple[Officer, ...]:
        """Who may sign beside this person."""
        return seconds_for(first, self._parts.roster.values(), item)

    async def unseal(
        self,
        current: Current,
        item: SealedItem,
        reason: UnsealReason,
        note: str,
        *,
        session: Session,
        second: str,
        pin: str,
    ) -> Unsealed:
        """Record it, ask for it, and give what comes.

        Raises DecisionError `unseal.nothing` where that is not sealed here any more, `unseal.no-key`, why these two may
        not, `decision.note-needed`; SignInError for the PIN; LinkError where it does not come, with the entry recorded.
        """
        parts, crossing = self._parts, current.crossing
        if item not in self.items(current):
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
            item=item,
            exchange=base64.b64encode(key.public).decode(),
            reason=reason,
            note=note,
            first=session.officer,
            second=get_second(parts, second),
        )
        certificate, signature = countersign(parts, statement, pin)
        body = to_json(UnsealBody(statement, certificate, signature))
        entry = parts.ledger.append(UNSEAL, crossing.id, body, signer=session.key)
        parts.delivery.nudge()
        clear = key.open(await self._fetch(entry.sequence), statement.signed_bytes())
        return Unsealed(item, entry.sequence, tuple(values_of(clear)))

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
