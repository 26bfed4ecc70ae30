"""The crossing on the screen: its sections as they come in, the view they merge to, and what was painted of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..domain.acts import Act
from ..domain.crossings import Crossing
from ..domain.emergency import with_emergency
from ..domain.joint.fold import fold
from ..domain.joint.passages import joined
from ..domain.joint.state import JointState
from ..domain.known_here import NOBODY, KnownHere
from ..domain.lookups import PRESENT
from ..domain.notes import Note, with_notes
from ..domain.persons import with_persons
from ..domain.posts import Officer, Post
from ..domain.repeats import Attempt, with_attempts
from ..domain.screened import ScreeningState, with_screened, without
from ..domain.screening.model import ListAnswer
from ..domain.sections import Section
from ..domain.sharing import Class, SharingAgreement, project
from ..domain.texts import Text
from ..domain.view import MergedView, Rulebook, circumstances, merge, profiled
from ..domain.words import Authority, SourceState
from ..errors import DecisionError
from .news import ViewChanged
from .ports import Clock

if TYPE_CHECKING:
    from ..domain.floor import Attest
    from ..domain.mode import ModeState

WORSENED_GUARD = 0.7  # seconds in which a decision key is not taken after the band rose (wall 7)
PAINTED_KEPT = 8


@dataclass(slots=True)
class Current:
    """One crossing in hand. Sections are whole here; the view is projected for who is signed in.

    `answers` of the lists are None until they were asked. `dismissed`: entries (list, reference, version of the entry)
    that two people said are not this person; `verified`: those that they said are. `reason`: why it was opened.
    `known`: what is known of the bearer at `counter` beside the records.
    `acts` are what was recorded of it, `beside` of the same passage apart from it, `earlier` of this person before.
    `refused`: why the single window does not take the question about it. `attested` is what the officer saw of this
    traveller in place of sources, `mode` degraded mode as it stands. `parted` is as in the view.
    """

    crossing: Crossing
    officer: Officer
    post: Post
    rules: Rulebook
    sharing: SharingAgreement
    clock: Clock
    sections: dict[Authority, Section]
    acts: tuple[Act, ...] = ()
    beside: tuple[Act, ...] = ()
    earlier: tuple[Attempt, ...] = ()
    decided: bool = False
    complete: bool = False
    answers: tuple[ListAnswer, ...] | None = None
    dismissed: frozenset[tuple[str, str, str]] = frozenset()
    verified: frozenset[tuple[str, str, str]] = frozenset()
    reason: str = PRESENT
    refused: Text | None = None
    notes: tuple[tuple[str, Note], ...] = ()
    known: KnownHere = NOBODY
    counter: str = ""
    attested: "frozenset[Attest]" = frozenset()
    mode: "ModeState | None" = None
    parted: bool = False
    _views: dict[str, MergedView] = field(default_factory=dict)
    _worsened: float = float("-inf")

    def take(self, section: Section) -> ViewChanged:
        """Put an answered section in the place of the earlier one."""
        before, earlier = self._last(), self.sections[section.authority]
        self.sections[section.authority] = section
        return self._changed(before, known=earlier.source is not SourceState.NOT_CHECKED)

    def screened(self, answers: tuple[ListAnswer, ...]) -> ViewChanged:
        """Put what the lists answered in the place of what they answered before."""
        before, earlier = self._last(), self.answers
        self.answers = answers
        return self._changed(before, known=earlier is not None)

    def noted(self, notes: tuple[tuple[str, Note], ...]) -> ViewChanged:
        """Show these notes from now on."""
        before, self.notes = self._last(), notes
        return self._changed(before, known=True)

    @property
    def agreement(self) -> SharingAgreement:
        """The sharing agreement as it is in force."""
        return self.sharing.on(self.clock.now().date())

    def identified(
        self, dismissed: frozenset[tuple[str, str, str]], verified: frozenset[tuple[str, str, str]]
    ) -> ViewChanged:
        """Leave out hits on the first of these entries from now on, and take those on the others as verified."""
        before, self.dismissed, self.verified = self._last(), dismissed, verified
        return self._changed(before, known=True)

    def rules_ready(self) -> ViewChanged:
        """The conditions of the risk rules are compiled: what they say is in the view from now on."""
        return self._changed(self._last(), known=True)

    def _last(self) -> MergedView:
        """The view as it was worked out last: what a change is held against."""
        return next(reversed(self._views.values()), None) or self.view()

    def _changed(self, before: MergedView, *, known: bool) -> ViewChanged:
        view = self.view()
        rose = view.risk.band > before.risk.band
        if rose:
            self._worsened = self.clock.monotonic()
        return ViewChanged(view, worse=rose and known)

    @property
    def screening(self) -> tuple[ListAnswer, ...]:
        """What the lists say, without the hits that were dismissed."""
        return without(self.answers or (), self.dismissed)

    def _whole(self) -> tuple[tuple[Section, ...], ScreeningState]:
        answers = None if self.answers is None else self.screening
        sections, state = with_screened(self.sections.values(), answers, self.rules.screening, self.verified)
        presented = self.rules.presented
        findings = presented.findings if presented is not None else None
        sections = with_emergency(sections, self.acts, findings)
        sections, added = with_persons(sections, self.crossing, self.known, findings, self.counter, self._shows)
        sections = with_attempts(sections, self.earlier)
        return sections, replace(state, contributions=(*state.contributions, *added)) if added else state

    def _shows(self, field: str, authority: Authority) -> bool:
        return self.agreement.class_of(field, authority, self.officer.acts_for) is Class.OPEN

    def opened(self) -> MergedView:
        """The same crossing without what is sealed: what a paper for the traveller is drawn from."""
        from ..domain.papers.facts import without_sealed

        whole, state = self._whole()
        shown = without_sealed(whole)
        return merge(self.crossing, shown, self.acts, self.post, self.rules, self.clock.now(), state)

    def view(self) -> MergedView:
        """The view as of now; the last few stay known by their digest."""
        whole, state = self._whole()
        to, agreement = self.officer.acts_for, self.agreement
        shown = with_notes([project(s, to, agreement) for s in whole], self.notes, to)
        view = merge(self.crossing, shown, self.acts, self.post, self.rules, self.clock.now(), state)
        view = self._floored(self._with_beside(view))
        self._views.pop(view.digest, None)
        self._views[view.digest] = view
        while len(self._views) > PAINTED_KEPT:
            del self._views[next(iter(self._views))]
        return view

    def _floored(self, view: MergedView) -> MergedView:
        """With what may be cleared where not all is fresh, and for whom else."""
        if self.rules.delegations:
            from ..domain.delegation import delegated_here

            here = delegated_here(self.rules.delegations, view, self.officer, self.counter)
            view = replace(view, delegated=here)
        if self.parted:
            view = replace(view, parted=True)
        if self.rules.floor is None:
            return view
        from ..domain.floor import floor
        from ..domain.mode import NORMAL

        held = floor(view, self.rules.floor, self.clock.now(), self.mode or NORMAL, self.attested)
        return replace(view, floor=held)

    def standing_by(self, attested: "frozenset[Attest]", mode: "ModeState") -> ViewChanged:
        """Go by what was attested, and by degraded mode as it stands now."""
        before, self.attested, self.mode = self._last(), attested, mode
        return self._changed(before, known=True)

    def unanswered(self) -> frozenset[Authority]:
        """The authorities that have not answered since this crossing was taken up."""
        return frozenset(a for a, s in self.sections.items() if s.source is not SourceState.LIVE)

    def joint_with(self, acts: Sequence[Act]) -> JointState:
        """The joint decision once these are its acts."""
        whole, state = self._whole()
        now = self.clock.now()
        _, sections = profiled(self.crossing, whole, self.post, self.rules, now, state)
        who = circumstances(self.crossing, sections, self.post, now.date())
        return fold(acts, sections, who, now, self.rules.law)

    def acted(self, acts: tuple[Act, ...], beside: tuple[Act, ...]) -> ViewChanged:
        """These are its acts from now on: something was recorded of it, here or at another counter."""
        before, self.acts, self.beside = self._last(), acts, beside
        return self._changed(before, known=True)

    def _with_beside(self, view: MergedView) -> MergedView:
        """With what was said of the same passage under another crossing, apart from what was said here."""
        if not self.beside:
            return view
        acts, who = (*self.acts, *self.beside), view.circumstances
        whole = fold(acts, view.sections, who, self.clock.now(), self.rules.law)
        return replace(view, joint=joined(view.joint, whole))

    def painted(self, digest: str) -> MergedView:
        """The view that a verdict was given on.

        Raises DecisionError `decision.band-worsened` within 700 ms of that, and `decision.view-changed` where what
        stands against the traveller is no longer what was painted.
        """
        if self.clock.monotonic() - self._worsened < WORSENED_GUARD:
            raise DecisionError("decision.band-worsened")
        now, then = self.view(), self._views.get(digest)
        if then is None or _against(then.sections) != _against(now.sections) or then.risk.band < now.risk.band:
            raise DecisionError("decision.view-changed")
        return then


def _against(sections: Iterable[Section]) -> set[tuple[str, ...]]:
    return {(c.id, c.verdict.name, c.rule_version) for s in sections for c in s.contributions}
