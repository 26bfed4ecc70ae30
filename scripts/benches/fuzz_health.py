"""Hostile input to quarantine's readers: FHIR documents and answers of the quarantine system, spoilt by value and byte.

A case is read as a file, and as the answer of the agency's system about one traveller.
"""

from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from counter_tui import settings
from counter_tui.agencies.animal_plant import AnimalPlantConnector
from counter_tui.agencies.health import HealthConnector
from counter_tui.agencies.health.codes import DOCUMENT, codes_of
from counter_tui.agencies.health.fields import fields_of
from counter_tui.agencies.health.immunization import Dose
from counter_tui.agencies.health.observation import HIGHEST, LOWEST, Temperature
from counter_tui.agencies.health.reading import read_document
from counter_tui.agencies.health.writing import write_bundle, write_json
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.agencies.sealing import make_sealer
from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Direction
from counter_tui.errors import AgencyError
from tests.unit.agencies.animal_plant.test_ephyto import WHOLE
from tests.unit.agencies.health.records import concept, dose, health_pass, measured

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
LONGEST = 1 << 17
HOSTILE: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        38.6,
        1e300,
        2**70,
        "",
        "x",
        "36,5",
        "NaN",
        "\x00",
        "\x1b[2J",
        "\u202e",
        "\U0001f600",
    ),
    *("0001-01-01", "9999-12-31", "2026-11-21T05:00:00", "2026-11-21T05:00:00Z", "9" * 500, "http://loinc.org|8310-5"),
    *([], {}, [[]], [{}], [None] * 600, {"coding": [{"code": "x"}]}, {"x": {"x": {}}}),
)
TOKENS = (
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"\\",
        b"\\ud800",
        b"\\u0000",
        b"\xef\xbb\xbf",
        b"\xff",
        b"NaN",
        b"1e400",
    ),
    *(b'"resourceType":"Observation",', b'"entry":', b"-", b"0", b"\n", b"<!DOCTYPE x>", b"&a;", "\u202e".encode()),
)
PATIENT = {"resourceType": "Patient", "id": "p1", "identifier": [{"system": DOCUMENT, "value": "MYS-X1234567"}]}
ABOUT: dict[str, Any] = {"subject": {"reference": "Patient/p1"}}
RESOURCES: tuple[dict[str, Any], ...] = (
    measured(36.9, **ABOUT),
    measured(98.2, valueQuantity={"value": 98.2, "unit": "\u00b0F"}, status="preliminary"),
    measured(effectivePeriod={"start": "2026-11-21", "end": "2026-11-21T05:00:00Z"}, dataAbsentReason={"text": "x"}),
    dose("2026-11", lotNumber="A1", performer=[{"actor": {"display": "x"}}], expirationDate="2020"),
    health_pass("orange", contact=[{"valueBoolean": True}], country=[{"valueString": "NGA"}]),
    {"resourceType": "Condition", "code": concept("http://hl7.org/fhir/sid/icd-10", "A15.0")},
    {"resourceType": "Encounter", "status": "in-progress", "class": {"code": "EMER"}},
)
CERTIFICATE = {"scheme": "WOAH", "code": "VHC", "number": "7", "country": "MYS", "issued": "2026-11-10", "unit": "EKOR"}
SEAL = make_sealer("quarantine", 1, bytes(32))
SEAL(b"")  # what that loads is no growth of a reader's
ITEM = {"category": "RABIES_ANIMAL", "commodity": "dog", "quantity": "1", "unit": "HEAD", "declared": True}


def make_health(chance: Random) -> bytes:
    """A searchset of a few resources, spoilt."""
    resources = [PATIENT, *chance.choices(RESOURCES, k=chance.choice((1, 2, 5)))]
    return spoilt(write_bundle(resources, NOW), chance)


def make_quarantine(chance: Random) -> bytes:
    """An answer of the quarantine system, spoilt."""
    certificates = chance.choices((CERTIFICATE, {"document": WHOLE}), k=chance.choice((0, 1, 2)))
    lines = chance.choices((1, 2, 3), k=chance.choice((1, 3)))
    items = [ITEM | {"line": line, "species": "Canis lupus", "certificates": certificates} for line in lines]
    about = {"issuingState": "MYS", "documentNumber": "X1234567", "asOf": NOW.isoformat()}
    return spoilt(about | {"items": items}, chance)


def spoilt(value: Any, chance: Random) -> bytes:
    """A JSON value as bytes, with something hostile in some of its places, and in some of its bytes."""
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        value = _put(value, chance)
    body = bytearray(write_json(value))
    for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 2, 9))):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.choice((0, 1, 4, 50)))
        again = chance.choice((1, 1, 2, 60, 20_000))
        body[start:end] = chance.choice((b"", chance.choice(TOKENS), bytes(body[start:end]))) * again
        del body[LONGEST:]
    return bytes(body)


def _put(value: Any, chance: Random, depth: int = 0) -> Any:
    """The value with something hostile in one place, mostly inside a resource, or a place left out or misnamed."""
    often = depth > 2
    inner = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list | tuple) else ()
    if not inner or chance.random() < (0.2 if often else 0.01):
        return chance.choice(HOSTILE)
    holding = [key for key in inner if isinstance(value[key], dict | list | tuple) and value[key]]
    likely = holding[-1:] if isinstance(value, dict) else holding
    key = chance.choice(list(inner) if often or not likely or chance.random() < 0.1 else likely)
    if isinstance(value, dict) and often and chance.random() < 0.1:
        return {(f"{name}X" if name == key else name): one for name, one in value.items() if chance.random() < 0.95}
    changed = value.copy() if isinstance(value, dict) else list(value)
    changed[key] = _put(value[key], chance, depth + 1)
    return changed


@dataclass(frozen=True, slots=True)
class _Answered:
    """A fetch that is answered at once."""

    body: bytes

    async def __call__(self, *_: str, **__: object) -> FetchAnswer:
        """What stands there, whatever is asked."""
        return FetchAnswer(200, self.body)


@cache
def _rules() -> tuple[Any, ...]:
    lines = compose_mrz("TD3", "P", "MYS", "X1234567", "MYS", "T", "S", "F", date(1990, 1, 1), date(2030, 1, 1), "DEMO")
    document = read_mrz(lines, today=NOW.date()).document
    assert document is not None
    inquiry = Inquiry(document, Direction.ENTRY, "A", NOW)
    return settings.load_findings(), settings.load_limits(), SEAL, inquiry


def attack_health(body: bytes) -> None:
    """As a file and as an answer: a temperature that no body has, or a dose that counts too soon, is a failure."""
    _, limits, _, _ = _rules()
    with suppress(AgencyError):
        for resource in read_document(body, codes_of(limits)).resources:
            for _, value in fields_of(resource, limits.yellow_fever_days):
                assert not isinstance(value, str) or value.isprintable(), "not harmless"
            match resource.content:
                case Temperature(degrees=Decimal() as degrees):
                    assert LOWEST <= degrees <= HIGHEST, "no body's temperature"
                case Dose(given=given) as found if given is not None and (since := found.valid_from(10)) is not None:
                    assert (since - given.last).days == 10, "another day"
    _section(HealthConnector, body)


def attack_quarantine(body: bytes) -> None:
    """As an answer: a section or an AgencyError."""
    _section(AnimalPlantConnector, body)


def _section(connector: Any, body: bytes) -> None:
    rules, limits, seal, inquiry = _rules()
    with suppress(AgencyError):
        section = _run(connector(_Answered(body), rules, limits, seal).section(inquiry))
        assert from_json(Section, to_json(section), error=AgencyError("agency.not-understood", authority="")) == section


def _run(answered: Coroutine[Any, Any, Section]) -> Section:
    """What comes of a coroutine that waits for nothing."""
    try:
        answered.send(None)
    except StopIteration as done:
        section: Section = done.value
        return section
    raise AssertionError("waited")
