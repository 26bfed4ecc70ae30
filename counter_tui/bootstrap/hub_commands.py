"""The orders of `counter hub`, and what they print: invitations, who is enrolled, first PINs, revocations."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TextIO

from .catalogues import catalogue
from .hub_control import obeyed

GROUPS = 7  # of a code in a line


def invite(options: Any, out: TextIO) -> int:
    """A one-time code, told line by line so that it can be read over a phone."""
    _ = catalogue(options.language).gettext
    told = obeyed({"order": "invite", "counter": options.counter})
    groups = str(told["code"]).split("-")
    print(_("Enrolment code for {counter}, good once, until {expires}:").format_map(told), file=out)
    for start in range(0, len(groups), GROUPS):
        print("    " + "-".join(groups[start : start + GROUPS]), file=out)
    print(_("At the booth: counter enrol CODE. The last character of each group checks it."), file=out)
    if told["beside"]:
        said = _("Another booth bore the name {beside}. If it is gone, revoke it: counter hub revoke {beside}")
        print(said.format_map(told), file=out)
    return 0


def counters(options: Any, out: TextIO) -> int:
    """One line a counter: id, label, when it was heard (UTC), how far its journal is held, whether it was revoked."""
    _ = catalogue(options.language).gettext
    lines = obeyed({"order": "counters"})["counters"]
    for line in lines:
        heard, entries = line["heard"] or _("never heard"), _("{head} entries").format_map(line)
        revoked = "  " + _("REVOKED") if line["revoked"] else ""
        print(f"{line['id']:<12}  {line['label']:<12}  {heard:<24}  {entries:>16}{revoked}", file=out)
    if not lines:
        print(_("No counter is enrolled. Next: counter hub invite COUNTER"), file=out)
    return 0


def pins(options: Any, out: TextIO) -> int:
    """The first PINs of the staff, each once."""
    _ = catalogue(options.language).gettext
    told = obeyed({"order": "pins"})["pins"]
    for officer, pin in told.items():
        print(_("First PIN of {officer}, told this once: {pin}").format(officer=officer, pin=pin), file=out)
    if not told:
        print(_("Every first PIN was told before."), file=out)
    return 0


def revoke(options: Any, out: TextIO) -> int:
    """From now on nothing of it is taken."""
    _ = catalogue(options.language).gettext
    order = {"counter": options.counter, "reason": options.reason, "export_first": options.export_first}
    told = obeyed(order | {"order": "revoke"})
    print(_("Revoked: {counter}. When it calls it is told so, and destroys its keys.").format_map(told), file=out)
    if options.export_first:
        print(_("What it has not delivered may be exported there first: counter export FILE"), file=out)
    return 0


def import_bundle(options: Any, out: TextIO) -> int:
    """What came on a stick."""
    from . import bundles

    return bundles.import_bundle(options, out)


def take_manifest(options: Any, out: TextIO) -> int:
    """A passenger list as who is expected; or one that was taken, as it came, back into a file."""
    from pathlib import Path

    from ..tui import words
    from .hub_manifest import print_taken

    words.use(catalogue(options.language))
    file = str(Path(options.file).absolute())  # another process has another working folder
    if options.original:
        obeyed({"order": "original", "digest": options.original, "file": file})
        return 0
    print_taken(obeyed({"order": "manifest", "file": file, "due": options.due}), out)
    return 0


def tell(options: Any, out: TextIO) -> int:
    """What agencies are told by hand, and how far all is."""
    from . import telling_commands

    return telling_commands.tell(options, out)


def reconcile(options: Any, out: TextIO) -> int:
    """What an agency says it was told, held against what it was."""
    from . import telling_commands

    return telling_commands.reconcile(options, out)


def access(options: Any, out: TextIO) -> int:
    """Who saw what an agency holds."""
    from .hub_access import print_access

    return print_access(options, out)


COMMANDS: Final[Mapping[str, Callable[[Any, TextIO], int]]] = {
    "invite": invite,
    "counters": counters,
    "pins": pins,
    "revoke": revoke,
    "access": access,
    "import": import_bundle,
    "manifest": take_manifest,
    "tell": tell,
    "reconcile": reconcile,
}
