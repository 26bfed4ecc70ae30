"""What has to hold in every schedule, while it is played and once all faults have ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from counter_tui.domain.acts import Act, read_act
from counter_tui.domain.allowance.deeds import ALLOWANCE, GRANTS, What
from tests.simulation.allowance.post import TERMS, Booth, Person

if TYPE_CHECKING:
    from tests.simulation.allowance.world import World


class Promises:
    """Of one world: it sees every disk, as nobody at the post does."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._read: dict[tuple[str, int], Act] = {}
        self.refusals: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self._slices: dict[str, dict[str, int]] = {}

    def sliced(self, slices: Any) -> None:
        """Slices were cut: no more than the cap may ever be granted in the month from all of them that there were."""
        had = self._slices.setdefault(self._world.month(), {})
        had.update({one.counter: max(one.sen, had.get(one.counter, 0)) for one in slices.held})
        assert sum(had.values()) <= TERMS.offline_resident, f"slices of {sum(had.values())}"

    def refused(self, code: str) -> None:
        """An officer was told no."""
        assert code == "resident.too-much", code
        self.refusals[code] += 1

    def handed(self, answer: Any) -> None:
        """The single window answered."""
        self.answers[answer.reply.value] += 1

    def acts(self, booth: Booth) -> list[Act]:
        """What stands on a booth's disk, as the truth."""
        found = []
        for entry in booth.disk.entries:
            key = entry.counter, entry.sequence
            if key not in self._read or self._read[key].at.isoformat() != entry.recorded_at:
                self._read[key] = read_act(entry.kind, f"{entry.counter}/{entry.sequence}", entry.body)
            found.append(self._read[key])
        return found

    def told(self, person: Person) -> int:
        """What the agency counts, told of what has arrived at the single window."""
        arrived = [read_act(e.kind, f"{e.counter}/{e.sequence}", e.body) for e in self._world.feed]
        granted = (act for act in arrived if act.deed.what in GRANTS and act.deed.month == person.month)
        return person.outside + sum(int(act.deed.sen) for act in granted if self._of(act, person))

    @staticmethod
    def _of(act: Act, person: Person) -> bool:
        keys = {person.document.key, f"KILB:{person.card.replace('-', '')}"}
        return bool({act.deed.resident, act.deed.also} & keys)

    def _sum(self, acts: list[Act], person: Person, month: str, what: set[What], *, count: bool = False) -> int:
        found: int = sum(
            1 if count else act.deed.sen
            for act in acts
            if act.kind == ALLOWANCE and act.deed.month == month
            if act.deed.what in what and self._of(act, person)
        )
        return found

    # -- at any time ------------------------------------------------------------------------------------------------

    def check(self, booth: Booth) -> None:
        """After every step of a booth: what was drawn never passes the allowance, slices never the cap."""
        world = self._world
        everything = [act for one in world.booths for act in self.acts(one)]
        self._own(booth, everything)
        for person in world.people:
            for month in ("2026-11", "2026-12"):
                # an agency that was not told yet of what was granted apart from it is taken to have counted that
                outside = person.outside if month == person.month and not world.faults.loose else 0
                if self._sum(everything, person, month, {What.CORRECTED}, count=True):
                    continue  # by four eyes, what was granted may count for more than was drawn
                drawn = self._sum(everything, person, month, {What.GRANTED})
                assert drawn + outside <= TERMS.allowance, f"{drawn + outside} granted from what was drawn in {month}"
                capped = self._sum(everything, person, month, {What.CAPPED})
                assert capped <= TERMS.offline_resident, f"{capped} granted from slices in {month}"

    def _own(self, booth: Booth, everything: list[Act]) -> None:
        """What a counter granted apart is not handed out to that same counter once more."""
        for person in self._world.people:
            if not self._sum(everything, person, person.month, {What.CORRECTED, What.SUPERVISOR}, count=True):
                acts = self.acts(booth)
                own = self._sum(acts, person, person.month, {What.CAPPED, What.DRAWN})
                own -= self._sum(acts, person, person.month, {What.RETURNED})
                assert own <= TERMS.allowance, f"{own} at {booth.name} alone"

    # -- in the end -------------------------------------------------------------------------------------------------

    def check_end(self) -> None:
        """Once all is healed."""
        for person in self._world.people:
            for month in ("2026-11", "2026-12"):
                self._end(person, month)

    def _end(self, person: Person, month: str) -> None:
        world, balance = self._world, self._world.core.balance
        alive = [booth for booth in world.booths if not booth.lost]
        arrived = {(entry.counter, entry.sequence) for entry in world.feed}
        for booth in alive:
            left = [entry for entry in booth.disk.entries if (entry.counter, entry.sequence) not in arrived]
            assert not left, f"{booth.name}: {len(left)} not delivered"
        folded = {booth.name: balance.balance(self._known(booth, person), month) for booth in alive}
        first = next(iter(folded.values()))
        for name, other in folded.items():
            assert other == first, f"{name} folds another balance of {month}"
        acts = [read_act(e.kind, f"{e.counter}/{e.sequence}", e.body) for e in world.feed]
        said = self._sum(acts, person, month, set(GRANTS))
        assert sum(grant.deed.sen for grant in first.grants) == said, f"a grant of {month} was lost"
        if not any(grant.corrected for grant in first.grants):
            debt = balance.find_debt(first, TERMS.allowance)
            over = max(0, said + self._outside(person, month, first) - TERMS.allowance)
            assert (debt.sen if debt else 0) == over, f"{over} over in {month}, and {debt} said"
        self._draws(person, month, first, alive)

    def _outside(self, person: Person, month: str, of: Any) -> int:
        """What the agency counted beside the ledger; once the month is over nobody asks any more."""
        world = self._world
        return person.outside if month == person.month == world.month() else int(of.outside)

    def _known(self, booth: Booth, person: Person) -> Any:
        person = replace(person, kind="plb") if person.kind == "both" else person
        current = booth.crossing("end", person, person.outside, 0, section=True)
        return booth.ledger._acts_of(booth.ledger.find(current))

    def _draws(self, person: Person, month: str, of: Any, alive: list[Booth]) -> None:
        """What is left can be drawn, unless a lost booth holds it."""
        world = self._world
        if month != world.month() or any(booth.lost for booth in world.booths):
            return
        booth = world.random.choice(alive)
        person = replace(person, kind="plb") if person.kind == "both" else person
        current = booth.crossing("end", person, person.outside, 0, section=True)
        ask = booth.ledger._question(booth.ledger.find(current), current, month)
        answer = world.office.ask(world.counter(booth), ask)
        left = max(0, TERMS.allowance - of.used)
        assert answer.sen == left, f"{left} left in {month}, and {answer.sen} drawn"
