"""Papers at a booth: made of whom is in hand, recorded before they come out; a copy takes two; a stay is recorded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from counter_tui import settings_papers
from counter_tui.bootstrap.paper_codes import find_thread
from counter_tui.domain.acts import Means, read_body
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.papers.blocks import PaperKind
from counter_tui.domain.papers.deeds import ADMISSION, PAPER, PaperDeed, Way, copies
from counter_tui.domain.papers.rules import Format, Printing
from counter_tui.domain.sections import Contribution, Field, Section
from counter_tui.domain.stay import Stay
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, Band, SourceState, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.workstation.paper_pdf import pdf
from counter_tui.workstation.paper_ports import PaperParts
from counter_tui.workstation.papers import Papers
from counter_tui.workstation.two_persons import By
from tests.unit.domain.build import GOODS
from tests.unit.domain.papers.papers import CLOSED, HANDED

from .build import OFFICER, PIN, SUPERVISOR, Rig, rig
from .test_booth import document, settled

ON = Printing(("lp",), Format.ROLL, folder="/safe")


@dataclass
class Desk:
    """A printer and a folder that note what they were given; `fails` is what they say instead."""

    printed: list[bytes] = field(default_factory=list)
    saved: dict[str, bytes] = field(default_factory=dict)
    fails: str = ""

    async def print(self, body: bytes) -> None:
        if self.fails:
            raise DecisionError(self.fails)
        self.printed.append(body)

    def why_not(self) -> str:
        return ""

    def __call__(self, name: str, body: bytes) -> str:
        if self.fails:
            raise DecisionError(self.fails)
        self.saved[name] = body
        return f"/safe/{name}"


@dataclass
class At:
    """A booth with a printer."""

    rig: Rig
    desk: Desk
    papers: Papers

    @property
    def entries(self) -> list[str]:
        ledger = self.rig.ledger
        found = [ledger.find(n) for n in range(1, ledger.journal.count() + 1)]
        return [entry.kind for entry in found if entry is not None]

    def deeds(self) -> list[PaperDeed]:
        return [act.deed for act in self.papers.given(self.rig.booth.work.in_hand().crossing.id)]


def equipped(made: Rig, printing: Printing = ON) -> At:
    desk = Desk()
    rules = replace(settings_papers.load_papers(), printing=printing)
    bound = PaperParts(rules, pdf, desk.print, desk)
    behind = made.booth._behind
    behind._parts = replace(behind._parts, papers=lambda: bound, two_persons=load_two_persons)
    return At(made, desk, made.booth.papers)


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[At]:
    made = rig(tmp_path)
    yield equipped(made)
    await made.booth.close()


def sections(made: Rig, *found: Contribution) -> list[Section]:
    exempt = (Field("imm.visa", text("value.imm.visa-exempt")),)
    return [
        Section(
            a,
            SourceState.LIVE,
            made.clock.now(),
            tuple(c for c in found if c.authority is a),
            fields=exempt if a is Authority.IMMIGRATION else (),
        )
        for a in Authority
    ]


async def opened(at: At, *found: Contribution) -> None:
    at.rig.link.answers = sections(at.rig, *found)
    await at.rig.booth.sign_in(OFFICER.id, PIN)
    await at.rig.booth.open(document())
    await settled(at.rig)


async def cleared(at: At) -> None:
    await opened(at)
    await at.rig.booth.clear(await settled(at.rig))


PORK = Contribution("p", Authority.ANIMAL_PLANT, GOODS, Verdict.HOLD, Band.AMBER, "hold-pork", "1", 40)
CALLED = Contribution("s", Authority.SECURITY, PERSON, Verdict.REFER, Band.AMBER, "refer-sealed", "1")


async def test_a_paper_that_lets_them_go_comes_after_the_decision(at: At) -> None:
    await opened(at)
    with pytest.raises(DecisionError, match=r"paper\.not-decided"):
        await at.papers.make(PaperKind.NOTICE)
    await at.rig.booth.clear(await settled(at.rig))
    made = await at.papers.make(PaperKind.NOTICE)
    assert "You may go on." in made.roll
    assert "EXERCISE - NOT VALID" in made.roll
    assert "RAHMAN, ABDUL" in made.roll


async def test_that_the_check_goes_on_is_told_before_anything_is_decided(at: At) -> None:
    await opened(at, CALLED)
    made = await at.papers.make(PaperKind.NOTICE, ("ms",))
    assert "Pemeriksaan anda belum selesai." in made.roll
    assert "Your check" not in made.roll


async def test_of_goods_that_are_kept_is_told_before_the_decision_and_not_that_they_may_go(at: At) -> None:
    await opened(at, PORK)
    made = await at.papers.make(PaperKind.NOTICE, ("en",))
    assert "Your goods: held for now." in made.roll
    assert "Your check is not finished." in made.roll
    assert "You may go on" not in made.roll


async def test_it_is_recorded_before_it_is_printed_with_what_it_was_drawn_from(at: At) -> None:
    await cleared(at)
    made = await at.papers.make(PaperKind.NOTICE)
    given = await at.papers.print(made)
    assert at.desk.printed == [made.roll.encode("ascii")]
    entry = at.rig.ledger.find(given.sequence)
    assert entry is not None
    deed = read_body(PAPER, entry.body or b"").deed
    assert (deed.way, deed.copy, deed.code) == (Way.PRINTED, 0, made.drawn.code)
    assert made.drawn.code in made.roll
    assert deed.drawn_from == ("ENT-3/2",), "the decision"
    assert at.rig.booth.view is not None
    assert deed.digest == at.rig.booth.view.digest
    assert "words 2026" in deed.rules
    assert b"RAHMAN" not in (entry.body or b"")


async def test_the_same_again_is_a_copy_marked_as_one_and_takes_a_second_person(at: At) -> None:
    await cleared(at)
    await at.papers.print(await at.papers.make(PaperKind.NOTICE))
    again = await at.papers.make(PaperKind.NOTICE)
    assert again.paper.copy == 1
    assert "COPY 1 / SALINAN 1" in again.roll
    ways = {way.means: [one.id for one in way.seconds] for way in at.papers.by_two(again)}
    assert ways == {Means.BESIDE: [SUPERVISOR.id], Means.OWN_COUNTER: [SUPERVISOR.id], Means.TELEPHONE: []}
    for by, refusal in (
        (None, DecisionError),
        (By(OFFICER.id, typed=PIN), DecisionError),
        (By(SUPERVISOR.id, typed="0000"), SignInError),
    ):
        with pytest.raises(refusal):
            await at.papers.print(again, "lost", by)
    assert len(at.desk.printed) == 1
    at.rig.clock.pass_(60)
    given = await at.papers.print(again, "lost", By(SUPERVISOR.id, typed=PIN))
    assert given.copy == 1
    assert [deed.reason for deed in at.deeds()] == ["", "lost"]
    assert [deed.drawn_from for deed in at.deeds()] == [("ENT-3/2",)] * 2, "a paper is not drawn from papers"
    assert (await at.papers.make(PaperKind.NOTICE)).paper.copy == 2
    assert at.rig.ledger.verify().problems == ()


async def test_a_copy_is_a_copy_though_time_has_passed_and_another_language_is_wanted(at: At) -> None:
    await cleared(at)
    await at.papers.print(await at.papers.make(PaperKind.NOTICE))
    at.rig.clock.pass_(600)
    assert (await at.papers.make(PaperKind.NOTICE, ("id",))).paper.copy == 1


async def test_a_paper_that_was_shown_before_another_was_given_is_looked_at_again(at: At) -> None:
    await cleared(at)
    first = await at.papers.make(PaperKind.NOTICE)
    await at.papers.print(first)
    with pytest.raises(DecisionError, match=r"paper\.changed"):
        await at.papers.print(first)
    assert len(at.desk.printed) == 1


@pytest.mark.parametrize("way", ["print", "save"])
async def test_what_did_not_come_out_does_not_count_and_stands_in_the_journal(at: At, way: str) -> None:
    await cleared(at)
    made = await at.papers.make(PaperKind.NOTICE)
    at.desk.fails = "paper.print-failed"
    with pytest.raises(DecisionError, match=r"paper\.print-failed"):
        await getattr(at.papers, way)(made)
    assert [deed.way for deed in at.deeds()][-1] is Way.FAILED
    assert len(at.deeds()) == 2
    assert copies(at.papers.given(made.drawn.thread), made.drawn.code) == 0
    at.desk.fails = ""
    assert (await getattr(at.papers, way)(await at.papers.make(PaperKind.NOTICE))).copy == 0


async def test_a_saved_paper_has_a_name_without_the_persons(at: At) -> None:
    await cleared(at)
    given = await at.papers.save(await at.papers.make(PaperKind.NOTICE))
    ((name, body),) = at.desk.saved.items()
    assert given.path == f"/safe/{name}"
    assert name.startswith("notice-ENT-3-")
    assert "RAHMAN" not in name
    assert body.startswith(b"%PDF")


async def test_nothing_is_recorded_where_printing_is_off(tmp_path: Path) -> None:
    made = rig(tmp_path)
    at = equipped(made, Printing())
    await cleared(at)
    before = made.ledger.journal.count()
    with pytest.raises(DecisionError, match=r"paper\.print-off"):
        await at.papers.print(await at.papers.make(PaperKind.NOTICE))
    assert made.ledger.journal.count() == before
    assert (await at.papers.ways()).print == "paper.print-off"
    await made.booth.close()


async def test_stay_stamp_and_page_are_recorded_and_stand_on_the_slip(at: At) -> None:
    await opened(at)
    with pytest.raises(DecisionError, match=r"paper\.not-decided"):
        at.papers.admissions.admit("0412", "17")
    await at.rig.booth.clear(await settled(at.rig))
    stay = at.papers.admissions.stay()
    assert isinstance(stay, Stay)
    assert (stay.until, stay.stamp) == (date(2026, 12, 20), "")
    admitted = at.papers.admissions.admit(" 0412 ", "17")
    assert admitted.until == date(2026, 12, 20)
    assert at.entries[-1] == ADMISSION
    slip = await at.papers.make(PaperKind.SLIP)
    assert "Stamp: 0412" in slip.roll
    assert "Perpres 95/2024" in slip.roll
    again = at.papers.admissions.stay()
    assert isinstance(again, Stay)
    assert (again.stamp, again.page) == ("0412", "17")


async def test_where_the_visa_says_it_the_officer_types_the_day(at: At) -> None:
    at.rig.link.answers = [
        replace(s, fields=(Field("imm.visa", text("value.imm.visa-valid")),)) if s.fields else s
        for s in sections(at.rig)
    ]
    await at.rig.booth.sign_in(OFFICER.id, PIN)
    await at.rig.booth.open(document())
    await at.rig.booth.clear(await settled(at.rig))
    with pytest.raises(DecisionError, match=r"paper\.not-admitted"):
        await at.papers.make(PaperKind.SLIP)
    for until, code in ((None, "paper.until-needed"), (date(2026, 11, 1), "paper.until-past")):
        with pytest.raises(DecisionError, match=code):
            at.papers.admissions.admit("1", "2", until)
    at.papers.admissions.admit("1", "2", date(2027, 1, 31))
    assert "2027" in (await at.papers.make(PaperKind.SLIP)).roll


async def test_papers_of_a_case_are_drawn_from_its_thread(at: At) -> None:
    await at.rig.booth.sign_in(OFFICER.id, PIN)
    record = await at.papers.make_hand_over(HANDED, "case-1")
    assert "BERITA ACARA SERAH TERIMA" in record.roll
    await at.papers.print(record)
    assert len(at.papers.given("case-1")) == 1
    assert (await at.papers.make_hand_over(HANDED, "case-1")).paper.copy == 1
    assert (await at.papers.make_letter(CLOSED, "case-1")).paper.copy == 0
    with pytest.raises(DecisionError):
        await at.papers.make(PaperKind.LETTER)


async def test_the_reference_on_a_paper_leads_back_to_its_crossing(at: At) -> None:
    await cleared(at)
    made = await at.papers.make(PaperKind.NOTICE)
    await at.papers.print(made)
    (line,) = [line for line in made.roll.splitlines() if line.startswith("Ref.")]
    typed = line.removeprefix("Ref. ")
    crossing = at.rig.booth.work.in_hand().crossing.id
    for way in (typed, typed.lower(), made.drawn.code, made.drawn.code.replace("-", "")):
        assert find_thread(at.rig.ledger, way) == crossing
    for other in ("", "0000-0000", crossing, "x" * 500, "118"):
        assert find_thread(at.rig.ledger, other) == ""


async def test_at_the_booth_too_a_sealed_hold_reads_as_one_drawn_by_chance(tmp_path: Path) -> None:
    """The whole paper, its reference included: not a letter tells the two apart."""
    hidden = (
        CALLED,
        replace(CALLED, id="x", verdict=Verdict.HOLD, band_floor=Band.RED, action="hold-sealed"),
        replace(CALLED, id="y", authority=Authority.CUSTOMS, verdict=Verdict.HANDOVER, action="police-hold"),
        replace(CALLED, id="z", subject=GOODS, verdict=Verdict.HOLD, action="targeted"),
    )
    rolls = []
    for number, contribution in enumerate(hidden):
        folder = tmp_path / str(number)
        folder.mkdir()
        at = equipped(rig(folder))
        await opened(at, contribution)
        rolls.append((await at.papers.make(PaperKind.NOTICE)).roll)
        await at.rig.booth.close()
    assert len(set(rolls)) == 1
