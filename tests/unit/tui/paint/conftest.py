"""Words of the tests' own for every painter."""

import gettext
from collections.abc import Iterator

import pytest

from counter_tui.tui.words import use
from tests.unit.tui.paint.travellers import Words


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    use(Words())
    yield
    use(gettext.NullTranslations())
