"""FHIR R4 documents: a Bundle (searchset, document, collection) or a single resource, read resource by resource.

What cannot be read rightly is told in a problem and not used, and the rest of a Bundle is. What is no FHIR at all, or a
single resource that cannot be read, is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ...domain.texts import Text, text
from ...errors import AgencyError
from ..strict_json import read_json
from .care import Care, Diagnosis, Person, read_condition, read_encounter, read_patient
from .codes import TEST_DATA, Codes
from .elements import Element, UnreadableError, token
from .immunization import Dose, read_immunization
from .observation import Temperature, read_observation
from .questionnaire import HealthPass, read_questionnaire
from .release import READ, find_other_release, find_unknown
from .remarks import Remarks
from .times import FhirTime

Content = Temperature | Dose | HealthPass | Diagnosis | Care | Person

BUNDLES: Final = ("searchset", "document", "collection")
MOST_ENTRIES: Final = 5000
MAX_BYTES: Final = 8 << 20

_READERS: Final[dict[str, Callable[[Element, Codes, Remarks], Content | None]]] = {
    "Observation": read_observation,
    "Immunization": read_immunization,
    "QuestionnaireResponse": lambda resource, _, remarks: read_questionnaire(resource, remarks),
    "Condition": lambda resource, _, remarks: read_condition(resource, remarks),
    "Encounter": lambda resource, _, remarks: read_encounter(resource, remarks),
    "Patient": lambda resource, _, remarks: read_patient(resource, remarks),
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. `place` is where it stood (`entry[3]`, "" for a single one), `names` what others may call it.

    `unused` says why nothing of it counts; `content` is what was read of it also then, for people to see.
    `unreadable`: it is of a type that is read here, and could not be. `about` is whom it says it is about.
    """

    kind: str
    place: str = ""
    id: str = ""
    names: frozenset[str] = frozenset()
    about: str = ""
    content: Content | None = None
    unused: Text | None = None
    problems: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    unreadable: bool = False

    @property
    def used(self) -> bool:
        """Whether something of it counts."""
        return self.unused is None

    @property
    def reference(self) -> str:
        """What its own system calls it: `Observation/17`, or its type and place."""
        return f"{self.kind}/{self.id}" if self.id else " ".join(filter(None, (self.kind, self.place)))


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. `type` of a Bundle, "" for a single resource; `as_of` is when a Bundle says it was made.

    `complete` is false where a search has more pages, or says that something went wrong.
    """

    type: str
    resources: tuple[Resource, ...]
    as_of: FhirTime | None = None
    complete: bool = True


def read_document(raw: bytes, known: Codes, *, max_bytes: int = MAX_BYTES) -> Document:
    """A FHIR document.

    AgencyError: `json.*`; `fhir.no-resource`, `fhir.bundle-type`, `fhir.too-many`; of a single resource that cannot
    be read, or a Bundle without its own elements, the problem with it (`fhir.wrong-type`, `fhir.missing`).
    """
    value = read_json(raw, max_bytes=max_bytes)
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(kind, str) or not kind.isascii() or not kind.isalpha():
        raise AgencyError("fhir.no-resource")
    try:
        if kind == "Bundle":
            return _bundle(Element(value, kind), known)
        return Document("", (_read(Element(value, kind), kind, known),))
    except UnreadableError as refused:
        raise AgencyError(refused.problem.code, **refused.problem.as_dict()) from None


def _bundle(bundle: Element, known: Codes) -> Document:
    kind = bundle.need("type")
    if kind not in BUNDLES:
        raise AgencyError("fhir.bundle-type", type=kind[:40])
    entries = bundle.raw("entry")
    if isinstance(entries, list) and len(entries) > MOST_ENTRIES:
        raise AgencyError("fhir.too-many", most=MOST_ENTRIES)
    if "entry" in bundle and not isinstance(entries, list):
        raise bundle.wrong("entry", "list")
    meta = bundle.one("meta")
    as_of = (meta.time("lastUpdated") if meta is not None else None) or bundle.time("timestamp")
    resources = tuple(_entries(entries if isinstance(entries, list) else [], known))
    return Document(kind, resources, as_of, _is_complete(bundle, kind, resources))


def _is_complete(bundle: Element, kind: str, resources: tuple[Resource, ...]) -> bool:
    """A search says how many it found, and where its next page is; a server says in an outcome what went wrong."""
    more = any(link.code("relation") == "next" for link in bundle.many("link"))
    found = bundle.number("total")
    fewer = kind == "searchset" and found is not None and found > len(resources)
    return not more and not fewer and not any(resource.kind == "OperationOutcome" for resource in resources)


def _entries(entries: list[object], known: Codes) -> Iterator[Resource]:
    for number, entry in enumerate(entries):
        place = f"entry[{number}]"
        raw = entry.get("resource") if isinstance(entry, dict) else None
        kind = raw.get("resourceType") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or not isinstance(kind, str) or not kind.isascii() or not kind.isalpha():
            nothing = text("fhir.no-resource")
            yield Resource("", place, unused=nothing, problems=(nothing,), unreadable=True)
            continue
        url = entry.get("fullUrl") if isinstance(entry, dict) else None
        try:
            yield _read(Element(raw, kind), kind, known, place, url if isinstance(url, str) else "")
        except UnreadableError as refused:
            problem = refused.problem
            yield Resource(kind[:40], place, unused=problem, problems=(problem,), unreadable=True)


def _read(resource: Element, kind: str, known: Codes, place: str = "", url: str = "") -> Resource:
    """One resource; UnreadableError where it cannot be read rightly."""
    name = resource.text("id") or ""
    names = frozenset(filter(None, (f"{kind}/{name}" if name else "", url)))
    if kind not in READ:
        return Resource(kind[:40], place, name, names, unused=text("fhir.not-used"))
    refusal = find_other_release(resource, kind) or _find_modifier(resource)
    if refusal is not None:
        return Resource(kind, place, name, names, unused=refusal, problems=(refusal,), unreadable=True)
    if _is_test(resource):
        return Resource(kind, place, name, names, unused=text("fhir.test-record"))
    subject = resource.one("patient" if kind == "Immunization" else "subject") if kind != "Patient" else None
    remarks = Remarks()
    content = _READERS[kind](resource, known, remarks)
    unknown = find_unknown(resource, kind)
    return Resource(
        kind,
        place,
        name,
        names,
        (subject.code("reference") or "") if subject is not None else "",
        content,
        remarks.unused,
        (*remarks.problems, *((unknown,) if unknown else ())),
        tuple(remarks.notes),
    )


def _is_test(resource: Element) -> bool:
    """Whether it is labelled as made up for tests (meta.security or meta.tag)."""
    meta = resource.one("meta")
    labels = [*meta.many("security"), *meta.many("tag")] if meta is not None else []
    return any(token(label) == TEST_DATA for label in labels)


def _find_modifier(resource: Element) -> Text | None:
    """What changes the meaning of all the rest, in a way that is not known here."""
    for name in ("modifierExtension", "implicitRules"):
        if name in resource:
            return text("fhir.modifier", element=name)
    return None
