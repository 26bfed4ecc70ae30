"""A population by seed: a million listed persons, ordinary travellers at the post, and listed persons who travel.

Names come of the tables in `names_*`, none of them of a real person on purpose. The same seed gives the same people;
the three streams of one seed are independent. Days are counted to the first of January 2026.
"""

import csv
import hashlib
import os
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.documents.names import split, to_zone
from counter_tui.domain.screening.model import Listed, Sought
from counter_tui.errors import DocumentError

from . import names_arabic, names_chinese, names_european, names_indian, names_indonesian, names_malay
from .names_spelling import initialled, joined, mistyped, reordered, respelled, same, shortened
from .population_names import Drawn, shares

TODAY = date(2026, 1, 1)
CASES = "COUNTER_CASES"
"""The variable that names the folder of third-party cases; their lists stand in its folder `names`."""
CACHE = Path(__file__).resolve().parents[2] / ".cache"
_PEOPLES: dict[str, tuple[Callable[[random.Random], Iterator[Drawn]], str, dict[str, int]]] = {
    "indonesian": (names_indonesian.names, "indonesian", {"IDN": 94, "MYS": 2, "TLS": 2, "NLD": 1, "SGP": 1}),
    "malay": (names_malay.names, "malay", {"MYS": 82, "BRN": 8, "SGP": 6, "THA": 2, "IDN": 2}),
    "dayak": (names_malay.dayak, "malay", {"MYS": 100}),
    "mainland": (names_chinese.mainland, "chinese", {"CHN": 90, "HKG": 1, "CAN": 3, "USA": 3, "AUS": 3}),
    "overseas": (names_chinese.overseas, "chinese", {"MYS": 45, "IDN": 20, "SGP": 15, "TWN": 8, "CHN": 8, "THA": 4}),
    "arabic": (
        names_arabic.names,
        "arabic",
        {"IRQ": 17, "SYR": 14, "YEM": 12, "EGY": 10, "SAU": 8, "LBN": 7, "LBY": 6, "JOR": 5, "DZA": 4, "MAR": 4}
        | {"TUN": 4, "SDN": 3, "SOM": 3, "PSE": 2, "ARE": 2, "KWT": 1, "QAT": 1},
    ),
    "south": (names_indian.south, "indian", {"IND": 50, "MYS": 28, "LKA": 16, "SGP": 6}),
    "north": (names_indian.north, "indian", {"IND": 62, "PAK": 16, "BGD": 14, "NPL": 6, "GBR": 2}),
    "european": (
        names_european.names,
        "european",
        {"RUS": 24, "UKR": 9, "D": 7, "GBR": 8, "USA": 8, "NLD": 5, "FRA": 6, "ITA": 5, "ESP": 4, "POL": 4, "SRB": 3}
        | {"COL": 5, "MEX": 5, "BRA": 3, "AUS": 3, "PRT": 1},
    ),
}
_LISTED = {
    "indonesian": 24,
    "malay": 9,
    "dayak": 1,
    "mainland": 11,
    "overseas": 9,
    "arabic": 19,
    "south": 4,
    "north": 8,
}
_LISTED |= {"european": 15}
_TRAVELLERS = {
    "IDN": {"indonesian": 94, "overseas": 6},
    "MYS": {"overseas": 34, "malay": 33, "dayak": 30, "south": 3},
    "": {"mainland": 26, "european": 44, "north": 16, "arabic": 6, "malay": 8},
}
_ALIASES = {"0": 38, "1": 27, "2": 16, "3": 10, "4": 5, "5": 3, "6": 1}
_HANDLING = {"H2": 56, "H3": 17, "H1": 11, "H7": 7, "H6": 4, "H4": 3, "H8": 2}
"""What a counter may hold: H5 never reaches one, H0 is no hit, and H9 is no list's."""
_FORMS = {
    "IDN": "ABCEX:7",
    "MYS": "AHK:8",
    "SGP": "EK:7",
    "IND": "JKLMNPRSTUVWZ:7",
    "CHN": "EG:8",
    "TWN": "3:8",
    "D": "C:8",
}
_FORMS |= {"NLD": "NBS:8", "PAK": "ABCDEFG:8", "IRQ": "AG:8", "SYR": "N:9", "EGY": "A:8", "ITA": "Y:7", "GBR": "15:8"}
"""Of a state's passport numbers: the first characters, and how many digits follow."""
_OLDEST, _YOUNGEST = 88, 17
_NEAR = frozenset({"indonesian", "malay", "dayak", "overseas"})
_VAGUE_NEAR, _VAGUE_FAR = (0.01, 0.065, 0.02), (0.046, 0.17, 0.075)
"""Shares of births that a list does not give, gives as a year, and gives as two dates: of the post's own peoples, and
of others."""
_DAYS = tuple(
    PartialDate(day.year, day.month, day.day)
    for day in (TODAY - timedelta(days=number) for number in range(1, 366 * _OLDEST))
)
_YEARS = {year: PartialDate(year) for year in range(1900, 2030)}
_WAYS = {
    respelled: 0.46,
    reordered: 0.14,
    shortened: 0.13,
    initialled: 0.06,
    joined: 0.07,
    mistyped: 0.14,
}


_NOT_ONE: frozenset[int] = frozenset()


def listed(count: int, seed: int) -> Iterator[Listed]:
    """`count` listed persons, "L0000001" first. 1.3 aliases each; of the births 80 % are exact, 12 % a year, 5 % two.

    The remaining 3 % give none. Real lists are vaguer (of OFAC's persons 71 % have one exact date, of the UN's 44 %):
    a million names are mostly those of national lists, kept by people who know whom they seek.
    """
    chance = random.Random(f"listed {seed}")  # noqa: S311 - no secret
    uniform, choices = chance.random, chance.choices
    streams = {people: make(chance) for people, (make, _, _) in _PEOPLES.items()}
    nations = {people: shares(chance, weights) for people, (_, _, weights) in _PEOPLES.items()}
    peoples, aliases, handling = shares(chance, _LISTED), shares(chance, _ALIASES), shares(chance, _HANDLING)
    ways, weights = list(_WAYS), list(_WAYS.values())
    for number in range(1, count + 1):
        people = next(peoples)
        spelling = _PEOPLES[people][1]
        drawn = next(streams[people])
        names = [drawn.natural if uniform() < 0.7 else drawn.zone]
        wanted = 1 + int(next(aliases))
        nicknames: list[str] = []
        for _ in range(4 * wanted):
            if len(names) + len(nicknames) == wanted:
                break
            kind = uniform()
            if kind < 0.06:
                nickname = next(streams[people]).natural.partition(" ")[0]
                nicknames = [nickname] if nickname not in names else nicknames
                continue
            if kind < 0.12:
                other = next(streams[people]).natural
            else:
                (way,) = choices(ways, weights)
                other = way(chance, names[int(uniform() * len(names))], spelling)
            if other not in names and other not in nicknames:
                names.append(other)
        nation = next(nations[people])
        yield Listed(
            f"L{number:07d}",
            (*names, *nicknames),
            _births(chance, people, names[0]),
            _nationalities(uniform(), nation, nations[people]),
            (_number(chance, nation),) if uniform() < 0.4 else (),
            handling=next(handling),
            weak=frozenset({len(names)}) if nicknames else _NOT_ONE,
        )


def list_file(count: int, seed: int) -> Path:
    """`listed(count, seed)` as a file in our own CSV layout: written once into `.cache`, anew when a table changes."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*name*.py")):
        digest.update(source.read_bytes())
    digest.update(Path(__file__).read_bytes())
    path = CACHE / f"listed-{count}-{seed}-{digest.hexdigest()[:12]}.csv"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        for outdated in CACHE.glob(f"listed-{count}-{seed}-*.csv"):
            outdated.unlink(missing_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        write(unfinished, listed(count, seed))
        unfinished.replace(path)
    return path


def write(path: Path, entries: Iterable[Listed]) -> None:
    """Entries as a list in our own CSV layout; those of the same `weak` names last, as `listed` gives them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ("ref", "name", "aliases", "weak_aliases", "birth_dates", "nationalities", "documents", "handling")
        )
        for entry in entries:
            first, *others = entry.names
            aliases = [name for at, name in enumerate(others, 1) if at not in entry.weak]
            weak = [name for at, name in enumerate(others, 1) if at in entry.weak]
            births = [birth.iso() for birth in entry.births]
            several = (aliases, weak, births, entry.nationalities, entry.documents)
            rows.writerow((entry.ref, first, *map(";".join, several), entry.handling))


def with_real(entries: Iterable[Listed], folder: Path | None = None) -> tuple[Iterator[Listed], str]:
    """The entries, and after them the persons of OFAC's and the UN's list; and one line that says what was mixed in.

    The lists are read from `folder`, by default where COUNTER_CASES has them; without it the entries are alone.
    """
    from counter_tui.agencies.lists import read_list
    from counter_tui.domain.screening.model import ListedKind

    if folder is None and CASES in os.environ:
        folder = Path(os.environ[CASES]) / "names"
    if folder is None:
        return iter(entries), f"generated names alone: {CASES} is not set"
    lists = [read_list(folder / name) for name in ("sdn.csv", "UN_consolidated.xml")]
    persons = (entry for entry in chain.from_iterable(lists) if entry.kind is ListedKind.PERSON)
    return chain(entries, persons), "with the persons of OFAC's and the UN's list"


def travellers(count: int, seed: int) -> Iterator[Sought]:
    """`count` ordinary travellers as their passports have them: 62 % Indonesian, 33 % Malaysian, the rest of elsewhere.

    Nobody of them is listed: who shares name and birth date with one who is, does so by chance.
    """
    chance = random.Random(f"travellers {seed}")  # noqa: S311 - no secret
    uniform = chance.random
    streams = {people: make(chance) for people, (make, _, _) in _PEOPLES.items()}
    nations = {people: shares(chance, weights) for people, (_, _, weights) in _PEOPLES.items()}
    peoples = {nation: shares(chance, weights) for nation, weights in _TRAVELLERS.items()}
    for _ in range(count):
        way = uniform()
        nation = "IDN" if way < 0.62 else "MYS" if way < 0.95 else ""
        people = next(peoples[nation])
        drawn = next(streams[people])
        nation = nation or next(nations[people])
        old = (uniform() + uniform() + uniform()) / 3 if uniform() < 0.8 else uniform()
        yield Sought(
            _in_zone(drawn.zone if uniform() < 0.8 else drawn.natural),
            _DAYS[int(366 + old * 84 * 365)],
            nation,
            _number(chance, nation),
        )


def impostors(entries: Iterable[Listed], count: int, seed: int) -> Iterator[tuple[Sought, str]]:
    """Up to `count` of the persons listed, each as a traveller, with the reference of the entry that must be found.

    Entries of which no name could stand on a passport (another script, initials) travel under none and are left out.

    The name is the list's or one of its aliases, as it is or in one other way, of a passport; the birth date is that
    of the entry in nine of ten, else wrong by a digit or with day and month changed.
    """
    chance = random.Random(f"impostors {seed}")  # noqa: S311 - no secret
    ways = {same: 0.3} | {way: weight * 0.7 for way, weight in _WAYS.items()}
    for entry in _sample(chance, entries, count):
        names = [name for at, name in enumerate(entry.names) if at not in entry.weak and _is_carried(name)]
        if not names:
            continue
        name = names[0] if chance.random() < 0.7 else chance.choice(names)
        (way,) = chance.choices(list(ways), list(ways.values()))
        nation = entry.nationalities[0] if entry.nationalities else ""
        name = _in_zone(way(chance, name, _people_of(nation)))
        number = entry.documents[0] if entry.documents and chance.random() < 0.3 else _number(chance, nation)
        birth = _as_carried(chance, entry.births)
        yield Sought(name, birth, nation if chance.random() < 0.93 else "IDN", number), entry.ref


def _births(chance: random.Random, people: str, name: str) -> tuple[PartialDate, ...]:
    """As lists give them: with a name of one word always a whole date, and more often than not with their own people's.

    Posts' own lists are of persons with papers; vague dates come from far away (of the UN's 29 % are a year).
    """
    uniform = chance.random
    none, year, two = _VAGUE_NEAR if people in _NEAR else _VAGUE_FAR
    way = uniform()
    if " " not in name:
        way = max(way, none + year)
    if way < none:
        return ()
    age = _YOUNGEST + (uniform() + uniform()) / 2 * (_OLDEST - 1 - _YOUNGEST)
    day = _DAYS[int(age * 365)]
    if way < none + year:
        return (_YEARS[day.year or 1900],)
    if way > 1 - two:
        other = _DAYS[int((age - 3 * uniform()) * 365)]
        return (day,) if other is day else (day, other)
    if way > 0.98 - two:
        return (PartialDate(day.year, 1, 1),)
    return (day,)


def _nationalities(way: float, nation: str, others: Iterator[str]) -> tuple[str, ...]:
    if way < 0.06:
        return ()
    if way < 0.11:
        return tuple(dict.fromkeys((nation, next(others))))
    return (nation,)


def _number(chance: random.Random, nation: str) -> str:
    first, _, digits = _FORMS.get(nation, ":9").partition(":")
    letter = first[int(chance.random() * len(first))] if first else ""
    return f"{letter}{int(chance.random() * 10 ** int(digits)):0{digits}d}"


def _in_zone(name: str) -> str:
    """As a passport's zone carries it: marks transliterated, 39 characters at most."""
    surname, given = split(to_zone(name, "name")[:39])
    return f"{surname} {given}".strip()


def _is_carried(name: str) -> bool:
    """Whether a passport could carry it: in Latin letters, and of the words of two letters and more."""
    try:
        return all(len(word) > 1 for word in to_zone(name, "name").split("<"))
    except DocumentError:
        return False


def _people_of(nation: str) -> str:
    for _, spelling, nations in _PEOPLES.values():
        if nation in nations:
            return spelling
    return "european"


def _sample(chance: random.Random, entries: Iterable[Listed], count: int) -> list[Listed]:
    """`count` of the entries, each as likely, in one pass that holds no more (reservoir)."""
    held: list[Listed] = []
    for seen, entry in enumerate(entries):
        if len(held) < count:
            held.append(entry)
        elif (at := int(chance.random() * (seen + 1))) < count:
            held[at] = entry
    return held


def _as_carried(chance: random.Random, births: tuple[PartialDate, ...]) -> PartialDate:
    """The full date on the document of one whose list entry gives `births`."""
    if not births:
        return _DAYS[int(chance.uniform(_YOUNGEST, _OLDEST - 1) * 365)]
    birth = chance.choice(births)
    year = birth.year or TODAY.year - 40
    month, day = birth.month or chance.randint(1, 12), birth.day or chance.randint(1, 28)
    way = chance.random()
    if way > 0.96 and day <= 12:
        return PartialDate(year, day, month)
    if way > 0.93:
        return PartialDate(year, month, day + 1 if day < 28 else day - 1)
    if way > 0.90:
        return PartialDate(year + chance.choice((-10, -1, 1, 10)), month, min(day, 28))
    return PartialDate(year, month, day)
