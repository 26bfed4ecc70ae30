"""A border resident at the booth: drawn, granted, given back; what a kill, a lost answer and a new month leave."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from counter_tui import settings
from counter_tui.bootstrap.identity import Person, text
from counter_tui.domain.acts import read_act
from counter_tui.domain.allowance import SLICES
from counter_tui.domain.allowance.deeds import ALLOWANCE, AllowanceDeed
from counter_tui.domain.allowance.escrow import Answer, Ask, Reply
from counter_tui.domain.allowance.slices import Slice, Slices
from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import Document
from counter_tui.domain.documents.keyed import key_document
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Field, Section
from counter_tui.domain.words import Agency, Authority, Role, SourceState
from counter_tui.errors import CounterError, DecisionError, LinkError, SignInError
from counter_tui.settings_allowance import load_allowance_terms
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.workstation.residents import Residents
from counter_tui.workstation.two_persons import By
from offline_cache.signing import generate, wrap_with_pin

from .build import CHEAP, OFFICER, PIN, SUPERVISOR, Rig, StillClock, identity, rig

MARIA = Officer("maria", "MARIA", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
RATNA = Officer("ratna", "RATNA", Agency.IMMIGRATION, Role.OFFICER, frozenset({Agency.IMMIGRATION}))
Answers = Callable[[Ask], Answer]


class Window:
    """A single window that answers as it is told, or as its link is."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []
        self.answers: Answers | None = None
        self.fails: LinkError | None = None
        self.holds: asyncio.Event | None = None

    async def allowance(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        if self.holds is not None:
            await self.holds.wait()
        if self.fails is not None:
            raise self.fails
        assert self.answers is not None
        return self.answers(ask)


def share(sen: int, outside: int = 0) -> Answers:
    return lambda ask: Answer(Reply.SHARE, ask.month, ask.share, sen, outside=outside)


class At:
    """A booth with a resident in hand."""

    def __init__(self, folder: Path, clock: StillClock | None = None) -> None:
        who = identity()
        people = []
        for officer in (MARIA, RATNA):
            pair = generate()
            people.append(Person(officer, text(pair.public), text(wrap_with_pin(PIN, pair.private, b"", cost=CHEAP))))
        self.rig: Rig = rig(folder, clock=clock, who=replace(who, roster=(*who.roster, *people)))
        self.window, booth = Window(), self.rig.booth
        self.delivery = SimpleNamespace(down_since=None, doubt=lambda: None, nudge=lambda: None)
        parts = replace(
            booth._parts,
            residents=load_allowance_terms,
            link=self.window,  # type: ignore[arg-type]
            delivery=self.delivery,
        )
        booth._behind._parts = replace(booth._parts, two_persons=load_two_persons)
        self.residents = Residents(parts, booth.acts, booth._behind.signed, booth.work)
        slices = to_json(Slices((Slice("ENT-3", 7_500),)))
        booth.feeding.keep(SLICES, SLICES, slices, as_of="2026-11-21T05:14:02.000Z", owner="customs")

    async def open(self, officer: Officer = OFFICER, used: str = "", declared: str = "") -> None:
        booth = self.rig.booth
        await booth.sign_in(officer.id, PIN)
        await booth.open(border_pass())
        if used:
            values = {"number": "KILB-01190", "month": "2026-11", "used": used, "declared": declared}
            fields = tuple(Field(f"cust.kilb-{name}", value) for name, value in values.items())
            as_of = self.rig.clock.now()
            booth.work.in_hand().sections[Authority.CUSTOMS] = Section(
                Authority.CUSTOMS, SourceState.LIVE, as_of, fields=fields
            )

    def close(self) -> None:
        self.rig.booth._stop_asking()
        self.rig.close()

    def deeds(self) -> list[AllowanceDeed]:
        ledger = self.rig.ledger
        found = [(n, ledger.find(n)) for n in ledger.of_kind(ALLOWANCE)]
        return [read_act(ALLOWANCE, f"ENT-3/{n}", entry.body or b"").deed for n, entry in found if entry is not None]

    def said(self) -> list[tuple[str, int]]:
        return [(deed.what.value, deed.sen) for deed in self.deeds()]


def border_pass() -> Document:
    kind = next(one for one in settings.load_documents().kinds if one.code == "plb")
    typed = {"number": "DEMO 0077", "surname": "siti", "birth": "1976-02-02", "expiry": "2027-05-05", "sex": "F"}
    found = key_document(kind, typed, datetime(2026, 11, 21, tzinfo=UTC).date())
    assert isinstance(found, Document), found
    return found


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[At]:
    made = At(tmp_path)
    yield made
    made.close()


async def test_a_share_is_drawn_used_and_the_rest_given_back_at_once(booth: At) -> None:
    await booth.open(used="MYR 540.00", declared="MYR 40.00")
    assert booth.residents.wanted()
    booth.window.answers = share(6_000, outside=54_000)
    await booth.residents.draw()
    (ask,) = booth.window.asked
    assert (ask.counter, ask.agency_used, ask.said) == ("ENT-3", 54_000, 0)
    standing = booth.residents.standing()
    assert (standing.source, standing.room.total, standing.left, standing.differs) == (
        SourceState.LIVE,
        6_000,
        6_000,
        False,
    )
    booth.residents.grant(4_000)
    assert booth.said() == [("linked", 0), ("drawn", 6_000), ("granted", 4_000), ("returned", 2_000)]
    after = booth.residents.standing()
    assert (after.used, after.left, after.over) == (58_000, 2_000, 0)


async def test_who_is_left_gives_back_what_was_not_used(booth: At) -> None:
    await booth.open()
    booth.window.answers = share(60_000)
    await booth.residents.draw()
    booth.residents.leave()
    booth.residents.leave()
    assert booth.said() == [("drawn", 60_000), ("returned", 60_000)]


async def test_after_a_kill_the_next_traveller_gives_it_back(tmp_path: Path) -> None:
    first = At(tmp_path)
    await first.open()
    first.window.answers = share(60_000)
    await first.residents.draw()
    first.close()
    again = At(tmp_path)
    await again.rig.booth.sign_in(OFFICER.id, PIN)
    again.residents.leave()
    assert again.said() == [("drawn", 60_000), ("returned", 60_000)]
    again.close()


@pytest.mark.parametrize(("code", "missed"), [("link.timeout", 1), ("link.broken", 1), ("link.refused", 0)])
async def test_a_lost_answer_is_missed_and_a_question_that_never_went_is_not(booth: At, code: str, missed: int) -> None:
    await booth.open()
    booth.window.fails = LinkError(code)
    await booth.residents.draw()
    standing = booth.residents.standing()
    assert (standing.source, standing.room.of_slice, standing.asking) == (SourceState.CACHED, 7_500, False)
    booth.residents.leave()
    assert [what for what, _ in booth.said()] == ["missed"] * missed


async def test_an_answer_that_comes_after_the_traveller_has_gone_is_not_taken(booth: At) -> None:
    await booth.open()
    booth.window.answers, booth.window.holds = share(60_000), asyncio.Event()
    drawing = asyncio.create_task(booth.residents.draw())
    while not booth.window.asked:
        await asyncio.sleep(0)
    booth.residents.leave()
    booth.window.holds.set()
    await drawing
    assert [what for what, _ in booth.said()] == ["missed"]


async def test_a_question_has_a_greater_number_each_time_whatever_the_clock_says(tmp_path: Path) -> None:
    clock = StillClock()
    first = At(tmp_path, clock)
    await first.open()
    first.window.fails = LinkError("link.refused")
    await first.residents.draw()
    first.close()
    clock.pass_(-86_400)
    again = At(tmp_path, clock)
    await again.rig.booth.sign_in(OFFICER.id, PIN)
    await again.rig.booth.resume((await again.rig.booth.parked())[0].id)
    again.window.fails = LinkError("link.refused")
    await again.residents.draw()
    await again.residents.draw()
    numbers = [ask.number for ask in first.window.asked + again.window.asked]
    assert numbers == sorted(set(numbers))
    again.close()


async def test_what_is_on_its_way_is_waited_for(booth: At) -> None:
    await booth.open()
    booth.window.answers = lambda ask: Answer(Reply.BEHIND, ask.month)
    drawing = asyncio.create_task(booth.residents.draw())
    while not booth.rig.nap.asleep:
        await asyncio.sleep(0)
    booth.window.answers = share(60_000)
    booth.rig.nap.end()
    await drawing
    assert booth.residents.standing().room.total == 60_000


async def test_the_single_windows_month_is_believed(booth: At) -> None:
    await booth.open()
    booth.window.answers = lambda ask: share(60_000)(ask) if ask.month == "2026-12" else Answer(Reply.MONTH, "2026-12")
    await booth.residents.draw()
    booth.residents.grant(1_000)
    assert {deed.month for deed in booth.deeds()} == {"2026-12"}


async def test_what_was_drawn_in_a_month_that_is_over_is_given_back(booth: At) -> None:
    await booth.open()
    booth.window.answers = share(60_000)
    await booth.residents.draw()
    booth.rig.clock.pass_(11 * 86_400)
    booth.window.answers = share(50_000)
    await booth.residents.draw()
    assert [(d.what.value, d.month) for d in booth.deeds()] == [
        ("drawn", "2026-11"),
        ("returned", "2026-11"),
        ("drawn", "2026-12"),
    ]


async def test_without_the_link_no_more_than_the_slice(booth: At) -> None:
    await booth.open(used="MYR 550.00", declared="MYR 100.00")
    assert booth.residents.standing().room.of_slice == 5_000, "what the agency counts is known here"
    with pytest.raises(DecisionError) as refused:
        booth.residents.grant(5_001)
    assert refused.value.params == {"most": "50"}
    booth.residents.grant(5_000)
    assert booth.residents.standing().room.total == 0


async def test_a_supervisor_grants_beyond_and_somebody_else_is_to_confirm(booth: At) -> None:
    await booth.open()
    with pytest.raises(DecisionError, match="supervisor-needed"):
        booth.residents.grant_beyond(40_000, "need", "", MARIA.id, None)
    for wrong in (SUPERVISOR.id, OFFICER.id, RATNA.id, "nobody", ""):
        with pytest.raises(DecisionError, match="no-confirmer"):
            booth.residents.grant_beyond(40_000, "need", "", wrong, By(SUPERVISOR.id, typed=PIN))
    booth.residents.grant_beyond(40_000, "need", "seen", MARIA.id, By(SUPERVISOR.id, typed=PIN))
    (deed,) = booth.deeds()
    assert (deed.confirmer, deed.confirm_by) == ("maria", "2026-11-22T05:14:00.000Z")
    assert [state for _, state in booth.residents.standing().unconfirmed] == ["waits"]
    booth.rig.clock.pass_(25 * 3600)
    assert [state for _, state in booth.residents.standing().unconfirmed] == ["lapsed"], "silence does not confirm"


async def test_a_correction_takes_two_and_their_pin(booth: At) -> None:
    await booth.open(used="MYR 0.00", declared="MYR 50.00")
    booth.residents.grant(5_000)
    (grant,) = booth.residents.grants()
    before = booth.said()
    with pytest.raises(SignInError):
        booth.residents.correct(grant.id, 500, "miskeyed", "one nought too many", By(SUPERVISOR.id, typed="0000"))
    booth.rig.clock.pass_(60)
    with pytest.raises(DecisionError, match="note-needed"):
        booth.residents.correct(grant.id, 500, "miskeyed", " ", By(SUPERVISOR.id, typed=PIN))
    with pytest.raises(CounterError, match="second-needed"):
        booth.residents.correct(grant.id, 500, "miskeyed", "n", None)
    assert booth.said() == before
    booth.residents.correct(grant.id, 500, "miskeyed", "one nought too many", By(SUPERVISOR.id, typed=PIN))
    assert booth.residents.standing().used == 500
    with pytest.raises(DecisionError, match="no-grant"):
        booth.residents.correct("ENT-3/999", 500, "miskeyed", "n", By(SUPERVISOR.id, typed=PIN))


async def test_who_does_not_serve_customs_grants_nothing(booth: At) -> None:
    await booth.open(RATNA)
    assert not booth.residents.wanted()
    for refused in (booth.residents.standing, lambda: booth.residents.grant(1)):
        with pytest.raises(DecisionError, match="not-yours"):
            refused()


async def test_records_that_differ_are_shown_as_differing(booth: At) -> None:
    await booth.open(used="MYR 20.00", declared="MYR 50.00")
    assert booth.residents.standing().differs
    booth.rig.clock.pass_(60)
    booth.window.answers = share(58_000, outside=2_000)
    await booth.residents.draw()
    booth.residents.grant(5_000)
    standing = booth.residents.standing()
    assert (standing.used, standing.since, standing.differs) == (7_000, 5_000, False)


async def test_a_wrong_pin_counts_as_a_try(booth: At) -> None:
    await booth.open()
    persons = booth.rig.booth._parts.persons
    with pytest.raises(SignInError, match="wrong-pin"):
        booth.residents.grant_beyond(40_000, "need", "", MARIA.id, By(SUPERVISOR.id, typed="0000"))
    assert persons.wait(SUPERVISOR.id, booth.rig.clock.now().timestamp()) > 0
