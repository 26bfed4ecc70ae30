"""Around security's connector, where its key lies: some are referred by chance, and look like a sealed refer.

What is drawn has the same code, shape and size as an entry of the list that its owner has sealed; only who unseals it
reads that it was chance. Nobody is drawn of whom the owner holds anything, and nobody whom the owner spares: whom it
watches unnoticed is not to be stopped by chance.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from ..domain.findings import FindingRules
from ..domain.referral import ReferralRules, is_drawn
from ..domain.sections import Section
from ..domain.words import Authority
from .ports import Connector, Discreet, Inquiry, Seal
from .reporting import Report

FINDING: Final = "sec.sealed-amber"
NO_HIT: Final = "fact.sec.no-hit"
DIPLOMATIC: Final = "PD"
DETAIL: Final = {"ref": "chance", "handling": "H2", "category": "random referral", "notice": None}
"""What its owner reads; padded when it is sealed, like any other."""

Spares = Callable[[Inquiry], bool]
"""Whether the owner wants this traveller not to be stopped by chance."""


class _Inner(Connector, Discreet, Protocol):
    """Security's connector."""


class Referring:
    """Security's section of one traveller, with what chance adds."""

    authority = Authority.SECURITY

    def __init__(self, inner: _Inner, rules: FindingRules, seal: Seal, chance: ReferralRules, spares: Spares) -> None:
        self._inner, self._rules, self._seal, self._chance, self._spares = inner, rules, seal, chance, spares

    async def section(self, inquiry: Inquiry) -> Section:
        """As the connector's; AgencyError likewise."""
        section = await self._inner.section(inquiry)
        stays = bool(section.contributions) or inquiry.document.code == DIPLOMATIC or self._spares(inquiry)
        return self._referred(section, inquiry) if self.is_drawn(inquiry) and not stays else section

    async def discreet(self, inquiry: Inquiry) -> None:
        """As the connector's."""
        await self._inner.discreet(inquiry)

    def is_drawn(self, inquiry: Inquiry) -> bool:
        """Whether chance falls on this traveller today; the day is the post's."""
        name = self._seal.name("referral", inquiry.document.key, inquiry.at.date().isoformat())
        return is_drawn(name, self._chance.rate(inquiry.lane))

    def _referred(self, section: Section, inquiry: Inquiry) -> Section:
        report = Report(self.authority, self._rules, self._seal, inquiry)
        report.find(FINDING, sealed=self._seal(json.dumps(DETAIL, separators=(",", ":")).encode()))
        report.field("sec.call", self._chance.call or None)
        drawn = report.section(inquiry.at)
        return replace(
            section,
            contributions=drawn.contributions,
            findings=drawn.findings,
            facts=tuple(fact for fact in section.facts if fact.code != NO_HIT),
            fields=(*section.fields, *drawn.fields),
        )
