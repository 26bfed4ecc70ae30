"""`counter hub tell` and `counter hub reconcile`: what agencies are told by hand, and what they say they were told.

Each is an order to the hub of this machine: the running one, which holds the vault, or itself. Nothing that is printed
names a traveller; the import file does, and is for its owner's eyes alone (mode 0600).
"""

from __future__ import annotations

import contextlib
import os
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..agencies.tellers import load_told
from ..domain.words import Authority
from ..errors import AgencyError, StoreError
from ..single_window.reconciling import compare, settle
from ..single_window.telling import NOT_ENTITLED, NOT_WRITTEN
from ..single_window.telling_files import file_lines, take_answers, to_hand_over
from ..single_window.telling_store import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..agencies.telling import Held
    from ..single_window.reconciling import Comparison
    from ..single_window.telling import TellingOffice
    from .hub import Hub

Order = dict[str, Any]
MAX_FILE: Final = 256 << 20
"""Bytes of a file of answers."""
SHIFT: Final = timedelta(hours=24)
"""Reconciled without `--since`."""
MAX_PAGE: Final = 1 << 20
"""Bytes of a line; a longer one is none."""
OURS: Final = frozenset({NOT_WRITTEN, NOT_ENTITLED})
"""Never told: telling again makes them no better."""
LISTED: Final = 200
"""Keys that are told of each kind."""


def tell_order(hub: Hub, order: Order) -> Order:
    """What `counter hub tell` asks. Raises StoreError."""
    return told(hub.telling, order)


def told(office: TellingOffice, order: Order) -> Order:
    """Write an import file, take an answer file, tell again what was refused, or say how it stands."""
    wanted = order.get("authority")
    if wanted is None:
        return {"tally": [_tally(office, one) for one in Authority], "unreadable": office.unreadable()}
    authority = Authority(str(wanted))
    if order.get("file"):
        return _hand_over(office, authority, Path(str(order["file"])), again=order.get("again") is True)
    if order.get("answers"):
        return _answers(office, authority, Path(str(order["answers"])))
    if order.get("retry") is True:
        refused = [row for row in office.open(authority, (State.REFUSED,), -1) if row.refused not in OURS]
        return {"retried": office.again(refused)}
    refused = list(office.open(authority, (State.REFUSED,), LISTED))
    return {"tally": [_tally(office, authority)], "refused": [[row.key, row.refused] for row in refused]}


def _tally(office: TellingOffice, authority: Authority) -> Order:
    counted = office.tally(authority)
    return {
        "authority": authority.value,
        "due": counted.due,
        "handed": counted.handed,
        "seen": counted.seen,
        "refused": counted.refused,
        "oldest": counted.oldest,
    }


def _hand_over(office: TellingOffice, authority: Authority, file: Path, *, again: bool) -> Order:
    """Whole and on disk before anything counts as handed over; what ends in between is written again."""
    office.look()
    rows = to_hand_over(office, authority, again=again)
    if rows:
        _write(file, file_lines(rows))
        office.handed(rows)
    return {"written": len(rows), **_tally(office, authority)}


def _answers(office: TellingOffice, authority: Authority, file: Path) -> Order:
    with _lines(file) as lines:
        done = take_answers(office, load_told(authority), lines, office.now())
    return {
        "seen": done.seen,
        "known": done.known,
        "unknown": done.unknown,
        "refused": done.refused[:LISTED],
        "unreadable": done.unreadable[:LISTED],
    }


def reconcile_order(hub: Hub, order: Order) -> Order:
    """What `counter hub reconcile` asks. Raises AgencyError, StoreError `store.telling.no-interface`."""
    from .hub_agencies import held_by

    return reconciled(hub.telling, order, held_by)


def reconciled(office: TellingOffice, order: Order, ask: Callable[[Authority, datetime], Sequence[Held]]) -> Order:
    """Hold both sides against each other; what they lost is told again, what they have counts as seen."""
    authority = Authority(str(order["authority"]))
    since = _since(office, str(order.get("since") or ""))
    held = _held_in(authority, Path(str(order["file"]))) if order.get("file") else ask(authority, since)
    office.look()
    found = compare(office.since(authority, since), held)
    settle(office, authority, found)
    return {"since": since.isoformat(timespec="seconds"), "theirs": len(held), **_found(found)}


def _found(found: Comparison) -> Order:
    return {
        "agreed": found.agreed,
        "adopted": len(found.adopted),
        "missing": [row.key for row in found.missing],
        "extra": list(found.extra),
        "different": list(found.different),
        "doubled": list(found.doubled),
    }


def _since(office: TellingOffice, said: str) -> datetime:
    """The time that was given, at the post where it names no zone. Raises StoreError `store.telling.time`."""
    now = office.now()
    if not said:
        return now - SHIFT
    try:
        since = datetime.fromisoformat(said)
    except ValueError:
        raise StoreError("store.telling.time") from None
    return since if since.tzinfo is not None else since.replace(tzinfo=now.tzinfo)


def _held_in(authority: Authority, file: Path) -> list[Held]:
    """What an agency says it has, from pages in a file, one a line. Raises StoreError `store.telling.unreadable`."""
    told_ = load_told(authority)
    found: list[Held] = []
    with _lines(file) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                found += told_.read_held(line.strip())[0] if line.strip() else []
            except AgencyError:
                raise StoreError("store.telling.unreadable", line=number) from None
    return found


def _write(file: Path, lines: Iterator[bytes]) -> None:
    """A new file for nobody else to read. Raises StoreError `store.telling.file-there`, `store.telling.unwritable`."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StoreError("store.telling.file-there", file=file.name) from None
    except OSError:
        raise StoreError("store.telling.unwritable", file=file.name) from None
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.writelines(lines)
            written.flush()
            os.fsync(written.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            file.unlink()
        raise StoreError("store.telling.unwritable", file=file.name) from None


@contextlib.contextmanager
def _lines(file: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file. Raises StoreError `store.telling.no-file`, `store.telling.too-large`."""
    try:
        with file.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size > MAX_FILE:
                raise StoreError("store.telling.too-large", file=file.name)
            yield iter(partial(opened.readline, MAX_PAGE), b"")
    except OSError:
        raise StoreError("store.telling.no-file", file=file.name) from None
