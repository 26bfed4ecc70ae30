"""Each bug that could be made in the ledger's rules is caught by its simulation."""

from __future__ import annotations

import pytest

from tests.simulation.allowance.core import planted
from tests.simulation.allowance.mutations import MUTATIONS
from tests.simulation.allowance.play import play_all
from tests.simulation.core import Mutation, NotFoundOnce

SEEDS = 200
NEAR = {
    "does-not-wait-for-acts": 50,
    "every-counter-has-its-own": 90,
    "any-month-will-do": 40,
    "says-it-recorded-nothing": 50,
}
"""Seeds are tried from here on: those that meet with it are rare."""


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_planted_bug_is_caught(mutation: Mutation) -> None:
    first = NEAR.get(mutation.name, 0)
    with planted(mutation) as core, pytest.raises(Exception):  # noqa: B017, PT011 - however it shows
        play_all(core, range(first, first + SEEDS), mutation.under)


def test_a_bug_whose_place_is_gone_is_no_bug() -> None:
    with pytest.raises(NotFoundOnce), planted(Mutation("nowhere", "escrow", "this stands nowhere", "")):
        pass
