"""A paper's reference, found again in this counter's journal: whoever holds the paper learns what it came from."""

from typing import Final

from ..domain.acts import read_body
from ..domain.papers.deeds import PAPER
from ..domain.papers.drawn import code_in
from ..errors import CounterError
from ..workstation.ports import Ledger

LONGEST: Final = 32


def find_thread(ledger: Ledger, typed: str) -> str:
    """The crossing or case that the paper with this reference was drawn from; "" where none was given here."""
    code = code_in(typed) if len(typed) <= LONGEST else ""
    if not code:
        return ""
    for sequence in ledger.of_kind(PAPER):
        entry = ledger.find(sequence)
        if entry is None or entry.body is None:
            continue
        try:
            found: str = read_body(PAPER, entry.body).deed.code
        except CounterError:
            continue
        if found == code:
            return entry.group
    return ""
