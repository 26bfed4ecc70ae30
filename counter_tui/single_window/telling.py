"""What the agencies' own systems are told of what was recorded: made from the entries, and settled by their answers.

Blocking, on the store's thread. Nothing here waits for a network: `telling_lanes` does, and `telling_files` goes the
way by hand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from offline_cache.sync.messages import Item

from ..agencies.tellers import load_told
from ..agencies.telling import WANTED, Answer, Followed, has_to_be_told, make_telling, value_of
from ..agencies.told import digest
from ..domain.acts import read_body
from ..domain.allowance.standing import card_of
from ..domain.coding import from_json
from ..domain.entries import DECISION, DecisionBody, read_decision
from ..domain.joint.state import LAWLESS, Law
from ..domain.sections import Section
from ..domain.seen import SEEN, AgencyAnswer, Seen, seen_body
from ..domain.sharing import Class, SharingAgreement
from ..domain.words import AGENCY_OF, Agency, Authority, Basis, Verdict
from ..errors import CounterError, StoreError
from ..link.ranks import rank_of
from .following import FOLLOW, Enrolled, Following, Terms
from .projection import SECTION
from .service import stamp
from .store import WindowStore
from .telling_store import Row, State, Tally, TellingStore, Untold

PAGE: Final = 50
"""Entries of one transaction: a booth that syncs waits for no more than these."""
IDENTITY_TOPIC: Final = "document"
NOT_WRITTEN: Final = "not-written"
"""Refused here: it cannot be said in the agency's format."""
NOT_ENTITLED: Final = "not-entitled"
"""Refused here: an officer's verdict from a counter that is not enrolled for this agency."""
FIRST_WAIT, LONGEST_WAIT = 2.0, 600.0
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", re.ASCII)
CORRECTION: Final = "correction"
_UNREADABLE: Final = StoreError("store.record-unreadable")


@dataclass(frozen=True, slots=True)
class Setup:
    """Which post this is, in which realm, what is shared with whom, and the time (aware).

    `country` (ISO 3166-1 alpha-3) and `law` are what the joint outcome is folded by; `currency` is the allowance's.
    """

    post: str
    training: bool
    agreement: SharingAgreement
    now: Callable[[], datetime]
    country: str = ""
    law: Law = LAWLESS
    currency: str = "MYR"


class TellingOffice:
    """The use cases.

    `announces` may be set: counters hear who has to be told before anybody has answered. Where nobody is asked they
    do not: nothing would ever become of it by itself.
    """

    def __init__(self, setup: Setup, store: WindowStore, tellings: TellingStore) -> None:
        """`store` and `tellings` are over the same vault, so that a transaction holds both."""
        self._setup, self._store, self._tellings = setup, store, tellings
        terms = Terms(setup.country, setup.law, setup.currency, setup.training)
        self._following = Following(tellings, terms)
        self.announces = False

    # -- from entries to tellings -----------------------------------------------------------------------------------

    def look(self) -> None:
        """Look at all entries that were not looked at."""
        while self.derive():
            pass

    def derive(self) -> bool:
        """Look at some entries that were not looked at; whether there may be more."""
        with self._store.transaction():
            entries = self._tellings.untold(PAGE)
            enrolled = {line.enrolled.counter.id: line.enrolled.counter.agencies for line in self._store.counters()}
            for entry in entries:
                self._look_at(entry, enrolled)
        return len(entries) == PAGE

    def _look_at(self, entry: Untold, enrolled: Enrolled) -> None:
        if entry.body is None or entry.kind not in {DECISION, CORRECTION, *FOLLOW}:
            self._tellings.looked_at(entry.id)
            return
        try:
            made = list(self._rows(entry, enrolled))
        except (CounterError, ValueError):
            self._tellings.looked_at(entry.id, unreadable=True)
            return
        for row in made:
            self._tellings.put(row)
        self._tellings.looked_at(entry.id)
        rows = self._tellings.of_entry(entry.counter, entry.sequence)
        if (rows and self.announces) or any(row.state is State.REFUSED for row in rows):
            self._say(entry.counter, entry.sequence)

    def _rows(self, entry: Untold, enrolled: Enrolled) -> Iterator[Row]:
        """A telling for each authority that is told of this entry. Raises CounterError, ValueError."""
        at = moment(entry.recorded_at)
        if entry.kind in FOLLOW:
            act = self._following.concerns(entry)
            if act is not None:
                yield from self._followed(entry, act.authority, act.crossing, at, enrolled, act.officer)
            return
        body = self._said(entry)
        if body.training is not self._setup.training:  # no system of either kind hears of the other's travellers
            raise _UNREADABLE
        card = self._card(body)
        for authority in Authority:
            before = self._tellings.last_on(authority, body.crossing.id)
            followed = self._following.of(authority, body, card, at, enrolled, entry)
            record, known = self._record(body, authority), before is not None
            told = has_to_be_told(authority, body, record, before=known, followed=followed)
            if told and (entry.kind == DECISION or before is not None):
                row = self._row(entry, body, authority, before, followed)
                if _given_by_others(body, authority, enrolled.get(entry.counter, frozenset())):
                    row = replace(row, state=State.REFUSED, refused=NOT_ENTITLED, at=self._now())
                yield row
            elif authority is Authority.IMMIGRATION:
                yield from self._followed(entry, authority, body.crossing.id, at, enrolled)

    def _followed(
        self, entry: Untold, authority: Authority, crossing: str, at: datetime, enrolled: Enrolled, officer: str = ""
    ) -> Iterator[Row]:
        """A telling where this entry, which holds no verdict of theirs, changes what concerns them of a crossing.

        `officer` is who did it, "" where it stays the one of the verdicts.
        """
        said = self._last_said(authority, crossing, enrolled)
        if said is None:
            return
        card = self._card(said)
        earlier, followed = (self._following.of(authority, said, card, at, enrolled, one) for one in (None, entry))
        if followed != earlier:
            body = replace(said, officer=officer or said.officer)
            yield self._row(entry, body, authority, self._tellings.last_on(authority, crossing), followed)

    def _last_said(self, authority: Authority, crossing: str, enrolled: Enrolled) -> DecisionBody | None:
        """What was decided of a crossing last by this authority, by whom it was for to decide."""
        for entry in reversed(self._tellings.looked_at_on(crossing)):
            if entry.kind not in {DECISION, CORRECTION}:
                continue
            try:
                body = self._said(entry)
            except CounterError:
                continue
            own = any(judged.authority is authority for judged in body.judgements)
            if own and not _given_by_others(body, authority, enrolled.get(entry.counter, frozenset())):
                return body
        return None

    def _said(self, entry: Untold) -> DecisionBody:
        """What was decided in an entry; of a correction: that what was decided is open again.

        Raises CounterError where the entry does not read, or names no decision that is held here.
        """
        raw = entry.body or b""
        if entry.kind == DECISION:
            return read_decision(raw)
        correction = read_body(CORRECTION, raw)
        counter, _, sequence = correction.deed.act.rpartition("/")
        realm = "demo" if self._setup.training else "live"
        named = self._store.find_entry(counter, int(sequence), realm) if sequence.isdigit() else None
        if named is None or named.kind != DECISION:
            raise _UNREADABLE
        body, why = read_decision(named.body or b""), f"corrected.{correction.deed.why.value}"
        again = tuple(replace(one, verdict=Verdict.PENDING, reason=why, note="") for one in body.judgements)
        return replace(body, judgements=again, officer=correction.officer)

    def _row(
        self, entry: Untold, body: DecisionBody, authority: Authority, before: Row | None, followed: Followed
    ) -> Row:
        """The telling of an entry: what was decided, and what has followed from it by now."""
        telling = make_telling(
            entry.key,
            authority,
            body,
            post=self._setup.post,
            at=moment(entry.recorded_at),
            record=self._record(body, authority),
            shares_identity=self._opens(IDENTITY_TOPIC, Authority.IMMIGRATION, authority),
            corrects=before.key if before else "",
        )
        row = Row(authority, entry.counter, entry.sequence, body.crossing.id, entry.recorded_at, "", b"")
        try:
            message = load_told(authority).write(
                replace(telling, shared=self._shared(body, authority), followed=followed)
            )
        except ValueError:  # an entry of the counter's that the format does not hold: for people to look at
            return replace(row, state=State.REFUSED, refused=NOT_WRITTEN, at=self._now())
        return replace(row, digest=digest(message), message=message)

    def _card(self, body: DecisionBody) -> str:
        """The number of the traveller's shopping card, as customs has it."""
        return card_of(self._record(body, Authority.CUSTOMS))

    def _record(self, body: DecisionBody, authority: Authority) -> Section | None:
        """The authority's own section of the traveller, as it was last read."""
        held = self._store.find_feed(SECTION, f"{body.crossing.document.key}/{authority.value}")
        if held is None:
            return None
        try:
            return from_json(Section, held.body, error=_UNREADABLE)
        except StoreError:
            return None

    def _shared(self, body: DecisionBody, authority: Authority) -> dict[str, str]:
        """What others' records say that this authority wants, as far as they open it to its agency."""
        found = {}
        for owner, name in WANTED.get(authority, ()):
            value = value_of(self._record(body, owner), name) if self._opens(name, owner, authority) else None
            if value is not None:
                found[name] = value
        return found

    def _opens(self, name: str, owner: Authority, to: Authority) -> bool:
        """Whether a topic or field of this owner is open to that authority's agency today."""
        agreement = self._setup.agreement.on(self._setup.now().date())
        return agreement.class_of(name, owner, frozenset({AGENCY_OF[to]})) is Class.OPEN

    # -- what goes --------------------------------------------------------------------------------------------------

    def due(self, authority: Authority, limit: int) -> Sequence[Row]:
        """What may go to this authority now, oldest first, never two of one crossing."""
        return self._tellings.due(authority, self._now(), limit)

    def next_due(self, authority: Authority) -> datetime | None:
        """When something may go; None where nothing is due, or waits for an answer that comes in a file."""
        at = self._tellings.next_due(authority)
        return None if at is None else moment(at) if at else self._setup.now()

    def open(self, authority: Authority, states: Sequence[State], limit: int) -> Sequence[Row]:
        """What stands in these states, oldest first."""
        return self._tellings.in_state(authority, states, limit)

    def handed(self, rows: Iterable[Row]) -> None:
        """These were handed over in a file."""
        with self._store.transaction():
            for row in rows:
                self._tellings.settle(replace(row, state=State.HANDED, at=self._now()))

    def put_off(self, row: Row) -> None:
        """The system did not answer to this one as it should: it waits, ever longer, and others go on."""
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(row.tries, 10))
        later = stamp(self._setup.now() + timedelta(seconds=wait))
        self._tellings.settle(replace(row, tries=row.tries + 1, not_before=later))

    def hurry(self, authority: Authority) -> None:
        """What waits for its time goes now: the system is back."""
        self._tellings.hurry(authority)

    # -- what comes -------------------------------------------------------------------------------------------------

    def answered(self, authority: Authority, answers: Sequence[Answer], *, by_hand: bool = False) -> int:
        """Keep answers, and tell the counters; how many were news. An answer to what was seen before is none."""
        with self._store.transaction():
            return sum(self._take(authority, answer, by_hand=by_hand) for answer in answers)

    def _take(self, authority: Authority, answer: Answer, *, by_hand: bool) -> bool:
        row = self.find(authority, answer.key)
        if row is None or row.state is State.SEEN or (row.state is State.REFUSED and answer.refused):
            return False
        refused = answer.refused if not answer.refused or _CODE.fullmatch(answer.refused) else "unspecified"
        settled = replace(
            row,
            state=State.REFUSED if refused else State.SEEN,
            at=stamp(answer.at),
            reference=answer.reference,
            refused=refused,
            by_hand=by_hand,
        )
        self._tellings.settle(settled)
        self._say(row.counter, row.sequence)
        return True

    def again(self, rows: Iterable[Row]) -> int:
        """These go again, whatever was said of them; how many."""
        count = 0
        with self._store.transaction():
            for row in rows:
                self._tellings.settle(replace(row, state=State.DUE, tries=0, not_before="", refused="", reference=""))
                self._say(row.counter, row.sequence)
                count += 1
        return count

    def _say(self, counter: str, sequence: int) -> None:
        """Tell the counter how far its entry is."""
        found = {row.authority: row for row in self._tellings.of_entry(counter, sequence)}
        rows = [found[authority] for authority in Authority if authority in found]
        seen = Seen(
            told=tuple(row.authority for row in rows),
            answers=tuple(
                AgencyAnswer(row.authority, moment(row.at), row.reference, row.refused, row.by_hand)
                for row in rows
                if row.state in {State.SEEN, State.REFUSED}
            ),
        )
        key = f"{counter}/{sequence}"
        item = Item(SEEN, key, "window", self._now(), seen_body(seen), rank_of(SEEN))
        self._store.put_feed(item, origin=counter)

    # -- knowing ----------------------------------------------------------------------------------------------------

    def find(self, authority: Authority, key: str) -> Row | None:
        """The telling of this key."""
        counter, _, sequence = key.rpartition("/")
        if not counter or not sequence.isascii() or not sequence.isdigit() or len(sequence) > 18:
            return None
        return self._tellings.find(authority, counter, int(sequence))

    def since(self, authority: Authority, since: datetime) -> Sequence[Row]:
        """Tellings of what was recorded from then on, without their messages."""
        return self._tellings.since(authority, stamp(since))

    def tally(self, authority: Authority) -> Tally:
        """How many stand where."""
        return self._tellings.tally(authority)

    def unreadable(self) -> int:
        """How many entries could not be read, so that nobody was told."""
        return self._tellings.unreadable()

    def now(self) -> datetime:
        """The time, aware."""
        return self._setup.now()

    def _now(self) -> str:
        return stamp(self._setup.now())


def _given_by_others(body: DecisionBody, authority: Authority, agencies: AbstractSet[Agency]) -> bool:
    """Whether a verdict is said to be an officer's of an agency that has nobody at this counter."""
    officers = any(judged.authority is authority and judged.basis is Basis.OFFICER for judged in body.judgements)
    return officers and AGENCY_OF[authority] not in agencies


def moment(at: str) -> datetime:
    """The time of a stamp, aware, UTC."""
    return datetime.fromisoformat(at).astimezone(UTC)
