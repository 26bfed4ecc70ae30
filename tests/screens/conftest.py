"""What holds for every screen: the words are those that tests expect, whatever the one before has chosen."""

from collections.abc import Iterator

import pytest

from counter_tui.tui.words import use
from tests.unit.tui.paint.travellers import Words


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())
