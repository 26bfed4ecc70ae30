"""Rows of a CSV file (RFC 4180, strictly): quoted line breaks and doubled quotes; a broken row costs only itself."""

import csv
from collections.abc import Iterator

from .model import Reading
from .text_lines import Lines


def csv_rows(lines: Lines, reading: Reading) -> Iterator[list[str]]:
    """Each row; while it is in hand, `lines.number + 1` is its line. Broken ones are reported."""
    while True:
        try:
            for row in csv.reader(lines, strict=True, skipinitialspace=True):
                yield row
                lines.next_record()
        except csv.Error:
            pass  # its words would quote nothing of use
        else:
            if not lines.overrun:
                return
        reading.left_out(lines.number + 1, "list.row-broken")
        lines.give_back()


def is_blank(row: list[str]) -> bool:
    """A row of nothing: an empty line, or the Ctrl-Z that ends files of old systems."""
    return not row or (len(row) == 1 and not row[0].strip("\x00\x1a \t"))
