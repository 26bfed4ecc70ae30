"""One joint procedure as agencies agreed on it: when it applies, who leads, its steps in order, and what they ask."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from itertools import chain

from ..two_persons import Matter
from ..words import AGENCY_OF, Agency, Authority, Role, SubjectKind, Verdict


class Rank(IntEnum):
    """The sequence rule: where several procedures apply, what is said earlier here goes first."""

    LIFE = 1
    CONTAGION = 2
    ARREST = 3
    VULNERABLE = 4
    IMMIGRATION = 5
    DANGEROUS_GOODS = 6
    ANIMAL_PLANT = 7
    REVENUE = 8


class Duty(StrEnum):
    """Whom a step that takes too long is told to."""

    IMMIGRATION = "immigration-supervisor"
    CUSTOMS = "customs-supervisor"
    QUARANTINE = "quarantine-supervisor"
    SECURITY = "security-supervisor"
    POST_DUTY = "post-duty-officer"
    POST_HEAD = "post-head"


class Certainty(StrEnum):
    """How sure a legal basis is: read at its source, from memory, a proposal, or said differently by two sources."""

    READ = "none"
    MEMORY = "memory"
    DESIGN = "design"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in English, Indonesian and Malay."""

    en: str
    id: str
    ms: str = ""


class Ending(StrEnum):
    """What became of the traveller, as far as an officer has decided it."""

    RELEASED = "released"
    REFUSED = "refused"
    POSTPONED = "postponed"
    """Who wanted to leave, and may not today."""
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Told:
    """What the traveller is told once that is decided, in place of the notice; None: the notice stays good."""

    released: Words | None = None
    refused: Words | None = None
    postponed: Words | None = None
    handed_over: Words | None = None

    def of(self, ending: Ending) -> Words | None:
        """What is told of this ending."""
        words: Words | None = getattr(self, ending.value)
        return words

    @property
    def given(self) -> tuple[tuple[Ending, Words], ...]:
        """All that is told, by ending."""
        return tuple((ending, words) for ending in Ending if (words := self.of(ending)) is not None)


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signs when a procedure is closed: so many `persons` for that agency, one of them at least of that role.

    `once`: it is signed for a whole batch, or for the mode, where that is opened or left, and not of each traveller.
    """

    agency: Agency
    role: Role = Role.OFFICER
    persons: int = 1
    once: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whose it is, what it is about, and its text code.

    It waits for the stage before it; `beside` puts it into the same stage as the row before. While one that `blocks` is
    open, nothing that stands later begins, whatever procedure it is of. After `minutes` it is told to `escalates`; 0 is
    no limit. `two` persons sign it, the second of the agency `second` where that is another one than the step's; a
    `supervisor` is one of them; where it is a `matter` of the list of four eyes, that says which pair may. One with
    `verdicts` is done when its authority has given one of these on the subject. Of one with a `note` whoever has done
    it writes down what was found: weight, amount, number. That an `optional` one is not needed, a last resort, one
    person says alone. `rank`: where it is not the procedure's.
    """

    authority: Authority
    subject: SubjectKind
    code: str
    beside: bool = False
    blocks: bool = False
    minutes: int = 0
    escalates: Duty | None = None
    two: bool = False
    second: Agency | None = None
    supervisor: bool = False
    matter: Matter | None = None
    verdicts: frozenset[Verdict] = frozenset()
    note: bool = False
    optional: bool = False
    rank: Rank | None = None

    @property
    def key(self) -> str:
        """What it is known by, in whichever procedure it stands."""
        return f"{self.authority.value}/{self.subject.value}/{self.code}"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A joint procedure: it applies where its condition `when` (CEL) holds, from `valid_from` on.

    Aims in minutes from the moment the crossing was opened, 0 for none: the lane is free, the joint decision is taken,
    all is closed. `informs` are others who are told, by name. `notice` is what the traveller is told as long as nothing
    is decided, `told` what then. `texts` are words of its own, by their codes. `basis` is
    how sure the legal basis is; `owner`, `source` and `doubt` are the row's own, as everywhere in config.
    """

    id: str
    number: str
    version: str
    rank: Rank
    lead: Authority
    when: str
    step: tuple[Step, ...]
    legal_basis: str
    basis: Certainty
    valid_from: date
    owner: str
    source: str
    doubt: str
    supports: tuple[Authority, ...] = ()
    informs: tuple[str, ...] = ()
    sign: tuple[SignOff, ...] = ()
    notice: Words | None = None
    told: Told = Told()
    lane_minutes: int = 0
    decision_minutes: int = 0
    closed_minutes: int = 0
    texts: tuple[tuple[str, Words], ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps, in their order."""
        return self.step

    @property
    def title(self) -> str:
        """The code of its title."""
        return f"procedure.{self.id}"

    @property
    def stages(self) -> tuple[tuple[Step, ...], ...]:
        """The steps, those that go on side by side together."""
        found: list[list[Step]] = []
        for step in self.step:
            if step.beside and found:
                found[-1].append(step)
            else:
                found.append([step])
        return tuple(map(tuple, found))

    @property
    def signers(self) -> tuple[Agency, ...]:
        """The agencies whose duty it changes, and who therefore sign it."""
        duties = chain([self.lead], (step.authority for step in self.step))
        named = {AGENCY_OF[a] for a in duties} | {step.second for step in self.step if step.second}
        return tuple(agency for agency in Agency if agency in named)

    def notice_at(self, ending: Ending | None) -> Words | None:
        """What the traveller is told once it came to this; None: nothing is decided."""
        own = self.told.of(ending) if ending is not None else None
        return own or self.notice

    def find_words(self, code: str) -> Words | None:
        """Its own words for a code."""
        return dict(self.texts).get(code)
