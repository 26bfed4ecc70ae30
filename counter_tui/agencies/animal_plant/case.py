"""One traveller's items as the quarantine system tells them: quantities and certificates, and what belongs together."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...domain.sections import Subject
from ...domain.words import SubjectKind
from ..lists.cleaning import clean
from .certificates import Carried, Certificate, form, issuer
from .ephyto import read_ephyto
from .quantities import Quantity, find_quantity
from .standard import Answer, Certified, Item, Whole
from .states import state

LIVING = frozenset({"RABIES_ANIMAL", "ANIMAL"})


@dataclass(frozen=True, slots=True)
class Thing:
    """An item with its certificates; `unread` are those that could not be read."""

    item: Item
    subject: Subject
    quantity: Quantity | None
    certificates: tuple[Certificate, ...]
    unread: int

    @property
    def living(self) -> bool:
        """Whether it is an animal."""
        return self.item.category in LIVING

    @property
    def amount(self) -> str:
        """How much of it, as people read it; as it stands where that is not clear."""
        return str(self.quantity).lower() if self.quantity else f"{self.item.quantity} {clean(self.item.unit).lower()}"

    def carried(self, certificate: Certificate, all_of: "tuple[Thing, ...]") -> Carried:
        """What the certificate is held against: all that travels under it."""
        species, origin = clean(self.item.species or ""), state(self.item.origin)
        return Carried(self.item.category, species, origin, _total(certificate, all_of))


def things(answer: Answer) -> tuple[Thing, ...]:
    """All that is carried, each a subject of its own, also where the system gave two the same line."""
    found: list[Thing] = []
    used: set[str] = set()
    for item in answer.items:
        name = next(one for one in _names(item.line) if one not in used)
        used.add(name)
        # The label goes to every counter: what the thing is stands in the finding, which only some may read.
        kind = SubjectKind.ANIMAL if item.category in LIVING else SubjectKind.GOODS
        subject = Subject(kind, f"item-{name}", f"#{name}")
        read = [_certificate(one) for one in item.certificates]
        known = tuple(one for one in read if one is not None)
        found.append(Thing(item, subject, _quantity(item), known, len(read) - len(known)))
    return tuple(found)


def _names(line: int) -> Iterator[str]:
    yield str(line)
    number = 2
    while True:
        yield f"{line}.{number}"
        number += 1


def _quantity(item: Item) -> Quantity | None:
    return find_quantity(str(item.quantity), item.unit)


def _total(certificate: Certificate, all_of: tuple[Thing, ...]) -> Quantity | None:
    """All that is carried under a certificate; None where that cannot be added up."""
    under = [one.quantity for one in all_of if any(c.key == certificate.key for c in one.certificates)]
    known = [one for one in under if one is not None]
    if not known or len(known) < len(under) or len({one.unit for one in known}) > 1:
        return None
    return Quantity(sum((one.amount for one in known), Decimal(0)), known[0].unit)


def _certificate(certified: Certified | Whole) -> Certificate | None:
    """A certificate as its data or its own document say; None where that cannot be read."""
    if isinstance(certified, Whole):
        return read_ephyto(certified.document)
    scheme, code = clean(certified.scheme).upper(), form(clean(certified.code))
    said = f"{certified.quantity} {certified.unit or ''}".strip() if certified.quantity is not None else ""
    consignee = certified.consignee
    return Certificate(
        scheme,
        code,
        clean(certified.number),
        issuer(scheme, code, state(certified.country)),
        certified.issued,
        certified.valid_until,
        find_quantity(str(certified.quantity), certified.unit or ""),
        clean(said),
        clean(certified.species or ""),
        certified.category or "",
        clean(consignee.name or "") if consignee is not None else "",
        clean(consignee.document_number or "") if consignee is not None else "",
        clean(certified.status or "").upper(),
    )
