"""What `counter hub` prints: invitations, who is enrolled, revocations."""

from typing import TextIO

from .hub_control import obeyed


def invite(counter: str, out: TextIO) -> int:
    """A one-time code, told line by line so that it can be read over a phone."""
    told = obeyed({"order": "invite", "counter": counter})
    groups = str(told["code"]).split("-")
    print(f"Enrolment code for {told['counter']}, once, until {told['expires']}:", file=out)
    for start in range(0, len(groups), 7):
        print("    " + "-".join(groups[start : start + 7]), file=out)
    print("At the booth: counter enrol CODE. The last character of each group checks it.", file=out)
    if told["beside"]:
        print(
            f"Another booth bore the name {told['beside']}, and has a journal of its own: if that booth is gone,\n"
            f"revoke it: counter hub revoke {told['beside']}",
            file=out,
        )
    return 0


def counters(out: TextIO) -> int:
    """One line a counter: id, label, when it was heard (UTC), how far its journal is held, whether it was revoked."""
    lines = obeyed({"order": "counters"})["counters"]
    for line in lines:
        heard, revoked = line["heard"] or "never heard", "  REVOKED" if line["revoked"] else ""
        print(f"{line['id']:<12}  {line['label']:<12}  {heard:<24}  {line['head']:>8} entries{revoked}", file=out)
    if not lines:
        print("No counter is enrolled. Next: counter hub invite COUNTER", file=out)
    return 0


def revoke(counter: str, reason: str, out: TextIO, *, export_first: bool) -> int:
    """From now on nothing of it is taken."""
    told = obeyed({"order": "revoke", "counter": counter, "reason": reason, "export_first": export_first})
    print(f"Revoked: {told['counter']}. When it calls it is told so, and destroys its keys.", file=out)
    if export_first:
        print("What it has not delivered may be exported there first: counter export FILE", file=out)
    return 0
