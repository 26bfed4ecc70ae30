"""What `counter hub` prints: invitations, who is enrolled, revocations."""

from typing import TextIO

from .catalogues import catalogue
from .hub_control import obeyed

GROUPS = 7  # of a code in a line


def invite(counter: str, out: TextIO, language: str) -> int:
    """A one-time code, told line by line so that it can be read over a phone."""
    _ = catalogue(language).gettext
    told = obeyed({"order": "invite", "counter": counter})
    groups = str(told["code"]).split("-")
    print(_("Enrolment code for {counter}, good once, until {expires}:").format_map(told), file=out)
    for start in range(0, len(groups), GROUPS):
        print("    " + "-".join(groups[start : start + GROUPS]), file=out)
    print(_("At the booth: counter enrol CODE. The last character of each group checks it."), file=out)
    if told["beside"]:
        said = _("Another booth bore the name {beside}. If it is gone, revoke it: counter hub revoke {beside}")
        print(said.format_map(told), file=out)
    return 0


def counters(out: TextIO, language: str) -> int:
    """One line a counter: id, label, when it was heard (UTC), how far its journal is held, whether it was revoked."""
    _ = catalogue(language).gettext
    lines = obeyed({"order": "counters"})["counters"]
    for line in lines:
        heard, entries = line["heard"] or _("never heard"), _("{head} entries").format_map(line)
        revoked = "  " + _("REVOKED") if line["revoked"] else ""
        print(f"{line['id']:<12}  {line['label']:<12}  {heard:<24}  {entries:>16}{revoked}", file=out)
    if not lines:
        print(_("No counter is enrolled. Next: counter hub invite COUNTER"), file=out)
    return 0


def pins(out: TextIO, language: str) -> int:
    """The first PINs of the staff, each once."""
    _ = catalogue(language).gettext
    told = obeyed({"order": "pins"})["pins"]
    for officer, pin in told.items():
        print(_("First PIN of {officer}, told this once: {pin}").format(officer=officer, pin=pin), file=out)
    if not told:
        print(_("Every first PIN was told before."), file=out)
    return 0


def revoke(counter: str, reason: str, out: TextIO, language: str, *, export_first: bool) -> int:
    """From now on nothing of it is taken."""
    _ = catalogue(language).gettext
    told = obeyed({"order": "revoke", "counter": counter, "reason": reason, "export_first": export_first})
    print(_("Revoked: {counter}. When it calls it is told so, and destroys its keys.").format_map(told), file=out)
    if export_first:
        print(_("What it has not delivered may be exported there first: counter export FILE"), file=out)
    return 0
