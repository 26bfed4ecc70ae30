"""Certificates of animals, plants and their products: which they are, and whether they cover what is carried.

A certificate is known by scheme, code and number. Codes are those of Indonesia's forms (KH, KT and KI, and the unified
K-x.y of Barantin), PHYTO for a phytosanitary certificate (IPPC, ISPM 12), VHC for a veterinary health certificate.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ...domain.documents import document_key
from ...domain.words import Authority
from ..belonging import check_person
from ..ports import Inquiry
from .quantities import Quantity

FOREIGN: Final = frozenset({"PHYTO", "VHC"})
"""Forms that another country issues, and says so."""
GOOD: Final = frozenset({"", "ISSUED", "VALID"})
_SERIES: Final = re.compile(r"K *([HTI])[ .-]*(\d{1,2})", re.ASCII)
_UNIFIED: Final = re.compile(r"K[ -]*(\d{1,2})\.(\d{1,3})", re.ASCII)
_NAMES: Final = {
    "PC": "PHYTO",
    "PHYTOSANITARY": "PHYTO",
    "HC": "VHC",
    "VET": "VHC",
    "HEALTH CERTIFICATE": "VHC",
}
_COUNTRY: Final = re.compile(r"[A-Z]{3}|D", re.ASCII)

Shortcoming = tuple[str, dict[str, str]]
"""The code of a finding, and what its text tells beside the thing and its amount."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says. `said` is its quantity as it stands; `quantity` None where that is not clear.

    `country` is the ICAO code of who issued it, "" where that is not said. `category` is the kind it is for.
    """

    scheme: str
    code: str
    number: str
    country: str = ""
    issued: date | None = None
    valid_until: date | None = None
    quantity: Quantity | None = None
    said: str = ""
    species: str = ""
    category: str = ""
    consignee: str = ""
    consignee_document: str = ""
    status: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Which certificate it is: what bears the same covers its quantity once."""
        return self.scheme, self.code, self.number

    def __str__(self) -> str:
        return " ".join(filter(None, (self.code, self.number)))


@dataclass(frozen=True, slots=True)
class Carried:
    """What a certificate is held against: the thing, and all that is carried under the same certificate."""

    category: str
    species: str
    origin: str
    total: Quantity | None


def form(code: str) -> str:
    """A form's code as the configuration writes it: `KH-11` of `kh.11`, `PHYTO` of `PC`."""
    said = " ".join(code.upper().split())
    if series := _SERIES.fullmatch(said):
        return f"K{series[1]}-{int(series[2])}"
    if unified := _UNIFIED.fullmatch(said):
        return f"K-{int(unified[1])}.{unified[2]}"
    return _NAMES.get(said, said)


def is_of(code: str, accepted: tuple[str, ...]) -> bool:
    """Whether a form is one of these; `K-3.7` stands for its variants too (`K-3.71`)."""
    return any(code == one or (one.startswith("K-") and re.fullmatch(re.escape(one) + r"\d", code)) for one in accepted)


def issuer(scheme: str, code: str, country: str) -> str:
    """Who issued it: as said, or as its scheme or form tell."""
    if code not in FOREIGN and code.startswith("K"):
        return country or "IDN"
    return country or (scheme if _COUNTRY.fullmatch(scheme) else "")


def shortcomings(certificate: Certificate, carried: Carried, inquiry: Inquiry, days: int) -> Iterator[Shortcoming]:
    """Why a certificate does not cover what is carried; none where it does. One without an end lapses after `days`."""
    today = inquiry.at.date()
    if certificate.status not in GOOD:
        yield "ap.certificate-void", {"status": certificate.status}
    if certificate.issued is not None and certificate.issued > today:
        yield "ap.certificate-ahead", {"issued": certificate.issued.isoformat()}
    end = certificate.valid_until or (certificate.issued + timedelta(days=days) if certificate.issued else None)
    if end is not None and end < today:
        yield "ap.certificate-expired", {"until": end.isoformat()}
    if _is_other(certificate, carried):
        yield "ap.other-species", {"species": certificate.species or certificate.category}
    foreign = certificate.code in FOREIGN
    if foreign and certificate.country and carried.origin and certificate.country != carried.origin:
        yield "ap.other-origin", {"country": certificate.country}
    if _is_for_another(certificate, inquiry):
        yield "ap.other-consignee", {}
    yield from _over(certificate, carried)


def _is_other(certificate: Certificate, carried: Carried) -> bool:
    """Whether it is for another kind of thing, by category or by scientific name (genus and species)."""
    if certificate.category and certificate.category != carried.category:
        return True
    named, ours = (name.casefold().split()[:2] for name in (certificate.species, carried.species))
    return any(one != other for one, other in zip(named, ours, strict=False))


def _is_for_another(certificate: Certificate, inquiry: Inquiry) -> bool:
    if certificate.consignee_document:
        return document_key("", certificate.consignee_document).partition(":")[2] != inquiry.number
    return bool(check_person(Authority.ANIMAL_PLANT, inquiry, certificate.consignee or None, None))


def _over(certificate: Certificate, carried: Carried) -> Iterator[Shortcoming]:
    """All that is carried under it, against what it covers; what cannot be compared is told."""
    if not certificate.said:
        return
    covered, total = certificate.quantity, carried.total
    if covered is None or total is None or covered.unit != total.unit:
        yield "ap.quantity-unclear", {"certified": certificate.said}
    elif total.amount > covered.amount:
        yield "ap.quantity-over", {"certified": str(covered)}
