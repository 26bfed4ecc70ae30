"""Hits decided by two people: both sign, it is in the journal, and from there it is known whenever this person comes.

The journal is the truth; records are what is derived from it, and from what other counters of the post have decided.
What an end came between is derived when somebody is looked up next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.acts import Means
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
    state,
    why_not_both,
)
from ..domain.posts import Officer
from ..domain.screening.model import ListAnswer
from ..domain.two_persons import Matter
from ..domain.words import Agency
from ..errors import CounterError, DecisionError
from .news import ViewChanged
from .ports import RecordStore
from .records import moment, stamp
from .sign_in import Session
from .two_persons import By, get_person

if TYPE_CHECKING:
    from ..domain.telephone import Challenge
    from .acts import Acts
    from .current import Current
    from .parts import Parts
    from .seconding import Seconding
    from .two_persons import Way

Key = tuple[str, str, str]
"""Of a list's entry in its version: list, reference, version."""
MOST = 500
_CALLED = "~"  # ends the key of what was signed over the telephone
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
class Chosen:
    """What two people are to say of a hit, why, and in which words."""

    hit: Key
    reason: IdentityReason
    note: str


@dataclass(frozen=True, slots=True)
class IdentityRecorded:
    """An identity decision that is on disk: never made before it is."""

    sequence: int
    at: datetime
    identified: Identified
    waiting: int


class Identities:
    """Identity decisions at one counter."""

    def __init__(self, parts: Parts, now: Callable[[], datetime], acts: Callable[[], Acts]) -> None:
        """Over the parts of the booth; `now` as the booth has it, `acts` what was recorded here and elsewhere."""
        self._parts = parts
        self._acts = acts
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

    def ways(self, seconding: Seconding, first: Officer, list_id: str) -> tuple[Way, ...]:
        """How a second person may sign with this one on a hit of this list."""
        agency = self._agency(list_id)
        if agency is None:
            return ()
        return seconding.ways([(Matter.IDENTITY, agency)], lambda other: not why_not_both(first, other, agency))

    def _agency(self, list_id: str) -> Agency | None:
        rules = self._parts.rules().book.screening
        return rules.lists[list_id].agency if rules and list_id in rules.lists else None

    def ask(self, current: Current, chosen: Chosen, session: Session, second: str, seconding: Seconding) -> Challenge:
        """The challenge that a second person (id) answers over the telephone. Raises DecisionError as `decide`."""
        statement = self._state(current, chosen, session, By(second, Means.TELEPHONE), seconding)
        return seconding.ask(Matter.IDENTITY, statement, (current.crossing.id, chosen))

    def decide(
        self, current: Current, chosen: Chosen, session: Session, by: By, seconding: Seconding
    ) -> IdentityRecorded:
        """Record it; on disk before this returns, and nothing is where either does not sign.

        Raises DecisionError `identity.hit-changed` where the lists do not have this hit any more, a code of
        `why_not_both` or of `TwoPersonRules.may_sign` where these two may not, `decision.note-needed`; SignInError for
        the second person's PIN, whose tries are counted as at sign-in. The PIN is looked at last, so that no try is
        lost on anything else.
        """
        parts, crossing = self._parts, current.crossing
        statement = self._state(current, chosen, session, by, seconding)
        if by.means is Means.TELEPHONE:
            statement = seconding.asked_about((crossing.id, chosen))
        signed = seconding.sign(statement, by)
        body = IdentityBody(statement, signed.certificate, signed.signature, signed.answer)
        entry = parts.ledger.append(IDENTITY, crossing.id, to_json(body), signer=session.key)
        self._derive()
        identified = chosen.reason.identified
        return IdentityRecorded(entry.sequence, moment(entry.recorded_at), identified, parts.ledger.waiting()[0])

    def _state(self, current: Current, chosen: Chosen, session: Session, by: By, seconding: Seconding) -> Statement:
        """What the two are going to sign, if they may."""
        about = about_hit(current.screening, chosen.hit, self._agency)
        statement = state(
            crossing=current.crossing,
            counter=self._parts.place.counter.id,
            at=stamp(self._now()),
            about=about,
            reason=chosen.reason,
            note=chosen.note,
            first=session.officer,
            second=get_person(self._parts, by.officer),
            known=self._known(current.crossing.document),
        )
        seconding.check([(Matter.IDENTITY, about.agency)], by.officer, by.means)
        return statement

    def _known(self, document: Document) -> tuple[Statement, ...]:
        self._derive()
        return tuple(one for one, called in statements(self._store, document) if not called or self._holds(one))

    def _holds(self, called: Statement) -> bool:
        """Whether what was signed over the telephone counts: where the digits were checked, until it is due.

        Elsewhere, and from then on, once the second person's own word on it has come.
        """
        from ..domain.telephone import Challenge, was_answered  # few are called: not before the first screen

        challenge = Challenge.of(Matter.IDENTITY, called.counter, called.digest)
        said = was_answered(challenge, called.second, self._acts().of(challenge.thread))
        if said is not None:
            return said
        due = self._parts.two_persons().confirm_by(Matter.IDENTITY, moment(called.at))
        return called.counter == self._parts.place.counter.id and self._now() < due

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
        read = read_identity(body)
    except CounterError:
        return
    statement = read.statement
    for key in person_keys(statement.bearer):
        row = f"{key}/{statement.digest}{_CALLED if read.answer else ''}"
        store.put(IDENTITY, row, to_json(statement), as_of=as_of, owner=statement.about.agency.value, partition="")


def statements(store: RecordStore, document: Document) -> Iterator[tuple[Statement, bool]]:
    """What is kept of this document's bearer, also under another document, each decision once.

    And of each, whether its second person signed it over the telephone.
    """
    keys = [key for one in person_keys(bearer_of(document)) for key in store.keys(IDENTITY, f"{one}/", limit=MOST)]
    for row in {key.rpartition("/")[2]: key for key in keys}.values():
        record = store.find(IDENTITY, row)
        try:
            found = read_statement(record.body) if record else None
        except CounterError:
            continue
        if found is not None:
            yield found, row.endswith(_CALLED)
