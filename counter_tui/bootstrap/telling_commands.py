"""What `counter hub tell` and `counter hub reconcile` print: counts and keys, and no traveller."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from ..errors import StoreError
from .catalogues import catalogue
from .hub_control import obeyed

if TYPE_CHECKING:
    Words = Callable[[str], str]
    Order = dict[str, Any]

SHOWN: Final = 20
"""Keys of a kind that are listed; more are counted."""


def tell(options: Any, out: TextIO) -> int:
    """Hand over a file, take its answers, tell again what was refused, or say how it stands; 1 where any refused."""
    order: Order = {"order": "tell", "authority": options.agency, "retry": options.retry, "again": options.again}
    if options.agency is None and (options.file or options.answers or options.retry):
        raise StoreError("store.telling.which-agency")
    # another process has another working folder
    for name in ("file", "answers"):
        given = getattr(options, name)
        order[name] = str(Path(given).absolute()) if given else ""
    told = _obeyed(order, demo=options.demo)
    _ = catalogue(options.language).gettext
    if options.file:
        return _handed(told, options, out)
    if options.answers:
        return _answered(told, options, out)
    if options.retry:
        print(_("{retried} are told again.").format_map(told), file=out)
        return 0
    for line in told["tally"]:
        print(_line(line, _), file=out)
    for key, code in told.get("refused", ()):
        print("  " + _("{key} refused because {code}").format(key=key, code=_harmless(code)), file=out)
    if told.get("unreadable"):
        print(_("{unreadable} entries could not be read, so that no agency was told.").format_map(told), file=out)
    return 1 if any(line["refused"] for line in told["tally"]) else 0


def _obeyed(order: Order, *, demo: bool) -> Order:
    if not demo:
        return obeyed(order)
    from .demo_telling import demo_order

    return demo_order(order)


def _line(tally: Order, _: Words) -> str:
    counts = _("{due:>5} due  {handed:>5} handed over  {seen:>6} seen  {refused:>4} refused").format_map(tally)
    oldest = "  " + _("oldest {oldest}").format_map(tally) if tally["oldest"] else ""
    return f"{tally['authority']:<13}{counts}{oldest}"


def _handed(told: Order, options: Any, out: TextIO) -> int:
    _ = catalogue(options.language).gettext
    if not told["written"]:
        print(_("Nothing is due. {handed} were handed over before and have no answer yet.").format_map(told), file=out)
        if told["handed"]:
            print(_("--again writes these once more: the agency knows each by its key."), file=out)
        return 0
    file = Path(options.file).name
    print(_("{file}: {written} handed over, oldest first.").format(file=file, written=told["written"]), file=out)
    print(_("It holds personal data: give it to the agency alone, and delete it then."), file=out)
    next_ = _("Next, with the agency's answers: counter hub tell --agency {agency} --answers FILE")
    print(next_.format(agency=options.agency), file=out)
    return 0


def _answered(told: Order, options: Any, out: TextIO) -> int:
    _ = catalogue(options.language).gettext
    print(
        _("{seen} seen by the agency, {known} known before, {unknown} of nothing told here.").format_map(told), file=out
    )
    for key, code in told["refused"]:
        print(_("{key} refused because {code}").format(key=key, code=_harmless(code)), file=out)
    for number in told["unreadable"]:
        print(_("line {number} is no answer").format(number=number), file=out)
    return 1 if told["unreadable"] or told["refused"] else 0


def reconcile(options: Any, out: TextIO) -> int:
    """What both sides have; 0 where it is the same, else 1."""
    order: Order = {"order": "reconcile", "authority": options.agency, "since": options.since or ""}
    order["file"] = str(Path(options.file).absolute()) if options.file else ""
    found = _obeyed(order, demo=False)
    _ = catalogue(options.language).gettext
    said = _("{agency} since {since}: {theirs} there, {agreed} the same on both sides.")
    print(said.format(agency=options.agency, **found), file=out)
    if found["adopted"]:
        print(_("{adopted} are there whose answer was not known here: seen from now on.").format_map(found), file=out)
    for kind, words in (
        ("missing", _("missing there, and told again")),
        ("extra", _("there, and unknown here")),
        ("different", _("another content or reference there")),
        ("doubled", _("there more than once")),
    ):
        keys = found[kind]
        if keys:
            more = f" … (+{len(keys) - SHOWN})" if len(keys) > SHOWN else ""
            listed = ", ".join(_harmless(key) for key in keys[:SHOWN])
            print(f"{len(keys):>5} {words}: {listed}{more}", file=out)
    clean = not any(found[kind] for kind in ("missing", "extra", "different", "doubled"))
    if clean:
        print(_("Nothing is missing, and nothing is there twice."), file=out)
    return 0 if clean else 1


def _harmless(said: str) -> str:
    """Text of another system, harmless on a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in said[:120])
