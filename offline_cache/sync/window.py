"""The single window's half: what to make of the entries that a counter sent.

The window knows a counter's chain up to its head. An entry is *linked* if it follows the head, directly or across
entries that were set aside. The rule:

- An entry up to the head is a `duplicate` if it is the one that is held there (its receipt is given again), else a
  `fork`.
- A linked entry with a known session, a good signature and a body that is what was committed to is `accepted`; the head
  moves there, and what lay aside between is confirmed as part of the chain.
- A linked entry with one of these wrong is refused and set aside: its hash is remembered, so the entries after it can
  link to it and get their receipts. It moves no head by itself: only the signature of a later, good entry (which covers
  it through the chain) confirms it. Sent again in good order it is accepted then.
- An entry that follows the head's number but not its hash is a `fork`: the counter was restored from a copy, or two
  hold its keys. It is refused, and nothing after it links.
- Any other is a `gap`: neither taken nor refused; the counter goes back to `expected`.
- An entry of another realm is refused; one of a counter that is not enrolled is neither taken nor refused.

The same entries judged again give the same receipts, whatever was lost between. The driver stores what is accepted and
what is set aside, and the new state (`after`), in one transaction, and only then answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from ..entry import GENESIS, Entry, commit

Outcome = Literal[
    "accepted",
    "duplicate",
    "gap",
    "fork",
    "wrong-realm",
    "bad-commitment",
    "bad-signature",
    "unknown-session",
    "unknown-counter",
    "erased",
]
PublicKeyOf = Callable[[str], bytes | None]
Verify = Callable[[bytes, bytes, bytes], bool]

RECEIPTED: Final = frozenset({"accepted", "duplicate"})
ASIDE: Final = frozenset({"bad-commitment", "bad-signature", "unknown-session", "erased"})
UNDECIDED: Final = frozenset({"gap", "unknown-counter"})


@dataclass(frozen=True, slots=True)
class KnownCounter:
    """What the window holds of a counter's chain.

    `held`: hash by sequence, of entries up to the head; at least for the sequences that are judged. `aside`: the number
    and the previous hash of each entry set aside, by its hash; it stays there until it is accepted after all.
    """

    counter: str
    realm: str
    head_sequence: int = 0
    head_hash: bytes = GENESIS
    held: Mapping[int, bytes] = field(default_factory=dict)
    aside: Mapping[bytes, tuple[int, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to make of an entry. `expected`: the sequence that the window needs next from this counter."""

    entry: Entry
    digest: bytes
    outcome: Outcome
    expected: int

    @property
    def receipted(self) -> bool:
        """Whether a receipt is due: the window has it."""
        return self.outcome in RECEIPTED

    @property
    def refused(self) -> bool:
        """Whether the counter is told that it is refused, with the outcome as the reason."""
        return self.outcome not in RECEIPTED and self.outcome not in UNDECIDED

    @property
    def set_aside(self) -> bool:
        """Whether its hash is remembered, so that later entries can link to it."""
        return self.outcome in ASIDE


def judge(
    known: KnownCounter | None, entries: Iterable[Entry], public_key_of: PublicKeyOf, verify: Verify
) -> list[Judgement]:
    """A judgement for each entry, by sequence; `known` is None for a counter that is not enrolled.

    `public_key_of` gives the key of a session whose certificate was checked, None for others.
    """
    judgements = []
    for entry in sorted(entries, key=lambda entry: entry.sequence):
        judgement = _judge(known, entry, public_key_of, verify)
        judgements.append(judgement)
        if known is not None:
            known = after(known, [judgement])
    return judgements


def after(known: KnownCounter, judgements: Iterable[Judgement]) -> KnownCounter:
    """What the window knows once these judgements are stored."""
    for judgement in judgements:
        entry, digest = judgement.entry, judgement.digest
        aside = dict(known.aside)
        if judgement.set_aside and entry.sequence > known.head_sequence:
            known = replace(known, aside=aside | {digest: (entry.sequence, entry.previous)})
        elif judgement.outcome == "accepted":
            held = dict(known.held) | {entry.sequence: digest}
            previous = entry.previous
            while entry.sequence > known.head_sequence and previous != known.head_hash:
                sequence, before = aside[previous]
                held[sequence] = previous
                previous = before
            aside.pop(digest, None)
            head = (entry.sequence, digest)
            if entry.sequence < known.head_sequence:
                head = (known.head_sequence, known.head_hash)
            known = replace(known, head_sequence=head[0], head_hash=head[1], held=held, aside=aside)
    return known


def _judge(known: KnownCounter | None, entry: Entry, public_key_of: PublicKeyOf, verify: Verify) -> Judgement:
    digest = entry.hash()
    if known is None or entry.counter != known.counter:
        return Judgement(entry, digest, "unknown-counter", 0)
    expected = known.head_sequence + 1
    outcome = _place(known, entry, digest) or _fault(entry, public_key_of, verify)
    if outcome is not None:
        return Judgement(entry, digest, outcome, expected)
    return Judgement(entry, digest, "accepted", max(expected, entry.sequence + 1))


def _place(known: KnownCounter, entry: Entry, digest: bytes) -> Outcome | None:
    """Where the entry stands in the chain; None if it may be taken there."""
    if entry.realm != known.realm:
        return "wrong-realm"
    if entry.sequence <= known.head_sequence:
        if known.held.get(entry.sequence) != digest:
            return "fork"
        return None if digest in known.aside else "duplicate"
    if _linked(known, entry):
        return None
    return "fork" if entry.sequence == known.head_sequence + 1 else "gap"


def _linked(known: KnownCounter, entry: Entry) -> bool:
    sequence, previous = entry.sequence - 1, entry.previous
    while sequence > known.head_sequence:
        number, before = known.aside.get(previous, (0, b""))
        if number != sequence:
            return False
        sequence, previous = sequence - 1, before
    return previous == known.head_hash


def _fault(entry: Entry, public_key_of: PublicKeyOf, verify: Verify) -> Outcome | None:
    key = public_key_of(entry.session)
    if key is None:
        return "unknown-session"
    if not verify(key, entry.signed_bytes(), entry.signature):
        return "bad-signature"
    if entry.body is None:
        return "erased"
    return None if commit(entry.salt, entry.body) == entry.commitment else "bad-commitment"
