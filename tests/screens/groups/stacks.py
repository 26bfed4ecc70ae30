"""A bus as the workstation shows it: scanned in part, with somebody who is not green, and who is missing."""

from dataclasses import replace
from datetime import timedelta

from counter_tui.domain.acts import Act
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.decisions import why_not_green
from counter_tui.domain.documents import Document
from counter_tui.domain.floor import ATTEST, Attest, Floor
from counter_tui.domain.groups import Headcount, Parting, Standing
from counter_tui.domain.sections import Section
from counter_tui.domain.whereabouts import Located, Place, Whereabouts, where
from counter_tui.domain.words import Authority, Outcome
from counter_tui.tui.screens.group import GroupScreen
from counter_tui.tui.screens.group_list import GroupList
from counter_tui.workstation.news import StackChanged
from counter_tui.workstation.stack import GroupLine, Stack, StackRow
from tests.screens.frame.scripted import Counters
from tests.unit.tui.paint.travellers import JOINT, NOW, PERSON, RULES, crossing, passport, section, view

BUS = Group("sjs", GroupKind.BUS, "SJS 1123 Kuching-Pontianak", 20, NOW + timedelta(minutes=10))
NAMES = (
    *("ADIJAYA", "BADARUDIN", "CAHYONO", "DARMAWI", "EFFENDY", "FIRDAUS", "GUNADARMA", "HARTAWAN", "ISKANDAR"),
    *("JULIANSYAH", "KURNIADI", "LESMANA", "MULYADI", "NURHIDAYAT", "OKTAVIANI", "PURWANINGSIH", "RAMADHANI"),
    *("SUPRAPTO", "TRIYANTO", "WIDYASTUTI"),
)


def bearer(number: int) -> Document:
    return replace(passport(NAMES[number], "BUDI", "IDN"), number=f"X77{number:05}")


def quota() -> Section:
    return section(Authority.CUSTOMS, RULES.report("cust.quota", used=540, limit=600, declared=280))


def scanned(number: int, *against: Section, waiting: bool = False) -> StackRow:
    """Somebody in hand."""
    of = replace(crossing(bearer(number)), id=f"c{number}")
    shown = view(*against, of=of)
    standing = Standing.OPEN
    return StackRow(
        of.document, standing, crossing=of, view=shown, not_green=why_not_green(shown, JOINT), waiting=waiting
    )


def heads_of(rows: tuple[StackRow, ...], said: int = 20) -> Headcount:
    count = [row.standing for row in rows].count
    return Headcount(
        said,
        listed=sum(row.listed for row in rows),
        scanned=len(rows) - count(Standing.TO_SCAN),
        missing=count(Standing.TO_SCAN),
        added=sum(not row.listed for row in rows),
        cleared=count(Standing.CLEARED),
        parked=count(Standing.PARKED),
        kept=count(Standing.KEPT),
    )


def stack(*rows: StackRow, said: int = 20) -> Stack:
    known = {row.key for row in rows}
    left = (StackRow(bearer(n), Standing.TO_SCAN) for n in range(len(NAMES)) if bearer(n).key not in known)
    every = (*rows, *left)
    return Stack("s1", BUS, every, heads_of(every, said))


def fresh() -> Stack:
    """Nobody was scanned yet."""
    return stack()


def all_green() -> Stack:
    return stack(*(scanned(number) for number in range(20)))


def mixed() -> Stack:
    """One of each kind."""
    against = scanned(1, quota())
    child = scanned(3)
    rows = (
        scanned(0),
        against,
        replace(scanned(2, quota()), standing=Standing.PARKED, desk=Authority.CUSTOMS),
        replace(child, parting=Parting(child.key, against.key, "parting.guardian-not-clear")),
        replace(scanned(4), standing=Standing.CLEARED, outcome=Outcome.CLEAR, entry=118),
        replace(scanned(5, quota()), standing=Standing.KEPT, outcome=Outcome.REFER, entry=119),
        scanned(6, quota(), waiting=True),
        replace(scanned(7), listed=False),
        replace(scanned(8), listed=False, elsewhere="DAMRI 07"),
    )
    return stack(*rows)


def asked(number: int) -> StackRow:
    """Somebody of whom nothing is missing but the officer's word."""
    row = scanned(number)
    assert row.view is not None
    held = Floor((Authority.SECURITY,), (), (Attest.DOCUMENT, Attest.THERMAL), (), (), (ATTEST,))
    return replace(row, view=replace(row.view, floor=held), not_green=(ATTEST,))


def seen(place: Place, number: int) -> Located:
    """Where somebody of the bus was said to be a few minutes ago."""
    said = Act(
        "ENT-3/200", "whereabouts", f"c{number}", "wijaya", NOW - timedelta(minutes=8), Whereabouts(PERSON, place)
    )
    return where([said])[0]


def lines() -> tuple[GroupLine, ...]:
    other = Group("fauzi", GroupKind.FAMILY, "Family Fauzi", 4, NOW + timedelta(minutes=4))
    return (
        GroupLine(BUS, mixed().heads, open=True),
        GroupLine(other, Headcount(4, 4, 4, cleared=4), closed_at=NOW - timedelta(minutes=20)),
        GroupLine(Group("x", GroupKind.BATCH, "DTI Semuja", 104), Headcount(104, 2, 0, missing=2)),
    )


class BusCounters(Counters):
    """A counter at which a bus is expected."""

    def expect(self, shown: Stack) -> None:
        """Open it like this."""
        self.desk.groups.known = lines()
        self.desk.groups.stacks["sjs"] = shown

    async def work(self, shown: Stack) -> None:
        """The bus on the screen."""
        self.expect(shown)
        await self.sign_in()
        await self.press("b")
        await self.until(lambda: isinstance(self.app.screen, GroupList) and self.app.screen.state().lines > 0)
        await self.press("enter")
        await self.until(lambda: isinstance(self.app.screen, GroupScreen))
        await self.settle()

    def change(self, shown: Stack) -> None:
        """Something of it is another now."""
        self.desk.groups.stack = shown
        self.desk.hear(StackChanged("sjs"))
