"""A machine readable zone in a list: what the columns do not tell it does, and where the two differ it is reported."""

from datetime import date
from typing import Any, Final

from ...domain.documents import PartialDate, read_mrz, read_out
from .drafts import DocumentDraft, Draft
from .model import LONGEST

_WIDTHS: Final = {88: 44, 72: 36, 90: 30}
"""Of zones whose lines run on, by their length."""


def zone_lines(said: str) -> list[str]:
    """The lines of a zone in one cell or several, also where they stand behind a blank or run on."""
    parts = said[: 2 * LONGEST].split()
    if len(parts) == 1 and (width := _WIDTHS.get(len(parts[0]), 0)):
        return [parts[0][at : at + width] for at in range(0, len(parts[0]), width)]
    return parts


def fill_from_zone(draft: Draft, document: DocumentDraft, said: str, today: date) -> None:
    """Read the zone; a valid one is kept as the document that it is."""
    reading = read_mrz(zone_lines(said), today=today)
    for problem in reading.problems:
        draft.report(problem.text.code, **problem.text.as_dict())
    found = read_out(reading, today=today)
    if found is None:
        return
    draft.zone = reading.document
    _fill(draft, "surname", "surname", found.surname)
    _fill(draft, "given_names", "given_names", found.given_names)
    _fill(draft, "sex", "sex", found.sex)
    _fill(draft, "nationality", "nationality", found.nationality)
    _fill(draft, "birth", "birth_date", PartialDate.from_iso(found.birth_date))
    number = reading.fields["document_number"].replace("<", " ")
    _fill(draft, "number", "document_number", number, document)
    _fill(draft, "issuing_state", "issuing_state", found.issuing_state, document)
    _fill(draft, "expiry", "expiry_date", PartialDate.from_iso(found.expiry_date), document)
    document.code = document.code or reading.fields["document_code"]


def _fill(draft: Draft, attribute: str, field: str, value: Any, into: DocumentDraft | None = None) -> None:
    target = into or draft
    held = getattr(target, attribute)
    if not value or value == PartialDate(None):
        return
    if not held:
        setattr(target, attribute, value)
    elif _compared(field, held) != _compared(field, value) and not _is_shorter(field, held, value):
        draft.report("manifest.zone-differs", field=field, found=_shown(value))


def _is_shorter(field: str, held: str, value: str) -> bool:
    """A name of a zone is cut off where it is long, and a list has the whole name in one column."""
    if field not in {"surname", "given_names"}:
        return False
    return bool(_compared(field, held).startswith(_compared(field, value)))


def _compared(field: str, value: Any) -> Any:
    if field in {"surname", "given_names", "document_number"}:
        return "".join(filter(str.isalnum, value.upper()))
    return value


def _shown(value: Any) -> str:
    return value.iso() if isinstance(value, PartialDate) else str(value)
