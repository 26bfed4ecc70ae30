"""What a joint decision comes to: the verdicts in force, what follows, what disagrees, and what waits for a word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from ..delegation import Delegation
from ..outcome import PERSON, Judgement
from ..sections import Subject
from ..words import Outcome, Verdict

LETS_GO: Final = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND})


@dataclass(frozen=True, slots=True)
class Law:
    """What may not be done by anybody: config, versioned. `never` are codes of actions that no override sets aside.

    `release_takes_two`, `refusal_takes_two`: a release, a refusal of entry or of a document counts only with a second
    person. Who signed it over the telephone has so long to confirm it. Under another delegation than these nothing was
    delegated; None: not asked.
    """

    never: frozenset[str] = frozenset()
    release_takes_two: bool = False
    refusal_takes_two: bool = False
    confirm_within: timedelta = timedelta(hours=12)
    delegations: tuple[Delegation, ...] | None = None


LAWLESS: Final = Law()
"""What holds anyway, and nothing else."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict in force, and the act that gave it; "" for what a rule says now."""

    judgement: Judgement
    act: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Verdicts on a subject that were given apart and disagree. `in_force` is the strictest of them."""

    subject: Subject
    acts: tuple[str, ...]
    in_force: Verdict


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act that is to be confirmed, by whom and until when (ISO 8601 UTC); `late`: that time is over."""

    act: str
    confirmer: str
    by: str
    late: bool


@dataclass(frozen=True, slots=True)
class JointState:
    """What follows from the acts of a crossing, and what is known of them.

    `corrected`: act by what took it back. `overridden`: id of the rule's result by the act that set it aside, as long
    as it does; `ends`: until when that act does (ISO 8601 UTC). `unreviewed`: acts under an authority that had ended.
    `missing`: acts that were named and have not come.
    """

    outcome: tuple[tuple[Subject, Outcome], ...]
    standing: tuple[Standing, ...]
    conflicts: tuple[Conflict, ...]
    waiting: tuple[Waiting, ...]
    corrected: Mapping[str, str]
    overridden: Mapping[str, str]
    unreviewed: tuple[str, ...]
    heads: tuple[str, ...]
    missing: tuple[str, ...]
    ends: Mapping[str, str] = field(default_factory=dict)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The verdicts in force, the strictest first."""
        return tuple(one.judgement for one in self.standing)

    @property
    def person(self) -> Outcome:
        """What follows for the traveller."""
        return dict(self.outcome).get(PERSON, Outcome.PENDING)

    @property
    def released(self) -> bool:
        """Whether the traveller may go."""
        return self.person in LETS_GO
