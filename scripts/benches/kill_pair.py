"""A counter and its single window, two processes with a socket over TLS between: one or both are killed with -9.

The counter (`kill_pair_process`) decides and delivers without a pause; the single window (`window_process`) takes it.
Each is killed while it starts, records, commits, answers or waits, and started again on the same files and port. After
each kill what was killed is opened: it is sound; the counter has all that it said was recorded or received, and its
journal verifies; the single window has all that the counter says was received, before anything could be sent again. At
the end of a round, with both at rest: each entry is in the single window's chain, once, other counters are told of each
decision once, and nothing waits.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final, Literal, Self

from counter_tui.bootstrap.clock import SystemClock
from counter_tui.bootstrap.identity import Identity, identity_of, keep_identity, text
from counter_tui.bootstrap.storage import BoundLedger
from counter_tui.domain.entries import DECISION
from counter_tui.errors import LinkError
from counter_tui.link.ranks import rank_of
from counter_tui.single_window.run import bind
from counter_tui.single_window.schema import WINDOW_SCHEMA
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import COUNTER_SCHEMA, CacheError, Settings, Vault
from offline_cache.signing import generate

from .delivering import Post
from .figure import Figure
from .kill_pair_process import DECISIONS, KEY
from .programs import ROOT
from .traffic import Traffic
from .traffic_cast import bench_cast

SEED = 8
KILLS, QUICK = 200, 8
ROUND: Final = 10
"""Kills after which both begin anew: what is checked after each stays small."""
PATIENCE: Final = 60.0
"""Seconds without progress after which there is none."""
NAME, REALM = "ENT-3", "demo"
_MANY = 1 << 30

Half = Literal["window", "counter"]
_VICTIMS: tuple[tuple[Half, ...], ...] = (("window",), ("counter",), ("window",), ("counter",), ("window", "counter"))


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as a bench is called
    """How many entries were lost, doubled or said to be received too early, or what else was not as it should be."""
    kills = QUICK if quick else KILLS
    result = kill_pairs(kills, SEED)
    for trouble in result.troubles[:20]:
        print(trouble)
    # as a ratio to one: none is lost, or it does not hold
    what = f"troubles in {kills:,} kills of a counter or its single window"
    yield Figure("kill", what, len(result.troubles), "", 1, 0, kills, SEED)
    delivered = result.delivered
    yield Figure("kill", "entries delivered between such kills", delivered, "", kills, 1, kills, SEED, at_least=True)


@dataclass
class Result:
    """What came of it; `delivered` counts the entries that the counter was told are received."""

    delivered: int = 0
    troubles: list[str] = field(default_factory=list)


def kill_pairs(kills: int, seed: int) -> Result:
    """So many kills, their moments from this seed (where a process then is depends on the machine)."""
    random = Random(seed)  # noqa: S311 - the same moments each time
    result = Result()
    for first in range(0, kills, ROUND):
        with tempfile.TemporaryDirectory() as folder, Pair(Path(folder), random) as pair:
            pair.work(min(ROUND, kills - first))
        result.delivered += len(pair.received)
        result.troubles += [f"round from kill {first}: {trouble}" for trouble in pair.troubles]
    return result


class Pair:
    """A counter and its single window, in processes of their own, and what the counter said."""

    def __init__(self, folder: Path, random: Random) -> None:
        """In an empty folder."""
        self._folder, self._random = folder, random
        self._port = _free_port(random)
        self._processes: dict[Half, subprocess.Popen[bytes]] = {}
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._identity: Identity
        self._decisions: list[str] = []
        self.recorded: dict[int, bytes] = {}
        self.received: set[int] = set()
        self.troubles: list[str] = []

    def __enter__(self) -> Self:
        """Start both."""
        self._start("window")
        self._identity = asyncio.run(self._enrol())
        self._start("counter")
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        for half in tuple(self._processes):
            self._kill(half)

    def work(self, kills: int) -> None:
        """Kill so many times, and let it heal in the end."""
        try:
            for _ in range(kills):
                self._await_moment()
                self._strike(self._random.choice(_VICTIMS))
            self._heal()
        except (queue.Empty, subprocess.TimeoutExpired):
            self.troubles.append(f"no progress in {PATIENCE:.0f} s")
        except CacheError as error:
            self.troubles.append(str(error))

    # -- processes --------------------------------------------------------------------------------------------------

    async def _enrol(self) -> Identity:
        process = self._processes["window"]
        assert process.stdout
        said = json.loads(process.stdout.readline())
        post = Post(process, said["port"], base64.b64decode(said["authority"]))
        keys, client = generate(), post.client()
        enrolment = await client.enrol(post.order(invite=NAME)["code"], "", keys.public)
        await client.aclose()
        identity = replace(identity_of(enrolment, keys.public, keys.private), authority=text(post.authority))
        with Vault.create(self._folder / "counter.vault", KEY, COUNTER_SCHEMA) as vault:
            bodies = (passage.body for passage in islice(Traffic(bench_cast(SEED), SEED).passages(), 20))
            Settings(vault).set(DECISIONS, b"\n".join(bodies))
            keep_identity(Settings(vault), identity)
        return identity

    def _start(self, half: Half) -> None:
        words = [sys.executable, "-m", f"{__package__}.window_process", str(self._folder), str(self._port)]
        if half == "counter":
            seed = str(self._random.getrandbits(32))
            words[2:] = [f"{__package__}.kill_pair_process", str(self._folder), str(self._port), seed]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self._processes[half] = process
        if half == "counter":
            self._lines = queue.SimpleQueue()
            threading.Thread(target=_hear, args=(process, self._lines), daemon=True).start()

    def _kill(self, half: Half) -> None:
        process = self._processes.pop(half)
        if process.poll() is not None:
            self.troubles.append(f"the {half} ended by itself: {process.returncode}")
        process.kill()
        self._end(half, process)

    def _end(self, half: Half, process: subprocess.Popen[bytes]) -> None:
        """Once it is gone, and all it said is noted."""
        assert process.stdin
        assert process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.wait(PATIENCE)
        if half == "counter":
            while self._note() is not None:
                pass
        process.stdout.close()

    # -- what is said -----------------------------------------------------------------------------------------------

    def _note(self, *, wait: bool = True) -> str | None:
        """What the next line is about; None if there is no more. Raises queue.Empty."""
        line = self._lines.get(timeout=PATIENCE if wait else 0)
        if line is None:
            self._lines.put(None)  # it stays so, whoever asks
            return None
        what, *rest = line.split()
        if what == "recorded":
            self.recorded[int(rest[0])] = bytes.fromhex(rest[1])
        elif what == "received":
            self.received.add(int(rest[0]))
        elif what == "trouble":
            self.troubles.append(line)
        return what

    def _note_what_came(self) -> None:
        with contextlib.suppress(queue.Empty):
            while self._note(wait=False) is not None:
                pass

    def _until(self, wanted: str) -> None:
        while (what := self._note()) != wanted:
            if what is None:
                raise queue.Empty

    def _await_moment(self) -> None:
        """Some are killed while they start, or look for each other; the others once something was received again."""
        if self._random.random() > 0.2:
            for _ in range(self._random.choice((1, 3, 10, 40))):
                self._until("received")
            longest = self._random.choice((0.0, 0.02, 0.2))
        else:
            longest = 1.0
        time.sleep(self._random.uniform(0, longest))

    # -- what has to be so ------------------------------------------------------------------------------------------

    def _strike(self, victims: tuple[Half, ...]) -> None:
        """Kill them, look what they left, and start them again."""
        for half in victims:
            self._kill(half)
        if "counter" in victims:
            self._check_counter(unsaid=1)
        if "window" in victims:
            self._check_window()
        for half in victims:
            self._start(half)

    def _heal(self) -> None:
        """Nothing more is recorded; all is delivered; then both end in good order, and are compared."""
        counter = self._processes["counter"]
        assert counter.stdin
        counter.stdin.close()
        self._until("empty")
        for half in ("counter", "window"):
            self._end(half, self._processes.pop(half))
        self._check_counter(unsaid=0)
        chain, told = self._check_window()
        self.troubles += [f"not received: {number}" for number in self.recorded.keys() - self.received]
        if chain != self.recorded:
            self.troubles.append("the single window's chain is another")
        if sorted(told) != sorted(self._decisions):
            self.troubles.append(f"told of {len(told)} decisions in place of {len(self._decisions)}")

    def _check_counter(self, unsaid: int) -> None:
        """Its vault, its journal and its receipts; `unsaid`: what may be recorded beyond what it said."""
        with Vault.open(self._folder / "counter.vault", KEY, COUNTER_SCHEMA) as vault:
            ledger = BoundLedger(vault, self._identity, SystemClock())
            self.troubles += [*vault.integrity(), *ledger.verify().problems]
            held = {entry.sequence: entry.hash() for entry in ledger.journal.entries()}
            self._decisions = [f"{NAME}/{number}" for number in ledger.of_kind(DECISION)]
            received = {state.sequence for state in ledger.lines(_MANY) if state.state == "received"}
        self.troubles += [f"lost {number}" for number, digest in self.recorded.items() if held.get(number) != digest]
        self.troubles += [f"receipt of {number} lost" for number in self.received - received]
        if len(held) > len(self.recorded) + unsaid:
            self.troubles.append("more than was recorded")
        self.recorded, self.received = held, received

    def _check_window(self) -> tuple[dict[int, bytes], list[str]]:
        """Its vault, and that it has what the counter says it has; its chain, and the decisions others are told of."""
        with Vault.open(self._folder / "window.vault", KEY, WINDOW_SCHEMA) as vault:
            self.troubles += vault.integrity()
            store = VaultStore(vault)
            chain = dict(store.held(NAME, 1, _MANY))
            early = store.known(NAME, REALM, 1, _MANY).early
            kept = store.count_entries(NAME)
            told = [at.item.key for at in store.feed(rank_of(DECISION), 0, _MANY) if at.item.kind == DECISION]
        self._note_what_came()
        has = chain | {number: digest for number, (digest, _) in early.items()}
        self.troubles += [f"not at the window: {n}" for n in self.received if has.get(n) != self.recorded[n]]
        if sorted(chain) != list(range(1, len(chain) + 1)):
            self.troubles.append("the single window's chain is broken")
        if kept != len(has):
            self.troubles.append(f"{kept} entries kept for {len(has)}")
        return chain, told


def _hear(process: subprocess.Popen[bytes], lines: queue.SimpleQueue[str | None]) -> None:
    """Its whole lines, then None: one that was cut off was not said."""
    assert process.stdout
    for line in process.stdout:
        if line.endswith(b"\n"):
            lines.put(line.decode().strip())
    lines.put(None)


def _free_port(random: Random) -> int:
    """One that no connection is given by chance while nobody listens there."""
    while True:
        port = random.randrange(20_000, 30_000)
        with contextlib.suppress(LinkError), contextlib.closing(bind(port)):
            return port
