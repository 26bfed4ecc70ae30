"""From immigration's manifest to who is expected, with their groups and guardians."""

from collections.abc import Mapping
from datetime import date, datetime

from ...domain.crossings import Group, GroupKind
from ...domain.documents import Document, PartialDate, document_key, read_mrz
from ...domain.words import Direction
from ..ports import ExpectedTraveller
from .standard import Manifest, ManifestGroup, ManifestTraveller, VisualDocument

KINDS = {"BORDER_PASS": "plb", "SEAFARERS_BOOK": "seaman", "EMERGENCY": "emergency", "IN_LIEU_OF_PASSPORT": "splp"}
"""Their kinds of documents without a zone, by ours."""


def expected_of(manifest: Manifest, at: datetime) -> tuple[ExpectedTraveller, ...]:
    """Who is expected at `at` (aware).

    A traveller whose zone does not hold is left out: nobody is expected under a document that cannot be read.
    """
    groups = {group.id: _group(group, at) for group in manifest.groups}
    found = (one_expected(traveller, groups, at.date()) for traveller in manifest.travellers)
    return tuple(one for one in found if one is not None)


def _group(group: ManifestGroup, at: datetime) -> Group:
    due = group.due.astimezone(at.tzinfo) if group.due else None
    return Group(group.id, GroupKind(group.kind.lower()), group.name, group.headcount, due)


def one_expected(traveller: ManifestTraveller, groups: Mapping[str, Group], today: date) -> ExpectedTraveller | None:
    """One of them; None where the document cannot be read."""
    document = _visual(traveller.visual) if traveller.visual else read_mrz(traveller.mrz, today=today).document
    if document is None:
        return None
    group = groups.get(traveller.group) if traveller.group else None
    with_them = traveller.guardian
    guardian = document_key(with_them.issuing_state, with_them.number) if with_them else None
    return ExpectedTraveller(document, Direction(traveller.direction.lower()), group, guardian)


def _visual(known: VisualDocument) -> Document:
    """A document that is registered without a zone; whoever brings it keys its number."""
    kind = "border-pass-mys" if known.kind == "BORDER_PASS" and known.issuing_state == "MYS" else KINDS[known.kind]
    return Document(
        format="",
        code="",
        issuing_state=known.issuing_state,
        number=known.number,
        nationality=known.nationality,
        surname=known.surname,
        given_names=known.given_names,
        name_truncated=False,
        sex=known.sex,
        birth=PartialDate.from_iso(known.birth.isoformat()),
        expiry=PartialDate.from_iso(known.expiry.isoformat()) if known.expiry else None,
        optional="",
        mrz=(),
        entry_method="keyed",
        kind=kind,
    )
