"""Counters that say things of a case: what each knows is what it said and what it was told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter_tui.domain.acts import Act, Deed, Second, act_id
from counter_tui.domain.cases.deeds import (
    CaseDeed,
    HandedOver,
    Holder,
    HoldPlaced,
    Link,
    Linked,
    Opened,
    Said,
    TaskGiven,
)
from counter_tui.domain.joint.history import History
from counter_tui.domain.words import Agency
from tests.unit.domain.build import NOW

SITI = Link(Linked.CROSSING, "c1", "SITI AMINAH")
PASSPORT = Link(Linked.DOCUMENT, "P1", "passport X1234567")
WIJAYA = Holder(Agency.IMMIGRATION, "wijaya", "Wijaya S.")
RATNA = Holder(Agency.CUSTOMS, "ratna", "Ratna D.")
BUDI = Holder(Agency.SECURITY, "budi", "Budi H.")
TRAVELLER = Holder(None, "", "SITI AMINAH")


@dataclass
class Telling:
    """A counter; `told` is everything that it knows."""

    counter: str
    told: dict[str, Act] = field(default_factory=dict)
    thread: str = "case-1"
    sequence: int = 0

    def say(
        self, what: Said | Deed, minute: float = 0, *, officer: str = "wijaya", second: str = "", kind: str = "case"
    ) -> Act:
        """Record this, knowing what is known here."""
        self.sequence += 1
        deed = what if isinstance(what, Deed) else CaseDeed(what)
        act = Act(
            act_id(self.counter, self.sequence),
            kind,
            self.thread,
            officer,
            at(minute),
            deed,
            after=History(self.told.values()).heads,
            second=Second(second) if second else None,
        )
        self.told[act.id] = act
        return act

    def hear(self, *others: "Telling") -> None:
        """The link is there: what they know comes here."""
        for other in others:
            self.told.update(other.told)


def at(minute: float) -> datetime:
    """So many minutes after the beginning."""
    return NOW + timedelta(minutes=minute)


def together(*counters: Telling) -> list[Act]:
    """All that was said anywhere."""
    return list({act.id: act for counter in counters for act in counter.told.values()}.values())


def two_counters(*first: Said) -> tuple[Telling, Telling]:
    """Two counters that both know of an opened case, and of whatever else was said first."""
    here, there = Telling("ENT-3"), Telling("ENT-5")
    here.say(Opened(Agency.CUSTOMS, (SITI,), "refer.goods"))
    for what in first:
        here.say(what)
    there.hear(here)
    return here, there


def task(id_: str = "t1", agency: Agency = Agency.CUSTOMS, minutes: int = 20) -> TaskGiven:
    return TaskGiven(id_, agency, "count the cash", minutes)


def hold(releaser: str = "ratna", minutes: int = 60, id_: str = "h1") -> HoldPlaced:
    return HoldPlaced(id_, SITI, Agency.CUSTOMS, "UU 17/2006", RATNA, releaser, minutes)


def gave(giver: Holder, taker: Holder, item: Link = PASSPORT) -> HandedOver:
    return HandedOver(item, giver, taker)
