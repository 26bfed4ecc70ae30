"""Whether an answer is about who was asked about, and speaks for nobody but its agency.

Another traveller's record is never shown as theirs, and no agency says what is another's to say.
"""

import unicodedata
from datetime import date

from ..domain.documents import document_key
from ..domain.sections import Section
from ..domain.words import AGENCY_OF, Authority, SourceState
from ..errors import AgencyError
from .ports import Inquiry

LEAST_COMMON = 4
"""So many letters at the beginning of a name make it the same one, cut short."""
GREATEST = 100
"""Points of one finding."""


def check_section(section: Section, authority: Authority) -> Section:
    """The section, if it was made live and dated, and speaks for this authority alone.

    AgencyError `agency.other-section` for any other: whoever wrote it is believed no further.
    """
    given, found = section.contributions, section.findings
    owners = {section.authority, *(one.authority for one in given), *(one.authority for one in found)}
    names = [one.id for one in given]
    ciphers = [*(one.sealed for one in found), *(one.sealed for one in section.fields)]
    sealed = {one.owner for one in ciphers if one is not None}
    if (
        owners != {authority}
        or section.source is not SourceState.LIVE
        or section.as_of is None
        or section.as_of.tzinfo is None
        or sealed - {AGENCY_OF[authority].value}
        or len(set(names)) != len(names)
        or names != [one.id for one in found]
        or not all(name.startswith(f"{authority.value}/") for name in names)
        or not all(one.points is None or 0 <= one.points <= GREATEST for one in given)
    ):
        raise AgencyError("agency.other-section", authority=authority.value)
    return section


def check_document(authority: Authority, inquiry: Inquiry, issuing_state: str, number: str) -> None:
    """AgencyError `agency.other-traveller` where an answer names another document than the question did."""
    if document_key(issuing_state, number) != document_key(inquiry.issuer, inquiry.number):
        raise AgencyError("agency.other-traveller", authority=authority.value)


def check_person(authority: Authority, inquiry: Inquiry, name: str | None, birth: date | None) -> tuple[str, ...]:
    """What of a record's person disagrees with the document: `name`, `birth`, or nothing.

    AgencyError `agency.other-traveller` where both do. What either side does not know disagrees with nothing.
    """
    differs = tuple(
        what for what, one in (("name", _name_differs(inquiry, name)), ("birth", _birth_differs(inquiry, birth))) if one
    )
    if len(differs) > 1:
        raise AgencyError("agency.other-traveller", authority=authority.value)
    return differs


def _birth_differs(inquiry: Inquiry, birth: date | None) -> bool:
    first, last = inquiry.document.birth.earliest(), inquiry.document.birth.latest()
    return birth is not None and first is not None and last is not None and not first <= birth <= last


def _name_differs(inquiry: Inquiry, name: str | None) -> bool:
    """Whether no part of one name is a part of the other, in whatever order and however cut."""
    ours, theirs = _parts(inquiry.document.display_name), _parts(name or "")
    return bool(ours and theirs) and not any(_same(one, other) for one in ours for other in theirs)


def _same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= LEAST_COMMON and longer.startswith(shorter))


def _parts(name: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.upper()) if not unicodedata.combining(c))
    return set("".join(c if c.isalnum() else " " for c in plain).split())
