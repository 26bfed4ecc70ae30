"""Whose record it is: what is somebody else's is not shown at all, nor what may be."""

from collections.abc import Iterable, Sequence

from ...domain.words import Authority
from ...errors import AgencyError
from ..belonging import check_person
from ..ports import Inquiry
from .care import Person
from .reading import Resource


def check_whose(found: Sequence[Resource], identifier: str, inquiry: Inquiry) -> tuple[str, ...]:
    """What of the person disagrees with the document: `name`, `birth`, or nothing.

    AgencyError `agency.other-traveller` where there is no patient of this identifier (`system|value`) alone, or
    something is about another one.
    """
    patients = [(one, one.content) for one in found if isinstance(one.content, Person)]
    names = frozenset[str]().union(*(patient.names for patient, _ in patients))
    strangers = any(one.about and names and not _is_called(one.about, names) for one in found)
    if strangers or (found and not patients) or any(identifier not in person.identifiers for _, person in patients):
        raise AgencyError("agency.other-traveller", authority=Authority.HEALTH.value)
    differing: dict[str, None] = {}
    for _, person in patients:
        birth = person.born.first if person.born is not None and person.born.first == person.born.last else None
        differing |= dict.fromkeys(check_person(Authority.HEALTH, inquiry, person.name, birth))
    return tuple(differing)


def _is_called(about: str, names: Iterable[str]) -> bool:
    """Whether a reference, relative or absolute, of any version, means one of these."""
    about = about.partition("/_history/")[0]
    return any(about == name or about.endswith(f"/{name}") or name.endswith(f"/{about}") for name in names)
