"""Documents keyed by hand: of a kind without a machine readable zone, or whose zone no reader reads."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from counter_tui.errors import DocumentError

from .checks import check_digit
from .dates import Century, PartialDate, read_date
from .kinds import DocumentKind
from .model import Document, EntryMethod, Problem, Sex, problem
from .states import STATES, normal_state

_SEXES: Final[dict[str, Sex]] = {"M": "M", "F": "F", "X": "X", "<": "X", "": "X"}
_LONGEST_NUMBER: Final = 24
_LONGEST_NAME: Final = 64
_LONGEST_TYPED: Final = 256
_NAME_MARKS: Final = frozenset(" '’-./@")  # noqa: RUF001 - the apostrophe that names are typed with
_NUMBER_MARKS: Final = frozenset(" -/.")
_OLDEST_YEARS: Final = 130
_PLAIN: Final = DocumentKind(
    "", fields=("number", "issuing_state", "nationality", "surname", "given_names", "birth", "expiry", "sex")
)


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """What the three parts of a zone that have a check digit of their own say."""

    number: str
    birth: PartialDate
    expiry: PartialDate


def document_from_keyed(  # noqa: PLR0913, PLR0917 - a document has that many fields
    number: str,
    issuing_state: str,
    nationality: str,
    surname: str,
    given_names: str,
    sex: str,
    birth_iso: str,
    expiry_iso: str,
    today: date,
) -> Document | tuple[Problem, ...]:
    """A document of no kind in particular; as `key_document`."""
    typed = {
        "number": number,
        "issuing_state": issuing_state,
        "nationality": nationality,
        "surname": surname,
        "given_names": given_names,
        "sex": sex,
        "birth": birth_iso,
        "expiry": expiry_iso,
    }
    return key_document(_PLAIN, typed, today)


def key_document(
    kind: DocumentKind, typed: Mapping[str, str], today: date, reference: str = ""
) -> Document | tuple[Problem, ...]:
    """A document of this kind from what was typed into its fields, or everything that is wrong with that.

    Dates are YYYY-MM-DD, YYYY-MM or YYYY; `expiry` may be "". `sex` is M, F, X or "". Number and names are put in
    capitals, their blanks collapsed; a name keeps its letters with marks. What the kind says goes without typing;
    `reference` stands for the number of a kind that has none.
    """
    checked = read_checked(typed, today) if kind.checked else None
    found = checked if isinstance(checked, Checked) else None
    fields = {
        "document_number": found.number if found else _tidy(typed.get("number", "")) if kind.numbered else reference,
        "issuing_state": kind.issuing_state or normal_state(typed.get("issuing_state", "")),
        "nationality": kind.nationality or normal_state(typed.get("nationality", "")),
        "surname": _tidy(typed.get("surname", "")),
        "given_names": _tidy(typed.get("given_names", "")),
    }
    sex = typed.get("sex", "").strip().upper()
    problems = [*_judge(kind, fields, sex)]
    if kind.checked:
        birth, expiry = (found.birth, found.expiry) if found else (None, None)
        problems += checked if isinstance(checked, tuple) else ()
    else:
        birth, expiry = _find_date(typed.get("birth", "")), _find_date(typed.get("expiry", ""))
        problems += _judge_dates(birth, expiry)
    problems += _judge_range(birth, expiry, today)
    if problems or birth is None:
        return tuple(problems)
    return Document(
        format="",
        code="",
        issuing_state=fields["issuing_state"],
        number=fields["document_number"],
        nationality=fields["nationality"],
        surname=fields["surname"],
        given_names=fields["given_names"],
        name_truncated=False,
        sex=_SEXES[sex],
        birth=birth,
        expiry=None if expiry is None or expiry.year is None else expiry,
        optional="",
        mrz=(),
        entry_method="keyed-checked" if kind.checked else "keyed",
        kind=kind.code,
    )


def read_checked(typed: Mapping[str, str], today: date) -> Checked | tuple[Problem, ...]:
    """Number, birth and expiry as they stand in a zone, each typed with its check digit behind it; or what is wrong.

    Fillers at the end of the number may be left out: they count nothing. Dates are YYMMDD.
    """
    problems: list[Problem] = []
    parts: dict[str, str] = {}
    for name, field in (
        ("number_checked", "document_number"),
        ("birth_checked", "birth_date"),
        ("expiry_checked", "expiry_date"),
    ):
        characters = "".join(typed.get(name, "")[:_LONGEST_TYPED].upper().split())
        wrong = _check(characters, field)
        parts[name] = characters[:-1]
        problems += [wrong] if wrong else []
    if problems:
        return tuple(problems)
    birth, birth_possible = read_date(parts["birth_checked"], Century.BIRTH, today)
    expiry, expiry_possible = read_date(parts["expiry_checked"], Century.EXPIRY, today)
    for possible, field in ((birth_possible, "birth_date"), (expiry_possible, "expiry_date")):
        problems += [] if possible else [problem("document.date-range", field)]
    return tuple(problems) or Checked(parts["number_checked"].rstrip("<"), birth, expiry)


def as_known(document: Document, method: EntryMethod = "keyed-known") -> Document:
    """A document as it is held here, of a traveller whose number or name was keyed or found: no zone was read."""
    return replace(document, mrz=(), entry_method=method)


def _check(characters: str, field: str) -> Problem | None:
    """What is wrong with characters that end with their check digit."""
    if not characters:
        return problem("document.missing", field)
    if field != "document_number" and (len(characters) != 7 or not characters[-1:].isdecimal()):
        return problem("document.checked-date", field)
    if not 2 <= len(characters) <= _LONGEST_NUMBER or not characters[-1:].isdecimal():
        return problem("document.checked-number", field)
    try:
        agrees = check_digit(characters[:-1]) == characters[-1]
    except DocumentError:
        return problem("document.alphabet", field)
    return None if agrees else problem("document.check-digit-keyed", field)


def _tidy(typed: str) -> str:
    """Capitals, single blanks; what is absurdly long is only cut, and found too long."""
    if len(typed) > _LONGEST_TYPED:
        return typed[: _LONGEST_NAME + 1]
    return " ".join(unicodedata.normalize("NFC", typed).upper().split())


def _judge(kind: DocumentKind, fields: dict[str, str], sex: str) -> Iterator[Problem]:
    if not kind.checked:
        number = fields["document_number"]
        wrong = _judge_text("document_number", number, _LONGEST_NUMBER, _in_number, "A-Z 0-9")
        if wrong is None and kind.number and not re.fullmatch(kind.number, number):
            wrong = problem("document.number-form", "document_number")
        yield from [wrong] if wrong else []
    for name in ("surname", "given_names"):
        wrong = _judge_text(name, fields[name], _LONGEST_NAME, _in_name, "A-Z")
        if wrong is not None and (fields[name] or name == "surname"):
            yield wrong
    for name in ("issuing_state", "nationality"):
        if fields[name] not in STATES and (fields[name] or name in kind.fields):
            yield problem("document.missing" if not fields[name] else "document.state", name)
    if sex not in _SEXES:
        yield problem("document.sex", "sex", expected="M F X")


def _judge_text(name: str, value: str, longest: int, allowed: Callable[[str], bool], expected: str) -> Problem | None:
    if len(value) > longest:
        return problem("document.length", name, expected=str(longest), found=str(len(value)))
    if not all(map(allowed, value)):
        return problem("document.alphabet", name, expected=expected)
    return None if any(map(str.isalnum, value)) else problem("document.missing", name)


def _in_number(character: str) -> bool:
    return character in _NUMBER_MARKS or (character.isascii() and character.isalnum())


def _in_name(character: str) -> bool:
    return character in _NAME_MARKS or unicodedata.category(character)[0] in "LM"


def _judge_dates(birth: PartialDate | None, expiry: PartialDate | None) -> Iterator[Problem]:
    if birth is None:
        yield problem("document.date", "birth_date", expected="YYYY-MM-DD")
    elif birth.year is None:
        yield problem("document.missing", "birth_date")
    if expiry is None:
        yield problem("document.date", "expiry_date", expected="YYYY-MM-DD")


def _judge_range(birth: PartialDate | None, expiry: PartialDate | None, today: date) -> Iterator[Problem]:
    born = birth.earliest() if birth else None
    if born is None:
        return
    if born > today or born.year < today.year - _OLDEST_YEARS:
        yield problem("document.date-range", "birth_date")
    last = expiry.latest() if expiry else None
    if last is not None and last < born:
        yield problem("document.date-range", "expiry_date")


def _find_date(typed: str) -> PartialDate | None:
    try:
        return PartialDate.from_iso(typed.strip())
    except DocumentError:
        return None
