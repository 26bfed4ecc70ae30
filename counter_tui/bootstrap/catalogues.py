"""Message catalogues: gettext domain `counter`, one for each language of the screens."""

import gettext

from .. import settings
from ..errors import CounterError

LANGUAGES = ("en", "id")
DOMAIN = "counter"


def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language (`en`, `id`); message ids stand for themselves where it is not built."""
    return gettext.translation(DOMAIN, settings.locales_folder(), [language], fallback=True)


def in_words(language: str, error: CounterError) -> str:
    """An error as a person reads it."""
    words = catalogue(language).gettext(error.code)
    try:
        return words.format(**error.params)
    except (KeyError, IndexError, ValueError):
        return str(error)
