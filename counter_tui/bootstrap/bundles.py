"""Commands for what is carried by hand: `counter export`, `counter hub import`, `counter receipts`.

Each prints what it did, without a name or a document of anybody.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from offline_cache import CacheError, Outbox, VaultBusy

from .. import settings as configured
from ..errors import LinkError, StoreError
from . import paths
from .catalogues import catalogue
from .clock import SystemClock
from .identity import raw
from .storage import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .bundles_counter import Carrier
    from .bundles_window import Imported
    from .identity import Identity
    from .receipts import Taking

    Words = Callable[[str], str]


def export(options: Any, out: TextIO | None = None) -> int:
    """`counter export FILE`: what waits, as a bundle for the single window. `options`: file, demo, language."""
    from .export import export_outbox

    _ = catalogue(options.language).gettext
    say = _sayer(out)
    with _carrier(options) as counter:
        done = export_outbox(counter, Path(options.file))
    if not done.entries:
        say(_("Nothing waits. The file asks for lists and for what other counters decided."))
    said = _("{file}: No. {number}, {entries} entries for {window}. They stay recorded until a receipt is in.")
    say(said.format(file=done.file, number=done.number, entries=done.entries, window=counter.identity.window))
    if done.stripped:
        say(_("{count} are too large to travel: they go without their body.").format(count=done.stripped))
    if done.left:
        say(_("{count} more wait: take the receipts of this file, then export again.").format(count=done.left))
    say(_("Next: counter hub import {file} --receipts FILE at the single window.").format(file=done.file))
    # who destroys keys after an export has to know that something is left
    return 1 if done.left or done.stripped else 0


def take_receipts(options: Any, out: TextIO | None = None) -> int:
    """`counter receipts FILE`: the single window's answer. `options`: file, demo, language."""
    from .receipts import take_answer

    _ = catalogue(options.language).gettext
    say = _sayer(out)
    with _carrier(options) as counter:
        took = take_answer(counter, Path(options.file))
        waiting = Outbox(counter.vault, counter.identity.counter.id).summary().waiting
    for line in _told(took, _):
        say(line)
    if not options.demo:
        _check_not_revoked(counter.identity, took.notices, waiting)
    return 0


def _told(took: Taking, _: Words) -> Iterator[str]:
    about = _("Answer No. {number} of {at}").format(number=took.number, at=took.at)
    yield about + (_(": taken before; nothing in it is new.") if took.again and not took.settled else ".")
    if took.settled:
        yield _("{count} entries received.").format(count=took.settled)
    for sequence, reason in took.refused:
        yield _("entry {sequence} refused because {reason}").format(sequence=sequence, reason=_reason(_, reason))
    if took.rewound:
        yield _("{count} entries wait again: the single window has lost them.").format(count=took.rewound)
    if took.trouble == "forked":
        yield _("The single window has another history of this counter: was it restored from a copy? Report it.")
    if took.trouble == "behind":
        yield _("The single window has entries that this booth has not: was it restored from a copy? Report it.")
    if took.feed:
        yield _("{count} records from the single window.").format(count=took.feed)
    if took.leased and took.reads_until:
        yield _("What is cached may be read here until {at}.").format(at=took.reads_until)
    if took.more:
        yield _("It has more: export again to ask for it.")
    for name in took.files:
        yield _("list file {file}: looked at when somebody signs in").format(file=name)


def import_bundle(options: Any, out: TextIO | None = None) -> int:
    """`counter hub import BUNDLE --receipts FILE`. `options`: bundle, receipts, demo, language."""
    _ = catalogue(options.language).gettext
    say = _sayer(out)
    bundle, receipts = Path(options.bundle), Path(options.receipts)
    with _ours("store.bundle.window-open"):
        done = _import_at_demo(bundle, receipts) if options.demo else _import_at_hub(bundle, receipts)
    said = _("No. {number} of counter {counter}, written {at}: {entries} entries, {new} new, {refused} refused.")
    say(
        said.format(
            number=done.number,
            counter=done.counter,
            at=done.at,
            entries=done.entries,
            new=done.new,
            refused=len(done.refused),
        )
    )
    for sequence, reason in done.refused:
        say(_("entry {sequence} refused because {reason}").format(sequence=sequence, reason=_reason(_, reason)))
    if done.missing:
        say(_("Entries before these are missing here: the answer asks the counter for them."))
    said = _("{file}: answer No. {number}, {items} records, {files} list files.")
    say(said.format(file=receipts.name, number=done.answer, items=done.items, files=len(done.files)))
    say(_("Next: counter receipts {file} at counter {counter}.").format(file=receipts.name, counter=done.counter))
    return 0


def _reason(words: Words, reason: str) -> str:
    """The reason of a refusal; one that has no words here as it is, if it harms no terminal."""
    code = f"refused.{reason}"
    said = words(code)
    if said != code:
        return said
    return reason if reason.isprintable() else "?"


def _sayer(out: TextIO | None) -> Callable[[str], None]:
    stream = out or sys.stdout
    return lambda line: print(line, file=stream)


@contextlib.contextmanager
def _carrier(options: Any) -> Iterator[Carrier]:
    """The counter's vault and identity. Raises StoreError `store.bundle.counter-open` while the workstation has it."""
    from .bundles_counter import Carrier
    from .workplace_live import opened_counter

    folder = paths.demo_folder() if options.demo else paths.live_folder()
    with _ours("store.bundle.counter-open"), opened_counter(demo=options.demo) as (vault, identity):
        yield Carrier(vault, identity, SystemClock(), folder)


def _check_not_revoked(identity: Identity, notices: list[bytes], lost: int) -> None:
    """What the single window told may be that this counter is none any more: then that is done, and raised."""
    from ..link.revocation import Revocation
    from .workplace_live import end_of

    for notice in notices:
        with contextlib.suppress(LinkError):  # a notice of another kind, or not the single window's
            said = Revocation.read(notice, raw(identity.window_key), identity.counter.id)
            raise end_of(paths.live_folder(), said, lost)


def _import_at_hub(bundle: Path, receipts: Path) -> Imported:
    from .bundles_hub import import_at_hub

    return import_at_hub(bundle, receipts)


def _import_at_demo(bundle: Path, receipts: Path) -> Imported:
    """Over the store of the demo's single window, which has to be at rest."""
    from offline_cache import choose_keys

    from ..settings_lists import load_screening
    from ..single_window.receipts import notary
    from ..single_window.vault_store import VaultStore
    from .bundles_lists import Shelf
    from .bundles_window import Desk, import_up
    from .demo import PASSPHRASE, REALM, SERVICE, shown_cost
    from .servers import demo_window

    folder, now = paths.demo_folder(), SystemClock().now
    path = paths.window_vault(folder)
    key = choose_keys(SERVICE, paths.keys_folder(folder), PASSPHRASE, cost=shown_cost()).find("window")
    if key is None or not path.exists():
        raise StoreError("store.vault.missing", path=str(path))
    post, _ = configured.load_place("demo")
    folders = (configured.config_folder() / "demo" / "lists", paths.lists_folder(folder))
    shelf = Shelf(folders, load_screening(demo=True).lists, post.id)
    store = VaultStore.open(path, key)
    try:
        signs = notary(f"{post.id} demo", store)
        return import_up(Desk(demo_window(store, now), store, signs, REALM, now, shelf), bundle, receipts)
    finally:
        store.close()


@contextlib.contextmanager
def _ours(busy: str) -> Iterator[None]:
    """What the cache raises, in our words; that a vault is in use, in the words of what to do."""
    try:
        yield
    except VaultBusy:
        raise StoreError(busy) from None
    except CacheError as error:
        raise translated(error) from None
    except StoreError as error:
        raise StoreError(busy) if error.code == "store.vault.busy" else error from None
