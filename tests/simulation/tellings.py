"""A world for tellings: one single window's office and its agencies' books, and a network that does its worst.

What runs is what production runs, over a real vault; the network, the ends of the program and the clock come from one
seed. `play` raises AssertionError where a promise is broken.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.told_book import ToldBook
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DecisionBody
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.seen import SEEN, read_seen
from counter_tui.domain.sharing import SharingAgreement
from counter_tui.domain.words import Authority, Basis, Verdict
from counter_tui.errors import AgencyError
from counter_tui.single_window.reconciling import compare, settle
from counter_tui.single_window.telling import Setup, TellingOffice
from counter_tui.single_window.telling_store import State
from tests.unit.agencies.telling.tellings import crossing

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_tui.agencies.telling import Answer
    from counter_tui.single_window.telling_store import Row, TellingStore
    from counter_tui.single_window.vault_store import VaultStore

START = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
STEPS = 60
TOLD = (Authority.IMMIGRATION, Authority.CUSTOMS, Authority.SECURITY)
"""Three formats of five: the others differ in what they write, and not in how they go."""


class Killed(Exception):  # noqa: N818 - what happens, and no error of anybody's
    """The program ends here."""


class World:
    """One schedule; `counter` is its own, so that many share a vault."""

    def __init__(self, store: VaultStore, seed: int) -> None:
        self.random, self.counter = Random(seed), f"c{seed}"
        self.store, self.at = store, START
        self.keys: dict[str, list[str]] = {}
        self.sequence = 0
        self.books = {one: ToldBook(load_told(one), one.value, lambda: self.at) for one in TOLD}
        self.refused: set[tuple[Authority, str]] = set()
        self.tellings: TellingStore = _Mortal(store.tellings, self.random)
        setup = Setup("P", training=True, agreement=SharingAgreement("1", {}), now=lambda: self.at)
        self.office = TellingOffice(setup, store, self.tellings)

    def run(self) -> None:
        """Play it to its end."""
        acts: tuple[Callable[[], None], ...] = (self.decide, self.derive, self.tell, self.tell, self.tell, self.agree)
        for _ in range(STEPS):
            self.at += timedelta(seconds=self.random.choice((0, 1, 5, 700)))
            with contextlib.suppress(Killed):
                self.random.choice(acts)()
        self._heal()
        self._check()

    # -- what happens -----------------------------------------------------------------------------------------------

    def decide(self) -> None:
        """A decision was accepted."""
        self.sequence += 1
        id_ = f"{self.counter}-{self.random.randrange(4)}"
        verdict = self.random.choice((Verdict.CLEAR, Verdict.HOLD))
        judged = tuple(Judgement(one, PERSON, verdict, Basis.RULE, "r") for one in TOLD)
        body = to_json(DecisionBody(crossing(id_), "o", judged, "0" * 64, (), "1", training=True))
        at = self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.store._vault.execute(
            "INSERT INTO entries (counter, sequence, hash, previous, recorded_at, realm, kind, crossing, session,"
            " commitment, salt, body, signature, received_at, held, accepted, reason)"
            " VALUES (?, ?, x'00', x'00', ?, 'demo', 'decision', ?, 's', x'', x'', ?, x'', ?, 1, 1, '')",
            (self.counter, self.sequence, at, id_, body, at),
        )
        self.keys.setdefault(id_, []).append(f"{self.counter}/{self.sequence}")

    def derive(self) -> None:
        """Tellings are made of entries, or the program ends in the midst of it."""
        self.tellings.mortal = self.random.random() < 0.3  # type: ignore[attr-defined]
        try:
            self.office.look()
        finally:
            self.tellings.mortal = False  # type: ignore[attr-defined]

    def tell(self) -> None:
        """Some go out; each may be lost, come twice, be refused; its answer may be lost, garbled, or not be kept."""
        authority = self.random.choice(TOLD)
        answers = []
        for row in self._own(self.office.due(authority, 8)):
            answer = self._sent(authority, row)
            if answer is not None:
                answers.append(answer)
        if self.random.random() < 0.2:
            raise Killed
        self.random.shuffle(answers)
        self.office.answered(authority, answers)

    def _sent(self, authority: Authority, row: Row) -> Answer | None:
        chance = self.random.random()
        if chance < 0.2:
            return None
        status, said = self.books[authority].enter(row.message)
        if chance < 0.3:
            status, said = self.books[authority].enter(row.message)
        if chance < 0.4:
            return None
        if chance < 0.5:
            self.office.put_off(row)
            return None
        try:
            answer = load_told(authority).read(said, self.at)
        except AgencyError:
            raise AssertionError(said) from None
        assert (status in {200, 201}, answer.key) == (True, row.key)
        return answer

    def agree(self) -> None:
        """A reconciliation, at any time."""
        authority = self.random.choice(TOLD)
        if self.random.random() < 0.3 and self.books[authority]._entered:
            self.books[authority]._entered.popitem()  # they were restored from a copy
        rows = self._own(self.office.since(authority, START))
        held = [held for held, _ in self.books[authority]._entered.values()]
        found = compare(rows, held)
        assert not found.different
        assert not found.doubled
        settle(self.office, authority, found)

    def _own(self, rows: object) -> list[Row]:
        return [row for row in rows if row.counter == self.counter]  # type: ignore[attr-defined]

    # -- what is promised -------------------------------------------------------------------------------------------

    def _heal(self) -> None:
        """Nothing fails any more: all is told, and reconciled once."""
        for _ in range(3):
            self.office.look()
            for authority in TOLD:
                self.at += timedelta(seconds=3600)
                while rows := self._own(self.office.due(authority, 50)):
                    told = load_told(authority)
                    answers = [told.read(self.books[authority].enter(row.message)[1], self.at) for row in rows]
                    self.office.answered(authority, answers)
                held = [held for held, _ in self.books[authority]._entered.values()]
                settle(self.office, authority, compare(self._own(self.office.since(authority, START)), held))

    def _check(self) -> None:
        every = [key for keys in self.keys.values() for key in keys]
        for authority, book in self.books.items():
            assert sorted(book._entered) == sorted(every), (authority, "lost or doubled")
            rows = {row.key: row for row in self._own(self.office.since(authority, START))}
            assert {row.state for row in rows.values()} <= {State.SEEN}
            assert {key: row.reference for key, row in rows.items()} == {
                key: held.reference for key, (held, _) in book._entered.items()
            }
        for key in every:
            item = self.store.find_feed(SEEN, key)
            assert item is not None, key
            seen = read_seen(item.body)
            assert seen.complete, key
            assert set(seen.told) == set(TOLD)


class _Mortal:
    """A `TellingStore` that may end the program at any write while it is `mortal`."""

    def __init__(self, real: TellingStore, random: Random) -> None:
        self._real, self._random, self.mortal = real, random, False

    def __getattr__(self, name: str) -> Any:
        if self.mortal and self._random.random() < 0.1:
            raise Killed
        return getattr(self._real, name)


def play(store: VaultStore, seed: int) -> World:
    """One schedule."""
    world = World(store, seed)
    world.run()
    return world


def in_order(world: World) -> bool:
    """Whether of each crossing every agency was told in the order in which it was recorded (nothing was restored)."""
    return all(
        [key for key in book._entered if key in keys] == keys
        for book in world.books.values()
        for keys in world.keys.values()
    )
