"""Acts that two people sign, wherever the second one is: beside the first, called, or at their own counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.acts import ActStatement, Means, Second

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.acts import Deed
    from ..domain.posts import Officer
    from ..domain.telephone import Challenge
    from .acts import Acts
    from .at_work import AtWork
    from .ports import JournalEntry
    from .seconding import Needed, Seconding
    from .two_persons import By, Way


class SignedActs:
    """At one counter, for who is signed in. All of it runs on the backstage loop."""

    def __init__(self, acts: Callable[[], Acts], seconding: Seconding, work: AtWork) -> None:
        """`acts` are loaded when one is signed."""
        self._acts, self._seconding, self._signed_in = acts, seconding, work.signed_in

    def ways(self, deed: Deed, needed: Needed) -> tuple[Way, ...]:
        """How a second person may sign this: as the rules of two people say, and the deed itself."""
        first = self._signed_in().officer

        def fits(second: Officer) -> bool:
            return not deed.why_not(first, second)

        return self.ways_of(needed, fits)

    def ways_of(self, needed: Needed, fits: Callable[[Officer], bool]) -> tuple[Way, ...]:
        """The same before the deed is known."""
        return self._seconding.ways(needed, fits)

    def ask(self, kind: str, thread: str, deed: Deed, needed: Needed, second: str, about: object = None) -> Challenge:
        """The challenge to read out to a second person (id), who signs just this. Raises DecisionError why not.

        `about` is what was chosen, where the deed has a time in it: the same is given to `sign`.
        """
        self._seconding.check(needed, second, Means.TELEPHONE)
        session, acts = self._signed_in(), self._acts()
        acts.check(deed, session, second)
        statement = acts.statement(kind, thread, deed, session, second, Means.TELEPHONE)
        return self._seconding.ask(needed[0][0], statement, (kind, thread, about or deed))

    def sign(self, kind: str, thread: str, deed: Deed, needed: Needed, by: By, about: object = None) -> JournalEntry:
        """Record it as the second person signs it, over the telephone as it was asked; on disk when this returns.

        Raises DecisionError why these may not, or `telephone` codes; SignInError for the PIN. Not within a step of the
        ledger that may come to nothing: a try counts.
        """
        self._seconding.check(needed, by.officer, by.means)
        session, acts = self._signed_in(), self._acts()
        acts.check(deed, session, by.officer)
        if by.means is Means.TELEPHONE:
            statement: ActStatement = self._seconding.asked_about((kind, thread, about or deed))
        else:
            statement = acts.statement(kind, thread, deed, session, by.officer, by.means)
        second: Second = self._seconding.sign(statement, by)
        return acts.record_statement(statement, session, second)
