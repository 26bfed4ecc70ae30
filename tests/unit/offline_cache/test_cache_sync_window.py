from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_cache import GENESIS, Entry, KnownCounter, commit, judge
from offline_cache.sync.window import Judgement, after
from tests.unit.offline_cache.cache_rig import at, cheap_sign, cheap_verify, salt

KNOWN = KnownCounter("c1", "demo")
KEY = b"session"


def chain(length: int, *, previous: bytes = GENESIS, first: int = 1, body: bytes = b"body") -> list[Entry]:
    entries = []
    for sequence in range(first, first + length):
        seasoning = salt(sequence)
        header = ("c1", sequence, previous, at(sequence), "demo", "k", "x1", "s1", commit(seasoning, body))
        entry = Entry(*header, seasoning, body, b"")
        entries.append(replace(entry, signature=cheap_sign(KEY, entry.signed_bytes())))
        previous = entry.hash()
    return entries


def judged(known: KnownCounter | None, entries: list[Entry]) -> list[Judgement]:
    return judge(known, entries, lambda session: KEY if session == "s1" else None, cheap_verify)


def outcomes(known: KnownCounter | None, entries: list[Entry]) -> list[str]:
    return [judgement.outcome for judgement in judged(known, entries)]


def holding(entries: list[Entry]) -> KnownCounter:
    return after(KNOWN, judged(KNOWN, entries))


def test_a_chain_is_accepted_and_then_a_duplicate() -> None:
    entries = chain(3)
    first = judged(KNOWN, entries)
    assert [judgement.outcome for judgement in first] == ["accepted"] * 3
    assert [judgement.expected for judgement in first] == [2, 3, 4]
    known = after(KNOWN, first)
    assert (known.head_sequence, known.head_hash) == (3, entries[2].hash())
    again = judged(known, entries)
    assert [judgement.outcome for judgement in again] == ["duplicate"] * 3
    assert all(judgement.receipted and not judgement.refused for judgement in [*first, *again])
    assert after(known, again) == known


def test_order_and_repetition_inside_a_batch_do_not_matter() -> None:
    one, two, three = chain(3)
    assert outcomes(KNOWN, [three, one, two, one]) == ["accepted", "duplicate", "accepted", "accepted"]


def test_a_gap_is_neither_taken_nor_refused() -> None:
    entries = chain(4)
    known = holding(entries[:1])
    judgements = judged(known, entries[2:])
    assert [judgement.outcome for judgement in judgements] == ["gap", "gap"]
    assert not any(judgement.receipted or judgement.refused or judgement.set_aside for judgement in judgements)
    assert judgements[0].expected == 2
    assert after(known, judgements) == known


def test_the_same_number_with_other_content_is_a_fork() -> None:
    entries, other = chain(3), chain(3, body=b"other")
    known = holding(entries)
    assert outcomes(known, other) == ["fork"] * 3
    assert all(judgement.refused and not judgement.set_aside for judgement in judged(known, other))
    # the next number upon another history: a counter restored from a copy
    forked = chain(1, previous=other[2].hash(), first=4)
    assert outcomes(known, forked) == ["fork"]
    assert after(known, judged(known, forked)) == known


def test_a_counter_that_is_not_enrolled_is_not_taken_and_keeps_its_entries() -> None:
    for known in (None, KnownCounter("c2", "demo")):
        (judgement,) = judged(known, chain(1))
        assert judgement.outcome == "unknown-counter"
        assert not judgement.receipted
        assert not judgement.refused


def test_no_entry_passes_into_another_realm() -> None:
    real = KnownCounter("c1", "real")
    (judgement,) = judged(real, chain(1))
    assert judgement.outcome == "wrong-realm"
    assert judgement.refused
    # nor by saying so: the realm is inside what is signed
    assert outcomes(real, [replace(chain(1)[0], realm="real")]) == ["bad-signature"]


def spoil(entry: Entry, reason: str) -> Entry:
    match reason:
        case "bad-signature":
            return replace(entry, signature=b"x" * 32)
        case "bad-commitment":
            return replace(entry, body=b"changed")
        case "erased":
            return replace(entry, body=None, salt=b"")
    unknown = replace(entry, session="s9")
    return replace(unknown, signature=cheap_sign(KEY, unknown.signed_bytes()))


REASONS = ["bad-signature", "bad-commitment", "erased", "unknown-session"]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("apart", [False, True])
def test_a_bad_entry_is_set_aside_and_the_next_ones_get_their_receipts(reason: str, apart: bool) -> None:
    first = spoil(chain(1)[0], reason)
    rest = chain(2, previous=first.hash(), first=2)
    if apart:
        known = after(KNOWN, judged(KNOWN, [first]))
        assert known.head_sequence == 0
        assert outcomes(known, rest) == ["accepted", "accepted"]
    judgements = judged(KNOWN, [first, *rest])
    assert [judgement.outcome for judgement in judgements] == [reason, "accepted", "accepted"]
    assert judgements[0].refused
    known = after(KNOWN, judgements)
    assert known.head_sequence == 3
    # it is refused for the same reason each time it comes, until it is in order
    assert outcomes(known, [first]) == [reason]


@pytest.mark.parametrize("reason", ["bad-signature", "bad-commitment", "erased"])
def test_an_entry_that_was_set_aside_is_accepted_when_it_comes_in_order(reason: str) -> None:
    entries = chain(3)
    bad = [spoil(entries[0], reason), *entries[1:]]
    for known in (after(KNOWN, judged(KNOWN, bad[:1])), after(KNOWN, judged(KNOWN, bad))):
        (judgement,) = judged(known, entries[:1])
        assert judgement.outcome == "accepted"
        healed = after(known, [judgement])
        assert healed.head_sequence == max(1, known.head_sequence)
        assert outcomes(healed, entries) == ["duplicate", *outcomes(known, entries[1:])]
        assert entries[0].hash() not in healed.aside


def test_a_forged_entry_cannot_take_the_place_of_the_true_one() -> None:
    true, forged = chain(3), chain(1, body=b"forged")
    forged = [replace(forged[0], signature=b"no")]
    known = after(KNOWN, judged(KNOWN, forged))
    assert outcomes(known, true) == ["accepted"] * 3
    assert outcomes(holding(true), forged) == ["bad-signature"]


def test_several_bad_ones_in_a_row() -> None:
    entries = chain(5)
    bad = [entries[0], *(spoil(entry, "bad-signature") for entry in entries[1:4]), entries[4]]
    assert outcomes(KNOWN, bad) == ["accepted", *["bad-signature"] * 3, "accepted"]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 8), st.randoms(use_true_random=False), st.sets(st.integers(1, 8)))
def test_however_the_entries_arrive_the_end_is_the_same(length: int, random: Random, bad: set[int]) -> None:
    entries = [spoil(entry, "bad-signature") if entry.sequence in bad else entry for entry in chain(length)]
    known = KNOWN
    accepted: list[int] = []
    while len(accepted) < sum(entry.sequence not in bad for entry in entries):
        batch = random.sample(entries, random.randint(length // 2 + 1, length))
        judgements = judged(known, batch)
        assert judged(known, batch) == judgements
        known = after(known, judgements)
        accepted += [judgement.entry.sequence for judgement in judgements if judgement.outcome == "accepted"]
        for judgement in judgements:
            assert judgement.receipted == (judgement.entry.sequence in accepted) or judgement.outcome == "gap"
    assert sorted(accepted) == [entry.sequence for entry in entries if entry.sequence not in bad]
    if accepted:
        assert known.head_sequence == max(accepted)
