"""The layouts of machine readable zones, as tables: ICAO Doc 9303 parts 4 to 7 and the older French identity card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .checks import FILLER


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one line: 0-based line and start, end excluded."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        """These characters."""
        return lines[self.line][self.start : self.end]

    @property
    def width(self) -> int:
        """How many characters it has."""
        return self.end - self.start

    @property
    def at(self) -> tuple[int, int]:
        """Line and position as people count them, from 1."""
        return self.line + 1, self.start + 1


@dataclass(frozen=True, slots=True)
class Check:
    """A check digit: the field it guards, where it stands, what it is computed over."""

    field: str
    digit: Span
    over: tuple[Span, ...]
    filler_if_empty: bool = False
    """Where everything it guards is filler, the digit may be filler too."""


@dataclass(frozen=True, slots=True)
class Format:
    """A layout: fields in the order people list them, check digits with the composite last.

    `overflow` names the optional field into which a document number of more than nine characters runs on, where the
    layout allows it. `constants` are fields that the layout implies without writing them.
    """

    name: str
    count: int
    width: int
    fields: Mapping[str, Span]
    checks: tuple[Check, ...]
    overflow: str | None = None
    constants: Mapping[str, str] | None = None

    @property
    def size(self) -> int:
        """Characters in all lines together."""
        return self.count * self.width


def _two_lines(name: str, width: int, *, optional_end: int, own_check: bool = False, composite: bool = True) -> Format:
    """TD2, TD3 and both visas: one layout in two widths, with or without the last check digits."""
    number, number_digit = Span(1, 0, 9), Span(1, 9, 10)
    birth, birth_digit = Span(1, 13, 19), Span(1, 19, 20)
    expiry, expiry_digit = Span(1, 21, 27), Span(1, 27, 28)
    optional = Span(1, 28, optional_end)
    checks = [
        Check("document_number", number_digit, (number,)),
        Check("birth_date", birth_digit, (birth,)),
        Check("expiry_date", expiry_digit, (expiry,)),
    ]
    if own_check:
        checks.append(Check("optional_data", Span(1, 42, 43), (optional,), filler_if_empty=True))
    if composite:
        over = (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, width - 1))
        checks.append(Check("composite", Span(1, width - 1, width), over))
    return Format(
        name,
        2,
        width,
        {
            "document_code": Span(0, 0, 2),
            "issuing_state": Span(0, 2, 5),
            "document_number": number,
            "document_number_check": number_digit,
            "optional_data": optional,
            "nationality": Span(1, 10, 13),
            "birth_date": birth,
            "sex": Span(1, 20, 21),
            "expiry_date": expiry,
            "names": Span(0, 5, width),
        },
        tuple(checks),
        overflow="optional_data" if name == "TD2" else None,
    )


TD3: Final = _two_lines("TD3", 44, optional_end=42, own_check=True)
TD2: Final = _two_lines("TD2", 36, optional_end=35)
MRVA: Final = _two_lines("MRVA", 44, optional_end=44, composite=False)
MRVB: Final = _two_lines("MRVB", 36, optional_end=36, composite=False)

TD1: Final = Format(
    "TD1",
    3,
    30,
    {
        "document_code": Span(0, 0, 2),
        "issuing_state": Span(0, 2, 5),
        "document_number": Span(0, 5, 14),
        "document_number_check": Span(0, 14, 15),
        "optional_data_1": Span(0, 15, 30),
        "optional_data_2": Span(1, 18, 29),
        "nationality": Span(1, 15, 18),
        "birth_date": Span(1, 0, 6),
        "sex": Span(1, 7, 8),
        "expiry_date": Span(1, 8, 14),
        "names": Span(2, 0, 30),
    },
    (
        Check("document_number", Span(0, 14, 15), (Span(0, 5, 14),)),
        Check("birth_date", Span(1, 6, 7), (Span(1, 0, 6),)),
        Check("expiry_date", Span(1, 14, 15), (Span(1, 8, 14),)),
        Check("composite", Span(1, 29, 30), (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29))),
    ),
    overflow="optional_data_1",
)

FRA_ID: Final = Format(
    "FRA_ID",
    2,
    36,
    {
        "document_code": Span(0, 0, 2),
        "issuing_state": Span(0, 2, 5),
        "surname": Span(0, 5, 30),
        "given_names": Span(1, 13, 27),
        "document_number": Span(1, 0, 12),
        "birth_date": Span(1, 27, 33),
        "sex": Span(1, 34, 35),
        "optional_data": Span(0, 30, 36),
    },
    (
        Check("document_number", Span(1, 12, 13), (Span(1, 0, 12),)),
        Check("birth_date", Span(1, 33, 34), (Span(1, 27, 33),)),
        Check("composite", Span(1, 35, 36), (Span(0, 0, 36), Span(1, 0, 35))),
    ),
    constants={"nationality": "FRA"},
)

FORMATS: Final[Mapping[str, Format]] = {layout.name: layout for layout in (TD1, TD2, TD3, MRVA, MRVB, FRA_ID)}
SHAPES: Final = ((2, 44), (2, 36), (3, 30))
"""Number of lines and characters a line of every layout there is."""


def find_format(lines: Sequence[str]) -> Format | None:
    """The layout of lines by their number, their length and how they begin; None if there is none like it."""
    shape = (len(lines), len(lines[0]) if lines else 0)
    if shape not in SHAPES or any(len(line) != shape[1] for line in lines):
        return None
    if shape == (3, 30):
        return TD1
    visa = lines[0].startswith("V")
    if shape == (2, 44):
        return MRVA if visa else TD3
    if lines[0].startswith("IDFRA"):
        return FRA_ID
    return MRVB if visa else TD2


@dataclass(frozen=True, slots=True)
class LongNumber:
    """A document number that runs on into the optional data (Doc 9303-5, 4.2.2, note j)."""

    number: str
    digit: str
    digit_at: tuple[int, int]
    rest: str
    """The optional data behind it, as zone characters."""


def find_long_number(layout: Format, lines: Sequence[str]) -> LongNumber | None:
    """The document number of more than nine characters; None where the number ends in its own field.

    A filler in place of the check digit says that the number goes on; its last character there is the check digit.
    """
    if layout.overflow is None or layout.fields["document_number_check"].of(lines) != FILLER:
        return None
    head = layout.fields["document_number"].of(lines)
    span = layout.fields[layout.overflow]
    tail, _, rest = span.of(lines).partition(FILLER)
    if FILLER in head[-1:] or not tail:
        return None
    digit_at = (span.line + 1, span.start + len(tail))
    return LongNumber(head + tail[:-1], tail[-1], digit_at, rest)
