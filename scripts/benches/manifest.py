"""A list of passengers: 400 of a PAXLST file, read and screened, as a single window does before they come.

    on the OFAC and UN lists   both public lists, whole; needs the third-party cases
    on a million names         listed persons by seed, with the real lists mixed in where they are at hand

Value: seconds from the bytes of the file to the last hit. The indexes are open, as a booth or a hub holds them, and
others were asked about before. Baseline: a second; by hand it takes 15 to 30 minutes today, without any screening.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from counter_tui.agencies.passenger_lists import Traveller, read_manifest
from counter_tui.agencies.passenger_lists.model import Call, Journey, Leg, ListedDocument
from counter_tui.agencies.passenger_lists.writing import Sending, write_paxlst
from counter_tui.bootstrap.screen_lists import loaded_lists
from counter_tui.domain.screening.model import ListedKind, Sought
from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD
from counter_tui.settings_manifests import load_manifests
from counter_tui.workstation.screen_names import ListScreen

from . import population
from .figure import Figure
from .listed_index import open_list

SEED = 1
PEOPLE, RUNS = 400, 5
BEFORE = 800
"""Travellers who came before: a normal day's, so that the commonest words are known."""
ON_LISTS, ON_MILLION = 1.0, 4.0
QUICK_NAMES, QUICK_ON_NAMES = 20_000, 2.0
PERSONS = frozenset({ListedKind.PERSON})


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures; quickly, one run each, and 20,000 names instead of a million."""
    runs = 1 if quick else RUNS
    raw = manifest(PEOPLE, SEED)
    with ExitStack() as stack:
        folder = os.environ.get(population.CASES)
        if folder is None:
            print(f"manifest: {population.CASES} is not set: without the OFAC and UN lists", file=sys.stderr)
        else:
            files = [Path(folder) / "names" / name for name in ("sdn.csv", "UN_consolidated.xml")]
            lists = stack.enter_context(loaded_lists(files, sys.stderr)).screens
            yield _figure("on the OFAC and UN lists", raw, lists, ON_LISTS, runs)
    count, reach = (QUICK_NAMES, QUICK_ON_NAMES) if quick else (1_000_000, ON_MILLION)
    name = f"on {count} names" if quick else "on a million names"
    yield _figure(name, raw, [open_list(count, SEED)], reach, runs)


def manifest(count: int, seed: int) -> bytes:
    """A list of ordinary travellers in PAXLST, as an operator sends it."""
    arrival = Call("ENT", "2026-11-22T09:00")
    journey = Journey("745", "PK-07", "SENTOSA", legs=(Leg("PK-07", "SENTOSA", "3", "KB 7012 AB", arrival=arrival),))
    travellers = [
        Traveller(
            0,
            "FL",
            sought.name.partition(" ")[0],
            sought.name.partition(" ")[2],
            "F" if number % 2 else "M",
            sought.birth,
            sought.nationality,
            (ListedDocument("P", sought.document_number, sought.nationality),),
            {"seat": f"{number // 4}A", "reservation": f"R{number}"},
        )
        for number, sought in enumerate(population.travellers(count, seed))
    ]
    made = datetime(2026, 11, 22, 6, tzinfo=UTC)
    return write_paxlst([journey], travellers, Sending("SENTOSA", "ENTIKONG", "BENCH", made))


def convert_and_screen(raw: bytes, lists: Sequence[ListScreen]) -> tuple[int, int]:
    """How many travellers the list has, and how many hits."""
    found = read_manifest("bench.edi", raw, load_manifests(), datetime(2026, 11, 22, tzinfo=UTC).date())
    hits = 0
    for one in found.travellers:
        sought = Sought(one.full_name, one.birth, one.nationality, one.document.number)
        hits += sum(len(each.screen(sought, threshold=DEFAULT_THRESHOLD, kinds=PERSONS).hits) for each in lists)
    return len(found.travellers), hits


def _figure(name: str, raw: bytes, lists: Sequence[ListScreen], reach: float, runs: int) -> Figure:
    for sought in population.travellers(BEFORE, SEED + 1):
        for each in lists:
            each.screen(sought, threshold=DEFAULT_THRESHOLD, kinds=PERSONS)
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        people, _hits = convert_and_screen(raw, lists)
        took.append(time.perf_counter() - began)
        if people != PEOPLE:
            raise SystemExit(f"manifest: {people} of {PEOPLE} travellers came out")
    return Figure("manifest", f"{PEOPLE} passengers {name}", median(took), "s", 1.0, reach, runs, SEED)
