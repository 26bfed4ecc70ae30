"""From the security list to security's section: a hit is a candidate until people have verified or rejected it.

The list is held here, where its owner's connector runs, and fetched anew when its version changes: what changed, or
the whole where that does not fit. Discreet entries are not in it: their owner is told who crosses, of everybody the
same, and matches them itself.
"""

import asyncio

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.texts import text
from ...domain.words import Authority, Direction
from ...errors import AgencyError
from ..limits import Limits
from ..lists.signed import Manifest
from ..ports import Fetch, FetchAnswer, Inquiry, Seal
from ..reporting import Report
from ..wire import accepted
from .standard import CURRENT, FROM, LISTS, SIGHTINGS, ListedDocument, Listing, Sighting
from .versions import HeldList, apply_delta, check_not_older, open_manifest, read_snapshot

NAME_SUFFICES = frozenset({"H4", "H8"})
"""Danger and contagion are handled as such on a name alone; anything else is first somebody to verify."""
TELLS_CATEGORY = frozenset({"H2", "H3", "H6"})
"""With these a counter is told the category; with the others what to do is enough."""
NONE_THERE = 404


class SecurityConnector:
    """Security's section of one traveller."""

    authority = Authority.SECURITY

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._name, self._keys = limits.list_name, limits.list_keys
        self._seal = seal
        self._held: HeldList | None = None
        self._fetching = asyncio.Lock()

    async def section(self, inquiry: Inquiry) -> Section:
        """Security's section, live, as of the list; AgencyError as the port says, and as `versions` does."""
        held = await self._current()
        report = Report(self.authority, self._rules, self._seal, inquiry)
        about = held.manifest
        here = report.origin("security-list", f"{about.list} {about.version}", about.as_of)
        report.field("sec.list", f"{about.list} {about.version}", here)
        listed = held.index.by_document(inquiry.document)
        for entry in listed:
            self._hit(report, about, entry, _finding(entry), "document")
        for entry in held.index.by_name(inquiry.document):
            if entry not in listed:
                code = _finding(entry) if entry.code in NAME_SUFFICES else "sec.name-candidate"
                self._hit(report, about, entry, code, "name")
        if not report.has_findings:
            report.fact("sec.no-hit", issuer=about.list, version=str(about.version))
        return report.section(min(about.as_of, inquiry.at), ((about.list, str(about.version)),))

    async def discreet(self, inquiry: Inquiry) -> None:
        """Tell the list's owner who crosses; what comes of it stays there. AgencyError as for a section."""
        document = inquiry.document
        sighting = Sighting(
            document=ListedDocument.model_construct(issuing_state=inquiry.issuer, number=inquiry.number),
            name=f"{document.given_names} {document.surname}".strip()[:200],
            birth_date=document.birth.iso(),
            direction="ENTRY" if inquiry.direction is Direction.ENTRY else "EXIT",
            lane=inquiry.lane,
            at=inquiry.at,
        )
        body = sighting.model_dump_json(by_alias=True).encode()
        accepted(self.authority, await self._fetch("POST", SIGHTINGS, body=body))

    async def _current(self) -> HeldList:
        async with self._fetching:
            envelope = accepted(self.authority, await self._fetch("GET", CURRENT))
            manifest = open_manifest(envelope, name=self._name, keys=self._keys)
            check_not_older(manifest, self._held)
            held = self._held
            if held is not None and held.manifest.files == manifest.files and held.version == manifest.version:
                self._held = HeldList(manifest, held.entries, held.index)
            else:
                self._held = await self._follow(held, manifest) or await self._whole(manifest)
            return self._held

    async def _follow(self, held: HeldList | None, manifest: Manifest) -> HeldList | None:
        """The version in force by what changed since the one held; None where that does not lead there."""
        if held is None or held.version == manifest.version:
            return None
        answer = await self._fetch("GET", f"{LISTS}{manifest.version}{FROM}{held.version}")
        if answer.status == NONE_THERE:
            return None
        delta = accepted(self.authority, answer)
        try:
            return await asyncio.to_thread(apply_delta, held, manifest, delta, keys=self._keys)
        except AgencyError:
            return None  # the whole, signed as it is, settles what is right

    async def _whole(self, manifest: Manifest) -> HeldList:
        answer: FetchAnswer = await self._fetch("GET", f"{LISTS}{manifest.version}")
        return await asyncio.to_thread(read_snapshot, manifest, accepted(self.authority, answer))

    def _hit(self, report: Report, about: Manifest, entry: Listing, code: str, by: str) -> None:
        if entry.sealed:
            detail = entry.model_dump_json(include={"ref", "handling", "category", "notice"}).encode()
            report.find(f"sec.sealed-{entry.floor.lower()}", sealed=self._seal(detail))
            report.field("sec.call", entry.call or None)
            return
        report.find(code, owner=entry.owner)
        here = report.origin("security-entry", entry.ref, about.as_of)
        report.field("sec.handling", text(f"handling.{entry.code.lower()}"), here)
        report.field("sec.owner", entry.owner, here)
        report.field("sec.matched-by", text(f"matched.{by}"), here)
        report.field("sec.call", entry.call or None, here)
        if entry.notice is not None:
            report.field("sec.notice", text(f"notice.{entry.notice.colour.lower()}", number=entry.notice.number), here)
        if entry.code in TELLS_CATEGORY:
            report.field("sec.category", entry.category or None, here)


def _finding(entry: Listing) -> str:
    """The code of a hit by document number."""
    weighs_less = entry.handling is None and entry.notice is not None and entry.notice.colour in {"BLUE", "GREEN"}
    return "sec.notice" if weighs_less else f"sec.{entry.code.lower()}"
