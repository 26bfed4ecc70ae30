"""What the panes do with keys, and that refilling them mounts nothing."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.words import Authority, Basis, SubjectKind, Verdict
from counter_tui.tui.widgets.rows import Rows
from counter_tui.tui.widgets.search import Search
from counter_tui.tui.widgets.verdict_drawer import VerdictDrawer, preselected
from counter_tui.workstation.timeline import Event, Happened
from tests.screens.panes import host
from tests.screens.panes.desk import OutboxHost, StillDesk
from tests.screens.panes.host import Booth, InspectionHost, SearchHost
from tests.unit.tui.paint.travellers import JOINT, NOW, RULES, ZONE, amina, crowded, green, outbox, section, view


def shown(widget: Widget) -> str:
    """What a widget shows, as text."""
    return "\n".join(widget.render_line(y).text for y in range(widget.size.height))


# -- inspection


async def test_the_pane_is_refilled_and_nothing_is_mounted() -> None:
    app = InspectionHost(green())
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Clear all four" in shown(app.pane)
        before = list(app.query("*"))
        app.pane.show(amina(), JOINT, NOW, ZONE)
        await pilot.pause()
        assert "SITI AMINAH" in shown(app.pane)
        assert list(app.query("*")) == before


async def test_clocks_of_steps_go_on_by_the_minute() -> None:
    cleared = Judgement(Authority.IMMIGRATION, PERSON, Verdict.CLEAR, Basis.OFFICER)
    app = InspectionHost(amina(cleared))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "0 of 20 min" in shown(app.pane)
        for seconds, said in ((45, "1 of 20 min"), (61, "1 of 20 min"), (102, "2 of 20 min")):
            app.pane.tick(NOW + timedelta(seconds=seconds))
            await pilot.pause()
            assert said in shown(app.pane)


async def test_the_clock_goes_on_and_stops_with_the_decision() -> None:
    app = InspectionHost(green())
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.tick(NOW + timedelta(seconds=45))
        await pilot.pause()
        assert "1:05" in shown(app.pane)


async def test_the_pane_repaints_for_its_size() -> None:
    app = InspectionHost(crowded())
    async with app.run_test(size=(80, 24)) as pilot:
        assert "+2 more (1)" in shown(app.pane)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "TIMELINE" in shown(app.pane)


async def test_the_timeline_is_a_sheet_that_knows_itself_until_another_takes_its_place() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.show_timeline([Event(NOW, Happened.OPENED), Event(NOW, Happened.ANSWERED, Authority.CUSTOMS)])
        await pilot.pause()
        assert "customs" in shown(app.pane.children[0])
        known = [app.pane.has_timeline]
        app.pane.show_why()
        known.append(app.pane.has_timeline)
        app.pane.show_timeline([Event(NOW, Happened.OPENED)])
        app.pane.close_sheet()
        known.append(app.pane.has_timeline)
        assert known == [True, False, False]


async def test_a_sheet_scrolls_and_closes_with_escape_and_gives_focus_back() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.show_why()
        await pilot.pause()
        sheet = app.pane.children[0]
        assert "WHY" in shown(sheet)
        assert sheet.region.y > app.pane.region.y, "who it is about stays in sight"
        top = shown(sheet)
        await pilot.press("pagedown")
        assert shown(sheet) != top
        await pilot.press("home")
        assert shown(sheet) == top
        await pilot.press("escape")
        assert not app.pane.has_sheet
        assert app.focused is None


async def test_a_panel_takes_the_place_of_another() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.show_panel(2)
        await pilot.pause()
        assert "2 CUSTOMS" in shown(app.pane.children[0])
        app.pane.show_panel(3)
        assert "animal/plant" in shown(app.pane.children[0])
        app.pane.show(green(), JOINT, NOW, ZONE)
        await pilot.pause()
        assert "HOLD" not in shown(app.pane.children[0]), "the same crossing: still open, with what is known now"
        assert app.pane.has_sheet


# -- drawer


async def answer(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_a_hold_asks_for_subject_and_reason() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await answer(pilot, "enter", "enter")
        (chosen,) = app.heard
        assert isinstance(chosen, VerdictDrawer.VerdictChosen)
        assert chosen.subject.kind is SubjectKind.GOODS, "what the worst of the officer's findings is about"
        assert (chosen.verdict, chosen.reason.code, chosen.note) == (Verdict.HOLD, "goods", "")
        assert app.drawer.is_open, "until it is recorded"
        app.drawer.close()
        assert not app.drawer.is_open


async def test_a_note_is_asked_for_where_the_reason_needs_one() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await answer(pilot, "1", "enter", *"say", "enter")
        await answer(pilot, "enter")
        assert app.heard == []
        assert "asks for a note" in shown(app.drawer.query_one("#drawer-hint"))
        await answer(pilot, *"smells", "enter")
        (chosen,) = app.heard
        assert isinstance(chosen, VerdictDrawer.VerdictChosen)
        assert (chosen.subject.kind, chosen.reason.code, chosen.note) == (SubjectKind.PERSON, "other", "smells")


async def test_a_reason_says_which_verdict_it_gives_and_a_citizen_is_never_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = frozenset({SubjectKind.PERSON})
    reasons = (
        ReasonCode("hospital", frozenset({Verdict.HANDOVER}), person),
        ReasonCode("ground", frozenset({Verdict.REFUSE}), person),
    )
    monkeypatch.setattr(host, "REASONS", reasons)
    for who, given in ((amina(), ["hospital"]), (green(), ["ground", "hospital"])):
        app = InspectionHost(who)
        async with app.run_test(size=(80, 24)) as pilot:
            app.judge(Verdict.REFUSE)
            await answer(pilot, "1", "enter")
            assert [c.words for c in app.drawer.choices()] == [f"reason.{code}" for code in given]
            assert app.drawer.choices()[-1].hint == "HANDOVER"
            barred = "never refused" in shown(app.drawer.query_one("#drawer-hint"))
            assert barred is (len(given) == 1)
            await answer(pilot, *"hosp")
            assert "HANDOVER ■" in shown(app.drawer.face)
            await answer(pilot, "enter")
            (chosen,) = app.heard
            assert isinstance(chosen, VerdictDrawer.VerdictChosen)
            assert (chosen.verdict, chosen.reason.code) == (Verdict.HANDOVER, "hospital")


def test_who_is_referred_takes_the_document_along() -> None:
    lost = view(section(Authority.IMMIGRATION, RULES.report("imm.short")))
    subjects = list(Booth(lost, JOINT).subjects())
    about = [subjects[preselected(lost, JOINT, v, subjects)].kind for v in (Verdict.REFER, Verdict.HOLD)]
    assert about == [SubjectKind.PERSON, SubjectKind.DOCUMENT]


def test_what_was_spoken_on_is_not_offered_first() -> None:
    def likely(*given: Judgement) -> str:
        who = amina(*given)
        subjects = list(Booth(who, JOINT).subjects())
        return subjects[preselected(who, JOINT, Verdict.CLEAR, subjects)].id

    pork = next(c for c in amina().section(Authority.ANIMAL_PLANT).contributions)
    seized = Judgement(Authority.ANIMAL_PLANT, pork.subject, Verdict.REFUSE, Basis.OFFICER, "r")
    quota = next(c for c in amina().section(Authority.CUSTOMS).contributions)
    assert likely() == pork.subject.id
    assert likely(seized) == quota.subject.id
    paid = Judgement(Authority.CUSTOMS, quota.subject, Verdict.CLEAR_COND, Basis.OFFICER, "r")
    assert likely(seized, paid) == PERSON.id


async def test_a_referral_offers_the_reason_of_who_found_something(monkeypatch: pytest.MonkeyPatch) -> None:
    any_kind = frozenset(SubjectKind)
    reasons = [
        ReasonCode(code, frozenset({verdict}), any_kind, authority=authority)
        for verdict in (Verdict.REFER, Verdict.HOLD)
        for code, authority in (("search", Authority.SECURITY), ("inspect", Authority.ANIMAL_PLANT))
    ]
    monkeypatch.setattr(host, "REASONS", tuple(reasons))
    for verdict, at in ((Verdict.REFER, 1), (Verdict.HOLD, 0)):
        app = InspectionHost(amina())
        async with app.run_test(size=(80, 24)) as pilot:
            app.judge(verdict)
            await answer(pilot, "enter")
            assert app.drawer.at == at, verdict


async def test_what_is_typed_comes_after_what_a_field_begins_with() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await pilot.pause()
        app.drawer.fill("one dog")
        await answer(pilot, *", no chip")
        assert app.drawer.input.value == "one dog, no chip"


async def test_escape_goes_one_question_back() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await answer(pilot, "enter", "down", "enter")
        for question in ("note", "why", "about"):
            assert question in app.drawer.query_one("#drawer-input").placeholder  # type: ignore[attr-defined]
            await answer(pilot, "escape")
        assert not app.drawer.is_open
        assert app.heard == []


async def test_a_number_alone_chooses_nothing() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await answer(pilot, "enter", "1")
        assert app.heard == []


async def test_what_fits_nothing_chooses_nothing() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await answer(pilot, *"zzz", "enter")
        assert app.heard == []
        assert "nothing fits" in shown(app.drawer.children[0])


async def test_the_traveller_stays_in_sight_of_the_drawer() -> None:
    app = InspectionHost(amina())
    async with app.run_test(size=(80, 24)) as pilot:
        app.judge(Verdict.HOLD)
        await pilot.pause()
        assert "SITI AMINAH" in shown(app.pane)
        assert "4 SECURITY" in shown(app.pane)


# -- search


async def test_the_search_finds_as_it_is_typed_and_opens_with_enter() -> None:
    app = SearchHost()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"guest")
        await app.workers.wait_for_complete()
        await answer(pilot, "down", "enter")
        (chosen,) = app.heard
        assert isinstance(chosen, Search.Chosen)
        assert chosen.document.given_names == "GUEST B"
        assert app.asked[-1] == "guest"


async def test_nobody_found_is_said_and_opens_nothing() -> None:
    app = SearchHost()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"xyz")
        await app.workers.wait_for_complete()
        await answer(pilot, "enter")
        assert app.heard == []
        assert "nobody of that name" in shown(list(app.finder.children)[-1])


async def test_where_nothing_can_be_read_nobody_is_said_to_be_unknown() -> None:
    app = SearchHost()
    async with app.run_test(size=(80, 24)) as pilot:
        app.unreadable = "read.lease-ended"
        await pilot.press(*"guest")
        await app.workers.wait_for_complete()
        await answer(pilot, "enter")
        assert app.heard == []
        hint = shown(list(app.finder.children)[-1])
        assert "nobody of that name" not in hint
        assert "read.lease-ended" in hint or "lease has ended" in hint


async def test_who_was_found_stays_painted_while_more_is_typed_and_enter_opens_nobody_of_it() -> None:
    app = SearchHost()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"guest")
        await app.workers.wait_for_complete()
        app.answers.clear()
        await pilot.press("x")
        rows = app.finder.query_one(Rows)
        assert "GUEST" in shown(rows)
        await answer(pilot, "enter")
        assert app.heard == []
        app.answers.set()
        await app.workers.wait_for_complete()
        assert "GUEST" not in shown(rows)


# -- outbox


@pytest.mark.parametrize("count", [0, 118, 20_000])
async def test_the_outbox_of_any_length_scrolls_to_its_end(count: int) -> None:
    app = OutboxHost(StillDesk(outbox(count)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        rows = app.screen.query_one(Rows)
        await pilot.press("end")
        await pilot.pause()
        assert rows.at == max(0, min(count, 1000) - 1)
        last = count - min(count, 1000) + 1
        assert not count or str(last) in shown(rows)


async def test_a_chain_that_does_not_hold_is_told() -> None:
    app = OutboxHost(StillDesk(outbox(3), ("entry.unreadable",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        head = shown(app.screen.query_one("#outbox-head"))
        assert "■ chain of 3 entries does NOT hold (05:14:20): entry.unreadable" in head
