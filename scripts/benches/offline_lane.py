"""The lane with the link down and lists 8 h old: how many travellers are done in a scan and two keys.

    done    of 100 travellers of a normal mix, who are cleared by `j` (attest all) and `Enter` after their scan
    keys    the most keys that one of them took

The real program without a terminal, over a real vault, with the rules as they are shipped; degraded mode is declared by
two people before the first traveller. The mix has exactly the shares below, shuffled by a seed. Of the domain paper:
border passes 8 % (50-75 of 750 a day), who is deported 3 %, referred on arrival 5 %, health red 3 in 1,000, referred
by chance 2.5 %, on an announced bus 37 %. Assumed: a quarter of the others are foreigners; of who comes on foot half
are held from an earlier crossing; 8 % are minors with somebody. A border pass is keyed; keys count from there.
"""

from __future__ import annotations

import asyncio
import gettext
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from counter_tui import settings
from counter_tui.bootstrap.storage import translated
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.mode import ModeDeed, ModeStep
from counter_tui.domain.screened import ScreeningRules
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.words import Agency, Authority, Band, SourceState, Verdict
from counter_tui.tui.app import CounterApp
from counter_tui.workstation.backstage import Backstage
from counter_tui.workstation.desk import Desk
from counter_tui.workstation.place import Credential, Place
from counter_tui.workstation.records import CachedRecords
from offline_cache import Records
from tests.screens.frame.scripted import Counters
from tests.unit.workstation.build import COUNTER, OFFICER, PIN, POST, Rig, StillClock, rig
from tests.unit.workstation.listing import Source, rule
from tests.unit.workstation.test_mode import CHIEF, post

from .figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_tui.workstation.booth import Booth
    from counter_tui.workstation.news import News

SEED: Final = 20261122
MANY, QUICK_MANY = 200, 40
REACH, QUICK_REACH = 0.8, 0.75
"""Of few travellers each is much: a share of 3 in 1,000 is one of them."""
AGE: Final = timedelta(hours=8)
PATIENCE: Final = 30.0
PAINTED: Final = 1.0
"""Seconds that lists wait for the screen to be painted, as at a real booth."""
NAMES: Final = (
    "AGUNG",
    "BUNGA",
    "CITRA",
    "DEWI",
    "EKA",
    "FITRI",
    "GALIH",
    "HESTI",
    "INDAH",
    "JAYA",
    "KIRANA",
    "LESTARI",
)


@dataclass(frozen=True, slots=True)
class Share:
    """A kind of traveller: how many of 1,000; what stands against them, and what is held of them."""

    what: str
    of_1000: int
    code: str = "P"
    state: str = "IDN"
    held: bool = True
    minor: bool = False
    found: Verdict | None = None


MIX: Final = (
    Share("border pass", 80, code="PLB"),
    Share("deported", 30, code="PE"),
    Share("referred on arrival", 50, found=Verdict.REFER),
    Share("health red", 3, found=Verdict.HOLD),
    Share("referred by chance", 25, found=Verdict.REFER),
    Share("minor with somebody", 80, minor=True),
    Share("citizen on a bus", 203),
    Share("citizen on foot, known", 172),
    Share("citizen on foot, not known", 173, held=False),
    Share("foreigner on a bus", 68, state="MYS"),
    Share("foreigner on foot, known", 58, state="MYS"),
    Share("foreigner on foot, not known", 58, state="MYS", held=False),
)


class Ticking(StillClock):
    """The day stands still, the seconds run."""

    def monotonic(self) -> float:
        """As of the machine."""
        return time.monotonic()


def mix(many: int) -> list[Share]:
    """So many travellers with exactly these shares, shuffled by the seed."""
    total = sum(share.of_1000 for share in MIX)
    upto, counted, people = 0, 0, []
    for share in MIX:
        upto += share.of_1000
        count = round(many * upto / total) - counted
        counted += count
        people += [share] * count
    random.Random(SEED).shuffle(people)  # noqa: S311 - no secret
    return people


def document(share: Share, number: int, today: date) -> Document:
    """The document of one of them."""
    surname, given = NAMES[number % 12] + NAMES[number // 12 % 12][:3], NAMES[(number * 7 + 3) % 12]
    born = date(2014 if share.minor else 1970 + number % 30, 1 + number % 12, 1 + number % 28)
    expires = date(2027 if share.code == "PLB" else 2030, 1 + number % 12, 5)
    code = "P" if share.code == "PLB" else share.code
    lines = compose_mrz(
        "TD3", code, share.state, f"X{7000000 + number}", share.state, surname, given, "F", born, expires
    )
    read = read_mrz(lines, today=today).document
    assert read is not None
    return replace(read, kind="plb", entry_method="keyed") if share.code == "PLB" else read


def hold(records: CachedRecords, share: Share, of: Document, clock: StillClock) -> None:
    """What the cache holds of one of them: as old as the lists."""
    at = clock.now() - AGE
    if not share.held:
        return
    for authority in Authority:
        against = share.found is not None and authority is Authority.CUSTOMS
        found = (_finding(authority, share.found),) if against and share.found is not None else ()
        records.keep_section(of.key, Section(authority, SourceState.LIVE, at, found), at)


def _finding(authority: Authority, verdict: Verdict) -> Contribution:
    from counter_tui.domain.outcome import PERSON

    return Contribution(f"{authority}/bench", authority, PERSON, verdict, Band.AMBER, "refer", "1", 30)


class Lane:
    """The program at a booth whose link is down."""

    def __init__(self, folder: Path, people: list[Share]) -> None:
        self._folder, self._people = folder, people
        self.clock = Ticking()
        self.documents = [document(share, number, self.clock.now().date()) for number, share in enumerate(people)]
        self.rig: Rig | None = None
        self.backstage = Backstage(translated)
        place = Place(POST, COUNTER, demo=False, credentials=(Credential(OFFICER, PIN),))
        self.desk = Desk(place, self.backstage, self._open, self.clock)
        catalogue: Callable[[str], gettext.NullTranslations] = lambda _language: gettext.NullTranslations()  # noqa: E731
        self.app = CounterApp(self.desk, catalogue, "en", now=self.clock.now)

    async def _open(self, hear: Callable[[News], None]) -> Booth:
        """Behind the screen: the vault, what it holds, lists of 8 h ago, the mode."""
        at = self.clock.now() - AGE
        source = Source(self._folder / "lists")
        source.lay([("1", "Somebody Listed", "1950-01-01", "")], of="dpo", as_of=at)
        source.lay([("2", "Somebody Banned", "1951-01-01", "")], of="tangkal", as_of=at)
        bans = rule("tangkal", agency=Agency.IMMIGRATION, finding="imm.tangkal-candidate")
        lists = ScreeningRules("1", {"dpo": rule("dpo"), "tangkal": bans}, settings.load_findings(), 0.7)
        book = replace(settings.load_rulebook(demo=True), screening=lists)
        r = self.rig = rig(
            self._folder,
            demo=False,
            clock=self.clock,
            hear=hear,
            lists=lists,
            who=replace(post(), realm="live"),
            book=book,
            paint_within=PAINTED,
        )
        r.link.up = False
        records = CachedRecords(Records(r.vault))
        for share, of in zip(self._people, self.documents, strict=True):
            hold(records, share, of, self.clock)
        screens = r.booth._parts.screens  # noqa: SLF001 - what the program starts behind its first screen
        assert screens is not None
        await screens.start()
        looking = screens._looking  # noqa: SLF001 - as above
        assert looking is not None
        await looking
        return r.booth

    async def declare(self) -> None:
        """Two people declare degraded mode."""
        await self.desk.watching.sign_mode(ModeDeed(ModeStep.DECLARED, "link"), CHIEF.id, PIN)

    async def work(self) -> tuple[list[Share], int]:
        """Everybody, one after another: who was not done, and the most keys that one of the others took."""
        counter = Counters()
        counter.app, counter.desk = self.app, self.desk  # type: ignore[assignment]
        left, most = [], 0
        async with self.app.run_test(size=(80, 24)) as pilot:
            counter.pilot = pilot
            await _until(counter, lambda: self.desk.ready and self.app.desk_screen is not None)
            await counter.press(*PIN, "enter")
            await _until(counter, lambda: self.app.screen is self.app.desk_screen)
            await self.declare()
            for share, of in zip(self._people, self.documents, strict=True):
                keys = await self._serve(counter, share, of)
                left += [] if keys else [share]
                most = max(most, keys)
            await self.desk.close()
        return left, most

    async def _serve(self, counter: Counters, share: Share, of: Document) -> int:
        """The keys that one took; 0 for who is not done that way and is put aside."""
        screen = counter.screen
        if share.code == "PLB":
            screen.offer(of)
        else:
            await counter.swipe(of.mrz)
        await _until(counter, self._settled)
        if screen.state().not_green not in {(), ("floor.attest",)}:
            await counter.press("p")
            await _until(counter, lambda: not screen.state().opened)
            return 0
        keys = ["j", "enter"] if screen.state().not_green else ["enter"]
        for key in keys:
            await counter.press(key)
            await _until(counter, lambda: screen.state().decided or (not screen.state().busy and self._settled()))
        await _until(counter, lambda: screen.state().decided)
        done = self.desk.view is not None and all(j.verdict is Verdict.CLEAR for j in self.desk.view.standing)
        await counter.press("escape")
        await _until(counter, lambda: not screen.state().opened)
        return len(keys) if done else 0

    def _settled(self) -> bool:
        """Whether the lists have answered, and the screen shows what they said."""
        view, state = self.desk.view, self.app.desk_screen.state() if self.app.desk_screen else None
        if view is None or state is None or not state.opened:
            return False
        known = not view.screening.running and not view.risk.loading
        return known and state.not_green == self.desk.why_not_green()


async def _until(counter: Counters, holds: Callable[[], bool]) -> None:
    """Let the program work until something holds; a machine that is busy takes its time."""
    assert counter.pilot is not None
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await counter.pilot.pause(0.002)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The two figures; `runs` are travellers."""
    people, reach = mix(QUICK_MANY if quick else MANY), QUICK_REACH if quick else REACH
    with tempfile.TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True) as folder:
        lane = Lane(Path(folder), people)
        lane.backstage.start()
        left, most = asyncio.run(lane.work())
    done = (len(people) - len(left)) / len(people)
    yield Figure("offline-lane", "done", 100 * done, "per 100", 100, reach, len(people), SEED, at_least=True)
    yield Figure("offline-lane", "keys", most, "keys", 2, 1.0, len(people) - len(left), SEED)
