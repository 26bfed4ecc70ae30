"""A second person who is not here: asked for at their own counter or over the telephone; and answered from here.

Nothing that waits for an answer is kept: after an end it is asked anew. What was answered stands in the journal of the
counter that answered, so that whoever reads out digits has signed for it, whatever becomes of the act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from ..domain.acts import Means, Second
from ..domain.confirming import CONFIRMATION
from ..domain.joint.deeds import Confirmation
from ..domain.telephone import TRIES, Asked, Challenge, counters_of, number_of
from ..domain.two_persons import VERDICTS, Statement
from ..domain.waiting import ToConfirm, waiting_for
from ..errors import DecisionError
from .two_persons import Way, countersign, find_person, get_second

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..domain.matters import TwoPersonRules
    from ..domain.posts import Officer
    from ..domain.two_persons import Matter
    from ..domain.words import Agency
    from .acts import Acts
    from .at_work import AtWork
    from .parts import Parts
    from .ports import JournalEntry
    from .two_persons import By

    Needed = Sequence[tuple[Matter, Agency | None]]
    """Matters that are signed together, each with the agency whose it is."""


class Signable(Statement, Protocol):
    """What is signed wherever the second person is: a statement that has a name of its own."""

    @property
    def digest(self) -> str:
        """Of all that is signed: 32 hex digits."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """Eight digits for the counter that asked (its id), and what they sign: `name` is the statement's."""

    counter: str
    digits: str
    matter: Matter
    name: str
    sequence: int


class Seconding:
    """Both sides, at one counter. All of it runs on the backstage loop."""

    def __init__(self, parts: Parts, acts: Callable[[], Acts], work: AtWork) -> None:
        """`acts` are loaded when somebody is asked."""
        self._parts, self._acts = parts, acts
        self._now, self._signed_in = work.now, work.signed_in
        self._asked: Asked | None = None
        self._statement: tuple[object, Signable] | None = None

    # -- who may ----------------------------------------------------------------------------------------------------

    def ways(self, needed: Needed, fits: Callable[[Officer], bool] = lambda _second: True) -> tuple[Way, ...]:
        """How a second person may sign all of this with who is signed in, each with who, or why not.

        `fits` says of a person what the rules of two people do not know of.
        """
        return tuple(self._way(needed, means, fits) for means in Means)

    def _way(self, needed: Needed, means: Means, fits: Callable[[Officer], bool]) -> Way:
        first, rules = self._signed_in().officer, self.rules()
        against = (rules.why_not_first(m, first, owner) or rules.why_not_means(m, means) for m, owner in needed)
        why = self._why_not_elsewhere(needed, means) or next(filter(None, against), "")
        if why:
            return Way(means, why_not=why)
        people = {one.id: one for one in self._parts.roster.values()}
        at: dict[str, tuple[str, ...]] = {}
        if means is not Means.BESIDE and self._parts.telephone is not None:
            colleagues = self._parts.telephone.colleagues().values()
            at = {one.officer.id: one.counters for one in colleagues}
            people = {one.officer.id: one.officer for one in colleagues} | people
        fit = [one for one in people.values() if fits(one) and not self.why_not(needed, one.id, means)]
        keys = self._parts.telephone
        if means is Means.TELEPHONE:
            fit = [one for one in fit if keys is not None and keys.shared_with(one.id)]
        order = sorted(fit, key=lambda one: (one.id not in at, one.role.value != "supervisor", one.name))
        if order:
            return Way(means, tuple(order), at=at)
        return Way(means, why_not="two.no-keys" if means is Means.TELEPHONE else "two.nobody")

    def why_not(self, needed: Needed, second: str, means: Means) -> str:
        """The code for why this person (id) may not sign all of it so with who is signed in; "" where they may."""
        beside, first = means is Means.BESIDE, self._signed_in().officer
        other = self._parts.roster.get(second) if beside else find_person(self._parts, second)
        if other is None:
            return "signin.unknown"
        against = (self.rules().may_sign(matter, first, other, owner, means) for matter, owner in needed)
        return self._why_not_elsewhere(needed, means) or next(filter(None, against), "")

    def _why_not_elsewhere(self, needed: Needed, means: Means) -> str:
        """What two sign that is on no list of four eyes, such as who hands a thing to whom, is signed here by both.

        So is a verdict, as long as no deadline is agreed until which somebody elsewhere confirms it: it would lapse at
        once.
        """
        if means is Means.BESIDE:
            return ""
        if not needed:
            return "two.beside-only"
        verdicts = any(matter in VERDICTS for matter, _owner in needed)
        return "two.no-deadline" if verdicts and not self._parts.rules().book.law.confirm_within else ""

    def check(self, needed: Needed, second: str, means: Means) -> None:
        """Raises DecisionError as `why_not` says."""
        why = self.why_not(needed, second, means)
        if why:
            raise DecisionError(why)

    def names(self, officers: Iterable[str]) -> Mapping[str, str]:
        """The names of these people (ids), as far as they are known here."""
        found = {officer: find_person(self._parts, officer) for officer in officers}
        return {officer: who.name for officer, who in found.items() if who is not None}

    def rules(self) -> TwoPersonRules:
        """The rules that are in force today."""
        return self._parts.two_persons().on(self._now().date())

    # -- asked here -------------------------------------------------------------------------------------------------

    def sign(self, statement: Signable, by: By) -> Second:
        """What a second person gives for a statement; their PIN, or the digits, are looked at last.

        Raises SignInError for the person and the PIN; DecisionError as `take`.
        """
        if by.means is Means.TELEPHONE:
            return self.take(by.typed, statement)
        if by.means is Means.OWN_COUNTER:
            return Second(by.officer, by.means)
        get_second(self._parts, by.officer)
        return Second(by.officer, by.means, *countersign(self._parts, statement, by.typed))

    @property
    def asked(self) -> Asked | None:
        """What waits for eight digits."""
        return self._asked

    def asked_about(self, about: object) -> Any:
        """The statement that waits for eight digits, where it was asked about this.

        What is signed has a time in it: it is recorded as it was asked. Raises DecisionError `telephone.none`.
        """
        if self._asked is None or self._statement is None or self._statement[0] != about:
            raise DecisionError("telephone.none")
        return self._statement[1]

    def ask(self, matter: Matter, statement: Signable, about: object = None) -> Challenge:
        """The challenge to read out; an earlier one is void. Raises DecisionError `two.no-keys`.

        `about` is what was chosen, as `asked_about` is told it.
        """
        keys = self._parts.telephone
        if keys is None or not keys.shared_with(statement.second):
            raise DecisionError("two.no-keys")
        challenge = Challenge.of(matter, self._parts.place.counter.id, statement.digest)
        self._asked = Asked(challenge, statement.second, self._now())
        self._statement = about, statement
        return challenge

    def take(self, typed: str, statement: Signable) -> Second:
        """What the digits that were read back make of it, once.

        Raises DecisionError `telephone.none` where this was not asked, `telephone.late`, `telephone.tries`,
        `telephone.wrong` (`left` tries).
        """
        asked, keys = self._asked, self._parts.telephone
        if asked is None or keys is None or not self._is_asked(asked, statement):
            raise DecisionError("telephone.none")
        why = asked.why_not(self._now())
        if why:
            self._asked = None
            raise DecisionError(why)
        self._asked = replace(asked, wrong=asked.wrong + 1)
        if not asked.holds(typed, keys.shared_with(asked.second)):
            left = TRIES - self._asked.wrong
            if not left:
                self._asked = None
            raise DecisionError("telephone.wrong" if left else "telephone.tries", left=left)
        self._asked = None
        return Second(asked.second, Means.TELEPHONE, answer="".join(filter(str.isdecimal, typed)))

    def _is_asked(self, asked: Asked, statement: Signable) -> bool:
        again = Challenge.of(asked.challenge.matter, self._parts.place.counter.id, statement.digest)
        return again == asked.challenge and statement.second == asked.second

    # -- answered here ----------------------------------------------------------------------------------------------

    def read(self, typed: str) -> tuple[Challenge, tuple[str, ...]]:
        """What a challenge says, and which counters may have asked it.

        Raises DecisionError as `Challenge.read`, `telephone.unknown-counter`, `telephone.own-counter`.
        """
        challenge, keys = Challenge.read(typed), self._parts.telephone
        found = counters_of(challenge, keys.counters()) if keys is not None else ()
        if not found:
            own = challenge.counter == number_of(self._parts.place.counter.id)
            raise DecisionError("telephone.own-counter" if own else "telephone.unknown-counter")
        return challenge, found

    def answer(self, typed: str, pin: str) -> tuple[Answered, ...]:
        """Eight digits of who is signed in, who types their PIN again; it is in the journal before they are seen.

        One for each counter that may have asked, nearly always one. Raises as `read`; SignInError for the PIN.
        """
        challenge, counters = self.read(typed)
        session, keys = self._signed_in(), self._parts.telephone
        assert keys is not None, "read asks for it"
        key = self._parts.persons.open_session(session.officer.id, pin, self._parts.clock.now().timestamp())
        secrets = [(counter, keys.answering(key, counter)) for counter in counters]
        known = [(counter, secret) for counter, secret in secrets if secret is not None]
        if not known:
            raise DecisionError("telephone.unknown-counter")
        deed = Confirmation(challenge.spelled(), agreed=True)
        entry = self._acts().record(CONFIRMATION, challenge.thread, deed, session)
        return tuple(
            Answered(counter, challenge.answer(secret), challenge.matter, challenge.name, entry.sequence)
            for counter, secret in known
        )

    # -- confirmed here ---------------------------------------------------------------------------------------------

    def waiting(self, threads: Iterable[str]) -> tuple[ToConfirm, ...]:
        """What who is signed in is asked to confirm of these threads, the first due first."""
        officer, acts = self._signed_in().officer, self._acts()
        held = (act for thread in dict.fromkeys(threads) for act in acts.of(thread))
        return waiting_for(held, officer, self.rules(), self._now())

    def confirm(self, act_id: str, thread: str, *, agreed: bool, note: str = "") -> JournalEntry:
        """Who is signed in says of an act of this thread that it holds, or that it does not.

        Raises DecisionError `two.nothing-waits`, `two.one-terminal`.
        """
        session, now = self._signed_in(), self._now()
        found = next((one for one in self.waiting((thread,)) if one.act.id == act_id), None)
        if found is None:
            raise DecisionError("two.nothing-waits")
        here = self._parts.place.counter.id
        why = self.rules().why_not_apart(found.matter, found.act.at, found.act.counter, now, here)
        if why:
            raise DecisionError(why)
        return self._acts().record(CONFIRMATION, found.act.thread, Confirmation(act_id, agreed, note.strip()), session)
