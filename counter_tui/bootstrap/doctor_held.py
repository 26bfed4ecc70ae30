"""What the doctor says of what a counter holds and why, and of what went out by hand and by the link."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Literal

from offline_cache import Outbox, Records, Settings, Vault

from .export import find_exports, find_taken, find_unanswered

Line = tuple[Literal["ok", "warn", "fail"], str, str]
_NEWEST = 1000


def examine_held(vault: Vault, counter: str, _: Callable[[str], str]) -> Iterator[Line]:
    """A line a kind of records, with owners, age and expiry; then the last export, answer and receipt. No names."""
    why = {
        "expected": _("who is expected"),
        "section": _("what agencies say of travellers who are expected or were here"),
        "shared": _("of that, what all officers may see"),
        "decision": _("what other counters decided"),
        "identity": _("who was told apart from whom"),
        "used": _("documents that somebody entered with"),
        "open": _("crossings that were left open"),
        "list": _("lists of names in force"),
        "blind-key": _("keys of lists that are screened blind"),
        "source": _("how fresh each agency's answers are"),
        "link": _("how each agency's link stands"),
        "act": _("what other counters recorded of the same matters"),
        "recall": _("who was screened again since they were let go"),
        "rerun": _("who was run again after degraded mode"),
    }
    for kind, group in groupby(Records(vault).census(), attrgetter("kind")):
        lines = list(group)
        by_owner = [(owner, sum(one.count for one in of)) for owner, of in groupby(lines, attrgetter("owner"))]
        ends = max((one.last_expires or "" for one in lines), default="")
        said = _("{count} records, {size} KiB ({owners}); newest {newest}; {expiry}").format(
            count=sum(one.count for one in lines),
            size=-(-sum(one.bytes for one in lines) // 1024),
            owners=", ".join(f"{owner} {count}" for owner, count in by_owner),
            newest=_shown(max(one.newest for one in lines)),
            expiry=_("the last runs out {at}").format(at=_shown(ends)) if ends else _("without an end of their own"),
        )
        yield "ok", kind, f"{why[kind]}: {said}" if kind in why else said
    yield from _exchanged(vault, counter, _)


def _exchanged(vault: Vault, counter: str, _: Callable[[str], str]) -> Iterator[Line]:
    exports, unanswered = find_exports(Settings(vault)), find_unanswered(vault, counter)
    if unanswered is not None:
        done, still = unanswered
        said = _("No. {number} of {at}, {entries} entries: no receipt yet for {waiting}")
        given = said.format(number=done.number, at=_shown(done.at), entries=done.entries, waiting=still)
        yield "warn", _("last export"), given
    elif exports:
        said = _("No. {number} of {at}, {entries} entries: nothing of it waits")
        given = said.format(number=exports[0].number, at=_shown(exports[0].at), entries=exports[0].entries)
        yield "ok", _("last export"), given
    taken = find_taken(Settings(vault))
    if taken.number:
        yield "ok", _("last answer"), _("No. {number}, taken {at}").format(number=taken.number, at=_shown(taken.at))
    newest = Outbox(vault, counter).states(_NEWEST)
    received = max((line.at for line in newest if line.state in {"received", "seen by the agency"}), default="")
    yield "ok", _("last receipt"), _shown(received) if received else _("none yet")


def _shown(at: str) -> str:
    """ISO 8601 UTC to the minute."""
    return f"{at[:16].replace('T', ' ')} UTC"
