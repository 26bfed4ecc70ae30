"""Composing machine readable zones, for documents of training and tests: the reverse of reading."""

from datetime import date
from typing import Final

from counter_tui.errors import DocumentError

from .checks import ALPHABET, FILLER, check_digit
from .formats import FORMATS, Format, find_format
from .names import fit, to_zone
from .states import is_state_shaped, normal_state

_SEXES: Final = {"M": "M", "F": "F", "X": FILLER, FILLER: FILLER}
_NUMBER_WIDTH: Final = 9
_ALLOWED: Final = frozenset(ALPHABET)


def compose_mrz(  # noqa: PLR0913, PLR0917 - a zone has that many fields
    format: str,  # noqa: A002 - the word of the standard, and of every other signature here
    code: str,
    issuing_state: str,
    number: str,
    nationality: str,
    surname: str,
    given_names: str,
    sex: str,
    birth: date,
    expiry: date,
    optional: str = "",
) -> tuple[str, ...]:
    """The lines of a TD1, TD2, TD3, MRVA or MRVB zone with all check digits right.

    Names are transliterated and, where too long, truncated as Doc 9303 says; blanks and hyphens in a number or in
    the optional data become fillers. `sex` is M, F or X. DocumentError, naming the field, for what cannot be
    written: a character without transliteration, a number too long for the layout, an expiry before birth.
    """
    layout = FORMATS.get(format)
    if layout is None or "names" not in layout.fields:
        raise DocumentError("document.format", field="format")
    if sex not in _SEXES:
        raise DocumentError("document.sex", field="sex")
    if expiry < birth:
        raise DocumentError("document.date", field="expiry_date")
    zone_surname = to_zone(surname, "surname")
    if not zone_surname:
        raise DocumentError("document.missing", field="surname")
    lines = [[FILLER] * layout.width for _ in range(layout.count)]
    given = {
        "document_code": _plain(code, "document_code"),
        "issuing_state": _state(issuing_state, "issuing_state"),
        "nationality": _state(nationality, "nationality"),
        "birth_date": birth.strftime("%y%m%d"),
        "expiry_date": expiry.strftime("%y%m%d"),
        "sex": _SEXES[sex],
        "names": fit(zone_surname, to_zone(given_names, "given_names"), layout.fields["names"].width),
    }
    plain_number = _plain(number, "document_number")
    given |= _number_and_optional(layout, plain_number, _plain(optional, "optional_data"))
    if not given["document_code"].isalpha():
        raise DocumentError("document.code", field="document_code")
    for name, characters in given.items():
        _write(lines, layout, name, characters)
    _write_check_digits(lines, layout, number_runs_on=len(plain_number) > _NUMBER_WIDTH)
    composed = tuple("".join(line) for line in lines)
    if find_format(composed) is not layout:
        # V opens visas alone, and IDFRA in two lines of 36 is the older French card.
        raise DocumentError("document.code", field="document_code")
    return composed


def _plain(characters: str, field: str) -> str:
    """Capitals, digits and inner fillers; trailing ones are added by the field's width."""
    plain = characters.upper().replace(" ", FILLER).replace("-", FILLER).rstrip(FILLER)
    if not _ALLOWED.issuperset(plain):
        raise DocumentError("document.alphabet", field=field)
    return plain


def _state(code: str, field: str) -> str:
    state = normal_state(code)
    if not is_state_shaped(state):
        raise DocumentError("document.state", field=field)
    return state


def _number_and_optional(layout: Format, number: str, optional: str) -> dict[str, str]:
    """Both fields; a number of more than nine characters runs on into the optional data, its check digit behind it."""
    if not number or number.startswith(FILLER):
        raise DocumentError("document.missing", field="document_number")
    name = layout.overflow or "optional_data"
    if len(number) <= _NUMBER_WIDTH:
        return {"document_number": number, name: optional}
    if layout.overflow is None or FILLER in number[_NUMBER_WIDTH - 1 :]:
        raise DocumentError("document.length", field="document_number")
    tail = number[_NUMBER_WIDTH:] + check_digit(number)
    return {"document_number": number[:_NUMBER_WIDTH], name: f"{tail}{FILLER}{optional}".rstrip(FILLER)}


def _write(lines: list[list[str]], layout: Format, name: str, characters: str) -> None:
    span = layout.fields[name]
    if len(characters) > span.width:
        raise DocumentError("document.length", field=name)
    lines[span.line][span.start : span.start + len(characters)] = characters


def _write_check_digits(lines: list[list[str]], layout: Format, *, number_runs_on: bool) -> None:
    """Every digit in its place; the composite is last, since it covers the others."""
    for check in layout.checks:
        guarded = "".join("".join(lines[span.line][span.start : span.end]) for span in check.over)
        empty = check.filler_if_empty and not guarded.strip(FILLER)
        if empty or (number_runs_on and check.field == "document_number"):
            continue
        lines[check.digit.line][check.digit.start] = check_digit(guarded)
