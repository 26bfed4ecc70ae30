"""Reading a passenger list: which layout a file has, told by what stands in it, and what it says."""

import hashlib
import stat
from datetime import date
from pathlib import Path
from typing import Final

from ...errors import AgencyError
from .columns import ManifestRules
from .model import Journey, Layout, Manifest, Remarks, Traveller

FILE: Final = 8 << 20
"""Bytes of a list: some 30,000 travellers."""
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def open_manifest(path: Path) -> bytes:
    """The bytes of a list. Raises AgencyError `manifest.no-file`, `manifest.empty`, `manifest.too-large`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise AgencyError("manifest.no-file", file=path.name)
        with path.open("rb") as opened:
            raw = opened.read(FILE + 1)
    except (OSError, ValueError):
        raise AgencyError("manifest.no-file", file=path.name) from None
    check_size(raw, path.name)
    return raw


def check_size(raw: bytes, file: str) -> None:
    """Raises AgencyError `manifest.empty`, `manifest.too-large`."""
    if len(raw) > FILE:
        raise AgencyError("manifest.too-large", file=file)
    if not raw.strip():
        raise AgencyError("manifest.empty", file=file)


def read_manifest(file: str, raw: bytes, rules: ManifestRules, today: date) -> Manifest:
    """What the bytes of a list say; `file` is the name that remarks bear.

    `today` bounds births and, where the list has no date of its own, tells the century of two-digit years. Raises
    AgencyError where nothing in it can be used: as `check_size`, and `manifest.format` (an older spreadsheet, a PDF),
    `manifest.no-heading`, `manifest.no-message`, `manifest.archive`, `manifest.archive-unsafe`.
    """
    check_size(raw, file)
    remarks = Remarks(file)
    body = _unwrapped(raw, remarks)
    layout, journeys, travellers = _read(body, remarks, rules, today)
    if not travellers:
        remarks.add(1, "manifest.nobody")
    digest = hashlib.sha256(raw).hexdigest()
    kept = tuple(sorted(remarks.kept, key=lambda one: one.line))
    return Manifest(file, layout, digest, tuple(journeys), tuple(travellers), kept, remarks.beyond)


def _unwrapped(raw: bytes, remarks: Remarks) -> bytes:
    from .mail import find_attached, looks_like_mail

    if not looks_like_mail(raw):
        return raw
    attached = find_attached(raw)
    if attached is None:
        return raw
    remarks.add(1, "manifest.mail")
    return attached


def _read(
    raw: bytes, remarks: Remarks, rules: ManifestRules, today: date
) -> tuple[Layout, list[Journey], list[Traveller]]:
    from .edifact import find_header

    if raw.startswith((_OLE, _PDF)):
        raise AgencyError("manifest.format", file=remarks.file)
    if raw.startswith(_ZIP):
        return "xlsx", *_read_xlsx(raw, remarks, rules, today)
    if raw.startswith(_UTF16):
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    if find_header(raw):
        return "paxlst", *_read_paxlst(raw, remarks, today)
    return "csv", *_read_csv(raw, remarks, rules, today)


def _read_paxlst(raw: bytes, remarks: Remarks, today: date) -> tuple[list[Journey], list[Traveller]]:
    from .edifact import read_segments
    from .paxlst import PaxlstReader

    reader = PaxlstReader(remarks, today)
    reader.read(read_segments(raw, remarks))
    if not reader.messages:
        raise AgencyError("manifest.no-message", file=remarks.file)
    return reader.journeys, reader.travellers


def _read_csv(raw: bytes, remarks: Remarks, rules: ManifestRules, today: date) -> tuple[list[Journey], list[Traveller]]:
    from .csv_table import csv_rows
    from .tables import TableReader

    reader = TableReader(remarks, rules, today)
    journey, travellers = reader.read(csv_rows(raw, remarks, reader))
    return [journey], travellers


def _read_xlsx(
    raw: bytes, remarks: Remarks, rules: ManifestRules, today: date
) -> tuple[list[Journey], list[Traveller]]:
    """Every sheet that has a heading; the others are reported, unless none has one."""
    from dataclasses import replace

    from .tables import TableReader
    from .xlsx import xlsx_sheets

    reader = TableReader(remarks, rules, today)
    journeys: list[Journey] = []
    travellers: list[Traveller] = []
    for rows in xlsx_sheets(raw, remarks):
        if reader.heading(rows) is None:
            if rows:
                remarks.add(rows[0].line, "manifest.sheet-not-used", rows[0].sheet)
            continue
        journey, found = reader.read(rows)
        travellers += [replace(one, journey=len(journeys)) for one in found]
        journeys.append(journey)
    if not journeys:
        raise AgencyError("manifest.no-heading", file=remarks.file)
    return journeys, travellers
