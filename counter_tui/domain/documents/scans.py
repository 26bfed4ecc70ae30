"""Repairs of what a reader typed: its keyboard layout first, then what the check digits single out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from counter_tui.domain.texts import text

from .bursts import find_stand_in, scan_parts, with_fillers
from .model import Document
from .reading import read_mrz
from .repairs import Repair, Repairs, find_repairs
from .tidying import Change


def repair_scan(lines: Sequence[str], *, today: date) -> Repairs:
    """As `find_repairs`, for the lines of a burst: identifiers left out, `<` put for the sign that came in its place.

    A reader that is set to another keyboard layout types one sign for every filler; that is one change, not forty.
    """
    given = [part for line in lines for part in scan_parts(line)]
    joined = "".join(given)
    stand_in = find_stand_in(joined)
    if stand_in is None:
        return find_repairs(given, today=today)
    count = sum(a != b for a, b in zip(joined, with_fillers(joined), strict=True))
    change = Change(None, None, stand_in, "<", text("repair.layout", found=stand_in, count=count))
    filled = tuple(map(with_fillers, given))
    reading = read_mrz(filled, today=today)
    if reading.valid:
        return Repairs((Repair(filled, (change,), reading),))
    found = find_repairs(filled, today=today)
    return replace(found, proposed=tuple(replace(r, changes=(change, *r.changes)) for r in found.proposed))


def confirmed(repair: Repair) -> Document:
    """The document of a repair that an officer compared with the printed page: it says what was changed."""
    document = repair.reading.document
    assert document is not None  # a repair's reading is valid
    return replace(document, entry_method="mrz-repaired", repairs=tuple(change.text for change in repair.changes))
