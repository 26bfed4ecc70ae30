"""The timeline of a crossing, from a real journal: what happened, in the order in which it did, and of nobody else."""

from datetime import timedelta
from pathlib import Path

from counter_tui.workstation.timeline import Event, Happened, timeline

from .build import POST, Rig, rig
from .test_booth import at_work, document, settled


def told(r: Rig) -> tuple[Event, ...]:
    assert r.booth.view is not None
    return timeline(r.booth.view, r.booth.ledger, POST, r.booth.feeding.seen)


async def test_what_happened_stands_in_its_order_with_the_entry_and_its_state(tmp_path: Path) -> None:
    r = await at_work(rig(tmp_path))
    try:
        await r.booth.open(document())
        assert [event.what for event in told(r)] == [Happened.OPENED]
        recorded = await r.booth.clear(await settled(r))
        events = told(r)
        assert [event.at for event in events] == sorted(event.at for event in events)
        last = events[-1]
        assert last.what is Happened.RECORDED
        assert last.entry is not None
        assert last.entry.sequence == recorded.sequence
        assert {event.authority for event in events if event.what is Happened.ANSWERED}
    finally:
        r.close()


async def test_another_crossing_has_its_own(tmp_path: Path) -> None:
    r = await at_work(rig(tmp_path))
    try:
        await r.booth.open(document())
        await r.booth.clear(await settled(r))
        await r.booth.done()
        r.clock.pass_(timedelta(minutes=1).total_seconds())
        await r.booth.open(document(number="B7654321"))
        await settled(r)
        assert all(event.entry is None for event in told(r))
    finally:
        r.close()
