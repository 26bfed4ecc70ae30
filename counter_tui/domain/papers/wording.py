"""The words of papers in the languages of those who are given them; they do not follow the screen's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ...errors import ConfigError
from ..harmless import clean

LANGUAGES: Final = ("en", "id", "ms")
"""English, Bahasa Indonesia, Bahasa Melayu."""

_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one version, by code and language; `{name}` is where a parameter stands."""

    version: str
    texts: Mapping[str, Mapping[str, str]]

    def of(self, code: str, language: str, **params: str | int) -> str:
        """The text with its parameters made harmless. Raises ConfigError `paper.no-words`: no paper lacks a line."""
        said = self.texts.get(code, {}).get(language)
        if said is None:
            raise ConfigError("paper.no-words", words=code, language=language)
        return _PLACE.sub(lambda place: clean(params.get(place[1], place[0])), said)

    def has(self, code: str) -> bool:
        """Whether there are words for it."""
        return code in self.texts

    def day(self, on: date, language: str) -> str:
        """`12 Aug 1974`."""
        return f"{on.day:02} {self.of(f'month.{on.month}', language)} {on.year:04}"


def neutral(at: datetime) -> str:
    """A time that reads the same in every language: `2026-11-21 05:14`; in the zone that it carries."""
    return at.strftime("%Y-%m-%d %H:%M")
