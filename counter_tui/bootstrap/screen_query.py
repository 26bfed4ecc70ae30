"""A line of `counter screen` as whom the lists are asked about; what cannot be asked is told in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ..agencies.lists.countries import find_country
from ..domain.documents import PartialDate
from ..domain.screening.model import Sought
from ..domain.screening.tokens import tokens
from ..domain.texts import Text, text
from ..errors import DocumentError

LONGEST_NAME: Final = 400
LONGEST_NUMBER: Final = 64
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True, repr=False)
class Query:
    """Who is sought; `unknown_nationality` is what was given as one and is none, "" otherwise."""

    sought: Sought
    unknown_nationality: str = ""


class Unasked(Exception):  # noqa: N818 - an answer to a line, not an error of the program
    """A line that cannot be asked, and why."""

    def __init__(self, why: Text) -> None:
        """`why` in words."""
        super().__init__(why.code)
        self.text = why


def read_identity(line: Mapping[str, Any]) -> str | float | bool | None:
    """Its `id`: any JSON value but a list or an object; None where it has none. Raises Unasked."""
    given = line.get("id")
    if not isinstance(given, (str, int, float, type(None))):
        raise Unasked(text("line.identity"))
    return given


def read_query(line: Mapping[str, Any], today: date) -> Query:
    """What a line asks, its other keys ignored. Raises Unasked.

    A nationality that is none known is no reason not to look: the question goes on without it.
    """
    nationality = _text(line, "nationality", _LONGEST)
    code = find_country(nationality) if nationality else ""
    sought = Sought(_name(line), _birth(line, today), code or "", _text(line, "document_number", LONGEST_NUMBER))
    return Query(sought, nationality if code is None else "")


def _name(line: Mapping[str, Any]) -> str:
    if line.get("name") is None:
        raise Unasked(text("line.name-missing"))
    name = _text(line, "name", LONGEST_NAME)
    if not name:
        raise Unasked(text("line.name-missing"))
    if not tokens(name):
        raise Unasked(text("line.name-unreadable"))
    return name


def _birth(line: Mapping[str, Any], today: date) -> PartialDate | None:
    given = _text(line, "birth_date", _LONGEST)
    if not given:
        return None
    try:
        birth = PartialDate.from_iso(given)
    except DocumentError:
        raise Unasked(text("line.birth-date")) from None
    first = birth.earliest()
    if first is not None and first > today:
        raise Unasked(text("line.birth-ahead"))
    return birth


def _text(line: Mapping[str, Any], key: str, longest: int) -> str:
    """The text under a key without blanks around it; "" where there is none. Raises Unasked."""
    given = line.get(key)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Unasked(text("line.not-text", key=key))
    if len(given) > longest:
        raise Unasked(text("line.value-too-long", key=key, longest=longest))
    return given.strip()
