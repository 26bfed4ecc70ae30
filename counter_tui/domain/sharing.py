"""What an authority's section shows to whom: the sharing agreement as data, applied before sending and before painting.

Classes of the agreement: `open` (the detail), `band` (that there is something, and what to do), `none` (the finding's
words are withheld altogether, as for `band`: the contribution always goes, since joint results are made of it).
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from .sections import Finding, Section
from .words import AGENCY_OF, Agency


@dataclass(frozen=True, slots=True)
class SharingAgreement:
    """topic -> the agencies that see its details; the owner always does."""

    version: str
    open_to: Mapping[str, frozenset[Agency]]

    def shows(self, finding: Finding, to: AbstractSet[Agency]) -> bool:
        """Whether any of these agencies sees the detail; an unnamed topic is the owner's alone."""
        allowed = self.open_to.get(finding.topic, frozenset()) | {AGENCY_OF[finding.authority]}
        return bool(allowed & to)


def project(section: Section, to: AbstractSet[Agency], agreement: SharingAgreement) -> Section:
    """The section as these agencies may see it: contributions whole, details only where the agreement opens them.

    What is withheld loses its topic too, which tells half of it. Facts belong to the owner's view; others keep their
    count out of sight by getting none.
    """
    findings = tuple(f if agreement.shows(f, to) else replace(f, text=None, topic="") for f in section.findings)
    own = AGENCY_OF[section.authority] in to
    facts, fields, origins = (section.facts, section.fields, section.origins) if own else ((), (), ())
    return replace(section, findings=findings, facts=facts, fields=fields, origins=origins)
