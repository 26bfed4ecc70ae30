"""The whole pane: order, states, ages, and that it fits."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.outcome import Judgement
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, Band, Basis, SourceState, Verdict
from counter_tui.tui.paint.changes import BAND, changes
from counter_tui.tui.paint.details import one_panel, why
from counter_tui.tui.paint.inspection import inspection
from counter_tui.tui.paint.panels import Panels, state_of
from counter_tui.tui.paint.signs import of_verdict
from counter_tui.workstation.news import Recorded
from tests.unit.tui.paint.travellers import (
    GOODS,
    IMMIGRATION,
    JOINT,
    NOW,
    PERSON,
    RULES,
    ZONE,
    amina,
    cached,
    crossing,
    crowded,
    green,
    named,
    recorded,
    sealed,
    section,
    unanswered,
    view,
    withheld,
)

EVERYBODY: tuple[Callable[[], MergedView], ...] = (green, amina, sealed, withheld, unanswered, crowded)


def panels(of: MergedView, officer: Officer = JOINT, changed: frozenset[str] = frozenset()) -> Panels:
    return Panels(of, officer, NOW, ZONE, changed)


def paint(
    of: MergedView,
    officer: Officer = JOINT,
    *,
    decided: Recorded | None = None,
    changed: frozenset[str] = frozenset(),
    size: tuple[int, int] = (80, 20),
) -> list[str]:
    return [line.plain for line in inspection(panels(of, officer, changed), decided, *size).lines]


def find(lines: list[str], start: str) -> str:
    return next(line for line in lines if line.strip("● ").startswith(start))


def test_a_green_traveller_is_seen_whole_at_the_smallest_size() -> None:
    lines = paint(green())
    assert len(lines) <= 20
    assert [line[:14].strip() for line in lines if line[:14].strip()] == [
        "RAHMAN, ABDUL",
        "PASSPORT MYS",
        "ENTRY · alone",
        "1 IMMIGRATION",
        "2 CUSTOMS",
        "3 QUARANTINE",
        "4 SECURITY",
        "JOINT   GREEN",
        "─" * 14,
        "NEXT    Clear",
    ]
    assert "Clear all four" in lines[-1]


@pytest.mark.parametrize("size", [(80, 20), (80, 8), (100, 22), (120, 36), (200, 60)])
@pytest.mark.parametrize("of", EVERYBODY)
def test_everybody_fits(of: Callable[[], MergedView], size: tuple[int, int]) -> None:
    painted = inspection(panels(of()), None, *size)
    assert len(painted.lines) <= size[1]
    assert all(line.cell_length <= size[0] for line in painted.lines)


@given(st.integers(60, 160), st.integers(5, 50))
def test_every_size_is_kept(width: int, height: int) -> None:
    painted = inspection(panels(amina()), None, width, height)
    assert len(painted.lines) <= height
    assert all(line.cell_length <= width for line in painted.lines)


@pytest.mark.parametrize("size", [(80, 20), (120, 36)])
@pytest.mark.parametrize("of", EVERYBODY)
def test_the_line_with_the_clock_is_known(of: Callable[[], MergedView], size: tuple[int, int]) -> None:
    painted = inspection(panels(of()), None, *size)
    assert "0:20" in painted.lines[painted.clock].plain


def test_the_unfinished_stays_in_sight_when_it_is_tight() -> None:
    lines = paint(amina(), size=(80, 14))
    assert find(lines, "NEXT")
    assert "▸ 1 immigration" in "\n".join(lines)


# -- panels


def test_states_are_words_with_a_sign_and_an_age() -> None:
    lines = paint(amina())
    assert find(lines, "1 IMMIGRATION").startswith(" 1 IMMIGRATION  CLEAR ✓    05:02   border pass valid")
    assert find(lines, "2 CUSTOMS").startswith(" 2 CUSTOMS      REFER ▲    05:02   RM 540 of 600 used")
    assert find(lines, "4 SECURITY").startswith(" 4 SECURITY     CLEAR ✓    2 h old ▲ too old")


def test_panel_three_shows_two_authorities_each_with_its_own_state() -> None:
    lines = paint(amina())
    at = lines.index(find(lines, "3 QUARANTINE"))
    assert lines[at].startswith(" 3 QUARANTINE   CLEAR ✓    05:02   health: GREEN")
    assert lines[at + 1].startswith("                HOLD ■     05:02   animal/plant: 3 kg pork")


def test_what_nobody_answered_is_never_green() -> None:
    lines = paint(unanswered())
    assert "NOT CHECKED ?" in find(lines, "4 SECURITY")
    assert "CLEAR" not in find(lines, "4 SECURITY")
    assert "AMBER" in find(lines, "JOINT")
    assert "NOT CHECKED (3, 4)" in find(lines, "JOINT")


def test_what_is_held_of_another_agency_waits_for_it() -> None:
    held = view(cached(Authority.CUSTOMS), officer=IMMIGRATION)
    assert "PENDING …" in find(paint(held, IMMIGRATION), "2 CUSTOMS")
    assert "CLEAR ✓" in find(paint(view(cached(Authority.CUSTOMS))), "2 CUSTOMS")
    assert "not live (2)" in paint(held, IMMIGRATION)[-1]


def test_a_verdict_that_was_given_is_the_state() -> None:
    given_verdict = Judgement(Authority.CUSTOMS, PERSON, Verdict.REFER, Basis.OFFICER, "docs")
    assert "REFER ▲" in find(paint(view(given=(given_verdict,))), "2 CUSTOMS")
    missing = view(Section(Authority.CUSTOMS, SourceState.NOT_CHECKED), given=(given_verdict,))
    assert "REFER ▲" in find(paint(missing), "2 CUSTOMS")


def test_what_does_not_fit_is_counted_with_the_key_that_shows_it() -> None:
    lines = paint(crowded())
    at = lines.index(find(lines, "1 IMMIGRATION"))
    assert lines[at + 1].rstrip().endswith("+2 more (1)")
    assert lines[at + 2].startswith(" 2 CUSTOMS")


def test_withheld_says_what_to_do_and_not_what_it_is() -> None:
    for lines in (
        paint(withheld(), IMMIGRATION),
        paint(withheld(), IMMIGRATION, size=(120, 36)),
        [line.plain for line in one_panel(panels(withheld(), IMMIGRATION), 4, 78)],
        [line.plain for line in why(panels(withheld(), IMMIGRATION), 78)],
    ):
        text = "\n".join(lines)
        assert "keep the document" in text
        assert "somebody else" not in text
        assert "name near" not in text


def test_sealed_says_whose_it_is_and_what_to_do_with_no_score() -> None:
    lines = paint(sealed())
    assert find(lines, "4 SECURITY").startswith(" 4 SECURITY     HOLD ■ ◆   live    sealed: keep the document")
    assert "Sealed: supervisor of security (4)" in find(lines, "JOINT")
    detail = "\n".join(line.plain for line in one_panel(panels(sealed()), 4, 78))
    assert "two people unseal it for one view" in detail
    assert "+60" not in detail
    assert "c2VhbGVk" not in detail


def test_a_hit_is_not_yet_a_match() -> None:
    hit = view(section(Authority.SECURITY, RULES.report("sec.hit", name="RAHMAN A.")))
    lines = "\n".join(paint(hit, size=(120, 36)))
    assert "(hit, not" in lines


def test_the_words_of_a_source_are_harmless() -> None:
    hostile = RULES.report("sec.hit", name="[red]X[/]\x1b[2J\u202e")
    lines = inspection(panels(view(section(Authority.SECURITY, hostile))), None, 80, 20).lines
    assert any("name near [red]X[/]" in line.plain for line in lines)
    assert all(character.isprintable() for line in lines for character in line.plain)


def test_a_text_of_an_unknown_code_is_harmless_too() -> None:
    wild = Contribution("x", Authority.SECURITY, PERSON, Verdict.HOLD, Band.RED, "\x1b[2J{0}", "1", 60)
    found = Section(Authority.SECURITY, SourceState.LIVE, NOW, (wild,))
    text = "\n".join(paint(view(found)))
    assert "withheld: action." in text
    assert "\x1b" not in text


# -- joint


def test_the_band_is_a_word_a_score_and_its_reasons() -> None:
    joint = find(paint(amina(), size=(100, 20)), "JOINT")
    assert joint.startswith(" JOINT   AMBER ▲ 42   +40 3 kg pork (3)   +10 RM 540 of 600 used (2)   too old (4)")


def test_why_explains_the_score_and_what_would_change_it() -> None:
    text = "\n".join(line.plain for line in why(panels(amina()), 78))
    assert "score 42: 40 of animal/plant, and 1/4 of 10 of the others" in text
    assert "GREEN 10 without 3 kg pork (3), if security (4) answers with nothing" in text
    assert "an answer of security (4) could also raise it" in text
    assert "findings are open (2, 3)" in text


def test_changes_are_marked_until_seen() -> None:
    before, after = green(), view(section(Authority.CUSTOMS, RULES.report("cust.quota", used=1, limit=2, declared=3)))
    assert changes(None, after) == frozenset()
    assert changes(before, before) == frozenset()
    changed = changes(before, after)
    assert Authority.CUSTOMS.value in changed
    assert BAND not in changed
    lines = paint(after, changed=changed)
    assert find(lines, "2 CUSTOMS").startswith("●2 CUSTOMS")
    assert find(lines, "4 SECURITY").startswith("●4")  # its facts are gone
    worse = changes(green(), sealed())
    assert find(paint(sealed(), changed=worse), "JOINT").startswith("●JOINT")


def test_an_answer_that_only_confirms_is_no_change() -> None:
    assert changes(view(cached(Authority.CUSTOMS)), view(section(Authority.CUSTOMS))) == frozenset()
    assert changes(green(), view(of=crossing(named("OTHER"), id="c2"))) == frozenset()


# -- next


def test_steps_are_ticked_off_and_the_next_one_is_pointed_at() -> None:
    cleared = Judgement(Authority.IMMIGRATION, PERSON, Verdict.CLEAR, Basis.OFFICER)
    lines = paint(amina(cleared))
    assert find(lines, "✓ 1 immigration").rstrip().endswith("immigration clears")
    assert find(lines, "▸ 3 animal/plant").rstrip().endswith("hold… 0 of 20 min q")
    assert find(lines, "2 customs      value").rstrip().endswith("refer… 45 min")


def test_the_outcome_is_told_for_each_subject() -> None:
    assert find(paint(amina()), "OUTCOME") == " OUTCOME person PENDING … · goods HOLD ■"


def test_what_keeps_the_one_key_from_working_is_said() -> None:
    assert paint(amina())[-1] == " one key does not clear: AMBER · open findings (2, 3)"


def test_of_one_agency_the_key_says_whose_verdict_it_gives() -> None:
    lines = paint(view(officer=IMMIGRATION), IMMIGRATION)
    assert "Clear for immigration; the others clear by rule" in lines[-1]


def test_after_the_decision_the_entry_is_told_and_the_next_traveller_called() -> None:
    after, entry = recorded(green())
    lines = paint(after, decided=entry)
    assert find(lines, "NEXT").rstrip() == " NEXT    recorded 05:14:20, entry 118" + " " * 23 + "4 wait for the link"
    assert find(lines, "OUTCOME") == " OUTCOME person CLEAR ✓"
    assert lines[-1] == " Enter next traveller"


def test_an_incomplete_decision_says_whom_the_traveller_waits_for() -> None:
    held = Judgement(Authority.ANIMAL_PLANT, GOODS, Verdict.HOLD, Basis.OFFICER, "goods")
    after = amina(held)
    entry = Recorded(119, NOW, after.crossing, after.outcome, complete=False, waiting=0)
    lines = paint(after, decided=entry)
    assert find(lines, "PENDING") == " PENDING: waits for 1 immigration, 2 customs, 3 quarantine, 4 security"
    assert lines[-1] == " Enter next traveller"


def test_steps_that_are_open_stand_below_a_decision_that_is_complete() -> None:
    after = amina()
    lines = paint(after, decided=Recorded(119, NOW, after.crossing, after.outcome, complete=True, waiting=0))
    assert [line for line in lines if "▸" in line and line.rstrip().endswith(" q")]
    assert lines[-1] == " Enter next traveller"


def test_goods_are_seized_and_persons_refused() -> None:
    seized = Judgement(Authority.CUSTOMS, GOODS, Verdict.REFUSE, Basis.OFFICER, "goods")
    assert "goods SEIZE ■" in find(paint(amina(seized)), "OUTCOME")


def test_a_procedure_keeps_its_number_where_it_is_tight() -> None:
    heads = [find(paint(amina(), size=(width, 24)), "NEXT") for width in (80, 64, 56)]
    assert ["(SOP 4, lead: animal/plant)" in heads[0], "(SOP 4, lead 3)" in heads[1], "(SOP 4)" in heads[2]] == [
        True
    ] * 3


def test_large_panels_cut_nothing_without_saying_so() -> None:
    lines = paint(view(section(Authority.SECURITY, RULES.report("sec.hit", name="ABCDEFGH " * 30))), size=(120, 36))
    named_in_panel = [line[49:].rstrip() for line in lines if "ABCDEFGH" in line]
    assert any(line.endswith("…") for line in named_in_panel)


def test_what_an_officer_left_pending_is_shown_so_though_nothing_stands_against_it() -> None:
    waits = Judgement(Authority.IMMIGRATION, PERSON, Verdict.PENDING, Basis.OFFICER, "pending.confirmation")
    seen = view(given=(waits,))
    assert state_of(seen, seen.section(Authority.IMMIGRATION), JOINT) == of_verdict(Verdict.PENDING)
    clear = view()
    assert state_of(clear, clear.section(Authority.IMMIGRATION), JOINT) == of_verdict(Verdict.CLEAR)
