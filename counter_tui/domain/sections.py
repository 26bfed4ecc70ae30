"""What one authority holds on a crossing: its section, the findings in it, what it contributes to the joint result.

A finding is the detail, and may be withheld or sealed; its contribution (same id) is what every counter may see, so
that any two counters fold the same contributions to the same band, outcome and procedure.
"""

from dataclasses import dataclass
from datetime import datetime

from .texts import Text
from .words import Authority, Band, SourceState, SubjectKind, Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verdict is about: an entity of its own, with an id that may belong to several crossings, or to none."""

    kind: SubjectKind
    id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value encrypted where its owner's connector runs, under the owner's epoch key; only the owner opens it.

    `ciphertext` is base64 text.
    """

    owner: str
    epoch: int
    ciphertext: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an authority shares of one finding for the joint decision.

    `points` are of its own score (0-100); None where the finding is sealed: a sealed one gives its band floor only.
    `banded`: it is of a topic that is not open to all, and its points are the fixed value of its floor: of several such
    only the greatest counts. `action` is a code for what the counter does and what procedures look for; `expires` is an
    end in law, if any.
    """

    id: str
    authority: Authority
    subject: Subject
    verdict: Verdict
    band_floor: Band
    action: str
    rule_version: str
    points: int | None = None
    expires: datetime | None = None
    banded: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that an authority or a rule reports; `text` is None where it is withheld from this counter or sealed.

    `topic` names the line of the sharing agreement it falls under; `candidate` is a hit that people have yet to verify.
    """

    id: str
    authority: Authority
    topic: str
    text: Text | None
    candidate: bool = False
    sealed: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """An original record that fields were read from: `id` within the section, the system that holds it, its reference.

    `system` is a code of a text (`origin.<system>`), `reference` the system's own name for the record.
    """

    id: str
    system: str
    reference: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One value of an authority's record, under its name in the sharing agreement (`imm.stay-until`).

    `value` is text as systems write it (dates ISO 8601, money `MYR 540.00`), or a coded text; None where it is withheld
    or sealed. `band` is the code that stands for it where only its band is shared. `origin` is the record it is from.
    """

    name: str
    value: str | Text | None
    origin: str = ""
    band: str = ""
    sealed: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One authority's section of one crossing. `facts` are neutral lines that call for nothing.

    `fields` are all that the authority's records say, as far as it is shared, and `origins` where they were read.
    """

    authority: Authority
    source: SourceState
    as_of: datetime | None = None
    contributions: tuple[Contribution, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: tuple[Text, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    fields: tuple[Field, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The most restrictive verdict that its contributions call for; PENDING where nothing is known."""
        if self.source is SourceState.NOT_CHECKED:
            return Verdict.PENDING
        return max((c.verdict for c in self.contributions), default=Verdict.CLEAR)

    @property
    def clean(self) -> bool:
        """Known, and nothing found."""
        return self.source is not SourceState.NOT_CHECKED and not self.contributions


def not_checked(authority: Authority) -> Section:
    """The section of an authority that was not reached and of which the cache holds nothing."""
    return Section(authority, SourceState.NOT_CHECKED)
