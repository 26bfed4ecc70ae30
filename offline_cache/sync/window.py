"""The single window's half, as pure judgement: what to make of the entries that a counter sent.

The window knows a counter's chain up to its head. An entry is *linked* if it follows the head, directly or across
entries that were set aside. It is *signed* by its own signature, or by that of a later entry of the same session to
which the chain leads from it (it is *covered*). The rule:

- An entry up to the head is a `duplicate` if it is the one that is held there (its receipt is given again), else a
  `fork`, and so is one that follows the head's number but not its hash, or contradicts an early one: the counter was
  restored from a copy, or two hold its keys. It is refused, and nothing after it links.
- A linked entry with a known session, a good signature and a body that is what was committed to is `accepted`; the head
  moves there, and what lay aside between is confirmed as part of the chain.
- A linked entry with one of these wrong is refused and set aside: its hash is remembered, so the entries after it can
  link to it and get their receipts. It moves no head by itself: only the signature of a later, good entry (which covers
  it through the chain) confirms it. Sent again in good order it is accepted then.
- An entry that is not linked, in good order, and of the rank of alerts or decisions, is `early`: it is stored, gets its
  receipt, and is part of the chain once that reaches it. Any other is a `gap`: neither taken nor refused; the counter
  goes back to `expected`.
- Where the signature that covers several entries does not hold, none of them is to blame yet: they are `broken`, and
  are to come one by one, each under its own. What no signature covers is `uncovered`: kept, perhaps, until one does.
- An entry of another realm is refused; one of a counter that is not enrolled is neither taken nor refused.

The same entries judged again give the same receipts, whatever was lost between. `window_sync` stores what is accepted
and what is set aside, and the new state (`after`), in one transaction, and only then answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ..entry import GENESIS, Entry, commit
from .messages import Rank

Outcome = Literal[
    "accepted",
    "early",
    "duplicate",
    "gap",
    "fork",
    "broken",
    "uncovered",
    "wrong-realm",
    "bad-commitment",
    "bad-signature",
    "unknown-session",
    "unknown-counter",
    "erased",
]
_Place = Literal["linked", "duplicate", "fork", "gap", "wrong-realm", "unknown-counter"]
PublicKeyOf = Callable[[str], bytes | None]
Verify = Callable[[bytes, bytes, bytes], bool]
RankOf = Callable[[str], int]

STORED: Final = frozenset({"accepted", "early"})
RECEIPTED: Final = STORED | {"duplicate"}
ASIDE: Final = frozenset({"bad-commitment", "bad-signature", "unknown-session", "erased"})
UNDECIDED: Final = frozenset({"gap", "broken", "uncovered", "unknown-counter"})


def in_order(kind: str) -> int:  # noqa: ARG001 - a `RankOf`
    """The rank of every kind for which none goes before another."""
    return Rank.BULK


@dataclass(frozen=True, slots=True)
class KnownCounter:
    """What the window holds of a counter's chain.

    `held`: hash by sequence, of entries up to the head; at least for the sequences that are judged. `aside`: the number
    and the previous hash of each entry set aside, by its hash; it stays there until it is accepted after all. `early`:
    hash and previous hash of entries beyond the head, by sequence. `partial`: entries behind the head that wait for a
    signature.
    """

    counter: str
    realm: str
    head_sequence: int = 0
    head_hash: bytes = GENESIS
    held: Mapping[int, bytes] = field(default_factory=dict)
    aside: Mapping[bytes, tuple[int, bytes]] = field(default_factory=dict)
    early: Mapping[int, tuple[bytes, bytes]] = field(default_factory=dict)
    partial: tuple[Entry, ...] = ()


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
    def stored(self) -> bool:
        """Whether it is to be stored, for the first time or in place of a copy that was set aside."""
        return self.outcome in STORED

    @property
    def refused(self) -> bool:
        """Whether the counter is told that it is refused, with the outcome as the reason."""
        return self.outcome not in RECEIPTED and self.outcome not in UNDECIDED

    @property
    def set_aside(self) -> bool:
        """Whether its hash is remembered, so that later entries can link to it."""
        return self.outcome in ASIDE


def judge(
    known: KnownCounter | None,
    entries: Iterable[Entry],
    public_key_of: PublicKeyOf,
    verify: Verify,
    rank_of: RankOf = in_order,
) -> list[Judgement]:
    """A judgement for each entry, by sequence, and for those that `known` keeps in part.

    `known` is None for a counter that is not enrolled. `public_key_of` gives the key of a session whose certificate was
    checked, None for others.
    """
    hashed = [(entry, entry.hash()) for entry in sorted(entries, key=lambda entry: entry.sequence)]
    if known is None:
        return [Judgement(entry, digest, "unknown-counter", 0) for entry, digest in hashed]
    if known.partial:
        sent = {digest for _, digest in hashed}
        kept = [(entry, entry.hash()) for entry in known.partial]
        hashed = sorted([*hashed, *(one for one in kept if one[1] not in sent)], key=lambda one: one[0].sequence)
    chain, signatures = _Chain(known), _Signatures(hashed, public_key_of, verify)
    judgements = []
    for index, (entry, digest) in enumerate(hashed):
        outcome, expected = _judge(chain, signatures, index, rank_of), chain.head_sequence + 1
        if outcome == "unknown-counter":
            expected = 0
        elif outcome == "accepted":
            expected = max(expected, entry.sequence + 1)
        judgements.append(Judgement(entry, digest, outcome, expected))
        chain.apply(judgements[-1])
    return judgements


def after(known: KnownCounter, judgements: Iterable[Judgement]) -> KnownCounter:
    """What the window knows once these judgements are stored; what is kept in part is another matter."""
    chain = _Chain(known)
    for judgement in judgements:
        chain.apply(judgement)
    return chain.known()


def _judge(chain: _Chain, signatures: _Signatures, index: int, rank_of: RankOf) -> Outcome:
    entry, digest = signatures.entries[index]
    place = chain.place(entry, digest)
    if place in {"unknown-counter", "wrong-realm", "duplicate"}:
        return place
    signed = signatures.of(index)
    if signed in {"broken", "uncovered"}:
        return signed
    if place == "fork":  # an accusation, so it has to be signed
        return "bad-signature" if signed == "bad-signature" else "fork"
    fault = signed or _fault(entry)
    if place == "gap":
        return "early" if fault is None and rank_of(entry.kind) <= Rank.DECISION else "gap"
    return fault or "accepted"


def _fault(entry: Entry) -> Outcome | None:
    if entry.body is None:
        return "erased"
    return None if commit(entry.salt, entry.body) == entry.commitment else "bad-commitment"


class _Chain:
    """What is known while it changes."""

    def __init__(self, known: KnownCounter) -> None:
        self.counter, self.realm = known.counter, known.realm
        self.head_sequence, self.head_hash = known.head_sequence, known.head_hash
        self._held, self._aside, self._early = dict(known.held), dict(known.aside), dict(known.early)
        self._partial = known.partial

    def known(self) -> KnownCounter:
        """As a value."""
        head = (self.head_sequence, self.head_hash)
        return KnownCounter(self.counter, self.realm, *head, self._held, self._aside, self._early, self._partial)

    def place(self, entry: Entry, digest: bytes) -> _Place:
        """Where it stands."""
        if entry.counter != self.counter:
            return "unknown-counter"
        return "wrong-realm" if entry.realm != self.realm else self._place(entry, digest)

    def _place(self, entry: Entry, digest: bytes) -> _Place:
        sequence = entry.sequence
        if sequence <= self.head_sequence:
            if self._held.get(sequence) != digest:
                return "fork"
            return "linked" if digest in self._aside else "duplicate"
        if sequence in self._early:
            return "duplicate" if self._early[sequence][0] == digest else "fork"
        if self._contradicts_early(entry, digest):
            return "fork"
        if self._linked(sequence, entry.previous):
            return "linked"
        return "fork" if sequence == self.head_sequence + 1 else "gap"

    def apply(self, judgement: Judgement) -> None:
        """It is stored."""
        entry, digest, head = judgement.entry, judgement.digest, self.head_sequence
        if judgement.set_aside and entry.sequence > head and self._linked(entry.sequence, entry.previous):
            self._aside[digest] = (entry.sequence, entry.previous)
        elif judgement.outcome == "early":
            self._early[entry.sequence] = (digest, entry.previous)
        elif judgement.outcome == "accepted":
            if entry.sequence > head:
                self._advance(entry.sequence, digest, entry.previous)
            self._aside.pop(digest, None)
        else:
            return
        self._link_early()

    def _link_early(self) -> None:
        while self._early:
            sequence = min(self._early)
            digest, previous = self._early[sequence]
            if not self._linked(sequence, previous):
                return
            del self._early[sequence]
            self._advance(sequence, digest, previous)

    def _advance(self, sequence: int, digest: bytes, previous: bytes) -> None:
        """The head moves to a linked entry."""
        before = previous
        while before != self.head_hash:
            number, further = self._aside[before]
            self._held[number] = before
            before = further
        self._held[sequence] = digest
        self.head_sequence, self.head_hash = sequence, digest

    def _linked(self, sequence: int, previous: bytes) -> bool:
        number = sequence - 1
        while number > self.head_sequence:
            aside, before = self._aside.get(previous, (0, b""))
            if aside != number:
                return False
            number, previous = number - 1, before
        return number == self.head_sequence and previous == self.head_hash

    def _contradicts_early(self, entry: Entry, digest: bytes) -> bool:
        following, before = self._early.get(entry.sequence + 1), self._early.get(entry.sequence - 1)
        if following is not None and following[1] != digest:
            return True
        return before is not None and before[0] != entry.previous


class _Signatures:
    """Which signature stands for which entry, each checked once."""

    def __init__(self, entries: Sequence[tuple[Entry, bytes]], public_key_of: PublicKeyOf, verify: Verify) -> None:
        self.entries = entries
        self._public_key_of, self._verify = public_key_of, verify
        self._end: list[int | None] = [None] * len(entries)
        self._runs: dict[int, int] = {}
        self._checked: dict[int, bool] = {}
        follower: dict[bytes, int] = {}
        for index in range(len(entries) - 1, -1, -1):
            entry, digest = entries[index]
            end: int | None = index
            if not entry.signature:
                then = follower.get(digest)
                same = then is not None and entries[then][0].session == entry.session
                end = self._end[then] if then is not None and same else None
            self._end[index] = end
            if end is not None:
                self._runs[end] = self._runs.get(end, 0) + 1
            follower[entry.previous] = index

    def of(self, index: int) -> Literal["unknown-session", "bad-signature", "broken", "uncovered"] | None:
        """What is wrong with the signature that stands for an entry; None: it holds."""
        end = self._end[index]
        if end is None:
            return "uncovered"
        key = self._public_key_of(self.entries[end][0].session)
        if key is None:
            return "unknown-session"
        if end not in self._checked:
            signed, _ = self.entries[end]
            self._checked[end] = self._verify(key, signed.signed_bytes(), signed.signature)
        if self._checked[end]:
            return None
        return "broken" if self._runs[end] > 1 else "bad-signature"
