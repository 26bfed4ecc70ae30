"""What an agency keeps from others is looked for at a counter that is not entitled to it, in all that it has.

canaries found          strings planted in fields, findings, lists, notes and diagnoses of customs, quarantine and
                        security, looked for at a counter of immigration: in what came over the wire, its decrypted
                        store, its screens, its log, what a crash prints, and the memory of its process (Linux)
a planted leak          the same with an agreement that opens everything: it has to be found
told by contributions   withheld findings that a reader of the catalogue tells from what they contribute alone
told by size, by time   how much better than chance the size and the time of security's answer tell a traveller with
                        something sealed, or discreet, from one without anything
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .figure import Figure
from .programs import ROOT

SEED: Final = 67
PLANTED, PLANTED_QUICKLY = 10_000, 450
LEAKED: Final = 60
ALIKE, ALIKE_QUICKLY = 240, 40
TOLD: Final = 1 / 3
BY_SIZE: Final = 0.05
BY_TIME: Final = 0.3
"""Of so few, chance alone makes 0.05 to 0.15."""
KINDS: Final = ("ordinary", "sealed", "discreet")
READ_AT_ONCE: Final = 1 << 24


@dataclass
class Found:
    """Canaries by where they were found, how many were planted, and what security's answers took."""

    planted: int = 0
    places: dict[str, set[bytes]] = field(default_factory=dict)
    answers: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    @property
    def everywhere(self) -> set[bytes]:
        """Each once, wherever it was found."""
        return set().union(*self.places.values())


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    found = asyncio.run(look(PLANTED_QUICKLY if quick else PLANTED, ALIKE_QUICKLY if quick else ALIKE))
    planted = PLANTED_QUICKLY if quick else PLANTED
    yield Figure(
        "canaries", "planted, and said by an agency", found.planted, "strings", planted, 1, 1, SEED, at_least=True
    )
    for place, there in found.places.items():
        yield Figure("canaries", f"found in its {place}", len(there), "strings", found.planted, 0, 1, SEED)
    leaked = asyncio.run(look(LEAKED, 0, leak=True))
    yield Figure("canaries", "found of a planted leak", len(leaked.everywhere), "strings", 1, 1, 1, SEED, at_least=True)
    told, withheld = told_by_contributions()
    yield Figure("canaries", "told by contributions alone", told, "findings", withheld, TOLD, 1)
    for kind in KINDS[1:]:
        sizes = [[size for size, _ in found.answers[one]] for one in ("ordinary", kind)]
        times = [[at for _, at in found.answers[one]] for one in ("ordinary", kind)]
        runs = len(sizes[1])
        yield Figure("canaries", f"told by size: {kind}", advantage(*sizes), "of 1", 1, BY_SIZE, runs, SEED)
        yield Figure("canaries", f"told by time: {kind}", advantage(*times), "of 1", 1, BY_TIME, runs, SEED)


def advantage(one: Sequence[float], other: Sequence[float]) -> float:
    """How much better than chance two samples are told apart by their order, 0 to 1 (|2 AUC - 1|)."""
    greater = sum(b > a for a in one for b in other) + 0.5 * sum(b == a for a in one for b in other)
    return abs(2 * greater / (len(one) * len(other)) - 1)


def told_by_contributions() -> tuple[int, int]:
    """How many withheld findings nothing else of the catalogue contributes like, and how many are withheld."""
    from datetime import UTC, datetime

    from counter_tui.settings_sharing import load_catalogue, load_sharing

    sharing = load_sharing(demo=True).on(datetime.now(UTC).date())
    catalogue = load_catalogue(sharing)
    shown = {}
    for code in catalogue.rules:
        _, c = catalogue.report(code)
        shown[code] = (c.authority, c.subject.kind, c.verdict, c.band_floor, c.action, c.points)
    alike = Counter(shown.values())
    withheld = [code for code, rule in catalogue.rules.items() if rule.topic not in sharing.open_to_all]
    return sum(alike[shown[code]] == 1 for code in withheld), len(withheld)


# -- the look ---------------------------------------------------------------------------------------------------------


async def look(count: int, alike: int, *, leak: bool = False) -> Found:
    """Plant canaries, let the counter work, and look for them. With `leak`, everything is shared with everybody."""
    from .canaries_planted import found_in, plant
    from .canaries_post import Post

    found = Found()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        planted = plant(count, SEED)
        async with Post(folder, planted, alike, leak=leak) as post:
            (folder / "documents").write_text(json.dumps(post.documents), "utf-8")
            told = {"folder": name, "url": post.url, "code": post.invite(), "documents": str(folder / "documents")}
            with _counter() as (process, order):
                for words in (json.dumps(told | {"officer": "ratna"}), "work", "dump"):
                    said = await asyncio.to_thread(order, words)
                    if not said or said.startswith("refused"):
                        raise RuntimeError(said)
                found.places["memory"] = memory(process.pid, found_in)
                await asyncio.to_thread(order, "crash")
                assert process.stderr is not None
                found.places["crash"] = found_in(await asyncio.to_thread(process.stderr.read))
            found.planted = len(found_in(b"\n".join(post.said)) | post.kept)
            found.places["wire"] = found_in(b"\n".join(post.wire))
            found.answers = post.answers
        for place in ("store", "screens", "log"):
            found.places[place] = found_in((folder / place).read_bytes())
    return found


@contextmanager
def _counter() -> Iterator[tuple[subprocess.Popen[bytes], Callable[[str], str]]]:
    """The counter's process; `order` has it do something and gives its answer."""
    words, pipe = [sys.executable, "-m", "scripts.benches.canaries_counter"], subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT) as process:

        def order(words: str) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(words.encode() + b"\n")
            process.stdin.flush()
            return process.stdout.readline().decode().strip()

        yield process, order


def memory(pid: int, found_in: Callable[[bytes], set[bytes]]) -> set[bytes]:
    """What stands in the writable memory of a process; nothing where the system does not show it."""
    found: set[bytes] = set()
    try:
        maps = Path(f"/proc/{pid}/maps").read_text("ascii")
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as opened:
            for start, end in re.findall(r"^([0-9a-f]+)-([0-9a-f]+) rw", maps, re.MULTILINE):
                at, last = int(start, 16), int(end, 16)
                while at < last:
                    opened.seek(at)
                    try:
                        found |= found_in(opened.read(min(READ_AT_ONCE, last - at)))
                    except OSError:
                        break
                    at += READ_AT_ONCE - 256
    except OSError:
        return set()
    return found
