"""Codes inside texts are words too: which field of a document, whose hold."""

import gettext

import pytest

from counter_tui.domain.texts import text
from counter_tui.tui import words


class Some(gettext.NullTranslations):
    """A catalogue of two texts."""

    def gettext(self, message: str) -> str:
        return {"mrz.date": "{field}: {found} is no date", "field.birth_date": "date of birth"}.get(message, message)


@pytest.mark.parametrize(
    ("field", "said"), [("birth_date", "date of birth: 99 is no date"), ("else", "else: 99 is no date")]
)
def test_a_field_is_named_in_words_where_it_has_some(field: str, said: str) -> None:
    words.use(Some())
    try:
        assert words.say(text("mrz.date", field=field, found="99")) == said
    finally:
        words.use(gettext.NullTranslations())
