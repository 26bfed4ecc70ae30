"""Hits decided by two people: both sign, it is in the journal, and from there it is known whenever this person comes.

The journal is the truth; records are what is derived from it, and from what other counters of the post have decided.
What an end came between is derived when somebody is looked up next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.coding import to_json
from ..domain.documents import Document
from ..domain.identity import (
    IDENTITY,
    HitAbout,
    Identified,
    IdentityBody,
    IdentityReason,
    Statement,
    bearer_of,
    hit_key,
    in_force,
    person_keys,
    read_identity,
    read_statement,
    seconds_for,
    state,
)
from ..domain.posts import Officer
from ..domain.screening.model import ListAnswer
from ..domain.words import Agency
from ..errors import CounterError, DecisionError
from .news import ViewChanged
from .ports import RecordStore
from .records import moment, stamp
from .sign_in import Session
from .two_persons import countersign, get_second

if TYPE_CHECKING:
    from .current import Current
    from .parts import Parts

Key = tuple[str, str, str]
"""Of a list's entry in its version: list, reference, version."""
MOST = 500
_DERIVED = "="  # up to which entry of the journal the records are derived


@dataclass(frozen=True, slots=True)
class DecidedHit:
    """An identity decision in words for people: who decided it, when, and whether on another document."""

    key: Key
    identified: Identified
    first: str
    second: str
    at: datetime
    other_document: bool = False


@dataclass(frozen=True, slots=True)
class IdentityRecorded:
    """An identity decision that is on disk: never made before it is."""

    sequence: int
    at: datetime
    identified: Identified
    waiting: int


class Identities:
    """Identity decisions at one counter."""

    def __init__(self, parts: Parts, now: Callable[[], datetime]) -> None:
        """Over the parts of the booth; `now` as the booth has it."""
        self._parts = parts
        self._store = parts.store
        self._now = now
        self.in_hand: tuple[DecidedHit, ...] = ()

    def take_up(self, current: Current) -> ViewChanged | None:
        """Bring what is known to the crossing in hand; None where it knew that already."""
        standing = self.decided(current.crossing.document)
        self.in_hand = self._told(current.crossing.document, standing)
        return self.bring(current, standing)

    def bring(self, current: Current, standing: Mapping[Key, Statement] | None = None) -> ViewChanged | None:
        """The same for a crossing that is not on the screen by itself."""
        if standing is None:
            standing = self.decided(current.crossing.document)
        no, yes = (frozenset(k for k, one in standing.items() if one.identified is said) for said in Identified)
        if (no, yes) == (current.dismissed, current.verified):
            return None
        return current.identified(no, yes)

    def decided(self, document: Document) -> Mapping[Key, Statement]:
        """What stands of this document's bearer, by the list's entry it is about."""
        return in_force(self._known(document))

    def _told(self, document: Document, standing: Mapping[Key, Statement]) -> tuple[DecidedHit, ...]:
        """The same in words for people."""
        return tuple(
            DecidedHit(
                key,
                one.identified,
                self._name(one.first),
                self._name(one.second),
                moment(one.at),
                other_document=one.bearer.document != document.key,
            )
            for key, one in standing.items()
        )

    def _name(self, officer: str) -> str:
        known = self._parts.roster.get(officer)
        return known.name if known else officer

    def seconds(self, first: Officer, list_id: str) -> tuple[Officer, ...]:
        """Who may sign beside this person on a hit of this list."""
        agency = self._agency(list_id)
        return seconds_for(first, self._parts.roster.values(), agency) if agency else ()

    def _agency(self, list_id: str) -> Agency | None:
        rules = self._parts.rules().book.screening
        return rules.lists[list_id].agency if rules and list_id in rules.lists else None

    def decide(
        self,
        current: Current,
        hit: Key,
        reason: IdentityReason,
        note: str,
        *,
        session: Session,
        second: str,
        pin: str,
    ) -> IdentityRecorded:
        """Record it; on disk before this returns, and nothing is where either signature is missing.

        Raises DecisionError `identity.hit-changed` where the lists do not have this hit any more, a code of
        `why_not_both` where these two may not, `decision.note-needed`; SignInError for the second person's PIN, whose
        tries are counted as at sign-in. The PIN is looked at last, so that no try is lost on anything else.
        """
        parts, crossing = self._parts, current.crossing
        other = get_second(parts, second)
        statement = state(
            crossing=crossing,
            counter=parts.place.counter.id,
            at=stamp(self._now()),
            about=about_hit(current.screening, hit, self._agency),
            reason=reason,
            note=note,
            first=session.officer,
            second=other,
            known=self._known(crossing.document),
        )
        body = IdentityBody(statement, *countersign(parts, statement, pin))
        entry = parts.ledger.append(IDENTITY, crossing.id, to_json(body), signer=session.key)
        self._derive()
        return IdentityRecorded(entry.sequence, moment(entry.recorded_at), reason.identified, parts.ledger.waiting()[0])

    def _known(self, document: Document) -> tuple[Statement, ...]:
        self._derive()
        return tuple(statements(self._store, document))

    def _derive(self) -> None:
        """Bring the records up to the journal."""
        held = self._store.find(IDENTITY, _DERIVED)
        for sequence in self._parts.ledger.of_kind(IDENTITY, int(held.body) if held else 0):
            entry = self._parts.ledger.find(sequence)
            if entry is not None and entry.body is not None:
                keep_identity(self._store, entry.body, as_of=entry.recorded_at)
            mark = str(sequence).encode()
            self._store.put(IDENTITY, _DERIVED, mark, as_of=stamp(self._now()), owner="counter", partition="")


def about_hit(answers: Iterable[ListAnswer], key: Key, agency_of: Callable[[str], Agency | None]) -> HitAbout:
    """What is decided on: the hit on this entry as the lists answered.

    Raises DecisionError `identity.hit-changed` where none of them has it any more.
    """
    for answer in answers:
        for hit in answer.hits:
            agency = agency_of(hit.list)
            if hit_key(hit) == key and agency is not None:
                return HitAbout(hit.list, hit.ref, hit.version, answer.version, round(hit.score * 1000), agency)
    raise DecisionError("identity.hit-changed")


def keep_identity(store: RecordStore, body: bytes, *, as_of: str) -> None:
    """Keep an identity decision under what its person is known by; a body that does not read is none."""
    try:
        statement = read_identity(body).statement
    except CounterError:
        return
    for key in person_keys(statement.bearer):
        row = f"{key}/{statement.digest}"
        store.put(IDENTITY, row, to_json(statement), as_of=as_of, owner=statement.about.agency.value, partition="")


def statements(store: RecordStore, document: Document) -> Iterator[Statement]:
    """What is kept of this document's bearer, also under another document, each decision once."""
    keys = [key for one in person_keys(bearer_of(document)) for key in store.keys(IDENTITY, f"{one}/", limit=MOST)]
    for row in {key.rpartition("/")[2]: key for key in keys}.values():
        record = store.find(IDENTITY, row)
        try:
            found = read_statement(record.body) if record else None
        except CounterError:
            continue
        if found is not None:
            yield found
