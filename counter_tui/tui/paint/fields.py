"""All that an authority's records say, record by record: each field with its value, and where and when it was read."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from textual.content import Content

from ...domain.portrait import find_portrait, is_portrait
from ...domain.sections import Field, Origin, Section
from ...domain.texts import Text
from ...domain.words import Band
from ..words import _, clean
from .cells import EMPTY, Lines, Piece, cut, left, line, spoken, spread, wrap
from .panels import SEALED, Panels
from .portrait import portrait_lines
from .signs import of_band
from .times import day, when

INDENT: Final = 3
LABEL_AT_MOST: Final = 26
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNITS: Final = {" Cel": " °C", " [degF]": " °F"}


def record_lines(panels: Panels, section: Section, width: int) -> Lines:
    """The fields of a section under the records that they were read from, for a width in cells."""
    lines: Lines = []
    for origin, fields in _by_record(section):
        lines += [EMPTY, _heading(panels, origin, width)]
        room = min(LABEL_AT_MOST, max(len(_label(one)) for one in fields))
        for one in fields:
            lines += _field(panels, one, room, width)
    return lines


def _by_record(section: Section) -> Iterator[tuple[Origin | None, Sequence[Field]]]:
    """The records in the order in which they were read; what has none comes first."""
    known = {origin.id: origin for origin in section.origins}
    loose = [one for one in section.fields if one.origin not in known]
    if loose:
        yield None, loose
    for origin in section.origins:
        fields = [one for one in section.fields if one.origin == origin.id]
        if fields:
            yield origin, fields


def _heading(panels: Panels, origin: Origin | None, width: int) -> Content:
    """`customs declaration 090200-114   as of 05:02:31`."""
    if origin is None:
        return line(" " * INDENT, (_("on file"), "bold"))
    named = line(" " * INDENT, (spoken(f"origin.{origin.system}"), "bold"), f" {clean(origin.reference)}".rstrip())
    if origin.as_of is None:
        return named
    time = when(origin.as_of, panels.now, panels.zone)
    return spread(named, line((_("as of {time}").format(time=time), "$muted")), width)


def _label(one: Field) -> str:
    return spoken(f"field.{one.name}")


def _field(panels: Panels, one: Field, room: int, width: int) -> Lines:
    portrait = find_portrait(one.value) if isinstance(one.value, str) and is_portrait(one.value) else None
    if portrait is not None:
        return portrait_lines(portrait, INDENT + room + 2)
    value, style = value_of(panels, one)
    label = left(cut(_label(one), room), room)
    parts = wrap(value, width - INDENT - room - 2) or [""]
    return [
        line(" " * INDENT, (label if at == 0 else " " * room, "$muted"), "  ", _styled(part, style))
        for at, part in enumerate(parts)
    ]


def _styled(words: str, style: str) -> Piece:
    return (words, style) if style else words


def value_of(panels: Panels, one: Field) -> tuple[str, str]:
    """A field's value in words, and its style: a withheld one says which way it is withheld."""
    if one.sealed is not None and one.value is None:
        return f"{_('sealed')} {SEALED}", "$sealed"
    if one.value is None:
        if one.band.upper() not in Band.__members__:
            return _("on file, not shared"), "$muted"
        sign = of_band(Band[one.band.upper()])
        return sign.text, sign.style
    return value_words(one.value, panels.now, panels.zone), ""


def value_words(value: str | Text, now: datetime, zone: str) -> str:
    """A value as people read it: `12 Aug 1974`, `05:02:31`, `37.9 °C`; what is in no such form stands as it came."""
    if isinstance(value, Text):
        return spoken(value)
    if is_portrait(value):
        return _("a portrait that does not read")
    if _DAY.fullmatch(value):
        return _read_day(value)
    moment = _read_moment(value)
    if moment is not None:
        return when(moment, now, zone)
    for unit, sign in _UNITS.items():
        if value.endswith(unit):
            return clean(value.removesuffix(unit)) + sign
    return clean(value)


def _read_day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return clean(value)


def _read_moment(value: str) -> datetime | None:
    if len(value) < len("2026-11-21T05:14Z") or "T" not in value:
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None
