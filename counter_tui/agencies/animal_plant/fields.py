"""What quarantine's records say of each thing carried, as fields of the joint view.

`ap.item` (what it is), `ap.item-category`, `-quantity`, `-species`, `-origin` and `-declared`; of each certificate
`ap.certificate` (form and number), `-country`, `-issued`, `-valid-until`, `-quantity`, `-species`, `-consignee` and
`-status`. `ap.problem` is what in the record cannot be read. Each item, and each certificate, is an origin of its own.
"""

from collections.abc import Iterator

from ...domain.texts import Text, text
from ..lists.cleaning import clean
from .case import Thing
from .certificates import Certificate

Named = tuple[str, str | Text]


def fields_of_thing(thing: Thing) -> Iterator[Named]:
    """An item's own."""
    item = thing.item
    yield from _present(("ap.item", clean(item.commodity)))
    yield "ap.item-category", text(f"category.{item.category.lower().replace('_', '-')}")
    if thing.quantity is not None:
        yield "ap.item-quantity", str(thing.quantity)
    else:
        yield "ap.problem", text("quantity.unclear", quantity=thing.amount)
    yield from _present(("ap.item-species", clean(item.species or "")), ("ap.item-origin", clean(item.origin or "")))
    yield "ap.item-declared", text("declared.yes" if item.declared else "declared.no")
    if thing.unread:
        yield "ap.problem", text("certificate.unread", count=thing.unread)


def fields_of_certificate(one: Certificate) -> Iterator[Named]:
    """A certificate's own."""
    yield from _present(
        ("ap.certificate", str(one)),
        ("ap.certificate-country", one.country),
        ("ap.certificate-issued", one.issued.isoformat() if one.issued else ""),
        ("ap.certificate-valid-until", one.valid_until.isoformat() if one.valid_until else ""),
        ("ap.certificate-quantity", str(one.quantity) if one.quantity else ""),
        ("ap.certificate-species", one.species),
        ("ap.certificate-consignee", " ".join(filter(None, (one.consignee, one.consignee_document)))),
        ("ap.certificate-status", one.status),
    )
    if one.said and one.quantity is None:
        yield "ap.problem", text("quantity.unclear", quantity=one.said)


def _present(*named: tuple[str, str]) -> Iterator[Named]:
    return ((name, value) for name, value in named if value)
