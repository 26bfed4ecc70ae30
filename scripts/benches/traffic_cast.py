"""The cast of the benches: people of `population`, the demo's officers and post. The dictionary knows none of them."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime

from counter_tui import settings

from . import population
from .traffic import Cast, Named

_NOTES = (
    "told by phone that the owner agrees",
    "bekas luka di pipi kiri, foto sama",
    "returned by the next bus with his sister",
    "surat keterangan dari kedutaan diperlihatkan",
    "counted twice in front of a witness",
)


def bench_cast(seed: int) -> Cast:
    """The cast, with the people of a seed."""
    post, counter = settings.load_place("demo")
    officers = tuple(officer for officer, _ in settings.load_demo_officers())

    def named(_: random.Random) -> Iterator[Named]:
        for sought in population.travellers(10**9, seed):
            surname, _blank, given = sought.name.partition(" ")
            born = sought.birth
            assert born is not None
            assert born.year is not None
            birth = date(born.year, born.month or 1, born.day or 1)
            yield Named(surname, given, sought.nationality, sought.document_number, birth)

    begins = datetime(2026, 11, 20, 1, tzinfo=UTC)
    return Cast(named, post, counter.lane, officers, _NOTES, ("SJS", "DAMRI", "Keluarga"), "POLRI", begins)
