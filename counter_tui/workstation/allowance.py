"""The allowance of the border resident in hand: what is left, a share drawn for it, grants, and corrections.

What was drawn and not used is given back when the crossing is left; after a kill, with the next traveller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..domain.allowance import SLICES
from ..domain.allowance.amounts import shown
from ..domain.allowance.balance import balance, debts, stamp, to_confirm
from ..domain.allowance.deeds import ALLOWANCE, GRANTS, AllowanceDeed, What
from ..domain.allowance.escrow import Answer, Ask, Reply
from ..domain.allowance.residents import Resident, find_resident, linked, thread_of
from ..domain.allowance.slices import Slices
from ..domain.allowance.spending import Occasion, Place, draw, give_back, grant, question, room
from ..domain.allowance.standing import Standing, agency_count, card_of
from ..domain.allowance.terms import month_of
from ..domain.coding import from_json
from ..domain.words import Authority, Direction, Role, SourceState
from ..errors import CounterError, DecisionError, LinkError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.allowance.balance import Balance
    from ..domain.allowance.spending import Room
    from ..domain.allowance.standing import AgencyCount
    from ..domain.allowance.terms import Terms
    from ..domain.sections import Section
    from .acts import Acts
    from .current import Current
    from .parts import Parts
    from .ports import JournalEntry
    from .sign_in import Session

    Said = tuple[Resident, AllowanceDeed]
    Sign = Callable[[str, AllowanceDeed], JournalEntry]
    """Records a deed of a thread that a second person signs."""

PAUSES: Final = (0.3, 0.6, 1.2, 2.5, 5.0)
"""Seconds between tries while this counter's own acts are on their way to the single window."""
UNSURE: Final = frozenset({"link.timeout", "link.broken", "link.answer"})
"""Where the question went out, and nothing is known of what became of it."""
NUMBER: Final = "allowance-number"
HELD: Final = "allowance-held"
_BROKEN: Final = StoreError("store.record-unreadable")


@dataclass(frozen=True, slots=True)
class _Heard:
    """The single window's answer on a crossing, and when it came."""

    crossing: str
    answer: Answer
    at: datetime


class Allowances:
    """At one counter. All of it runs on the backstage loop."""

    def __init__(
        self, parts: Parts, acts: Acts, terms: Terms, now: Callable[[], datetime], here: Callable[[], datetime]
    ) -> None:
        """`now` as the booth has it, `here` the same in the post's zone."""
        self._parts, self._acts, self._terms, self._now, self._here = parts, acts, terms, now, here
        self._asking: dict[str, int] = {}
        self._heard: _Heard | None = None

    # -- knowing ----------------------------------------------------------------------------------------------------

    def find(self, current: Current) -> Resident | None:
        """Who is in hand, to this ledger; None for who is no border resident as far as is known."""
        return find_resident(current.crossing.document, card_of(self._section(current)))

    def standing(self, current: Current) -> Standing:
        """How they stand. Raises DecisionError `resident.no-resident`."""
        resident = self._get(current)
        acts, heard = self._acts_of(resident), self._answered(current)
        of, agency = balance(acts, self._month(current)), self._agency(current)
        down = self._parts.delivery.down_since
        live = heard is not None and down is None
        return Standing(
            resident,
            current.crossing.id,
            self._terms,
            of,
            self._room(current, of, agency),
            SourceState.LIVE if live else SourceState.CACHED,
            heard.at if heard is not None else down,
            agency,
            elsewhere=heard.answer.elsewhere if heard is not None else 0,
            outside=heard.answer.outside if heard is not None else 0,
            slice=self._place().slice,
            debts=debts(acts, of.month, self._terms.allowance),
            unconfirmed=to_confirm(acts, of.month, self._now()),
            asking=resident.key in self._asking,
        )

    def grants(self, current: Current) -> tuple[Act, ...]:
        """The month's grants, the newest first: what may be corrected."""
        of = balance(self._acts_of(self._get(current)), self._month(current))
        return tuple(one.act for one in reversed(of.grants))

    # -- drawing ----------------------------------------------------------------------------------------------------

    def wanted(self, current: Current) -> bool:
        """Whether a share is drawn without anybody asking for it: a resident comes in with goods."""
        agency = self._agency(current)
        return (
            current.crossing.direction is Direction.ENTRY
            and agency is not None
            and agency.declared > 0
            and self._answered(current) is None
            and not current.complete
        )

    async def ask(self, current: Current, session: Session) -> None:
        """Draw what is left for whoever is in hand; without a link nothing happens, and what is known stands.

        Raises DecisionError `resident.no-resident`.
        """
        resident, month = self._get(current), month_of(self._here())
        if resident.key in self._asking:
            return
        for pause in PAUSES:
            ask = self._question(resident, current, month)
            try:
                answer = await self._parts.link.allowance(ask)
            except LinkError as error:
                if error.code not in UNSURE:  # else it may have been handed out all the same: `leave` gives it back
                    self._parts.store.delete(HELD, ask.share)
                self._parts.delivery.doubt()
                break
            if self._asking.get(resident.key) != ask.number:
                return
            month = answer.month
            self._take(resident, current, ask, answer, session)
            if answer.reply in {Reply.SHARE, Reply.NONE}:
                break
            if answer.reply is Reply.BEHIND:
                self._parts.delivery.nudge()
                await self._parts.sleep(pause)
            if self._asking.get(resident.key) != ask.number:
                return
        if self._asking.get(resident.key) == ask.number:
            del self._asking[resident.key]

    def _question(self, resident: Resident, current: Current, month: str) -> Ask:
        agency = self._agency(current)
        used = agency.used if agency is not None and agency.month == month else 0
        acts, place = self._acts_of(resident), self._place()
        store, at = self._parts.store, stamp(self._now())
        kept = store.find(NUMBER, NUMBER)
        # also where this store is an older copy
        number = max(int(kept.body) + 1 if kept else 1, int(self._now().timestamp() * 1000))
        ask = question(resident, acts, place, month, number, used)
        held = f"{current.crossing.id} {month} {resident.key}".encode()
        with self._parts.ledger.together():
            store.put(NUMBER, NUMBER, str(number).encode(), as_of=at, owner="", partition="")
            store.put(HELD, ask.share, held, as_of=at, owner="", partition="")
        self._asking[resident.key] = number
        return ask

    def _take(self, resident: Resident, current: Current, ask: Ask, answer: Answer, session: Session) -> None:
        of = balance(self._acts_of(resident), answer.month)
        deed = draw(resident, of, ask, answer, current.crossing.id)
        if deed is not None:
            self._record(resident, (deed,), session)
        if deed is None or not deed.sen:
            self._parts.store.delete(HELD, ask.share)
        if answer.reply in {Reply.SHARE, Reply.NONE}:
            self._heard = _Heard(current.crossing.id, answer, self._now())

    # -- granting ---------------------------------------------------------------------------------------------------

    def grant(self, current: Current, sen: int, session: Session) -> int:
        """Grant so many sen from what there is here, and give the rest of the share back; the last entry's sequence.

        Raises DecisionError `resident.too-much` with how much there is, `resident.not-yours`.
        """
        resident = self._get(current)
        of = balance(self._acts_of(resident), self._month(current))
        at = self._room(current, of, self._agency(current))
        if not 0 < sen <= at.total:
            raise DecisionError("resident.too-much", most=shown(at.total))
        deeds = grant(resident, of, at, sen, Occasion(current.crossing.id, self._declared(current)))
        return self._record(resident, deeds, session)

    def beyond(
        self, current: Current, sen: int, reason: str, note: str, confirmer: str, signers: Collection[str]
    ) -> Said:
        """A supervisor's grant beyond what there is here, to be recorded with `say`. `signers` are who sign it (ids).

        `confirmer` (id of an officer), another than they, is to confirm it in time. Raises DecisionError.
        """
        resident, end = self._get(current), stamp(self._now() + self._terms.confirm_within)
        third = self._parts.roster.get(confirmer)
        if third is None or third.role is not Role.SUPERVISOR or confirmer in signers:
            raise DecisionError("resident.no-confirmer")
        deed = AllowanceDeed(
            What.SUPERVISOR,
            resident.key,
            self._month(current),
            sen,
            crossing=current.crossing.id,
            reason=reason,
            note=note.strip()[:500],
            confirmer=confirmer,
            confirm_by=end,
            declared=self._declared(current),
            also=resident.also,
        )
        return resident, deed

    def correction(self, current: Current, act: str, sen: int, reason: str, note: str) -> Said:
        """What a grant (by its act's id) should have been, to be recorded with `say` by two. Raises DecisionError."""
        resident = self._get(current)
        found = next((one for one in self._acts_of(resident) if one.id == act and one.kind == ALLOWANCE), None)
        if found is None or found.deed.what not in GRANTS:
            raise DecisionError("resident.no-grant")
        if not note.strip():
            raise DecisionError("decision.note-needed", reason=reason)
        deed = AllowanceDeed(
            What.CORRECTED,
            found.deed.resident,
            found.deed.month,
            sen,
            act=act,
            reason=reason,
            note=note.strip()[:500],
            also=found.deed.also,
        )
        return Resident(found.deed.resident, found.deed.also), deed

    def say(self, said: Said, session: Session, sign: Sign | None = None) -> int:
        """Record what a person answers for, and with `sign` another beside them; the entry's sequence.

        Not in one step: a try at a PIN counts, whatever becomes of it.
        """
        resident, deed = said
        self._link(resident, deed.month, session)
        if sign is not None:
            return sign(resident.thread, deed).sequence
        return self._acts.record(ALLOWANCE, resident.thread, deed, session).sequence

    def leave(self, session: Session, but: str = "") -> None:
        """Give back what is held for anybody but who is on the crossing `but`; also of a month that is over.

        Of that crossing too what was asked for in vain, since it may have been handed out.
        """
        for record in tuple(self._parts.store.all(HELD)):
            crossing, month, key = record.body.decode().split(" ", 2)
            resident = Resident(key)
            of = balance(self._acts_of(resident), month)
            drawn = any(share.id == record.key for share in of.held_at(self._place().counter))
            if crossing == but and month == month_of(self._here()) and (drawn or key in self._asking):
                continue
            self._asking.pop(key, None)
            deed = give_back(resident, of, record.key)
            if deed is not None:
                self._record(resident, (deed,), session)
            else:
                self._parts.store.delete(HELD, record.key)

    # -- recording --------------------------------------------------------------------------------------------------

    def _record(self, resident: Resident, deeds: tuple[AllowanceDeed, ...], session: Session) -> int:
        """All of them, or none; the sequence of the last."""
        sequence = 0
        with self._parts.ledger.together():
            self._link(resident, deeds[0].month, session)
            for deed in deeds:
                sequence = self._acts.record(ALLOWANCE, resident.thread, deed, session).sequence
                if deed.what in {What.RETURNED, What.MISSED}:
                    self._parts.store.delete(HELD, deed.share)
        return sequence

    def _link(self, resident: Resident, month: str, session: Session) -> None:
        """Who comes with the other key alone is the same person: said there once a month."""
        if not resident.also:
            return
        thread = thread_of(resident.also)
        if not any(act.deed.month == month and act.deed.also == resident.key for act in self._acts.of(thread)):
            deed = AllowanceDeed(What.LINKED, resident.also, month, 0, also=resident.key)
            self._acts.record(ALLOWANCE, thread, deed, session)

    # -- what is at hand --------------------------------------------------------------------------------------------

    def _get(self, current: Current) -> Resident:
        resident = self.find(current)
        if resident is None:
            raise DecisionError("resident.no-resident")
        return resident

    def _section(self, current: Current) -> Section | None:
        return current.sections.get(Authority.CUSTOMS)

    def _agency(self, current: Current) -> AgencyCount | None:
        return agency_count(self._section(current), self._terms.currency)

    def _declared(self, current: Current) -> int:
        agency = self._agency(current)
        return agency.declared if agency is not None else 0

    def _acts_of(self, resident: Resident) -> tuple[Act, ...]:
        return linked(resident.keys, lambda key: self._acts.of(thread_of(key)))

    def _answered(self, current: Current) -> _Heard | None:
        heard = self._heard
        return heard if heard is not None and heard.crossing == current.crossing.id else None

    def _month(self, current: Current) -> str:
        heard = self._answered(current)
        return heard.answer.month if heard is not None else month_of(self._here())

    def _room(self, current: Current, of: Balance, agency: AgencyCount | None) -> Room:
        linked_now = self._answered(current) is not None and self._parts.delivery.down_since is None
        used = agency.counted(of) if agency is not None else 0
        return room(of, self._terms, self._place(), current.crossing.id, linked=linked_now, agency_used=used)

    def _place(self) -> Place:
        counter = self._parts.place.counter.id
        kept = self._parts.store.find(SLICES, SLICES)
        try:
            slices = from_json(Slices, kept.body, error=_BROKEN) if kept is not None else Slices()
        except CounterError:
            slices = Slices()
        return Place(counter, slices.of(counter))
