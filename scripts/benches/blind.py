"""Blind lists: what they cost, whom they find beside the same list in clear, and what they guard.

    found                 share of the hits in clear, at the threshold as shipped, that are hits blind: listed persons
                          who travel; reach 0.97
    numbers               share of listed document numbers, on the documents of others, that are hits; reach 1
    false hits            per 100 ordinary travellers, blind and in clear; reach 1
    one traveller         blind, against in clear, as a booth asks
    file, index           bytes an entry, and megabytes for 100,000
    guessed with key      tokens that one core tries in a second with the key in hand
    dictionary with key   seconds to try every token that a second population bears, given names and surnames
    names with key        the share of listed names that is known in full thereafter
    births with key       the share of listed birth dates that is known once every day and year since 1900 was tried
    names without key     the share of names that give themselves away by how often their tokens stand in the list, to
                          whoever knows how often names are borne (from the second population), rank by rank
    tokens without key    the same of tokens

The last six have no reach: they say what the key is worth. A feature is of a token, so a dictionary of given names and
surnames is tried one by one, not each with each: with the key in hand it falls in a moment, and names and birth dates
are then as good as in clear. A blind list guards against whoever gets hold of the file, and whoever sees the screen;
not against whoever has a booth's key, who still lacks what is sealed: the entry, and with it whose reference it is and
why. Without the key the commonest tokens give themselves away; which tokens stand together or share a common spelling
tells more than ranks do, so those two figures are floors.
"""

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from counter_tui.agencies.lists.blind import BlindTally, make_blind, write_blind_list
from counter_tui.agencies.sealing import make_sealer
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.screening.blind import Blinder, BlindListed
from counter_tui.domain.screening.model import Hit, ListedKind, Sought
from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD
from counter_tui.domain.screening.tokens import tokens
from counter_tui.workstation.blind_index import COSTS, SPACES, SPELLED, write_blind
from counter_tui.workstation.screen_blind import BlindScreen
from counter_tui.workstation.screen_names import ListScreen
from offline_cache import Vault
from offline_cache.index import INDEX_SCHEMA, Index
from offline_cache.index_building import SegmentBuilder

from . import population
from .figure import Figure, milliseconds
from .listed_index import open_list

SEED, LIST = 1, "bench"
FOUND, MOST_FALSE, SLOWER = 0.97, 1.0, 5.0
SEALER = make_sealer("security", 1, secrets.token_bytes(32))
BLINDER = Blinder(secrets.token_bytes(32))
PERSONS = frozenset({ListedKind.PERSON})
GUESSES = 40_000
MEASURED = 0.0
"""The reach of what is only measured."""
_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(2027, 1, 1).toordinal()


class Made(NamedTuple):
    """A blind list: as entries, as a screen, and how many bytes its file and its index have."""

    entries: Sequence[BlindListed]
    screen: BlindScreen
    file_bytes: int
    index_bytes: int


class Compared(NamedTuple):
    """Travellers asked about both ways: hits in clear, how many of them are hits blind, hits blind; seconds each."""

    hits: int
    found: int
    blind_hits: int
    blind: list[float]
    clear: list[float]


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    count, people = (20_000, 800) if quick else (100_000, 3_000)
    with TemporaryDirectory(prefix="counter-blind-") as folder:
        made = make(Path(folder), count)
        clear = open_list(count, SEED)
        listed = [sought for sought, _ in population.impostors(population.listed(count, SEED), people, SEED)]
        found = compare(made.screen, clear, listed)
        yield Figure("blind", "found", found.found / found.hits, "", 1, FOUND, found.hits, SEED, at_least=True)
        yield Figure("blind", "numbers", numbers(made.screen, count, people), "", 1, 1.0, people, SEED, at_least=True)
        ordinary = compare(made.screen, clear, population.travellers(people, SEED))
        for name, hits in (("false hits", ordinary.blind_hits), ("false hits in clear", ordinary.hits)):
            yield Figure("blind", name, 100 * hits / people, "per 100", 1, MOST_FALSE, people, SEED)
        yield milliseconds("blind", "one traveller", ordinary.blind, ordinary.clear, SLOWER, SEED)
        for name, size in (("file", made.file_bytes), ("index", made.index_bytes)):
            yield _measured(name, size / len(made.entries), "bytes an entry", len(made.entries))
            yield _measured(f"{name} of 100,000", size / len(made.entries) / 10, "MB", len(made.entries))
        yield from guesses(made, count)


def make(folder: Path, count: int) -> Made:
    """The listed persons of `listed_index`, blind."""
    listed, _ = population.with_real(population.listed(count, SEED))
    entries = make_blind(listed, LIST, BLINDER, SEALER, BlindTally())
    file, index = folder / "list.blind", folder / "vault" / "list.index"
    write_blind_list(file, entries, list_id=LIST, blinder=BLINDER)
    key = secrets.token_bytes(32)
    with Vault.create(index, key, INDEX_SCHEMA) as vault:
        with vault.transaction():
            builder = SegmentBuilder(vault, costs=COSTS, spaces=SPACES, spelled=SPELLED)
            write_blind(builder, entries, lambda _: None)
            builder.finish(b"")
        vault.shrink_log()
    screen = BlindScreen(LIST, Index(Vault.open(index, key, INDEX_SCHEMA)).segments, BLINDER.key)
    return Made(entries, screen, file.stat().st_size, index.stat().st_size)


def compare(blind: BlindScreen, clear: ListScreen, people: Iterable[Sought]) -> Compared:
    """Everyone asked about in both ways, turn by turn."""
    hits = found = blind_hits = 0
    blind_times: list[float] = []
    clear_times: list[float] = []
    for sought in people:
        told, known = _ask(blind, sought, blind_times), _ask(clear, sought, clear_times)
        refs = {hit.ref for hit in told}
        hits += len(known)
        blind_hits += len(told)
        found += sum(SEALER.name("listed", LIST, hit.ref) in refs for hit in known)
    return Compared(hits, found, blind_hits, blind_times, clear_times)


def _ask(screen: BlindScreen | ListScreen, sought: Sought, seconds: list[float]) -> tuple[Hit, ...]:
    started = time.perf_counter()
    hits = screen.screen(sought, threshold=DEFAULT_THRESHOLD, kinds=PERSONS).hits
    seconds.append(time.perf_counter() - started)
    return hits


def numbers(screen: BlindScreen, count: int, people: int) -> float:
    """The share of listed persons who are hits where somebody else bears the number of their document."""
    numbered = (entry for entry in population.listed(count, SEED) if entry.documents)
    hits = [
        SEALER.name("listed", LIST, entry.ref) in {hit.ref for hit in _ask(screen, sought, [])}
        for entry, other in zip(numbered, population.travellers(people, SEED + 1), strict=False)
        for sought in [replace(other, document_number=entry.documents[0])]
    ]
    return sum(hits) / len(hits)


def guesses(made: Made, count: int) -> Iterator[Figure]:
    """What the key is worth, and what shows without it."""
    names = [[token.features[0] for token in name] for entry in made.entries for name in entry.names]
    borne = Counter(word for one in population.listed(count, SEED + 1) for name in one.names for word in tokens(name))
    rate = median(_rate() for _ in range(5))
    yield _measured("guessed with key", rate, "tokens a second", 5)
    yield _measured("dictionary with key", len(borne) / rate, "s", len(borne))
    tried = {BLINDER.written(word) for word in borne}
    yield _measured("names with key", _known(names, tried), "of names", len(names))
    days = [PartialDate(day.year, day.month, day.day) for day in map(date.fromordinal, range(_FIRST, _LAST))]
    dates = {BLINDER.birth(day) for day in (*days, *map(PartialDate, range(1900, 2027)))}
    births = [birth for entry in made.entries for birth in entry.births]
    yield _measured("births with key", sum(birth in dates for birth in births) / len(births), "of dates", len(births))
    held = Counter(feature for name in names for feature in name)
    ranked = zip(held.most_common(), borne.most_common(), strict=False)
    right = {feature for (feature, _), (word, _) in ranked if BLINDER.written(word) == feature}
    yield _measured("names without key", _known(names, right), "of names", len(names))
    share = sum(held[feature] for feature in right) / held.total()
    yield _measured("tokens without key", share, "of tokens", held.total())


def _known(names: Sequence[Sequence[bytes]], features: set[bytes]) -> float:
    return sum(features.issuperset(name) for name in names) / len(names)


def _rate() -> float:
    words = [f"GUESS{number}" for number in range(GUESSES)]
    held = {BLINDER.written(word) for word in words[:100]}
    started = time.perf_counter()
    met = sum(BLINDER.written(word) in held for word in words)
    seconds = time.perf_counter() - started
    assert met == 100
    return len(words) / seconds


def _measured(name: str, value: float, unit: str, runs: int) -> Figure:
    return Figure("blind", name, value, unit, 1, MEASURED, runs, SEED, at_least=True)
