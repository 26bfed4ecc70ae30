"""What was unsealed, for this one view; and the words of sealed items, reasons and notes."""

from collections.abc import Sequence

from ...domain.lookups import REASONS as LOOKUP_REASONS
from ...domain.unsealing import REASONS, SealedItem
from ...domain.words import Agency
from ...workstation.unsealing import Unsealed
from ..words import _, clean
from .cells import EMPTY, Lines, line, spoken, wrap
from .choosing import Choice
from .signs import agency_name, authority_name

NAME = 24


def unsealed_lines(unsealed: Unsealed, who: str, width: int) -> Lines:
    """Names and values as their owner wrote them, and that this is seen once."""
    head = _("UNSEALED · {authority} · {who}").format(authority=authority_name(unsealed.item.authority), who=who)
    lines: Lines = [line((head, "bold $sealed"))]
    said = _("Entry {n}, signed by two; {agency} sees who looked. Esc closes it, and nothing of it is kept.")
    told = said.format(n=unsealed.sequence, agency=agency_name(unsealed.item.owner))
    lines += [line((part, "$muted")) for part in wrap(told, width)]
    lines.append(EMPTY)
    for name, value in unsealed.values:
        first, *rest = wrap(clean(value), max(10, width - NAME - 2)) or [""]
        lines.append(line((f"{clean(name)[:NAME]:<{NAME}}  ", "$muted"), (first, "bold")))
        lines += [line(" " * (NAME + 2), (part, "bold")) for part in rest]
    return lines


def item_choices(items: Sequence[SealedItem]) -> list[Choice]:
    """What is sealed, numbered from 1."""
    return [
        Choice(number, spoken(f"field.{item.field}") if item.field else authority_name(item.authority))
        for number, item in enumerate(items, start=1)
    ]


def unseal_choices() -> list[Choice]:
    """The reasons to unseal."""
    return [
        Choice(number, spoken(f"unseal.reason.{reason.code}"), _("asks for a note") if reason.note else "")
        for number, reason in enumerate(REASONS, start=1)
    ]


def lookup_choices() -> list[Choice]:
    """The reasons to open somebody without a document in hand."""
    return [Choice(number, spoken(f"lookup.reason.{reason}")) for number, reason in enumerate(LOOKUP_REASONS, start=1)]


def note_choices(own: Agency) -> list[Choice]:
    """Whom a note is for: one's own agency, all, or one other beside."""
    others = [agency for agency in Agency if agency is not own]
    return [
        Choice(1, _("all agencies at the post")),
        Choice(2, _("{agency} alone").format(agency=agency_name(own))),
        *(
            Choice(number, _("{own} and {other}").format(own=agency_name(own), other=agency_name(other)))
            for number, other in enumerate(others, start=3)
        ),
    ]


def note_receivers(own: Agency, choice: int) -> frozenset[Agency]:
    """The agencies beside one's own that this choice names."""
    others = [agency for agency in Agency if agency is not own]
    if choice == 1:
        return frozenset(others)
    return frozenset(others[choice - 3 : choice - 2]) if choice > 2 else frozenset()
