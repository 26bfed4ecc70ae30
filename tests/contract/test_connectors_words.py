"""What connectors report of the demo's travellers can be said: labels, origins and coded values, in both languages."""

import re

import pytest

from counter_tui.domain.texts import Text
from counter_tui.domain.words import Authority
from scripts import catalogues

from .connecting import EVERY, PEOPLE, connector, fetches, of

PLACEHOLDER = re.compile(r"{(\w+)}")
TEXTS = {language: catalogues.load(catalogues.ROOT, language) for language in catalogues.LANGUAGES}


@pytest.mark.parametrize("authority", EVERY)
async def test_labels_origins_and_coded_values_have_words_with_the_parameters_they_get(authority: Authority) -> None:
    fetch = fetches()[authority]
    asked = connector(authority, fetch)
    codes: dict[str, set[str]] = {}
    for person in PEOPLE.persons:
        section = await asked.section(of(person))
        codes |= {f"field.{field.name}": set() for field in section.fields}
        codes |= {f"origin.{origin.system}": set() for origin in section.origins}
        values = [field.value for field in section.fields if isinstance(field.value, Text)]
        codes |= {value.code: set(value.as_dict()) for value in values}
    for language, texts in TEXTS.items():
        for code, given in codes.items():
            message = texts.get(code)
            assert message is not None, f"{code} has no text in {language}"
            assert set(PLACEHOLDER.findall(str(message.string))) <= given, (language, code)
