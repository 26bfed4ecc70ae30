"""`counter hub access`: who saw what an agency holds, and who asked for it; read by that agency."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, TextIO

from offline_cache.signing import verify

from ..domain.words import Agency
from ..single_window.access import AccessLog

if TYPE_CHECKING:
    from ..single_window.receipts import Notary
    from ..single_window.store import WindowStore
    from .hub import Hub

NEWEST: Final = 2000
"""So many lines are told: they fit one answer."""


def access_order(hub: Hub, order: dict[str, Any]) -> dict[str, Any]:
    """The newest lines of an agency's log, and what is wrong with it."""
    return told(hub.store, hub.notary, Agency(str(order["agency"])), min(int(order["newest"]), NEWEST))


def told(store: WindowStore, notary: Notary, agency: Agency, newest: int) -> dict[str, Any]:
    """The same from an open store."""
    log = AccessLog(store, notary.sign)
    problems = log.verify(agency, lambda message, signature: verify(notary.public_key, message, signature))
    lines = [asdict(line) for line in log.read(agency, newest)]
    return {"lines": lines, "problems": list(problems)[:100]}


def print_access(options: Any, out: TextIO) -> int:
    """A line each, the oldest first; 1 where the log does not hold."""
    from .catalogues import catalogue
    from .hub_control import obeyed

    _ = catalogue(options.language).gettext
    order = {"order": "access", "agency": options.agency, "newest": options.newest}
    answer = _of_demo(options) if options.demo else obeyed(order)
    words = {"asked": _("asked"), "looked-up": _("looked up"), "unsealed": _("UNSEALED")}
    for line in answer["lines"]:
        second = f" + {line['second']}" if line["second"] else ""
        item = f"  {line['item']}" if line["item"] else ""
        who = f"{line['counter']}  {line['officer']}{second}"
        print(f"{line['at']}  {words[line['what']]:<10}  {who:<28}  {line['about']}  {line['reason']}{item}", file=out)
    if not answer["lines"]:
        print(_("Nobody has asked for anything of {agency} yet.").format(agency=options.agency), file=out)
    for problem in answer["problems"]:
        print(_("The log does not hold: {problem}").format(problem=problem), file=out)
    return 1 if answer["problems"] else 0


def _of_demo(options: Any) -> dict[str, Any]:
    """Of the demo's single window, while no demo runs."""
    from offline_cache import CacheError

    from ..errors import StoreError
    from ..single_window.receipts import notary
    from . import paths
    from .demo import PASSPHRASE
    from .servers import open_store
    from .storage import translated

    if not paths.window_vault(paths.demo_folder()).exists():
        raise StoreError("store.vault.missing", path=str(paths.window_vault(paths.demo_folder())))
    try:
        store = open_store(paths.demo_folder(), PASSPHRASE, wait=0)
        try:
            return told(store, notary("demo", store), Agency(options.agency), options.newest)
        finally:
            store.close()
    except CacheError as error:
        raise translated(error) from None
