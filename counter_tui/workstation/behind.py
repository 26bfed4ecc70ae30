"""What only a traveller needs is loaded behind the first screen: a start does not wait for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from .acts import Acts
    from .cases import Cases, Lane
    from .closing import Closing
    from .correcting import Correcting
    from .current import Current
    from .groups import Groups
    from .identity import Identities
    from .judging import Judging, Record
    from .keying import Keying
    from .lookups import Lookups
    from .news import News, ViewChanged
    from .opening import Opening
    from .papers import Papers
    from .parts import Parts, Rules
    from .reading import Reading
    from .recording import Recording
    from .records import CachedRecords
    from .residents import Residents
    from .seconding import Seconding
    from .sign_in import Session
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
        now: Callable[[], datetime],
        here: Callable[[], datetime],
    ) -> None:
        """`now` is the booth's time, `here` the same in the post's zone."""
        self._parts, self._records, self._keying, self._now, self._here = parts, records, keying, now, here
        self._watching: Watching | None = None
        self._seconding: Seconding | None = None

    @cached_property
    def acts(self) -> Acts:
        """What is recorded of a thread, here and at other counters."""
        from .acts import Acts

        return Acts(self._parts, self._records.acts, self._now)

    @cached_property
    def lookups(self) -> Lookups:
        """Why a traveller is asked for."""
        from .lookups import Lookups

        return Lookups(self._parts, self._now)

    @cached_property
    def opening(self) -> Opening:
        """How a crossing is opened."""
        from .opening import Opening

        return Opening(self._parts, self._records, self._keying, self.acts, self._here)

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

        return Closing(self._parts, self.acts, self._records, self._now)

    def seconding(self, signed_in: Callable[[], Session]) -> Seconding:
        """Second persons who are not here: what waits for an answer waits for one of all."""
        from .seconding import Seconding

        if self._seconding is None:
            self._seconding = Seconding(self._parts, lambda: self.acts, self._now, signed_in)
        return self._seconding

    def signed(self, signed_in: Callable[[], Session]) -> SignedActs:
        """Acts that two people sign."""
        from .signed_acts import SignedActs

        return SignedActs(lambda: self.acts, self.seconding(signed_in), signed_in)

    def cases(
        self,
        lane: Lane,
        signed_in: Callable[[], Session],
        in_hand: Callable[[], Current],
        recorded: Callable[[], None],
        hear: Callable[[News], None],
    ) -> Cases:
        """Secondary cases; `lane` judges travellers, leaves them and takes them up again."""
        from .cases import Cases

        return Cases(
            self._parts,
            self.acts,
            self._records,
            self._now,
            lane=lane,
            signed_in=signed_in,
            in_hand=in_hand,
            recorded=recorded,
            hear=hear,
            signed=self.signed(signed_in),
            closing=self.closing,
        )

    def correcting(self, signed_in: Callable[[], Session], recorded: Callable[[], None]) -> Correcting:
        """What takes back."""
        from .correcting import Correcting

        over = self._parts, self.acts, self._records, self._keying, self.opening.persons, self._now
        return Correcting(*over, signed_in=signed_in, recorded=recorded)

    def papers(
        self, signed_in: Callable[[], Session], in_hand: Callable[[], Current], recorded: Callable[[], None]
    ) -> Papers:
        """Papers for travellers and agencies."""
        from .papers import Papers

        over = self._parts, self.acts, self.signed(signed_in), self._now
        return Papers(*over, signed_in=signed_in, in_hand=in_hand, recorded=recorded)

    def steps(
        self,
        signed_in: Callable[[], Session],
        in_hand: Callable[[], Current],
        recorded: Callable[[], None],
        hear: Callable[[News], None],
    ) -> Steps:
        """The steps of joint procedures."""
        from .steps import Steps

        over = self._parts, self.acts, self.closing
        return Steps(*over, signed_in=signed_in, in_hand=in_hand, recorded=recorded, hear=hear)

    def residents(
        self, signed_in: Callable[[], Session], in_hand: Callable[[], Current], recorded: Callable[[], None]
    ) -> Residents:
        """The allowance of border residents."""
        from .residents import Residents

        over = self._parts, self.acts, self.signed(signed_in), self._now, self._here
        return Residents(*over, signed_in=signed_in, in_hand=in_hand, recorded=recorded)

    def groups(
        self,
        identities: Identities,
        reading: Reading,
        stacking: Stacking,
        signed_in: Callable[[], Session],
        changed: Callable[[Current, ViewChanged], None],
        recorded: Callable[[], None],
    ) -> Groups:
        """Groups, for who is signed in."""
        from .groups import Groups

        return Groups(
            self._parts,
            self._records,
            self.opening,
            self.recording,
            identities,
            reading,
            stacking,
            now=self._now,
            signed_in=signed_in,
            changed=changed,
            recorded=recorded,
        )

    def judging(
        self,
        signed_in: Callable[[], Session],
        in_hand: Callable[[], Current],
        record: Record,
        recorded: Callable[[], None],
    ) -> Judging:
        """Verdicts, and whatever else takes two people."""
        from .judging import Judging
        from .overriding import Overriding

        seconding = self.seconding(signed_in)
        overriding = Overriding(
            self._parts,
            seconding,
            lambda: self.acts,
            self._now,
            signed_in=signed_in,
            in_hand=in_hand,
            recorded=recorded,
        )
        return Judging(self._parts, seconding, overriding, signed_in, in_hand, record, self.recording.state, recorded)

    def watching(
        self,
        identities: Identities,
        session: Callable[[], Session | None],
        in_hand: Callable[[], Current | None],
        changed: Callable[[Current, ViewChanged], None],
        recorded: Callable[[], None],
    ) -> Watching:
        """Degraded mode, late hits, and what waits for a supervisor."""
        from .watching import Watching

        self._watching = Watching(
            self._parts,
            self.acts,
            self._records,
            identities,
            self._now,
            session=session,
            in_hand=in_hand,
            changed=changed,
            recorded=recorded,
            opened=self.opening.current,
            closing=self.closing,
        )
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
