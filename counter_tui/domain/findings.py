"""The catalogue of findings: for each code, whose it is, what it is about, what it weighs and what it calls for.

The catalogue is data (`config/findings.toml`), versioned and owned by the agencies; connectors only say that a code
holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..errors import ConfigError
from .sections import Contribution, Finding, Sealed, Subject
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
    """The catalogue of one version."""

    version: str
    rules: Mapping[str, FindingRule]

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
        contribution = Contribution(
            id=key,
            authority=rule.authority,
            subject=about,
            verdict=rule.verdict,
            band_floor=rule.band_floor,
            action=rule.action,
            rule_version=self.version,
            points=None if sealed else rule.points,
            expires=expires,
        )
        return finding, contribution
