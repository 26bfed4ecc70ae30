"""`growth`: opening a vault, and appending to its journal, with 10^6 entries held, against 10^4.

The journals are built in batches, with signatures that cost nothing (what is measured does not check them), under
`.cache/`, where the big one stays for the next time. What is timed is the real thing: `Vault.open` with `Journal` and
`count`, and durable appends, signed. Appends to both take turns.
"""

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, CacheError, Journal, Vault, signing

from .figure import Figure, milliseconds

CACHE = Path(__file__).parents[2] / ".cache"
KEY = bytes(range(32))
SEED = 4
SMALL, BIG, QUICK = 10_000, 1_000_000, 100_000
BATCH = 5_000
BODY = b'{"about":"' + b"x" * 200 + b'"}'
AT = "2026-11-21T10:00:00.000Z"
OPENINGS, APPENDS = 41, 400


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """Both figures; with `quick`, of 10^5 entries against 10^4."""
    big = QUICK if quick else BIG
    with tempfile.TemporaryDirectory() as folder:
        paths = [_copied(_built(size), Path(folder)) for size in (big, SMALL)]
        openings: tuple[list[float], list[float]] = ([], [])
        for number in range(OPENINGS):
            for side in (0, 1) if number % 2 else (1, 0):
                openings[side].append(_opening(paths[side]))
        yield milliseconds("growth", f"open, {big:,} entries", *openings, reach=1.2)
        appends = _appends(paths)
        yield milliseconds("growth", f"append, {big:,} entries", *appends, reach=1.2, seed=SEED)


def _built(size: int) -> Path:
    """A vault with a journal of so many entries, two a crossing."""
    path = CACHE / f"growth-{COUNTER_SCHEMA.version}-{size}.db"
    try:
        with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
            if Journal(vault, "c1", "bench").count() == size:
                return path
    except CacheError:
        pass
    for scrap in CACHE.glob(f"{path.name}*"):
        scrap.unlink()
    random = Random(SEED)  # noqa: S311 - the same names each time
    with Vault.create(path, KEY, COUNTER_SCHEMA) as vault:
        journal = Journal(vault, "c1", "bench")
        crossing = ""
        for start in range(0, size, BATCH):
            with vault.transaction():
                for number in range(start, start + BATCH):
                    crossing = crossing if number % 2 else f"{random.getrandbits(96):024x}"
                    _append(journal, crossing, lambda _: bytes(64))
    return path


def _append(journal: Journal, crossing: str, sign: Callable[[bytes], bytes]) -> None:
    journal.append(
        "decision", crossing, BODY, recorded_at=AT, session="s" * 16, sign=sign, salt=secrets.token_bytes(16)
    )


def _copied(path: Path, folder: Path) -> Path:
    for name in (path.name, f"{path.name}.keycheck"):
        shutil.copyfile(CACHE / name, folder / name)
        with (folder / name).open("rb+") as stream:
            # on its way to the disk it would stand in the way of what is measured
            os.fsync(stream.fileno())
    return folder / path.name


def _opening(path: Path) -> float:
    began = time.perf_counter()
    with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
        Journal(vault, "c1", "bench").count()
        return time.perf_counter() - began


def _appends(paths: list[Path]) -> tuple[list[float], list[float]]:
    private = signing.generate().private
    random = Random(SEED)  # noqa: S311 - the same names each time
    seconds: tuple[list[float], list[float]] = ([], [])
    vaults = [Vault.open(path, KEY, COUNTER_SCHEMA) for path in paths]
    journals = [Journal(vault, "c1", "bench") for vault in vaults]
    for number in range(APPENDS):
        crossing = f"{random.getrandbits(96):024x}"
        for side in (0, 1) if number % 2 else (1, 0):
            began = time.perf_counter()
            _append(journals[side], crossing, lambda message: signing.sign(private, message))
            seconds[side].append(time.perf_counter() - began)
    for vault in vaults:
        vault.close()
    return seconds
