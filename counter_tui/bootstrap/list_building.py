"""A signed list built into an index file of its own: here where it is short, else by a child process.

A million rows take two minutes of processor time, which the screen's process has not. The child gets its order, the
index's key in it, as a line of JSON on standard input, and ends when that is closed, also by kill -9; on standard
output it tells how far it is, and at the end what it built or why not.
"""

import asyncio
import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..domain.coding import from_json, to_json, to_plain
from ..domain.screening.lists import ListRule, Screened
from ..domain.screening.model import Listed
from ..errors import CounterError, ListError, StoreError

if TYPE_CHECKING:
    from offline_cache import Vault

    from ..agencies.lists import Manifest

LAYOUT: Final = 1
"""To be raised with any change to what `list_index` writes, or to how names become tokens: older indexes are then built
anew from their files, and their lists are NOT CHECKED where those are gone."""
SHORT: Final = 1 << 18
"""Bytes up to which a list is built in this process: some tenths of a second."""
LINE_BYTES: Final = 1 << 16
STOP_SECONDS: Final = 5.0
Told = Callable[[int, int], None]
"""Hears entries so far, and of all."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands in the newest segment of an index: of which version of which list it is. `digest`: its manifest's.

    `blind`: the fingerprint of the key that a blind list was made with; "" for one in clear. `layout`: of the index.
    """

    list: str
    version: int
    as_of: datetime
    count: int
    digest: str
    blind: str = ""
    layout: str = ""


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """Which file is to be built into which: `key` (hex) is the new index's, `digest` that of the file's manifest.

    `blind` (hex) are the blind keys that are held for the list.
    """

    source: str
    target: str
    rule: ListRule
    post: str
    today: date
    held: int | None
    digest: str
    key: str = field(repr=False)
    blind: tuple[str, ...] = field(default=(), repr=False)


def build_index(order: BuildOrder, told: Told) -> Meta:
    """Verify the list and build it; blocking. Raises ListError as `verify` of its kind, and CacheError.

    Also ListError `list.no-blind-key`, `list.other-blind-key`.
    """
    from offline_cache import Vault
    from offline_cache.index import INDEX_SCHEMA

    from ..agencies.lists import verify

    if order.rule.screened is Screened.BOOTH_BLIND:
        return _build_blind(order, told)
    signed = verify(Path(order.source), order.rule, post=order.post, today=order.today, held=order.held)
    with Vault.create(Path(order.target), bytes.fromhex(order.key), INDEX_SCHEMA) as vault, vault.transaction():
        return write_segment(vault, signed.entries(), signed.manifest, order.digest, told)


def _build_blind(order: BuildOrder, told: Told) -> Meta:
    from offline_cache import Vault
    from offline_cache.index import INDEX_SCHEMA
    from offline_cache.index_building import SegmentBuilder

    from ..agencies.lists.blind import verify_blind
    from ..domain.screening.blind import Blinder
    from ..workstation.blind_index import COSTS, SPACES, SPELLED, write_blind

    signed = verify_blind(Path(order.source), order.rule, post=order.post, today=order.today, held=order.held)
    blinders = {blinder.fingerprint: blinder for blinder in map(Blinder, map(bytes.fromhex, order.blind))}
    blinder = blinders.get(signed.fingerprint)
    if blinder is None:
        code = "list.other-blind-key" if order.blind else "list.no-blind-key"
        raise ListError(code, file=signed.path.name, list=order.rule.id)
    manifest = signed.manifest
    with Vault.create(Path(order.target), bytes.fromhex(order.key), INDEX_SCHEMA) as vault, vault.transaction():
        builder = SegmentBuilder(vault, costs=COSTS, spaces=SPACES, spelled=SPELLED)
        count = write_blind(builder, signed.entries(blinder), lambda done: told(done, manifest.count))
        meta = Meta(manifest.list, manifest.version, manifest.as_of, count, order.digest, signed.fingerprint, _layout())
        builder.finish(to_json(meta))
        return meta


def write_segment(
    vault: "Vault", entries: Iterable[Listed], manifest: "Manifest", digest: str, told: Told, *, before: int = 0
) -> Meta:
    """A new segment of these entries, inside a transaction; `before` is how many the other segments hold."""
    from offline_cache.index_building import SegmentBuilder

    from ..workstation.list_index import COSTS, SPACES, SPELLED, write_entries

    builder = SegmentBuilder(vault, costs=COSTS, spaces=SPACES, spelled=SPELLED)
    count = before + write_entries(builder, entries, lambda done: told(done, manifest.count))
    meta = Meta(manifest.list, manifest.version, manifest.as_of, count, digest, layout=_layout())
    builder.finish(to_json(meta))
    return meta


def read_meta(vault: "Vault", list_id: str) -> Meta:
    """Of the newest segment of this list's index.

    Raises StoreError `store.index.damaged`, `store.index.outdated` (of another layout), CacheError.
    """
    damaged = StoreError("store.index.damaged")
    rows = vault.execute("SELECT meta FROM segments ORDER BY segment DESC LIMIT 1")
    body = rows[0][0] if rows else None
    meta = from_json(Meta, body if isinstance(body, bytes) else b"", error=damaged)
    if meta.list != list_id:
        raise damaged
    if meta.layout != _layout():
        raise StoreError("store.index.outdated")
    return meta


def _layout() -> str:
    from ..workstation.list_index import COSTS, SPACES, SPELLED

    return " ".join([str(LAYOUT), *COSTS, *SPACES, *SPELLED])


async def build_apart(order: BuildOrder, told: Told) -> Meta:
    """The same in a child process, which is ended where this is cancelled. Raises CounterError by the child's word."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_BYTES,
    )
    assert process.stdin is not None and process.stdout is not None, "pipes"  # noqa: PT018 - one thing
    try:
        process.stdin.write(to_json(order) + b"\n")
        async for line in process.stdout:
            said = json.loads(line)
            if "done" in said:
                told(int(said["done"]), int(said["total"]))
            elif "error" in said:
                raise (ListError if said["error"].startswith("list.") else StoreError)(said["error"], **said["params"])
            else:
                return from_json(Meta, line, error=StoreError("store.index.damaged"))
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    raise StoreError("store.index.damaged")


def main() -> None:
    """The child."""
    from offline_cache import CacheError

    order = from_json(BuildOrder, sys.stdin.buffer.readline(LINE_BYTES), error=StoreError("store.index.damaged"))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # whoever stands at the counter comes first
    try:
        said: Any = to_plain(build_index(order, lambda done, total: _say({"done": done, "total": total})))
    except CounterError as error:
        said = {"error": error.code, "params": error.params}
    except CacheError as error:
        said = {"error": f"store.{error.code}", "params": error.detail}
    _say(said)


def _say(said: Any) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
