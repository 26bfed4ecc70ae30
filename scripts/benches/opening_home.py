"""A demo home with a full cache and a long list, for the bench `open`: made once a state of the code, then copied.

The cache holds so many travellers, all of them expected, of the ordinary ones of `population`: sections of all five
authorities each, six in ten in buses of forty. The list holds persons of `population.listed`, 1.3 aliases each, so
that 435,000 persons are one million names; it stands in a configuration of its own, beside the demo's lists, and is
put into the store as one that was built before.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from counter_tui.agencies.lists.signed import Manifest
from counter_tui.bootstrap import paths
from counter_tui.bootstrap.clock import SystemClock
from counter_tui.bootstrap.demo import find_key, open_vault
from counter_tui.bootstrap.identity import find_identity
from counter_tui.bootstrap.list_building import Meta, read_meta, write_segment
from counter_tui.bootstrap.list_records import keep_record, new_record
from counter_tui.bootstrap.reading import BoundReading
from counter_tui.bootstrap.storage import BoundPersons
from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.documents import TRAINING_MARK, Document, compose_mrz, read_mrz
from counter_tui.domain.screening.lists import Screened
from counter_tui.domain.screening.model import Sought
from counter_tui.domain.sections import Section
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, SourceState
from counter_tui.settings import load_demo_officers
from counter_tui.workstation.news import Expected
from counter_tui.workstation.records import CachedRecords, stamp
from offline_cache import Attempts, Records, Settings, Vault
from offline_cache.index import INDEX_SCHEMA
from tests.integration.drive.terminal import linked

from . import population
from .listed_index import CACHE, KEY
from .programs import ROOT, counter_demo, sign_in

SEED = 1
LIST = "bench"
TITLE = "Million names (bench)"
FILE = "bench"
NAMES_A_PERSON = 2.3
BUS = 40
_RULE = f"""
[[list]]
id = "{LIST}"
title = "{TITLE}"
demo = true
agency = "security"
screened = "booth-clear"
finding = "sec.name-candidate"
max_age_hours = 87600
keys = []
legal_basis = "none: invented persons"
owner = "security"
source = "the bench"
doubt = "design"
"""
_NAMES = ("scripts/benches/population*.py", "scripts/benches/names_*.py")
_LIST_SOURCES = (
    *_NAMES,
    "counter_tui/domain/screening/[cfnost]*.py",
    "counter_tui/workstation/list_index.py",
    "counter_tui/bootstrap/list_building.py",
    "offline_cache/index_building.py",
)
_HOME_SOURCES = (
    *_LIST_SOURCES,
    "scripts/benches/opening_home.py",
    "counter_tui/domain/coding.py",
    "counter_tui/bootstrap/identity.py",
    "counter_tui/bootstrap/reading.py",
    "counter_tui/workstation/records.py",
    "offline_cache/leases.py",
    "offline_cache/partitions.py",
    "offline_cache/schema.py",
    "offline_cache/sealed_records.py",
    "offline_cache/sealing.py",
)


@contextmanager
def full_home(travellers: int, names: int, *, beside: int = 0) -> Iterator[tuple[Path, Path]]:
    """A copy of the home for one run, and the folder of its configuration; `beside` tells several apart."""
    kept = _kept(travellers, names)
    run = CACHE / f"open-{os.getpid()}-{beside}.run"
    shutil.rmtree(run, ignore_errors=True)
    try:
        shutil.copytree(kept, run)
        yield run / "home", run / "config"
    finally:
        shutil.rmtree(run, ignore_errors=True)


def today() -> date:
    """The day."""
    return datetime.now(UTC).date()


def zones(travellers: int, wanted: int) -> list[tuple[str, ...]]:
    """The zones of so many of the travellers, spread over all of them."""
    return [zone for _, zone in islice(_zones(travellers), 0, None, travellers // wanted)][:wanted]


def _kept(travellers: int, names: int) -> Path:
    index, meta = _list_file(round(names / NAMES_A_PERSON))

    def make(half: Path) -> None:
        config, home = half / "config", half / "home"
        shutil.copytree(ROOT / "config", config)
        with (config / "lists.toml").open("a", encoding="utf-8") as lists:
            lists.write(_RULE)
        with counter_demo(home, config=config) as demo:
            sign_in(demo)
            demo.until(linked)
        folder = home / "demo"
        with open_vault(folder, find_key(folder)) as vault:
            with vault.transaction():
                _keep_travellers(_cached(vault), travellers, datetime.now(UTC))
                keep_record(Records(vault), new_record(FILE, KEY, meta))
            vault.shrink_log()
        shutil.copy(index, paths.index_file(paths.indexes_folder(folder), FILE))

    return _made(f"open-{travellers}-{names}", _HOME_SOURCES, make)


def _cached(vault: Vault) -> CachedRecords:
    """The cache as the demo's first officer reads it."""
    identity, clock = find_identity(Settings(vault)), SystemClock()
    officer, pin = load_demo_officers()[0]
    assert identity is not None
    reading = BoundReading(vault, identity, clock)
    key = BoundPersons(Attempts(vault), identity).open_session(officer.id, pin, clock.now().timestamp())
    reading.begin(officer.id, key)
    assert not reading.why_not, reading.why_not
    for _ in reading.chores():
        pass
    return CachedRecords(reading.store)


def _list_file(persons: int) -> tuple[Path, Meta]:
    """The list's index, as the counter itself would build it."""

    def make(half: Path) -> None:
        now = datetime.now(UTC)
        manifest = Manifest(LIST, 1, now, today(), Screened.BOOTH_CLEAR, persons, ())
        with Vault.create(half / "list.index", KEY, INDEX_SCHEMA) as vault:
            with vault.transaction():
                write_segment(vault, population.listed(persons, SEED), manifest, "", lambda _done, _total: None)
            vault.shrink_log()

    path = _made(f"open-list-{persons}", _LIST_SOURCES, make) / "list.index"
    with Vault.open(path, KEY, INDEX_SCHEMA) as vault:
        return path, read_meta(vault, LIST)


def _made(begins: str, sources: Iterable[str], make: Callable[[Path], None]) -> Path:
    """The folder in `.cache` that `make` fills, made anew when one of the sources changes."""
    digest = hashlib.sha256()
    for pattern in sources:
        for source in sorted(ROOT.glob(pattern)):
            digest.update(source.read_bytes())
    folder = CACHE / f"{begins}.{digest.hexdigest()[:12]}"
    if folder.exists():
        return folder
    for outdated in CACHE.glob(f"{begins}.*"):
        shutil.rmtree(outdated)
    half = CACHE / f"{begins}.half"
    half.mkdir(parents=True)
    make(half)
    return half.rename(folder)


def _keep_travellers(cached: CachedRecords, count: int, now: datetime) -> None:
    at = stamp(now)
    sections = [
        Section(authority, SourceState.LIVE, now, facts=(text("fact.cust.no-declaration"),)) for authority in Authority
    ]
    for number, zone in _zones(count):
        document = _document(zone)
        bus = number // BUS
        group = Group(f"bus-{bus}", GroupKind.BUS, f"BUS {bus}", BUS, now + timedelta(minutes=bus % 600))
        body = to_json(Expected(document, group if bus % 5 < 3 else None))
        cached.keep_expected(document.key, body, as_of=at, owner=Authority.IMMIGRATION.value)
        for section in sections:
            cached.keep_section(document.key, section, now)


def _zones(count: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Their places and zones; every number is another."""
    for number, sought in enumerate(population.travellers(count, SEED)):
        yield number, _zone(number, sought)


def _zone(number: int, sought: Sought) -> tuple[str, ...]:
    surname, _, given = sought.name.partition(" ")
    born = sought.birth
    assert born is not None
    return compose_mrz(
        "TD3",
        "P",
        sought.nationality,
        f"X{number:07d}",
        sought.nationality,
        surname=surname,
        given_names=given,
        sex="FM"[number % 2],
        birth=date(born.year or 1990, born.month or 1, born.day or 1),
        expiry=date(today().year + 4, 1, 1),
        optional=TRAINING_MARK,
    )


def _document(zone: tuple[str, ...]) -> Document:
    document = read_mrz(zone, today=today()).document
    assert document is not None, zone
    return document
