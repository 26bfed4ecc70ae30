"""Seeded schedules of the sync core; a seed that fails replays exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from offline_cache import CounterSync, Entry, KnownCounter, Send, Wake
from offline_cache.sync import window
from tests.simulation.sync_world import MemoryStore, VaultStore, World


def play(first: int, last: int) -> None:
    for seed in range(first, last):
        try:
            World(seed, MemoryStore(), restores=seed % 3 == 0).run()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


@pytest.mark.parametrize("part", range(4))
def test_nothing_is_lost_doubled_or_claimed_too_soon(part: int) -> None:
    play(part * 500, part * 500 + 500)


def test_the_same_with_the_real_vault_journal_and_outbox(tmp_path: Path) -> None:
    for seed in range(10_000, 10_060):
        store = VaultStore(tmp_path / str(seed) / "counter.db")
        World(seed, store, restores=seed % 3 == 0).run()
        result = store.journal.verify(lambda session: None)  # noqa: ARG005
        assert {problem.split(":")[0] for problem in result.problems} == {"unknown-session"}
        store.vault.close()


def test_a_schedule_replays_exactly() -> None:
    one, two = World(7, MemoryStore()), World(7, MemoryStore())
    one.run()
    two.run()
    assert (one.now, one.requests, one.disk) == (two.now, two.requests, two.disk)


def never_resend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CounterSync, "tick", lambda self, now: [])  # noqa: ARG005


def two_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def appended(self: CounterSync, now: float) -> list[Send | Wake]:
        self.waiting += 1
        self._flight = None
        self._next_at = now
        return self._go_on(now)

    monkeypatch.setattr(CounterSync, "appended", appended)


def store_duplicates(monkeypatch: pytest.MonkeyPatch) -> None:
    true_place = window._place

    def place(known: KnownCounter, entry: Entry, digest: bytes) -> window.Outcome | None:
        outcome = true_place(known, entry, digest)
        return None if outcome == "duplicate" else outcome

    monkeypatch.setattr(window, "_place", place)


def no_receipt_for_duplicates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "RECEIPTED", frozenset({"accepted"}))
    monkeypatch.setattr(window, "UNDECIDED", frozenset({"gap", "unknown-counter", "duplicate"}))


def forget_what_was_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "ASIDE", frozenset[str]())


def take_any_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "_fault", lambda entry, public_key_of, verify: None)  # noqa: ARG005


def jump_over_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "_linked", lambda known, entry: True)  # noqa: ARG005


def receipt_before_storing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "UNDECIDED", frozenset({"unknown-counter"}))
    monkeypatch.setattr(window, "RECEIPTED", frozenset({"accepted", "duplicate", "gap"}))


def lose_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryStore, "refuse", lambda self, sequence, reason: None)  # noqa: ARG005


def ignore_a_window_that_lost_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryStore, "rewind", lambda self, sequence, digest: None)  # noqa: ARG005


@pytest.mark.parametrize(
    "bug",
    [
        never_resend,
        two_under_way,
        store_duplicates,
        no_receipt_for_duplicates,
        forget_what_was_set_aside,
        take_any_signature,
        jump_over_gaps,
        receipt_before_storing,
        lose_refusals,
        ignore_a_window_that_lost_something,
    ],
)
def test_a_planted_bug_is_caught(bug: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    bug(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        play(0, 300)
