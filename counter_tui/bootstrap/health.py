"""`counter health`: files of HL7 FHIR R4, a line of JSON a resource; what cannot be used is refused on stderr."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from .. import settings
from ..agencies.health.codes import codes_of
from ..agencies.health.fields import fields_of
from ..agencies.health.immunization import Dose
from ..agencies.health.observation import Temperature
from ..agencies.health.reading import MAX_BYTES, Resource, read_document
from ..agencies.health.times import FhirTime
from ..agencies.limits import Limits
from ..domain.texts import Text, text
from ..errors import AgencyError
from ..tui import words
from .answering import Answer, as_line, ending_quietly
from .catalogues import catalogue

REFUSED = 1


def read_health(language: str, files: Sequence[Path], out: BinaryIO, err: TextIO = sys.stderr, *, arrival: date) -> int:
    """Read every file, in order; 1 where one was refused, else 0. `arrival` is the day that certificates are for."""
    words.use(catalogue(language))
    limits = settings.load_limits()
    code = 0
    with ending_quietly(out):
        for file in files:
            try:
                out.writelines(as_line(answer) for answer in _answers(file, limits, arrival))
                out.flush()
            except AgencyError as refused:
                code = REFUSED
                line = f":{refused.params['line']}" if "line" in refused.params else ""
                print(f"{words.clean(file)}{line}: {words.say(refused)}", file=err)
    return code


def _answers(file: Path, limits: Limits, arrival: date) -> Iterator[Answer]:
    """A line a resource; of a Bundle itself where something is missing in it."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError:
        raise AgencyError("fhir.no-file") from None
    document = read_document(raw, codes_of(limits))
    resources = document.resources
    if not document.complete:
        resources = (Resource("Bundle", problems=(text("fhir.incomplete"),)), *resources)
    return (_answer(file, resource, limits, arrival) for resource in resources)


def _answer(file: Path, resource: Resource, limits: Limits, arrival: date) -> Answer:
    """A line; `valid` is whether a certificate holds on the day of arrival, null where there is none."""
    valid = None
    problems, notes = list(resource.problems), list(resource.notes)
    if isinstance(resource.content, Dose) and resource.used:
        since = resource.content.valid_from(limits.yellow_fever_days)
        valid = since is not None and since <= arrival
    if (day := _day(resource)) is not None:
        if day.first > arrival:
            problems.append(text("fhir.after-arrival", day=day.first.isoformat()))
        elif isinstance(resource.content, Temperature) and day.last < arrival:
            notes.append(text("fhir.before-arrival", days=(arrival - day.last).days))
    return {
        "file": str(file),
        "place": resource.place or None,
        "resource": resource.kind or None,
        "id": words.clean(resource.id) or None,
        "used": resource.used,
        "why": _say(resource.unused) if resource.unused else None,
        "problems": [*map(_say, problems)],
        "notes": [*map(_say, notes)],
        "valid": valid,
        "fields": _fields(resource, limits.yellow_fever_days),
    }


def _day(resource: Resource) -> FhirTime | None:
    """When it was measured or given, where something was and counts."""
    match resource.content:
        case Temperature(measured=day) | Dose(given=day) if resource.used:
            return day
    return None


def _fields(resource: Resource, days: int) -> dict[str, str | list[str]]:
    """By name; a list where there are several of one name."""
    found: dict[str, list[str]] = {}
    for name, value in fields_of(resource, days):
        if name != "health.problem":
            found.setdefault(name, []).append(_say(value))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _say(value: str | Text) -> str:
    return words.clean(value) if isinstance(value, str) else words.say(value)
