"""FHIR R4 Observation: body temperature, alone or as a component of a panel; everything else is passed over.

Precision is kept: a value in degrees Celsius has the digits it was measured with, one in Fahrenheit is converted to a
tenth. The unit is the UCUM code, or without one the unit's own word; where the two disagree there is no reading.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ...domain.texts import text
from .codes import UCUM, Codes
from .elements import Element, codes, words
from .remarks import Remarks
from .times import FhirTime

MEASURED: Final = frozenset({"final", "amended", "corrected", "preliminary"})
LOWEST, HIGHEST = Decimal(30), Decimal(45)
"""Degrees Celsius that a living body can have."""
UNITS: Final = {"Cel": "Cel", "[degF]": "[degF]", "K": "K"}
_WORDS: Final = {
    "Cel": frozenset({"c", "cel", "celsius", "celcius", "centigrade", "℃"}),
    "[degF]": frozenset({"f", "fahrenheit", "degf", "℉"}),
    "K": frozenset({"k", "kelvin"}),
}
_FILLERS: Final = ("degrees", "degree", "deg", "derajat", "grad", "°", "º", ".", "[", "]", "_", " ")


@dataclass(frozen=True, slots=True)
class Temperature:
    """A body temperature. `said` is as it was measured (`98.2 [degF]`); `degrees` Celsius, None if not to be trusted.

    `preliminary`: nobody has confirmed it yet. `site` is where on the body it was taken.
    """

    degrees: Decimal | None
    said: str = ""
    measured: FhirTime | None = None
    preliminary: bool = False
    site: str | None = None


def read_observation(resource: Element, known: Codes, remarks: Remarks) -> Temperature | None:
    """The body temperature in an Observation; None where it is of something else."""
    status = resource.need("status")
    concept = resource.one("code")
    if concept is None:
        raise resource.wrong("code", "object")
    measured = _moment(resource, remarks)
    holder = _holder(resource, codes(concept), known)
    if holder is None:
        remarks.unused = text("fhir.other-observation")
        return None
    degrees = _degrees(holder, remarks)
    if status not in MEASURED:
        remarks.unused = text("fhir.status", status=status)
    if status == "preliminary":
        remarks.problems.append(text("fhir.preliminary"))
    return Temperature(degrees, _said(holder), measured, status == "preliminary", words(resource.one("bodySite")))


def _holder(resource: Element, tokens: frozenset[str], known: Codes) -> Element | None:
    """What holds the value: the Observation itself, or a component of it."""
    if tokens & known.temperature:
        return resource
    return next((c for c in resource.many("component") if codes(c.one("code")) & known.temperature), None)


def _moment(resource: Element, remarks: Remarks) -> FhirTime | None:
    """When it was measured: at the end of a period; None, and a problem, where nothing says so."""
    moment = resource.time("effectiveDateTime") or resource.time("effectiveInstant")
    if period := resource.one("effectivePeriod"):
        start, end = period.time("start"), period.time("end")
        if start and end and start.first > end.last:
            remarks.problems.append(text("fhir.period-backwards"))
            return None
        moment = moment or end or start
    if moment is None:
        remarks.problems.append(text("fhir.no-time"))
    return moment


def _said(holder: Element) -> str:
    """The value as it stands, `98.2 [degF]`; "" where there is none."""
    quantity = holder.one("valueQuantity")
    value = quantity.number("value") if quantity is not None else None
    if quantity is None or value is None:
        return ""
    code, unit = quantity.text("code"), quantity.text("unit")
    both = code is not None and _spoken(unit) not in (None, UNITS.get(code))
    shown = f"{code} ({unit})" if both else code or unit or ""
    return f"{quantity.text('comparator') or ''}{_plain(value)} {shown}".strip()


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    return written if len(written) <= 12 else f"{value:.5g}"


def _degrees(holder: Element, remarks: Remarks) -> Decimal | None:
    """Degrees Celsius, or a problem that says why there are none."""
    quantity = holder.one("valueQuantity")
    absent = words(holder.one("dataAbsentReason"))
    value = quantity.number("value") if quantity is not None else None
    if quantity is None or value is None:
        remarks.problems.append(text("fhir.absent", reason=absent) if absent else text("fhir.no-value"))
        return None
    if absent:
        remarks.problems.append(text("fhir.absent-and-there", reason=absent))
        return None
    if comparator := quantity.code("comparator"):
        remarks.problems.append(text("fhir.only-a-bound", comparator=comparator))
        return None
    unit = _unit(quantity, remarks)
    if unit is None:
        return None
    degrees = value if unit == "Cel" else (value - 32) * 5 / 9
    if not LOWEST <= degrees <= HIGHEST:
        remarks.problems.append(text("fhir.implausible", value=_plain(value), unit=unit))
        return None
    return degrees if unit == "Cel" else degrees.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _unit(quantity: Element, remarks: Remarks) -> str | None:
    """`Cel` or `[degF]`; None, and a problem, where it is another unit, or nobody can tell."""
    system, code, said = quantity.code("system"), quantity.code("code"), quantity.text("unit")
    spoken = _spoken(said)
    if code is None:
        unit = spoken
    elif system == UCUM:
        unit = UNITS.get(code)
    else:
        unit = None
    if unit not in ("Cel", "[degF]"):
        remarks.problems.append(text("fhir.unit-unknown", unit=code or said or "-"))
        return None
    if spoken is not None and spoken != unit:
        remarks.problems.append(text("fhir.unit-disagrees", unit=said or "", coded=code or ""))
        return None
    if said and spoken is None:
        remarks.notes.append(text("fhir.unit-word", unit=said, coded=unit))
    return unit


def _spoken(said: str | None) -> str | None:
    """The unit that people's word for it means: `°C`, `Grad Celsius`, `deg F`; None where that is not known."""
    word = (said or "").casefold()
    for filler in _FILLERS:
        word = word.replace(filler, "")
    return next((unit for unit, words_of in _WORDS.items() if word in words_of), None)
