"""Documents keyed by hand: border passes and others without a machine readable zone, or whose zone cannot be read."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final

from counter_tui.errors import DocumentError

from .dates import PartialDate
from .model import Document, Problem, Sex, problem
from .states import STATES, normal_state

_SEXES: Final[dict[str, Sex]] = {"M": "M", "F": "F", "X": "X", "<": "X", "": "X"}
_LONGEST_NUMBER: Final = 24
_LONGEST_NAME: Final = 64
_LONGEST_TYPED: Final = 256
_NAME_MARKS: Final = frozenset(" '’-./@")  # noqa: RUF001 - the apostrophe that names are typed with
_NUMBER_MARKS: Final = frozenset(" -/.")
_OLDEST_YEARS: Final = 130


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
    """A document from typed fields, or everything that is wrong with them.

    Dates are YYYY-MM-DD, YYYY-MM or YYYY; `expiry_iso` may be "". `sex` is M, F, X or "". Number and names are put
    in capitals, their blanks collapsed; a name keeps its letters with marks.
    """
    fields = {
        "document_number": _tidy(number),
        "issuing_state": normal_state(issuing_state),
        "nationality": normal_state(nationality),
        "surname": _tidy(surname),
        "given_names": _tidy(given_names),
    }
    birth, expiry = _find_date(birth_iso), _find_date(expiry_iso)
    sex = sex.strip().upper()
    problems = (*_judge(fields, sex), *_judge_dates(birth, expiry, today))
    if problems or birth is None:
        return problems
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
        entry_method="keyed",
    )


def _tidy(typed: str) -> str:
    """Capitals, single blanks; what is absurdly long is only cut, and found too long."""
    if len(typed) > _LONGEST_TYPED:
        return typed[: _LONGEST_NAME + 1]
    return " ".join(unicodedata.normalize("NFC", typed).upper().split())


def _judge(fields: dict[str, str], sex: str) -> Iterator[Problem]:
    for name, longest in (
        ("document_number", _LONGEST_NUMBER),
        ("surname", _LONGEST_NAME),
        ("given_names", _LONGEST_NAME),
    ):
        value = fields[name]
        is_number = name == "document_number"
        if not value and name != "given_names":
            yield problem("document.missing", name)
        elif len(value) > longest:
            yield problem("document.length", name, expected=str(longest), found=str(len(value)))
        elif not all(map(_in_number if is_number else _in_name, value)):
            yield problem("document.alphabet", name, expected="A-Z 0-9" if is_number else "A-Z")
        elif value and not any(map(str.isalnum, value)):
            yield problem("document.missing", name)
    for name in ("issuing_state", "nationality"):
        if fields[name] not in STATES:
            yield problem("document.missing" if not fields[name] else "document.state", name)
    if sex not in _SEXES:
        yield problem("document.sex", "sex", expected="M F X")


def _in_number(character: str) -> bool:
    return character in _NUMBER_MARKS or (character.isascii() and character.isalnum())


def _in_name(character: str) -> bool:
    return character in _NAME_MARKS or unicodedata.category(character)[0] in "LM"


def _judge_dates(birth: PartialDate | None, expiry: PartialDate | None, today: date) -> Iterator[Problem]:
    if birth is None:
        yield problem("document.date", "birth_date", expected="YYYY-MM-DD")
    elif birth.year is None:
        yield problem("document.missing", "birth_date")
    if expiry is None:
        yield problem("document.date", "expiry_date", expected="YYYY-MM-DD")
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
