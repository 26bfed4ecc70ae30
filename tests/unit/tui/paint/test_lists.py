"""Ready pane, outbox and what the drawer chooses from."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from counter_tui.domain.agency_links import AgencyLink, Grade, Standing
from counter_tui.domain.sections import Subject
from counter_tui.domain.words import Authority, DeliveryState, SubjectKind, Verdict
from counter_tui.tui.paint.choosing import (
    Choice,
    choice_lines,
    drawer_title,
    narrowed,
    reason_choices,
    subject_choices,
)
from counter_tui.tui.paint.finding import found_row
from counter_tui.tui.paint.journal import chain, outbox_header, outbox_row, summary, way
from counter_tui.tui.paint.ready import ready
from counter_tui.workstation.news import Expected, Expecting, JournalCheck, Status
from tests.unit.tui.paint.travellers import (
    GOODS,
    NOW,
    PERSON,
    REASONS,
    TODAY,
    ZONE,
    border_pass,
    crossing,
    expecting,
    named,
    outbox,
    status,
)

MINUTE = timedelta(minutes=1)


def paint_ready(width: int = 80, height: int = 20) -> list[str]:
    parked = (crossing(border_pass()),)
    return [part.plain for part in ready(status(), expecting(), outbox(9), parked, NOW, ZONE, width, height)]


def test_ready_tells_who_comes_what_was_done_and_how_old_everything_is() -> None:
    text = "\n".join(paint_ready())
    for said in (
        "Ready. Swipe a document",
        "05:10  bus SJS 1123 Kuching-Pontianak",
        "on foot, alone",
        "received ✓",
        "refused because",
        "3 health 05:02 · animal/plant live",
        "3 waiting, oldest 40 s",
        "PUT ASIDE 1  SITI AMINAH since 05:14",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (AgencyLink(Authority.CUSTOMS, Grade.LIVE, Standing.RESTING, NOW, NOW + MINUTE), "2 customs live, asked again"),
        (AgencyLink(Authority.CUSTOMS, Grade.LIVE, Standing.RESTING, NOW, NOW - MINUTE), "2 customs live, no answer"),
        (AgencyLink(Authority.CUSTOMS, Grade.LIVE, Standing.LATE, NOW), "2 customs live, slow"),
        (AgencyLink(Authority.CUSTOMS, Grade.NONE, Standing.ANSWERING, NOW), "2 customs live, no link"),
        (AgencyLink(Authority.CUSTOMS, Grade.FILE, Standing.ANSWERING, NOW), "2 customs live, by file"),
        (AgencyLink(Authority.CUSTOMS, Grade.LIVE, Standing.ANSWERING, NOW), "2 customs live   "),
    ],
)
def test_a_link_of_which_there_is_something_to_say_is_told_behind_how_fresh_it_is(link: AgencyLink, said: str) -> None:
    before = status()
    sources = tuple(replace(one, link=link) if one.authority is link.authority else one for one in before.sources)
    lines = [
        part.plain for part in ready(replace(before, sources=sources), expecting(), outbox(9), (), NOW, ZONE, 80, 20)
    ]
    assert said in "\n".join(lines)
    assert all(cell_len(one) <= 80 for one in lines)


def test_groups_stand_in_the_order_in_which_they_are_due() -> None:
    lines = paint_ready()
    assert next(n for n, part in enumerate(lines) if "SJS" in part) < next(
        n for n, part in enumerate(lines) if "DAMRI" in part
    )


@pytest.mark.parametrize(("width", "height"), [(80, 20), (120, 36), (80, 12)])
def test_ready_fits(width: int, height: int) -> None:
    lines = paint_ready(width, height)
    assert len(lines) <= height
    assert max(map(cell_len, lines)) <= width


def test_a_quiet_morning_says_so() -> None:
    text = "\n".join(p.plain for p in ready(status(waiting=0), Expecting(), (), (), NOW, ZONE, 80, 20))
    assert "nobody is expected" in text
    assert "empty: everything is received" in text
    assert "PUT ASIDE" not in text


@pytest.mark.parametrize("width", [77, 117])
def test_the_rows_of_the_outbox_stand_under_their_names(width: int) -> None:
    header = outbox_header(width).plain
    rows = [outbox_row(entry, NOW, ZONE, width).plain for entry in outbox(4)]
    assert all(cell_len(row) <= width for row in rows)
    outcome, state = header.index("outcome"), header.index("state")
    assert [row[outcome:state].strip() for row in rows] == ["CLEAR ✓", "HOLD ■", "REFER ▲", "CLEAR ✓"]
    assert [row[state:].split()[0] for row in rows] == ["received", "recorded", "sent", "refused"]
    assert all("\x1b" not in row for row in rows)


def test_the_five_states_are_counted_in_their_words() -> None:
    assert summary(outbox(5)).plain == "1 recorded ·   1 sent →   2 received ✓   1 refused ■"
    assert {entry.state for entry in outbox(4)} == set(DeliveryState) - {DeliveryState.SEEN}


def test_the_chain_holds_or_its_problem_is_told() -> None:
    assert chain(JournalCheck(118, ()), NOW, ZONE).plain == "chain of 118 entries verified 05:14:20 ✓"
    broken = chain(JournalCheck(118, ("entry.unreadable",)), NOW, ZONE).plain
    assert broken == "■ chain of 118 entries does NOT hold (05:14:20): entry.unreadable"
    assert chain(None, NOW, ZONE).plain == "verifying the chain…"


CHOICES = [Choice(n, words) for n, words in enumerate(["pork", "poultry", "cash over limit"] * 4, start=1)]


def test_a_number_or_words_narrow_a_choice() -> None:
    assert [c.number for c in narrowed(CHOICES, "1")] == [1, 10, 11, 12]
    assert [c.number for c in narrowed(CHOICES, "12")] == [12]
    assert [c.words for c in narrowed(CHOICES, "OVER cash")] == ["cash over limit"] * 4
    assert narrowed(CHOICES, "nothing of this") == []
    assert narrowed(CHOICES, " ") == CHOICES


def test_the_choice_pointed_at_is_always_in_sight() -> None:
    for at in range(len(CHOICES)):
        lines = [part.plain for part in choice_lines(CHOICES, at, 80)]
        assert len(lines) == 7
        assert sum(part.startswith(" ▸") for part in lines) == 1
        assert lines[-1].rstrip().endswith("+5 more ↑↓")


def test_choices_say_what_they_ask_for() -> None:
    assert [c.words for c in subject_choices((PERSON, GOODS))] == ["person", "goods"]
    given = [(Verdict.HOLD, reason) for reason in REASONS]
    assert [c.hint for c in reason_choices(given, Verdict.HOLD, GOODS)] == ["", "UU 21/2019", "asks for a note"]
    seized = [(Verdict.REFUSE, REASONS[1])]
    assert [c.hint for c in reason_choices(seized, Verdict.HANDOVER, GOODS)] == ["SEIZE · UU 21/2019"]


def test_the_title_says_what_is_judged_and_of_whom() -> None:
    cash = Subject(SubjectKind.CASH, "cash", "USD [b]12,000[/b]")
    title = drawer_title(Verdict.REFUSE, cash, "SITI AMINAH", 60)[1].plain
    assert title.startswith(" SEIZE ■  cash USD [b]12,000[/b]")
    assert title.endswith("SITI AMINAH ")


def test_a_traveller_who_is_found_stands_in_columns() -> None:
    rows = [found_row(Expected(named(name), None), TODAY, 78).plain for name in ("陈伟", "RAHMAN", "محمد")]
    assert {cell_len(row[: row.index("12 Aug")]) for row in rows} == {28}


def test_the_outbox_says_when_it_is_empty_only_where_that_is_known() -> None:
    known = replace(status(waiting=118), empty_in=38.0)
    assert "118 waiting, oldest 40 s, empty in about 40 s" in painted_ready(known)
    assert "empty in" not in painted_ready(status(waiting=118))


@pytest.mark.parametrize("width", [80, 120])
def test_a_trouble_with_the_single_window_stands_below_the_outbox(width: int) -> None:
    lines = painted_ready(replace(status(), troubles=("delivery.forked",)), width).splitlines()
    at = next(n for n, part in enumerate(lines) if "■" in part)
    assert "OUTBOX" in lines[at - 1]
    assert "delivery.forked" in lines[at]
    assert max(map(cell_len, lines)) <= width


def painted_ready(told: Status, width: int = 80) -> str:
    return "\n".join(part.plain for part in ready(told, Expecting(), (), (), NOW, ZONE, width, 20))


def test_without_a_link_entries_wait_only_where_some_do() -> None:
    gone = replace(status(waiting=0), down_since=NOW)
    assert way(gone).plain == "no link; nothing waits for it"
    assert "entries wait" in way(replace(gone, waiting=2)).plain
