"""From the security list to security's section: a hit is a candidate until people have verified or rejected it.

Matched by document number, else by name and date of birth, exactly but for case, marks and order of words.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from ...domain.documents import Document, document_key
from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.words import Authority
from ...errors import AgencyError
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import accepted, understand
from .standard import Head, Listing, Snapshot

HEAD = "/lists/current"
SNAPSHOT = "/lists/"
MAX_SNAPSHOT = 32 << 20

DISCREET = "H5"
NAME_SUFFICES = frozenset({"H4", "H8"})
"""Danger and contagion are handled as such on a name alone; anything else is first somebody to verify."""


class ListIndex:
    """One version of the list, by document and by name with date of birth; discreet entries are not in it."""

    def __init__(self, head: Head, entries: Iterable[Listing]) -> None:
        self.head = head
        self._by_document: dict[str, list[Listing]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Listing]] = defaultdict(list)
        for entry in entries:
            if entry.handling == DISCREET:
                continue
            for document in entry.documents:
                self._by_document[document_key(document.issuing_state, document.number)].append(entry)
            if entry.birth_date is not None:
                self._by_name[normal_name(entry.name), entry.birth_date.isoformat()].append(entry)

    def by_document(self, document: Document) -> list[Listing]:
        """Entries that name this document."""
        return self._by_document.get(document.key, [])

    def by_name(self, document: Document) -> list[Listing]:
        """Entries of this name and date of birth."""
        name = normal_name(f"{document.surname} {document.given_names}")
        return self._by_name.get((name, document.birth.iso()), [])


class SecurityConnector:
    """Security's section of one traveller; the snapshot is fetched anew when the list's version changes."""

    authority = Authority.SECURITY

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        del limits  # a list says itself what it calls for
        self._fetch = fetch
        self._rules = rules
        self._seal = seal
        self._index: ListIndex | None = None

    async def section(self, inquiry: Inquiry) -> Section:
        """Security's section, live, as of the list's issue; AgencyError as the port says."""
        index = await self._current()
        report = Report(self.authority, self._rules, self._seal, inquiry)
        listed = index.by_document(inquiry.document)
        for entry in listed:
            self._hit(report, entry, f"sec.{entry.handling.lower()}")
        for entry in index.by_name(inquiry.document):
            if entry not in listed:
                alone = entry.handling in NAME_SUFFICES
                self._hit(report, entry, f"sec.{entry.handling.lower()}" if alone else "sec.name-candidate")
        head = index.head
        if not report.has_findings:
            report.fact("sec.no-hit", issuer=head.issuer, version=head.version)
        return report.section(min(head.issued_at, inquiry.at), ((head.issuer, head.version),))

    async def _current(self) -> ListIndex:
        head = understand(self.authority, Head, accepted(self.authority, await self._fetch("GET", HEAD)))
        index = self._index
        if index is not None and index.head == head:
            return index
        body = accepted(self.authority, await self._fetch("GET", f"{SNAPSHOT}{head.version}"))
        snapshot = understand(self.authority, Snapshot, body, max_bytes=MAX_SNAPSHOT)
        if snapshot.version != head.version:
            raise AgencyError("agency.not-understood", authority=self.authority.value)
        self._index = ListIndex(head, snapshot.entries)
        return self._index

    def _hit(self, report: Report, entry: Listing, code: str) -> None:
        if entry.sealed:
            detail = entry.model_dump_json(include={"ref", "handling", "category"}).encode()
            report.find(f"sec.sealed-{entry.floor.lower()}", sealed=self._seal(detail))
        else:
            report.find(code, owner=entry.owner)


def normal_name(name: str) -> str:
    """A name in capitals without marks, its words in alphabetical order, so that either order of names is the same."""
    plain = "".join(
        c if c.isalnum() else " " for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
    )
    return " ".join(sorted(plain.upper().split()))
