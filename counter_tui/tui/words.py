"""Words on the screen, in the language that is on; and text from outside made harmless to show.

English sentences are the msgids of screen texts; texts of the domain and errors have their code as msgid.
"""

import contextlib
import gettext
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from ..domain import harmless
from ..errors import CounterError

if TYPE_CHECKING:
    from ..domain.texts import Text

LANGUAGES: Final = {"en": "English", "id": "Bahasa Indonesia"}
"""The languages there are, each by its own name, in the order in which one key goes through them."""

_PLACE: Final = re.compile(r"\{(\w+)\}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

clean = harmless.clean
"""Text from outside on one line, harmless to show."""

_on: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def use(translations: gettext.NullTranslations) -> None:
    """From now on, words come from this catalogue."""
    _on[0] = translations


def _(message: str) -> str:
    """The sentence in the language that is on."""
    return _on[0].gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for this number, in the language that is on."""
    return _on[0].ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """The same sentence: marks a msgid for the catalogue where it is written down, to be translated when shown."""
    return message


def language() -> str:
    """The language that is on, by its code."""
    return _on[0].info().get("language", "en")


def fill(words: str, params: Mapping[str, str | int]) -> str:
    """The words with each `{name}` replaced by its parameter, made harmless; a name without one stays as it is."""
    return _PLACE.sub(lambda place: clean(params[place[1]]) if place[1] in params else place[0], words)


def say(text: "Text | CounterError | str", **params: str | int) -> str:
    """A text of the domain, an error or a code in words, with its parameters made harmless.

    A text without words in the catalogue is shown as its code: never nothing, never an error of its own.
    """
    code, given = text, params
    if not isinstance(text, str):
        code, own = text.code, text.params if isinstance(text, CounterError) else text.as_dict()
        given = own | params
    return fill(_(str(code)), {name: _parameter(name, value) for name, value in given.items()})


def _parameter(name: str, value: str | int) -> str | int:
    """A parameter in its own words: a day as screens write it, and what makes a code with its name (`field.sex`)."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        from .paint.times import day  # which speaks these words itself

        with contextlib.suppress(ValueError):
            return day(date.fromisoformat(value))
    code = f"{name}.{value}"
    words = _(code)
    return value if words == code else words
