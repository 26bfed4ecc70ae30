"""Reading a list: which layout a file has, told by what stands in it, and its entries one after another."""

import csv
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from io import BufferedReader
from pathlib import Path

from ...domain.screening.model import Listed
from ...errors import ListError
from .model import Format, ListFile, Progress, Reading, Report
from .text_lines import BOM, file_size, open_bytes

HEAD = 1 << 16
TELL_EVERY = 4096
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_Reader = Callable[[Path, BufferedReader, Reading], Iterator[Listed]]
_READERS = {
    Format.OFAC: (".ofac", "read"),
    Format.UN: (".un", "read"),
    Format.CSV: (".own", "read"),
    Format.JSON: (".own_json", "read_array"),
    Format.JSONL: (".own_json", "read_lines"),
}
"""Where each layout is read; loaded when one is met."""


def read_list(
    path: Path,
    *,
    report: Report = lambda _: None,
    progress: Progress = lambda _entries, _bytes, _of: None,
    keep_discreet: bool = False,
) -> ListFile:
    """A list of names as a file: iterate it for its entries.

    Problems with single entries go to `report`, and the rest is read. Entries that are to be handled discreetly (H5)
    are counted and not given, unless `keep_discreet`: only their owner keeps them, never a counter.
    Raises ListError where the file cannot be used: `list.no-file`, `list.empty`, `list.too-large`, `list.encoding`,
    `list.format-unknown`, `list.is-part` (a file that is read with its main one), `list.is-delta`; while it is
    iterated `list.line-too-long`, `list.damaged`, `list.entities`, `list.no-columns`, `list.mostly-broken`,
    `list.count-differs`.
    """
    size = file_size(path)
    read = partial(_read, report=report, progress=progress, keep_discreet=keep_discreet)
    with open_bytes(path) as opened:
        head = opened.read(HEAD)
        layout = _layout(head, path.name)
        if layout is Format.JSON:
            from .own_json import read_header

            opened.seek(0)
            said = read_header(path, opened)
            return ListFile(path, said.format, size, said.name, said.version, said.as_of, said.count, read=read)
    if layout is Format.UN:
        from .un import read_date

        return ListFile(path, layout, size, as_of=read_date(head), read=read)
    return ListFile(path, layout, size, read=read)


def _read(found: ListFile, *, report: Report, progress: Progress, keep_discreet: bool) -> Iterator[Listed]:
    tally = found.tally
    tally.entries = tally.left_out = tally.doubts = tally.discreet = 0
    reading = Reading(found.path.name, report, tally, keep_discreet)
    module, name = _READERS[found.format]
    reader: _Reader = getattr(import_module(module, __package__), name)
    try:
        with open_bytes(found.path) as opened:
            for count, entry in enumerate(reader(found.path, opened, reading), start=1):
                yield entry
                if count % TELL_EVERY == 0:
                    progress(count, opened.tell(), found.size)
    except OSError:
        raise ListError("list.no-file", file=found.path.name) from None
    if found.declared is not None and found.declared != tally.entries + tally.left_out + tally.discreet:
        raise ListError("list.count-differs", file=found.path.name, declared=found.declared, found=tally.entries)
    progress(tally.entries, found.size, found.size)


def _layout(head: bytes, file: str) -> Format:
    """By what the file begins with; either form of JSON as JSON."""
    if head.startswith(_UTF16):
        raise ListError("list.encoding", file=file)
    text = head.decode("utf-8-sig", "surrogateescape").removeprefix(BOM).lstrip()
    if text.startswith("<") and "<CONSOLIDATED_LIST" in text:
        return Format.UN
    if text.startswith("{"):
        return Format.JSON
    row = _first_row(text)
    if {"ref", "name"}.issubset(name.strip().lower() for name in row):
        return Format.CSV
    if len(row) == 12 and row[0].isdecimal():
        return Format.OFAC
    if len(row) in {5, 6} and row[0].isdecimal() and row[1].isdecimal():
        raise ListError("list.is-part", file=file)
    raise ListError("list.format-unknown", file=file)


def _first_row(text: str) -> list[str]:
    try:
        return next(csv.reader(text.splitlines(keepends=True)[:64], skipinitialspace=True), [])
    except csv.Error:
        return []
