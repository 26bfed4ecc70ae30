"""Elements of a FHIR resource as JSON holds them, taken out by type: what has another type makes it unreadable.

FHIR's JSON has no null and no empty object or list in place of what is absent; a number is never written as a text.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from ...domain.texts import Text, text
from ..lists.cleaning import clean
from .times import FhirTime, read_time

LONGEST: Final = 200
"""Characters of a text that is shown, and of a code."""
MOST: Final = 500
"""Members of a list that is read."""

T = TypeVar("T")


class UnreadableError(Exception):
    """A resource cannot be read rightly: `problem` says why. It never leaves the readers of this folder."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Element:
    """An object of a resource; `path` is where it stands (`Observation.valueQuantity`)."""

    __slots__ = ("_raw", "path")

    def __init__(self, raw: Mapping[str, Any], path: str) -> None:
        self._raw = raw
        self.path = path

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def raw(self, name: str) -> object:
        """The value as it stands, None where it is absent."""
        return self._raw.get(name)

    def text(self, name: str) -> str | None:
        """A text to show: on one line, without what cannot be seen, and no longer than `LONGEST`."""
        said = self._typed(name, str, "text")
        return (clean(said[: 2 * LONGEST])[:LONGEST] or None) if said is not None else None

    def code(self, name: str) -> str | None:
        """A text to compare, exactly as it stands."""
        said = self._typed(name, str, "text")
        if said is not None and not 0 < len(said) <= LONGEST:
            raise self.wrong(name, "text")
        return said

    def need(self, name: str) -> str:
        """A code that has to be there."""
        said = self.code(name)
        if said is None:
            raise UnreadableError(text("fhir.missing", element=f"{self.path}.{name}"))
        return said

    def flag(self, name: str) -> bool | None:
        """A boolean."""
        return self._typed(name, bool, "boolean")

    def number(self, name: str) -> Decimal | None:
        """A number with the digits that it was written with."""
        value = self._raw.get(name)
        if name in self._raw and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
            raise self.wrong(name, "number")
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def time(self, name: str) -> FhirTime | None:
        """A dateTime, date or instant."""
        said = self.code(name)
        try:
            return read_time(said) if said is not None else None
        except ValueError:
            raise self.wrong(name, "date") from None

    def one(self, name: str) -> "Element | None":
        """An object."""
        inner = self._typed(name, dict, "object")
        return Element(inner, f"{self.path}.{name}") if inner is not None else None

    def many(self, name: str) -> Sequence["Element"]:
        """A list of objects; empty where it is absent."""
        inner = self._typed(name, list, "list")
        if inner is None:
            return ()
        if len(inner) > MOST or not all(isinstance(one, dict) for one in inner):
            raise self.wrong(name, "list")
        return [Element(one, f"{self.path}.{name}[{place}]") for place, one in enumerate(inner)]

    def wrong(self, name: str, expected: str) -> UnreadableError:
        """That this element is no text, boolean, number, date, object or list."""
        return UnreadableError(text("fhir.wrong-type", element=f"{self.path}.{name}", expected=expected))

    def _typed(self, name: str, kind: type[T], expected: str) -> T | None:
        value = self._raw.get(name)
        if name in self._raw and not isinstance(value, kind):
            raise self.wrong(name, expected)
        return value


def codes(concept: Element | None) -> frozenset[str]:
    """The codings of a CodeableConcept as tokens, `system|code`; one without a system means nothing."""
    return frozenset(filter(None, map(token, concept.many("coding")))) if concept is not None else frozenset()


def token(coding: Element | None) -> str | None:
    """A Coding as `system|code`."""
    if coding is None:
        return None
    system, code = coding.code("system"), coding.code("code")
    return f"{system}|{code}" if system and code else None


def words(concept: Element | None) -> str | None:
    """What people call a concept: its text, or the first display or code of its codings."""
    if concept is None:
        return None
    shown = (coding.text("display") or coding.text("code") for coding in concept.many("coding"))
    return concept.text("text") or next(filter(None, shown), None)
