"""Reading begins and ends with who is there; what is brought into memory comes slice by slice, and goes at once."""

import asyncio
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from counter_tui.errors import StoreError
from counter_tui.workstation.ports import SessionKey
from counter_tui.workstation.reading import Reading
from counter_tui.workstation.records import CachedRecords

KEY = cast("SessionKey", None)


class Lock:
    """A lock that says what it is told."""

    def __init__(self) -> None:
        self.why_not = "read.nobody"
        self.until = ""
        self.heard: list[str] = []
        self.changed: Callable[[], None] = lambda: None

    def begin(self, officer: str, _key: SessionKey) -> None:
        self.why_not = ""
        self.heard.append(f"begin {officer}")

    def end(self) -> None:
        self.why_not = "read.nobody"
        self.heard.append("end")

    def listen(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def chores(self) -> Iterator[None]:
        for chore in ("one", "two"):
            self.heard.append(chore)
            yield


class Records:
    """Travellers in three slices."""

    def __init__(self) -> None:
        self.slices = 0

    def derive(self) -> bool:
        self.slices += 1
        return self.slices < 3

    def forget(self) -> None:
        self.slices = 0


def reading(after: float = 0.0) -> tuple[Reading, Lock, Records]:
    lock, records = Lock(), Records()
    return Reading(lock, cast("CachedRecords", records), after), lock, records


async def test_chores_come_before_who_is_held_and_once() -> None:
    read, lock, records = reading()
    read.begin("ani", KEY)
    await asyncio.gather(read.ready(), read.ready())
    await read.ready()
    assert lock.heard == ["begin ani", "one", "two"]
    assert records.slices == 3


async def test_it_is_done_behind_the_screen_where_nobody_asks() -> None:
    read, lock, records = reading(after=0.001)
    read.begin("ani", KEY)
    assert records.slices == 0
    async with asyncio.timeout(5):
        while records.slices < 3:
            await asyncio.sleep(0)
    read.end()
    assert lock.heard == ["begin ani", "one", "two", "end"]
    assert records.slices == 0


async def test_who_leaves_ends_what_is_under_way() -> None:
    read, lock, records = reading(after=0.001)
    read.begin("ani", KEY)
    read.end()
    await asyncio.sleep(0.005)
    assert (lock.heard, records.slices) == (["begin ani", "end"], 0)
    read.begin("budi", KEY)
    await read.ready()
    assert lock.heard[2:] == ["begin budi", "one", "two"]
    read.end()


async def test_why_nothing_is_read_is_said_but_not_that_nobody_is_there() -> None:
    read, lock, _ = reading()
    assert (read.why_not, read.trouble) == ("read.nobody", "")
    read.begin("ani", KEY)
    assert (read.why_not, read.trouble) == ("", "")
    read.check()
    lock.why_not = "read.lease-ended"
    assert read.trouble == "read.lease-ended"
    with pytest.raises(StoreError, match="read.lease-ended"):
        read.check()


async def test_a_lease_that_comes_begins_anew_and_its_end_forgets() -> None:
    read, lock, records = reading()
    told: list[str] = []
    read.listen(lambda: told.append(read.why_not))
    read.begin("ani", KEY)
    await read.ready()
    lock.why_not = "read.lease-ended"
    lock.changed()
    assert records.slices == 0
    lock.why_not = ""
    lock.changed()
    await read.ready()
    assert records.slices == 3
    assert told == ["read.lease-ended", ""]


async def test_without_a_lock_everybody_reads() -> None:
    records = Records()
    read = Reading(None, cast("CachedRecords", records))
    read.begin("ani", KEY)
    read.check()
    await read.ready()
    assert (read.why_not, read.until, read.trouble, records.slices) == ("", "", "", 3)
    read.end()
    assert records.slices == 0
