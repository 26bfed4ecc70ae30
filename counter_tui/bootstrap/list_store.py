"""The lists that a counter holds: an encrypted index file each, under a key of its own that the main vault keeps.

A new version is verified and built into a new file, opened, and only then pointed to; the old file and its key go last.
So whatever an end comes between, one whole version is in force, and the next start sweeps what nothing points to. A
delta becomes a segment of the same file in one transaction; what version a file is of stands in the file.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import secrets
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..domain.screening.lists import Screened
from ..domain.texts import Text, text
from ..errors import CounterError, ListError
from . import paths
from .list_records import ListRecord, RefusedRecord, keep_record, keep_refused, new_record, read_records
from .storage import translated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from offline_cache import Vault
    from offline_cache.index import Segment

    from ..domain.screening.lists import ListRule
    from ..workstation.list_ports import HeldList
    from ..workstation.ports import RecordStore
    from .list_building import Meta, Told
    from .list_sources import Candidate, Refusal

KEY_BYTES = 32


class OpenIndex:
    """A version of a list with its index open; others may be open over the same file."""

    def __init__(self, store: VaultLists, record: ListRecord, vault: Vault) -> None:
        from offline_cache.index import Index  # numpy: not before somebody has signed in

        from .list_building import read_meta

        self._store = store
        self.vault = vault
        meta = read_meta(vault, record.list)
        self.held = record.of(meta)
        self.blind_key = store.blind_key(record.list, meta.blind) if meta.blind else b""
        self.segments: Sequence[Segment] = Index(vault).segments

    def close(self) -> None:
        """Let go of it."""
        self.segments = ()
        self._store.let_go(self.held.file)


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that is whole in its file and not in force yet."""

    store: VaultLists
    record: ListRecord

    @property
    def list(self) -> str:
        """Of which list."""
        return self.record.list

    def open(self) -> OpenIndex:
        """Open it; blocking."""
        return self.store.open(self.record)

    def put_in_force(self) -> ListRecord:
        """Point to it."""
        self.store.keep(self.record)
        return self.record


class VaultLists:
    """Lists over a main vault's records and a folder; a `ListStore`.

    Its methods belong to the loop backstage, but for `open` and `let_go`, which are the lists' own thread's.
    """

    def __init__(
        self,
        records: RecordStore,
        folder: Path,
        sources: Sequence[Path],
        rules: Callable[[], Mapping[str, ListRule]],
        post: str,
        now: Callable[[], datetime],
    ) -> None:
        """Index files lie in `folder`, which is this store's alone; new versions are looked for in `sources`."""
        self._records = records
        self._folder = folder
        self._sources = sources
        self._rules = rules
        self._post = post
        self._now = now
        self._held: dict[str, ListRecord] = {}
        self._blind_keys: dict[str, tuple[bytes, ...]] = {}
        self._refused: tuple[RefusedRecord, ...] = ()
        self._vaults: dict[str, tuple[Vault, int]] = {}  # by file, and how many use each
        self._serial = threading.Lock()

    # -- what is held -----------------------------------------------------------------------------------------------

    def start(self) -> Sequence[ListRecord]:
        """Sweep what nothing points to; the versions in force of the lists in use. Raises CacheError."""
        from .blind_keys import held_keys

        held = read_records(self._records)
        self._blind_keys = held_keys(self._records)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for source in self._sources[-1:]:
            source.mkdir(mode=0o700, parents=True, exist_ok=True)
        used = {record.file for record in held}
        for path in self._folder.iterdir():
            if path.name.partition(".")[0] not in used:
                path.unlink(missing_ok=True)
        rules = self._rules()
        self._held = {record.list: record for record in held if record.list in rules}
        return tuple(record for record in self._held.values() if not record.damaged)

    def open(self, held: HeldList) -> OpenIndex:
        """Open a version; blocking. Raises CacheError; StoreError `store.index.damaged`."""
        record = held if isinstance(held, ListRecord) else self._held[held.list]
        vault = self._take(record)
        try:
            opened = OpenIndex(self, record, vault)
        except BaseException:
            self.let_go(record.file)
            raise
        if self._held.get(record.list) == record:
            self._held[record.list] = opened.held  # a delta had come in, and an end before it was said here
        return opened

    def blind_key(self, list_id: str, fingerprint: str) -> bytes:
        """The key that a list held here was made with. Raises StoreError `store.list.no-blind-key`."""
        from .blind_keys import get_key

        return get_key(self._blind_keys.get(list_id, ()), fingerprint)

    def _take(self, record: ListRecord) -> Vault:
        from offline_cache import Vault
        from offline_cache.index import INDEX_SCHEMA

        with self._serial:
            vault, users = self._vaults.get(record.file, (None, 0))
            if vault is None:
                vault = Vault.open(self._path(record.file), base64.b64decode(record.key), INDEX_SCHEMA)
            self._vaults[record.file] = (vault, users + 1)
            return vault

    def let_go(self, file: str) -> None:
        """One who used a file does no more; nobody uses it: it is closed, and goes where nothing points to it."""
        with self._serial:
            vault, users = self._vaults.pop(file)
            if users > 1:
                self._vaults[file] = (vault, users - 1)
                return
            vault.close()
            if all(record.file != file for record in self._held.values()):
                self._remove(file)

    def _remove(self, file: str) -> None:
        for path in self._folder.glob(f"{file}.*"):
            with contextlib.suppress(OSError):  # the next start sweeps it
                path.unlink(missing_ok=True)

    def _path(self, file: str) -> Path:
        return paths.index_file(self._folder, file)

    def is_damaged(self, held: HeldList, why: Text) -> None:
        """It may come in anew, and nothing older."""
        record = replace(self._held[held.list], damaged=True)
        self.keep(record)
        self._refused = (*self._refused, RefusedRecord(record.list, record.file, why))

    def keep(self, record: ListRecord) -> None:
        """Point to this version, durably."""
        keep_record(self._records, record)
        earlier = self._held.get(record.list)
        self._held[record.list] = record
        if earlier is not None and earlier.file != record.file and earlier.file not in self._vaults:
            self._remove(earlier.file)

    # -- what is new ------------------------------------------------------------------------------------------------

    async def drafts(self, progress: Callable[[str, int, int], None]) -> AsyncIterator[Draft]:
        """New versions, one list after another, each for as long as what lies there leads on; see `ListStore`."""
        from .blind_keys import held_keys, take_counter_keys
        from .list_sources import choose, find_candidates, find_rollback

        take_counter_keys(self._records, self._sources, self._rules(), self._now())
        self._blind_keys = held_keys(self._records)
        found, refused = await asyncio.to_thread(find_candidates, self._sources, self._rules())
        failed: list[Refusal] = list(refused)
        for list_id in self._rules():
            left = [c for c in found if c.rule.id == list_id]
            while (chosen := choose(left, self._version(list_id), again=self._is_damaged(list_id))) is not None:
                left.remove(chosen)
                draft = await self._draft(chosen, lambda done, total, of=list_id: progress(of, done, total), failed)  # type: ignore[misc]
                if draft is not None:
                    yield draft
            older = find_rollback([c for c in found if c.rule.id == list_id], self._version(list_id))
            if older is not None:
                failed.append(_rollback(older, self._held[list_id].version))
        self._keep_refused(failed)

    def _version(self, list_id: str) -> int | None:
        record = self._held.get(list_id)
        return record.version if record else None

    def _is_damaged(self, list_id: str) -> bool:
        record = self._held.get(list_id)
        return record is not None and record.damaged

    async def _draft(self, chosen: Candidate, told: Told, failed: list[Refusal]) -> Draft | None:
        from .list_sources import Refusal

        make = self._whole if chosen.leads_from is None else self._changed
        try:
            return Draft(self, await make(chosen, told))
        except Exception as error:
            ours = translated(error)
            if not isinstance(ours, CounterError):
                raise
            failed.append(Refusal(chosen.rule.id, chosen.path.name, ours))
        return None

    async def _whole(self, chosen: Candidate, told: Told) -> ListRecord:
        from .list_building import SHORT, BuildOrder, build_apart, build_index

        file, key = secrets.token_hex(8), secrets.token_bytes(KEY_BYTES)
        order = BuildOrder(
            source=str(chosen.path),
            target=str(self._path(file)),
            rule=chosen.rule,
            post=self._post,
            today=self._today(),
            held=self._version(chosen.rule.id),
            digest=chosen.digest,
            key=key.hex(),
            blind=tuple(key.hex() for key in self._blind_keys.get(chosen.rule.id, ())),
        )
        short = chosen.path.exists() and chosen.path.stat().st_size < SHORT
        try:
            if short:
                meta = await _through(lambda tell: build_index(order, tell), told)
            else:
                meta = await build_apart(order, told)
        except BaseException:
            self._remove(file)
            raise
        return new_record(file, key, meta)

    async def _changed(self, chosen: Candidate, told: Told) -> ListRecord:
        from ..agencies.lists import verify_delta
        from .list_changes import apply_changes

        record = self._held[chosen.rule.id]
        if chosen.rule.screened is Screened.BOOTH_BLIND:
            raise ListError("list.blind-whole", file=chosen.path.name, list=chosen.rule.id)

        def work(tell: Told) -> Meta:
            delta = verify_delta(chosen.path, chosen.rule, post=self._post, today=self._today(), held=record.version)
            vault = self._take(record)
            try:
                return apply_changes(vault, delta, chosen.digest, tell)
            finally:
                self.let_go(record.file)

        return record.of(await _through(work, told))

    def _today(self) -> date:
        return self._now().date()

    def refused(self) -> Sequence[RefusedRecord]:
        """What the last look did not take."""
        return self._refused

    def _keep_refused(self, failed: Sequence[Refusal]) -> None:
        """As of this look: what was refused before and lies there no more is forgotten."""
        self._refused = tuple(RefusedRecord(f.list, f.file, text(f.error.code, **f.error.params)) for f in failed)
        keep_refused(self._records, self._refused, self._now())


def _rollback(older: Candidate, held: int) -> Refusal:
    from .list_sources import Refusal

    file, list_id = older.path.name, older.rule.id
    why = ListError("list.older", file=file, list=list_id, version=older.manifest.version, held=held)
    return Refusal(list_id, file, why)


async def _through(work: Callable[[Told], Meta], told: Told) -> Meta:
    """Run on a thread; what it tells is told here."""
    loop = asyncio.get_running_loop()
    return await asyncio.to_thread(work, lambda done, total: _tell(loop, told, done, total))


def _tell(loop: asyncio.AbstractEventLoop, told: Told, done: int, total: int) -> None:
    with contextlib.suppress(RuntimeError):  # the counter is being closed
        loop.call_soon_threadsafe(told, done, total)
