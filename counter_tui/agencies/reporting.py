"""Collecting what a connector has to say into a section: findings by the catalogue's rules, fields, neutral facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from ..domain.findings import FindingRule, FindingRules
from ..domain.sections import Contribution, Field, Finding, Origin, Sealed, Section, Subject
from ..domain.texts import Text, text
from ..domain.words import Authority, Band, SourceState
from ..errors import AgencyError
from .ports import Inquiry, Seal


class Report:
    """One section in the making, about the traveller of one inquiry.

    A finding goes out under a name of its owner's: the same for the same finding of the same traveller, so that what
    has not changed does not look changed, and of another traveller another one, so that there is nothing to learn by
    heart.
    """

    def __init__(self, authority: Authority, rules: FindingRules, seal: Seal, inquiry: Inquiry) -> None:
        self._authority = authority
        self._rules = rules
        self._seal = seal
        self._traveller = inquiry.document.key
        self._findings: dict[tuple[str, str], tuple[Finding, Contribution]] = {}
        self._weighed: dict[str, FindingRule] = {}
        self._facts: list[Text] = []
        self._fields: list[Field] = []
        self._origins: list[Origin] = []

    def find(
        self,
        code: str,
        subject: Subject | None = None,
        *,
        sealed: Sealed | None = None,
        expires: datetime | None = None,
        shown: Mapping[str, str | int] = MappingProxyType({}),
        **params: str | int,
    ) -> None:
        """Report that this code holds, with `shown` and `params` as parameters of its text.

        The same of the same subject is reported once: the first stands.
        """
        given: dict[str, str | int] = {**shown, **params}
        finding, contribution = self._rules.report(code, subject, sealed=sealed, expires=expires, **given)
        if finding.authority is not self._authority:
            raise AgencyError("agency.not-its-finding", authority=self._authority.value, finding=code)
        about = contribution.subject.id
        name = f"{self._authority.value}/{self._seal.name(self._traveller, code, about)}"
        self._findings.setdefault((code, about), (replace(finding, id=name), replace(contribution, id=name)))
        self._weighed[name] = self._rules.get(code)

    @property
    def has_findings(self) -> bool:
        """Whether anything was reported."""
        return bool(self._findings)

    def fact(self, code: str, **params: str | int) -> None:
        """A neutral line that calls for nothing."""
        self._facts.append(text(f"fact.{code}", **params))

    def origin(self, system: str, reference: str = "", as_of: datetime | None = None) -> str:
        """An original record, and what its fields call it."""
        name = f"r{len(self._origins) + 1}"
        self._origins.append(Origin(name, system, reference, as_of))
        return name

    def field(self, name: str, value: str | Text | None, origin: str = "", *, sealed: Sealed | None = None) -> None:
        """One value of a record, under its name in the sharing agreement; what is absent (None) is no field."""
        if value is not None or sealed is not None:
            self._fields.append(Field(name, value, origin, sealed=sealed))

    def section(self, as_of: datetime, versions: tuple[tuple[str, str], ...] = ()) -> Section:
        """The section, live, heaviest finding first. `as_of` is aware."""
        ordered = [self._findings[key] for key in sorted(self._findings)]
        ordered.sort(key=lambda pair: (-pair[1].verdict, -(pair[1].points or 0)))
        return Section(
            self._authority,
            SourceState.LIVE,
            as_of,
            self._with_whole_band(tuple(contribution for _, contribution in ordered)),
            tuple(finding for finding, _ in ordered),
            tuple(self._facts),
            (*versions, ("findings", self._rules.version)),
            tuple(replace(one, band=self._band(one.name)) for one in self._fields),
            tuple(self._origins),
        )

    def _with_whole_band(self, contributions: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
        """Lift the heaviest banded one to the band of the whole true score: the joint band is right without points."""
        banded = [c for c in contributions if c.banded]
        if not banded:
            return contributions
        true = min(100, sum(self._weighed[c.id].points for c in contributions if c.points is not None))
        band = self._rules.band(true)
        if band <= max(c.band_floor for c in contributions):
            return contributions
        heaviest = max(banded, key=lambda c: (c.band_floor, self._weighed[c.id].points, c.id))
        lifted = replace(heaviest, band_floor=band, points=self._rules.fixed(band))
        return tuple(lifted if c is heaviest else c for c in contributions)

    def _band(self, field: str) -> str:
        """The band that stands for a field's whole topic: the worst floor of its findings."""
        topic = self._rules.fields.get(field)
        floors = [rule.band_floor for rule in self._weighed.values() if topic and rule.topic == topic]
        return max(floors, default=Band.GREEN).name.lower()
