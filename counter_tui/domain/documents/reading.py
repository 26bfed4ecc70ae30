"""Reading machine readable zones: every check digit, and what else cannot be right."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from .checks import ALPHABET, FILLER, check_digit
from .dates import Century, PartialDate, read_date
from .formats import SHAPES, Check, Format, LongNumber, find_format, find_long_number
from .model import Document, Problem, Reading, Severity, Sex, problem
from .names import join_parts, split
from .states import STATES, is_state_shaped

_MOST_LINES: Final = 3
_LONGEST_LINE: Final = 64
_ALLOWED: Final = frozenset(ALPHABET)
_DIGITS: Final = frozenset("0123456789")
_NAMES: Final = ("names", "surname", "given_names")
_END_OF_NAME: Final = FILLER * 3
_KEPT_WHOLE: Final = frozenset({"birth_date", "expiry_date", "sex", "document_number_check"})
_SEXES: Final[Mapping[str, Sex]] = {"M": "M", "F": "F"}


def read_mrz(lines: Sequence[str], *, today: date) -> Reading:
    """Read the lines of a zone exactly as given; never raises, whatever the strings hold.

    `today` decides the century of two-digit years. More than three lines, or lines of more than 64 characters, are
    not looked into.
    """
    kept = tuple(line[:_LONGEST_LINE] for line in lines[:_MOST_LINES])
    layout = find_format(lines) if len(lines) <= _MOST_LINES else None
    malformed = tuple(_find_malformed(lines, kept))
    if layout is None or malformed:
        return Reading(None, kept, False, False, {}, False, malformed, None)
    long = find_long_number(layout, kept)
    fields = _take(layout, kept, long)
    truncated = any(layout.fields[name].of(kept)[-1] != FILLER for name in _NAMES if name in layout.fields)
    birth, birth_possible = read_date(fields["birth_date"], Century.BIRTH, today)
    expiry, expiry_possible = read_date(fields.get("expiry_date", FILLER * 6), Century.EXPIRY, today)
    problems = (
        *_check(layout, kept, long),
        *_judge_states(layout, fields),
        *_judge_names(layout, kept, fields),
        *_judge_sex(layout, fields),
        *_judge_dates(layout, fields, birth_possible=birth_possible, expiry_possible=expiry_possible),
    )
    severities = {found.severity for found in problems}
    valid = Severity.INVALID not in severities
    document = _document(layout, kept, fields, truncated=truncated, birth=birth, expiry=expiry) if valid else None
    strict = valid and Severity.STRICT not in severities
    return Reading(layout.name, kept, valid, strict, fields, truncated, problems, document)


def _find_malformed(lines: Sequence[str], kept: tuple[str, ...]) -> Iterator[Problem]:
    """What keeps lines from being a zone at all, the first of its kind in each line."""
    widths = {width for count, width in SHAPES if count == len(lines)}
    if not widths:
        yield problem("mrz.unknown-format", "zone", expected="2, 3", found=str(len(lines)))
        return
    # Between 44 and 36 the first line decides: a broken line differs by a few characters, not by eight.
    width = min(widths, key=lambda known: abs(known - len(lines[0])))
    for number, (line, full) in enumerate(zip(kept, lines, strict=True), start=1):
        if len(full) != width:
            yield problem("mrz.length", "zone", at=(number, 1), expected=str(width), found=str(len(full)))
        if not _ALLOWED.issuperset(line):
            position = next(at for at, character in enumerate(line) if character not in _ALLOWED)
            yield problem(
                "mrz.alphabet", "zone", at=(number, position + 1), expected="A-Z 0-9 <", found=_harmless(line[position])
            )


def _harmless(character: str) -> str:
    """A character that is safe to show: itself if it is plain ASCII, else its code point."""
    return character if "!" <= character <= "~" else f"U+{ord(character):04X}"


def _take(layout: Format, lines: Sequence[str], long: LongNumber | None) -> dict[str, str]:
    """The fields by name, as the zone has them."""
    fields: dict[str, str] = {}
    for name, span in layout.fields.items():
        raw = span.of(lines)
        if name == "names":
            fields["surname"], fields["given_names"] = split(raw)
        elif name == "surname":
            fields[name] = join_parts(raw)
        elif name == "given_names":
            fields[name] = ", ".join(join_parts(part) for part in raw.split(FILLER * 2) if part.strip(FILLER))
        elif name in _KEPT_WHOLE:
            fields[name] = raw
        elif name.startswith("optional"):
            fields[name] = _blank(raw)
        else:
            fields[name] = raw.rstrip(FILLER)
    fields |= layout.constants or {}
    if long is not None and layout.overflow is not None:
        fields["document_number"], fields["document_number_check"] = long.number, long.digit
        fields[layout.overflow] = _blank(long.rest)
    return fields


def _blank(raw: str) -> str:
    return raw.rstrip(FILLER).replace(FILLER, " ")


def _check(layout: Format, lines: Sequence[str], long: LongNumber | None) -> Iterator[Problem]:
    if long is not None:
        yield from _check_long_number(long)
    for check in layout.checks:
        if long is None or check.field != "document_number":
            yield from _check_one(check, lines)


def _check_long_number(long: LongNumber) -> Iterator[Problem]:
    """Issuers differ on whether the filler after the ninth character is inside the check: both are taken."""
    expected = check_digit(long.number)
    if long.digit == expected:
        return
    code, severity = "mrz.check-digit", Severity.INVALID
    if long.digit == check_digit(f"{long.number[:9]}{FILLER}{long.number[9:]}"):
        code, severity = "mrz.number-with-filler", Severity.NOTE
    yield problem(code, "document_number", severity, at=long.digit_at, expected=expected, found=long.digit)


def _check_one(check: Check, lines: Sequence[str]) -> Iterator[Problem]:
    guarded = "".join(span.of(lines) for span in check.over)
    expected, found = check_digit(guarded), check.digit.of(lines)
    if found == expected or (found == FILLER and check.filler_if_empty and not guarded.strip(FILLER)):
        return
    yield problem("mrz.check-digit", check.field, at=check.digit.at, expected=expected, found=found)


def _judge_states(layout: Format, fields: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("issuing_state", "nationality"):
        code, span = fields[name], layout.fields.get(name)
        at = span.at if span else None
        if not is_state_shaped(code):
            yield problem("mrz.state-letters", name, Severity.STRICT, at=at, expected="A-Z", found=code)
        elif code not in STATES:
            yield problem("mrz.state-unknown", name, Severity.NOTE, at=at, found=code)


def _judge_names(layout: Format, lines: Sequence[str], fields: Mapping[str, str]) -> Iterator[Problem]:
    for span in (layout.fields[name] for name in _NAMES if name in layout.fields):
        raw = span.of(lines)
        position = next((at for at, character in enumerate(raw) if character in _DIGITS), None)
        if position is not None:
            at = (span.line + 1, span.start + position + 1)
            yield problem("mrz.name-digit", "names", Severity.STRICT, at=at, expected="A-Z", found=raw[position])
        tail = raw.partition(_END_OF_NAME)[2].lstrip(FILLER)
        if tail:
            at = (span.line + 1, span.end - len(tail) + 1)
            yield problem("mrz.name-tail", "names", Severity.NOTE, at=at, expected=FILLER, found=tail.rstrip(FILLER))
    if not (fields["surname"] or fields["given_names"]):
        yield problem("mrz.name-missing", "names", Severity.STRICT)
    elif not fields["surname"]:
        yield problem("mrz.surname-missing", "surname", Severity.NOTE)


def _judge_sex(layout: Format, fields: Mapping[str, str]) -> Iterator[Problem]:
    if fields["sex"] not in ("M", "F", FILLER):
        at = layout.fields["sex"].at
        yield problem("mrz.sex", "sex", Severity.STRICT, at=at, expected="M F <", found=fields["sex"])


def _judge_dates(
    layout: Format, fields: Mapping[str, str], *, birth_possible: bool, expiry_possible: bool
) -> Iterator[Problem]:
    for name, possible in (("birth_date", birth_possible), ("expiry_date", expiry_possible)):
        if not possible:
            at = layout.fields[name].at
            yield problem("mrz.date", name, Severity.STRICT, at=at, expected="YYMMDD", found=fields[name])
    if fields.get("expiry_date") == FILLER * 6:
        at = layout.fields["expiry_date"].at
        yield problem("mrz.expiry-missing", "expiry_date", Severity.NOTE, at=at, expected="YYMMDD")


def _document(
    layout: Format,
    lines: tuple[str, ...],
    fields: Mapping[str, str],
    *,
    truncated: bool,
    birth: PartialDate,
    expiry: PartialDate,
) -> Document:
    return Document(
        format=layout.name,
        code=fields["document_code"],
        issuing_state=fields["issuing_state"],
        number=fields["document_number"].replace(FILLER, " "),
        nationality=fields["nationality"],
        surname=fields["surname"],
        given_names=fields["given_names"].replace(",", ""),
        name_truncated=truncated,
        sex=_SEXES.get(fields["sex"], "X"),
        birth=birth,
        expiry=None if expiry.year is None else expiry,
        optional=fields.get("optional_data", fields.get("optional_data_1", "")),
        mrz=lines,
        entry_method="mrz",
    )
