"""A simulation that finds nothing proves nothing: each bug of the table, planted, has to be caught."""

from __future__ import annotations

import pytest

from tests.simulation.core import Mutation, NotFoundOnce, mutated
from tests.simulation.mutations import MUTATIONS
from tests.simulation.play import play_all

SEEDS = 300


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_planted_bug_is_caught(mutation: Mutation) -> None:
    core = mutated(mutation)
    with pytest.raises(Exception):  # noqa: B017, PT011 - however it shows
        play_all(core, range(SEEDS), mutation.under)


def test_a_bug_whose_place_is_gone_is_no_bug() -> None:
    with pytest.raises(NotFoundOnce):
        mutated(Mutation("nowhere", "window", "this stands nowhere", ""))
