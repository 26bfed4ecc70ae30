"""What a travel document says, what reading one brings to light, and the mark of documents made for training."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Literal

from counter_tui.domain.texts import Text, text

from .dates import PartialDate

TRAINING_MARK: Final = "DEMO"
"""The optional data of a training document begin with it; in TD1, TD2 and TD3 they are under a check digit."""

Sex = Literal["M", "F", "X"]
EntryMethod = Literal["mrz", "mrz-repaired", "keyed", "keyed-checked", "keyed-known", "found"]
"""How a document came in: read from its zone; read, with a repair that an officer confirmed; keyed by hand, its number
twice; keyed from its zone, with check digits that agree; keyed in part, the rest as it is held here; found here by name
or number, with no document in hand."""


class Severity(Enum):
    """How much a problem takes away."""

    INVALID = "invalid"
    """The characters contradict each other or the standard: length, alphabet, a check digit."""
    STRICT = "strict"
    """The check digits agree, and yet it cannot be right: a 32nd of August, a digit in a name."""
    NOTE = "note"
    """Allowed or met in practice, and worth knowing: a state that is not listed, a number checked the old way."""


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """One thing found wrong: `line` and `position` are 1-based; `expected` and `found` are harmless to show."""

    text: Text
    field: str
    line: int | None = None
    position: int | None = None
    expected: str = ""
    found: str = ""
    severity: Severity = Severity.INVALID

    def __repr__(self) -> str:
        """Without what was found: it may be a date of birth."""
        return f"Problem({self.text.code}, {self.field}, line={self.line}, position={self.position})"


def problem(
    code: str,
    field: str,
    severity: Severity = Severity.INVALID,
    *,
    at: tuple[int, int] | None = None,
    expected: str = "",
    found: str = "",
) -> Problem:
    """A problem whose text carries what the problem carries; `at` is line and position, 1-based."""
    line, position = at or (None, None)
    params: dict[str, str | int] = {"field": field, "expected": expected, "found": found}
    if line is not None and position is not None:
        params |= {"line": line, "position": position}
    return Problem(text(code, **params), field, line, position, expected, found, severity)


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A travel document: from its machine readable zone, or keyed by hand (then `format`, `code`, `mrz` are empty).

    `issuing_state` and `nationality` are ICAO codes without fillers ("IDN", "D"); `code` is the zone's ("P", "ID").
    `optional` is the optional data as text (TD1: the first of two). `name_truncated`: the name fills its field to
    the last letter, so that it may go on. `kind` is the kind that was keyed (`config/documents.toml`), "" where the
    zone tells it. `repairs` are the changes to what was read that an officer confirmed against the printed page.
    """

    format: str
    code: str
    issuing_state: str
    number: str
    nationality: str
    surname: str
    given_names: str
    name_truncated: bool
    sex: Sex
    birth: PartialDate
    expiry: PartialDate | None
    optional: str
    mrz: tuple[str, ...]
    entry_method: EntryMethod
    kind: str = ""
    repairs: tuple[Text, ...] = ()

    def __repr__(self) -> str:
        """Without the person."""
        return f"Document({self.format or self.entry_method}, {self.issuing_state})"

    @property
    def display_name(self) -> str:
        """`SURNAME, GIVEN NAMES`, or the one name where there is only one identifier."""
        return ", ".join(part for part in (self.surname, self.given_names) if part)

    @property
    def key(self) -> str:
        """What to look it up by: `IDN:X1234567`, with nothing but letters and digits in the number."""
        return document_key(self.issuing_state, self.number)

    def is_expired(self, today: date) -> bool:
        """Whether the last day it can be valid is over; never where there is no expiry date."""
        last = self.expiry.latest() if self.expiry else None
        return last is not None and last < today


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What reading a zone gave.

    `lines` as given (cut to a bounded size); `format` TD1, TD2, TD3, MRVA, MRVB, FRA_ID or None. `valid`: length,
    alphabet and every check digit; `strict_valid`: also nothing impossible in it. `fields`: the zone's own
    characters by name, trailing fillers dropped, fillers in names and optional data as blanks, dates YYMMDD.
    `document` is there exactly when `valid`.
    """

    format: str | None
    lines: tuple[str, ...]
    valid: bool
    strict_valid: bool
    fields: Mapping[str, str]
    name_maybe_truncated: bool
    problems: tuple[Problem, ...]
    document: Document | None

    def __repr__(self) -> str:
        """Without the person."""
        return f"Reading({self.format}, valid={self.valid}, problems={self.problems})"


def document_key(issuing_state: str, number: str) -> str:
    """The key of a document, however its number was spaced or hyphenated, in capitals or not."""
    return f"{issuing_state.upper()}:{''.join(filter(str.isalnum, number.upper()))}"


def is_training(document: Document) -> bool:
    """Whether a document was made for training: the mark opens its optional data, or its number if it has no zone."""
    marked = document.optional if document.format else document.number.upper()
    return marked.startswith(TRAINING_MARK)
