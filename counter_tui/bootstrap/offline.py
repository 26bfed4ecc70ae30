"""Commands on a counter's store without a screen: the outbox, and the journal's chain."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from offline_cache import CacheError, Records, Vault

from ..workstation.outbox import lines
from ..workstation.seen import SeenEntries
from .clock import SystemClock
from .export import find_unanswered
from .identity import Identity
from .storage import BoundLedger, translated
from .workplace_live import opened_counter


@contextmanager
def opened_ledger(*, demo: bool) -> Iterator[tuple[BoundLedger, Identity, Vault]]:
    """The journal of this machine's counter. Raises StoreError."""
    try:
        with opened_counter(demo=demo) as (vault, identity):
            yield BoundLedger(vault, identity, SystemClock()), identity, vault
    except CacheError as error:
        raise translated(error) from None


def list_outbox(*, demo: bool, out: TextIO) -> int:
    """One line an entry, newest first: sequence, time (UTC), state, kind, and the reason of a refusal. No names."""
    with opened_ledger(demo=demo) as (ledger, identity, vault):
        for line in lines(ledger, identity.post, 1_000_000, SeenEntries(Records(vault))):
            about = line.outcome.value if line.outcome else line.kind
            reason = f"  {line.reason}" if line.reason else ""
            print(f"{line.sequence:>7}  {line.at:%Y-%m-%d %H:%M:%S}  {line.state.value:<18}  {about}{reason}", file=out)
        waiting, oldest = ledger.waiting()
        print(f"{waiting} waiting" + (f", the oldest since {oldest}" if oldest else ""), file=out)
        exported = find_unanswered(vault, identity.counter.id)
        if exported is not None:
            done, still = exported
            print(f"exported {done.at} to {done.file}, {done.entries} entries, no receipt yet for {still}", file=out)
    return 0


def verify_journal(*, demo: bool, out: TextIO) -> int:
    """Check the whole chain; 0 where it holds, 1 where it does not."""
    with opened_ledger(demo=demo) as (ledger, _, _):
        report = ledger.verify()
        for problem in report.problems:
            print(problem, file=out)
        print(
            f"{report.count} entries, {'the chain holds' if not report.problems else 'the chain is BROKEN'}", file=out
        )
    return 1 if report.problems else 0
