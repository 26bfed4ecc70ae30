"""The demo without its screen: a real child, real HTTP on loopback, real vaults, and what happens when they fail."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.bootstrap import paths
from counter_tui.bootstrap.demo import EXIT, demo_desk, find_key, open_vault
from counter_tui.domain.documents import Document, compose_mrz
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, Direction, SourceState
from counter_tui.errors import CounterError, DecisionError, StoreError
from counter_tui.workstation.desk import Desk
from counter_tui.workstation.news import Delivered, News, Recorded, StatusChanged, ViewChanged
from offline_cache import VaultCorrupt, VaultTooNew

SECONDS = 30.0


class Counter:
    """The demo's desk with its news in order."""

    def __init__(self) -> None:
        self.desk = demo_desk()
        self._news: asyncio.Queue[News] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def hear(news: News) -> None:
            loop.call_soon_threadsafe(self._news.put_nowait, news)

        self.desk.listen(hear)

    async def cleared(self, view: MergedView) -> Recorded:
        """Clear, again where a machine in haste let the last answer come within the guard before the key."""
        while True:
            try:
                return await self.desk.clear((self.desk.view or view).digest)
            except DecisionError as error:
                if error.code != "decision.band-worsened":
                    raise
            await asyncio.sleep(0.1)

    async def until(self, wanted: Callable[[News], bool]) -> News:
        async with asyncio.timeout(SECONDS):
            while True:
                news = await self._news.get()
                if wanted(news):
                    return news

    async def sign_in(self) -> "Counter":
        await self.desk.prepare()
        chosen = self.desk.place.credentials[0]
        await self.desk.sign_in(chosen.officer.id, chosen.pin)
        return self

    async def linked(self) -> "Counter":
        await self.until(lambda n: isinstance(n, StatusChanged) and n.status.link == "up")
        return self

    async def all_live(self, document: Document, *, but: frozenset[Authority] = frozenset()) -> MergedView:
        view = await self.desk.open(document)
        while any(s.source is not SourceState.LIVE for s in view.sections if s.authority not in but):
            view = await self.changed()
        return await self.screened(view)

    async def screened(self, view: MergedView) -> MergedView:
        """Once every list has answered; at a first start they are still coming in."""
        while view.screening.running or view.screening.not_checked:
            view = await self.changed()
        return view

    async def changed(self) -> MergedView:
        news = await self.until(lambda n: isinstance(n, ViewChanged))
        assert isinstance(news, ViewChanged)
        return news.view

    async def received(self, sequence: int) -> None:
        await self._stands(sequence, {"received", "seen by the agency"})

    async def seen(self, sequence: int) -> None:
        await self._stands(sequence, {"seen by the agency"})

    async def _stands(self, sequence: int, states: set[str]) -> None:
        while next(x for x in await self.desk.outbox() if x.sequence == sequence).state not in states:
            await self.until(lambda n: isinstance(n, Delivered))


class Post:
    """The machine that the demo runs on: one counter at a time."""

    def __init__(self) -> None:
        self._counter: Counter | None = None

    async def __call__(self) -> Counter:
        await self.close()
        self._counter = Counter()
        return await self._counter.sign_in()

    async def close(self) -> None:
        counter, self._counter = self._counter, None
        if counter is not None:
            await counter.desk.close()


@pytest.fixture
async def start() -> AsyncIterator[Post]:
    post = Post()
    yield post
    await post.close()


def a_green_document(desk: Desk) -> Document:
    people = settings.load_demo_people()
    _, lines = demo_documents(people.persons, desk.today())[0]
    document = desk.read(lines).document
    assert document is not None
    return document


async def test_recorded_becomes_seen_by_the_agency_and_the_second_start_has_it_all(start: Post) -> None:
    counter = await (await start()).linked()
    view = await counter.all_live(a_green_document(counter.desk))
    recorded = await counter.cleared(view)
    await counter.seen(recorded.sequence)
    again = await start()
    assert [x.state for x in await again.desk.outbox()][1:] == ["seen by the agency", "received"]
    assert (await again.desk.verify()).problems == ()


async def test_the_link_is_cut_work_goes_on_and_what_waited_is_received_when_it_is_back(start: Post) -> None:
    counter = await (await start()).linked()
    document = a_green_document(counter.desk)
    await counter.all_live(document)
    await counter.desk.discard(counter.desk.view.crossing.id if counter.desk.view else "")
    assert counter.desk.rehearsal is not None
    await counter.desk.rehearsal.link("cut")
    view = await counter.screened(await counter.desk.open(document))
    assert {s.source for s in view.sections} == {SourceState.CACHED}
    recorded = await counter.cleared(view)
    await counter.until(lambda n: isinstance(n, StatusChanged) and n.status.link == "down" and n.status.waiting == 1)
    await counter.desk.rehearsal.link("open")
    await counter.received(recorded.sequence)


@pytest.mark.parametrize("behaviour", ["slow", "failing", "down"])
async def test_one_agency_that_fails_never_delays_the_others(start: Post, behaviour: str) -> None:
    counter = await (await start()).linked()
    assert counter.desk.rehearsal is not None
    await counter.desk.rehearsal.behave(Authority.CUSTOMS, behaviour)
    unknown = compose_mrz(
        "TD3",
        "P",
        "MYS",
        "Z9999999",
        "MYS",
        "NOBODY",
        "KNOWN",
        "F",
        counter.desk.today().replace(year=1990, day=1),
        counter.desk.today().replace(year=counter.desk.today().year + 2, day=1),
        "DEMO",
    )
    document = counter.desk.read(unknown).document
    assert document is not None
    async with asyncio.timeout(1.9):  # a slow agency takes 2 s
        view = await counter.all_live(document, but=frozenset({Authority.CUSTOMS}))
    assert view.section(Authority.CUSTOMS).source is SourceState.NOT_CHECKED
    assert counter.desk.why_not_green() == ("floor.declare",)


SCRIPT = """
import asyncio, sys
from tests.integration.demo.test_demo import Counter, a_green_document
async def main():
    counter = await (await Counter().sign_in()).linked()
    await counter.all_live(a_green_document(counter.desk))
    from counter_tui.bootstrap import child
    print(CHILD[0].pid, flush=True)
    await asyncio.Event().wait()
import asyncio.subprocess as s
CHILD = []
made = asyncio.create_subprocess_exec
async def noting(*words, **options):
    process = await made(*words, **options)
    CHILD.append(process)
    return process
asyncio.create_subprocess_exec = noting
asyncio.run(main())
"""


async def test_after_kill_9_no_orphan_is_left_and_the_open_crossing_is_offered_again(start: Post) -> None:
    killed = subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    child = int(await asyncio.to_thread(killed.stdout.readline))
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    counter = await start()
    (kept,) = await counter.desk.parked()
    assert kept.document.key == a_green_document(counter.desk).key
    await counter.linked()
    async with asyncio.timeout(SECONDS):
        while _runs(child):
            await asyncio.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").exists() and ") Z" not in Path(f"/proc/{pid}/stat").read_text()


async def test_a_vault_without_its_key_is_never_begun_afresh(start: Post) -> None:
    await start()
    vault = paths.counter_vault(paths.demo_folder())
    await start.close()
    before = vault.read_bytes()
    (paths.keys_folder(paths.demo_folder()) / "key-counter.json").unlink()
    with pytest.raises(StoreError, match="key-missing"):
        open_vault(paths.demo_folder(), find_key(paths.demo_folder()))
    assert vault.read_bytes() == before


async def test_a_damaged_or_newer_vault_is_refused_as_it_stands(start: Post) -> None:
    await start()
    vault = paths.counter_vault(paths.demo_folder())
    await start.close()
    opened = open_vault(paths.demo_folder(), find_key(paths.demo_folder()))
    opened.execute("PRAGMA user_version = 999")
    opened.close()
    newer = vault.read_bytes()
    with pytest.raises(VaultTooNew):
        open_vault(paths.demo_folder(), find_key(paths.demo_folder()))
    assert vault.read_bytes() == newer
    vault.write_bytes(newer[: len(newer) // 2])
    with pytest.raises(VaultCorrupt):
        open_vault(paths.demo_folder(), find_key(paths.demo_folder()))


async def test_a_second_counter_on_the_same_store_is_told_so(start: Post) -> None:
    await start()
    second = demo_desk()
    with pytest.raises(CounterError, match=r"store\.vault\.busy"):
        await second.prepare()
    await second.close()


async def test_the_lane_for_those_who_leave_plays_beside_it_on_a_store_of_its_own(start: Post) -> None:
    await start()
    leaving = demo_desk(place=EXIT)
    try:
        await leaving.prepare()
        assert leaving.place.counter.direction is Direction.EXIT
        assert paths.counter_vault(paths.demo_folder(EXIT)).exists()
    finally:
        await leaving.close()
