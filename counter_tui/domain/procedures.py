"""Joint procedures as data: which one applies, and what its steps are. A function of contributions only."""

from collections.abc import Sequence
from dataclasses import dataclass

from .sections import Contribution
from .words import Authority, Direction, SubjectKind


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whose it is, what it is about, and its text code."""

    authority: Authority
    subject: SubjectKind
    code: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A joint procedure. It applies where every one of `actions` is contributed, and the direction is right.

    `citizen` narrows it to citizens of the post's country (True), to others (False) or to nobody in particular (None).
    `lane_minutes` is the aim for freeing the lane; `legal_basis` is shown with it.
    """

    id: str
    number: str
    lead: Authority
    actions: frozenset[str]
    steps: tuple[Step, ...]
    lane_minutes: int
    legal_basis: str
    direction: Direction | None = None
    citizen: bool | None = None

    def applies(self, actions: frozenset[str], direction: Direction, *, citizen: bool) -> bool:
        """Whether these contributed actions call for this procedure."""
        here = self.direction in (None, direction) and self.citizen in (None, citizen)
        return here and self.actions <= actions


def find_procedure(
    procedures: Sequence[Procedure], contributions: Sequence[Contribution], direction: Direction, *, citizen: bool
) -> Procedure | None:
    """The most specific procedure that applies (most conditions; the earlier in the list where equal), if any."""
    actions = frozenset(c.action for c in contributions)
    fitting = [p for p in procedures if p.applies(actions, direction, citizen=citizen)]
    return max(fitting, key=lambda p: (len(p.actions), p.citizen is not None), default=None)
