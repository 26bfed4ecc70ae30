"""The catalogue of findings: for each code, whose it is, what it is about, what it weighs and what it calls for.

The catalogue is data (`config/findings.toml`), versioned and owned by the agencies; connectors only say that a code
holds. What a finding contributes follows from its class in the sharing agreement: who knows the catalogue by heart is
not to tell withheld findings by their points.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime

from ..errors import ConfigError
from .sections import Contribution, Finding, Sealed, Subject
from .sharing import SharingAgreement
from .texts import text
from .words import Authority, Band, SubjectKind, Verdict


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One line of the catalogue. `points` weigh in the authority's score; `band_floor` holds whatever they are."""

    code: str
    authority: Authority
    subject: SubjectKind
    verdict: Verdict
    points: int
    band_floor: Band
    topic: str
    action: str
    candidate: bool = False


@dataclass(frozen=True, slots=True)
class FindingRules:
    """The catalogue of one version, under one sharing agreement.

    `open_topics` are those that the agreement opens to all agencies: only these contribute their points, and an end in
    law. Any other contributes the fixed value of its band floor: 0, `amber`, `red`. `fields` tells fields' topics.
    """

    version: str
    rules: Mapping[str, FindingRule]
    open_topics: AbstractSet[str] = frozenset()
    amber: int = 30
    red: int = 60
    fields: Mapping[str, str] = dataclass_field(default_factory=dict)

    def under(self, agreement: SharingAgreement, amber: int, red: int) -> "FindingRules":
        """The same catalogue under this agreement, and with these bounds of the bands."""
        fields = {name: row.topic for row in agreement.topics.values() for name in row.fields}
        return replace(self, open_topics=agreement.open_to_all, amber=amber, red=red, fields=fields)

    def fixed(self, band: Band) -> int:
        """The fixed value of a band."""
        return {Band.GREEN: 0, Band.AMBER: self.amber, Band.RED: self.red}[band]

    def band(self, score: int) -> Band:
        """The band of an authority's own score."""
        return max(band for band in Band if score >= self.fixed(band))

    def get(self, code: str) -> FindingRule:
        """The rule of this code; ConfigError `config.unknown-finding` where the catalogue has none."""
        rule = self.rules.get(code)
        if rule is None:
            raise ConfigError("config.unknown-finding", finding=code)
        return rule

    def report(
        self,
        code: str,
        subject: Subject | None = None,
        *,
        sealed: Sealed | None = None,
        expires: datetime | None = None,
        **params: str | int,
    ) -> tuple[Finding, Contribution]:
        """A finding of this code and what it contributes; without a subject it is about the crossing's own.

        Their id says what it is: who sends them on gives them another.
        """
        rule = self.get(code)
        about = subject or Subject(rule.subject, rule.subject.value)
        key = f"{code}/{about.id}"
        finding = Finding(
            id=key,
            authority=rule.authority,
            topic=rule.topic,
            text=None if sealed else text(f"finding.{code}", **params),
            candidate=rule.candidate,
            sealed=sealed,
        )
        return finding, self._contribution(rule, about, key, sealed=sealed is not None, expires=expires)

    def _contribution(
        self, rule: FindingRule, about: Subject, key: str, *, sealed: bool, expires: datetime | None
    ) -> Contribution:
        is_open = rule.topic in self.open_topics
        points = rule.points if is_open else self.fixed(rule.band_floor)
        return Contribution(
            id=key,
            authority=rule.authority,
            subject=about,
            verdict=rule.verdict,
            band_floor=rule.band_floor,
            action=rule.action,
            rule_version=self.version,
            points=None if sealed else points,
            expires=expires if is_open else None,
            banded=not (is_open or sealed),
        )
