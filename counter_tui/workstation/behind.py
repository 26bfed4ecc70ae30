"""What only a traveller needs is loaded behind the first screen: a start does not wait for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .acts import Acts
    from .at_work import AtWork
    from .cases import Cases, Lane
    from .closing import Closing
    from .correcting import Correcting
    from .disclosing import Disclosing
    from .groups import Groups
    from .identifying import Identifying
    from .identity import Identities
    from .judging import Judging, Record
    from .keying import Keying
    from .lookups import Lookups
    from .opening import Opening
    from .papers import Papers
    from .parts import Parts, Rules
    from .reading import Reading
    from .recording import Recording
    from .records import CachedRecords
    from .residents import Residents
    from .seconding import Seconding
    from .signed_acts import SignedActs
    from .stacking import Stacking
    from .steps import Steps
    from .watching import Watching


class Behind:
    """Each is made when it is first asked for, or with `rules`, whichever is earlier."""

    def __init__(
        self,
        parts: Parts,
        records: CachedRecords,
        keying: Keying,
        work: AtWork,
    ) -> None:
        """`work` is what all of them share."""
        self._parts, self._records, self._keying, self._work = parts, records, keying, work
        self._watching: Watching | None = None

    @cached_property
    def acts(self) -> Acts:
        """What is recorded of a thread, here and at other counters."""
        from .acts import Acts

        return Acts(self._parts, self._records.acts, self._work.now)

    @cached_property
    def lookups(self) -> Lookups:
        """Why a traveller is asked for."""
        from .lookups import Lookups

        return Lookups(self._parts, self._work.now)

    @cached_property
    def opening(self) -> Opening:
        """How a crossing is opened."""
        from .opening import Opening

        return Opening(self._parts, self._records, self._keying, self.acts, self._work.here)

    @cached_property
    def recording(self) -> Recording:
        """How a decision is recorded."""
        from .recording import Recording

        over = self._parts, self._records, self._keying, self.opening.persons, self.acts
        return Recording(*over, lambda: self.closing)

    @cached_property
    def closing(self) -> Closing:
        """Sign-offs, without which nothing under a procedure is closed."""
        from .closing import Closing

        return Closing(self._parts, self.acts, self._records, self._work.now)

    @cached_property
    def seconding(self) -> Seconding:
        """Second persons who are not here: what waits for an answer waits for one of all."""
        from .seconding import Seconding

        return Seconding(self._parts, lambda: self.acts, self._work)

    @cached_property
    def signed(self) -> SignedActs:
        """Acts that two people sign."""
        from .signed_acts import SignedActs

        return SignedActs(lambda: self.acts, self.seconding, self._work)

    def cases(self, lane: Lane) -> Cases:
        """Secondary cases; `lane` judges travellers, leaves them and takes them up again."""
        from .cases import Cases

        over = self._parts, self.acts, self._records, self._work
        return Cases(*over, lane=lane, signed=self.signed, closing=self.closing)

    def correcting(self) -> Correcting:
        """What takes back."""
        from .correcting import Correcting

        return Correcting(self._parts, self.acts, self._records, self._keying, self.opening.persons, self._work)

    def disclosing(self) -> Disclosing:
        """Unsealing and notes."""
        from .disclosing import Disclosing

        return Disclosing(self._parts, self._work, lambda: self.seconding)

    def identifying(self, identities: Identities, taken: Callable[[], None]) -> Identifying:
        """What two people say of hits."""
        from .identifying import Identifying

        return Identifying(identities, self.seconding, self._work, taken)

    def papers(self) -> Papers:
        """Papers for travellers and agencies."""
        from .papers import Papers

        return Papers(self._parts, self.acts, self.signed, self._work)

    def steps(self) -> Steps:
        """The steps of joint procedures."""
        from .steps import Steps

        return Steps(self._parts, self.acts, self.closing, self._work)

    def residents(self) -> Residents:
        """The allowance of border residents."""
        from .residents import Residents

        return Residents(self._parts, self.acts, self.signed, self._work)

    def groups(self, identities: Identities, reading: Reading, stacking: Stacking) -> Groups:
        """Groups, for who is signed in."""
        from .groups import Groups

        over = self._parts, self._records, self.opening, self.recording
        return Groups(*over, identities, reading, stacking, self._work)

    def judging(self, record: Record) -> Judging:
        """Verdicts, and whatever else takes two people."""
        from .judging import Judging
        from .overriding import Overriding

        overriding = Overriding(self._parts, self.seconding, lambda: self.acts, self._work)
        return Judging(self._parts, self.seconding, overriding, self._work, record, self.recording.state)

    def watching(self, identities: Identities) -> Watching:
        """Degraded mode, late hits, and what waits for a supervisor."""
        from .watching import Watching

        over = self._parts, self.acts, self._records, identities, self._work
        self._watching = Watching(*over, opened=self.opening.current, closing=self.closing)
        return self._watching

    def stop(self) -> None:
        """End what runs behind."""
        if self._watching is not None:
            self._watching.stop()

    def rules(self) -> Rules:
        """The rules, well before a traveller comes, and with them all else that the first one needs."""
        from . import asking, disclosing, judging, seconding, steps, watching

        _ = asking, disclosing, judging, seconding, steps, watching, self.lookups, self.recording
        return self._parts.rules()
