"""A crossing is opened: whether this document may be, here and now, and what is at hand of who bears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.crossings import Crossing
from ..domain.documents import is_training
from ..domain.entries import DECISION
from ..domain.repeats import attempts
from ..errors import DecisionError
from .current import Current
from .known_persons import KnownPersons
from .lookups import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.crossings import Group
    from ..domain.documents import Document
    from ..domain.posts import Officer
    from .acts import Acts
    from .keying import Keying
    from .parts import Parts
    from .records import CachedRecords

VISAS = frozenset({"MRVA", "MRVB"})


class Opening:
    """Opens crossings at one counter."""

    def __init__(
        self, parts: Parts, records: CachedRecords, keying: Keying, acts: Acts, here: Callable[[], datetime]
    ) -> None:
        """`here` is the time in the post's zone."""
        self._parts, self._records, self._keying, self._here = parts, records, keying, here
        self._acts = acts
        self.persons = KnownPersons(parts.store, records)

    def crossing(self, document: Document, group: Group | None = None) -> Crossing:
        """A new crossing of this document's holder, kept until it is decided; with a `group`, as one of that.

        Who was not let go, here or at another counter, is the same passage: it is taken up under its id.

        Raises DecisionError `document.visa`, `document.real`, `document.training`.
        """
        parts = self._parts
        if document.format in VISAS:
            raise DecisionError("document.visa")
        training = is_training(document)
        if parts.place.demo and parts.live_too and not training:
            raise DecisionError("document.real")
        if not parts.place.demo and training:
            raise DecisionError("document.training")
        known = self._records.find_expected(document.key)
        crossing = Crossing(
            id=self._acts.unsettled(document.key, parts.place.counter.direction) or parts.new_id(),
            direction=parts.place.counter.direction,
            lane=parts.place.counter.lane,
            document=document,
            opened_at=self._here(),
            group=group or (known.group if known and known.direction is parts.place.counter.direction else None),
            guardian=known.guardian if known else None,
            training=parts.place.demo,
            document_used=self._keying.used_on(document),
        )
        self._records.keep_open(crossing)
        return crossing

    def current(self, crossing: Crossing, officer: Officer) -> Current:
        """The crossing with what the cache holds of it and what was recorded of it here."""
        parts, rules = self._parts, self._parts.rules()
        acts = self._acts.of(crossing.id)
        silent = {reason.code for reason in rules.reasons if not reason.feeds}
        here, taken_back = parts.place.counter.id, {act.deed.act for act in acts if act.kind == "correction"}
        return Current(
            crossing=crossing,
            officer=officer,
            post=parts.place.post,
            rules=rules.book,
            sharing=rules.sharing,
            clock=parts.clock,
            sections={s.authority: s for s in self._records.sections(crossing.document.key)},
            acts=acts,
            beside=self._acts.beside(crossing),
            earlier=attempts(self._acts.earlier(crossing), lambda code: code not in silent),
            decided=any(act.kind == DECISION and act.counter == here and act.id not in taken_back for act in acts),
            known=self.persons.of(crossing.document, parts.clock.now()),
            counter=here,
            parted=self._parted(crossing),
            reason=reason_of(parts.ledger, crossing),
        )

    def _parted(self, crossing: Crossing) -> bool:
        """Whether whom this minor travels with was seen here or at another counter, and not let go."""
        return crossing.guardian is not None and bool(self._acts.unsettled(crossing.guardian, crossing.direction))
