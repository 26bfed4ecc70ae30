"""What has to hold in every schedule, while it is played and once all faults have ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from offline_cache.entry import commit
from tests.simulation.faults import CHAOS

if TYPE_CHECKING:
    from offline_cache.entry import Entry
    from tests.simulation.booth import Booth
    from tests.simulation.world import World

PROBE = 2.0
HANDSHAKE = 1_500
"""Bytes; on a link where they take longer, the next probe waits for them."""
LONGEST = 30.0
UNDER_WAY = 4
ONE_ENTRY = 800
"""Bytes of a request of one entry and its answer, at most; without the feed."""
REFUSED = frozenset({"bad-signature", "bad-commitment", "unknown-session"})
DIVERGED = frozenset({"forked", "behind"})


class Progress:
    """On a link that comes and goes, something is received each time that it is there for a handshake and an entry."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.windows = 0

    def flap(self, booth: Booth) -> None:
        """Plan it."""
        world, faults = self._world, self._world.faults
        silent = world.random.random() < 0.5
        # the way there and back is free again when a probe goes; a batch that was lost in silence has its time first
        probe = max(PROBE, HANDSHAKE / faults.rate + 3 * faults.round_trip)
        there = probe + 3 * faults.round_trip + ONE_ENTRY / faults.rate + 0.5
        there += (3.0 + 2.0 + 3 * faults.round_trip) if silent else 0.0
        at = 0.0
        while at + there < CHAOS:
            world.later(at, lambda: self._opens(booth, there))
            world.later(at + there, lambda: booth.link.cut(silent=silent))
            at += there + world.random.uniform(0.5, 6)

    def _opens(self, booth: Booth, there: float) -> None:
        booth.link.restore()
        before = len(booth.store.file.settled)
        waiting = booth.store.summary().waiting

        def closes() -> None:
            settled = len(booth.store.file.settled)
            assert not waiting or settled > before, f"no progress in {there:.1f} s of connection"
            self.windows += 1

        self._world.later(there - 0.001, closes)


def check_effects(world: World, booth: Booth, effects: list[Any]) -> None:
    """What the core asks for is within its bounds, and what it tells is so."""
    core, now = world.core.effects, booth.steady(world.now)
    sync, store = booth.sync, booth.store
    for effect in effects:
        if isinstance(effect, core.Send):
            entries = effect.request.entries
            assert not sync.failing or len(entries) <= 1, "a batch where a probe was due"
            assert effect.deadline >= now + 2.0, "no patience"
            assert [entry.sequence for entry in entries] == sorted({entry.sequence for entry in entries})
        elif isinstance(effect, core.Wake):
            assert effect.at >= now, "wakes in the past"
            due = store.summary().waiting and (sync.failing or not sync._flights)
            booth.connecting = max(booth.connecting, sync.quality.connecting())
            waits = max(PROBE, booth.connecting) if due else LONGEST
            assert effect.at <= now + waits + 0.001, "no probe while entries wait"
        elif isinstance(effect, core.Told) and effect.word in {"up", "received", "feed"}:
            assert world.in_answer, f"{effect.word} without an answer"
    assert len(sync._flights) <= UNDER_WAY, "too many under way"
    assert store.handed <= booth.handed, "sent before it was on its way"


def check_settled(world: World, booth: Booth, before: Any) -> None:
    """What is newly settled is so: received is on the single window's disk, refused is what was bad."""
    file = booth.store.file
    assert all(now >= then for now, then in zip(file.cursors, before.cursors, strict=True)), (
        "the feed's cursor went back"
    )
    for sequence, was in before.settled.items():
        assert was != "received" or file.settled.get(sequence, was) == was, "refused after it was received"
    for sequence in set(file.settled) - set(before.settled):
        state = file.settled[sequence]
        if state == "received":
            assert (booth.name, sequence, file.hashes[sequence - 1]) in world.hub.ever, "received before it was stored"
        elif not booth.was_restored:
            assert state in REFUSED, f"refused: {state}"
            assert sequence in booth.bad, "a good entry was refused"


def all_settled(world: World) -> bool:
    """Whether there is nothing more to wait for."""
    if not world.dirty:
        return False
    world.dirty = False
    return next(problems(world), None) is None


def check_end(world: World) -> None:
    """Once all is healed."""
    found = list(problems(world))
    found += [
        f"{entry.counter}/{entry.sequence}: stored, and not what was committed to"
        for entry in world.hub.store.file.stored
        if commit(entry.salt, entry.body or b"") != entry.commitment
    ]
    assert not found, "; ".join(found[:4])


def problems(world: World) -> Iterator[str]:
    """What is not as it was promised."""
    for booth in world.booths:
        if booth.store.summary().waiting and not (booth.was_restored and booth.said & DIVERGED):
            yield f"{booth.name}: {booth.store.summary().waiting} not delivered although the link is back"
    for booth in world.booths:
        yield from _journal(world, booth)
        yield from _feed(world, booth)


def _journal(world: World, booth: Booth) -> Iterator[str]:
    stored = [entry for entry in world.hub.store.file.stored if entry.counter == booth.name]
    held = {entry.sequence: entry for entry in stored}
    if len(held) != len(stored):
        yield f"{booth.name}: doubled"
    diverged = booth.was_restored and booth.said & DIVERGED
    if not (diverged and world.faults.window_restored):  # which of two copies is right, nobody can tell
        yield from _settled(world, booth, held)
    if booth.was_restored:
        hashes = booth.store.file.hashes
        strange = [n for n, entry in held.items() if hashes[n - 1 : n] != (entry.hash(),)]
        if strange and not booth.said & DIVERGED:
            yield f"{booth.name}: another history, and not said"
    else:
        yield from _whole(world, booth, held)


def _settled(world: World, booth: Booth, held: dict[int, Entry]) -> Iterator[str]:
    """What was acknowledged is here, and what is called received is the same there."""
    file = booth.store.file
    for sequence, state in file.settled.items():
        if sequence in booth.bad and world.faults.window_restored:
            continue  # taken under a later signature, lost, and set aside when it came again by itself
        there = held.get(sequence)
        same = there is not None and there.hash() == file.hashes[sequence - 1]
        if state == "received" and not (same and there is not None and there.body == file.entries[sequence - 1].body):
            yield f"{booth.name}/{sequence}: received, and not the same at the single window"
    for sequence, digest in booth.acknowledged.items():
        if file.hashes[sequence - 1 : sequence] != (digest,):
            yield f"{booth.name}/{sequence}: acknowledged, and not in the journal"


def _whole(world: World, booth: Booth, held: dict[int, Entry]) -> Iterator[str]:
    """All of a journal is there, and nothing beside it."""
    for sequence in range(1, len(booth.store.file.entries) + 1):
        if sequence not in booth.bad and sequence not in held:
            yield f"{booth.name}/{sequence}: lost"
    known = world.hub.store.known(booth.name, "demo", 1, 1)
    if (known.head_sequence, known.head_hash) != booth.store.head():
        yield f"{booth.name}: the single window's head is another"
    if known.early or known.partial:
        yield f"{booth.name}: something is left over at the single window"
    if booth.said & DIVERGED:
        yield f"{booth.name}: a fork was said where there is none"


def _feed(world: World, booth: Booth) -> Iterator[str]:
    latest = {(item.kind, item.key): item.body for item in booth.store.file.items}
    for at in world.hub.store.file.feed:
        item = at.item
        if at.origin == booth.name:
            continue
        if at.position <= world.hub.restored_at:  # the booth may have a newer one, which the single window lost
            here = (item.kind, item.key) in latest or (item.kind, item.key) in world.hub.set_back
        else:
            here = latest.get((item.kind, item.key)) == item.body
        if not here:
            yield f"{booth.name}: the feed's {item.kind} {item.key} is not there"
