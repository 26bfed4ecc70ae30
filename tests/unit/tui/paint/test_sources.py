"""Why an authority is not checked, in few words; how its link stands, whole."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from counter_tui.domain.agency_links import AgencyLink, Grade, Standing
from counter_tui.domain.sections import not_checked
from counter_tui.domain.words import Authority
from counter_tui.tui.paint.details import one_panel
from counter_tui.tui.paint.inspection import inspection
from counter_tui.tui.paint.panels import Panels
from counter_tui.tui.paint.sources import Sources, sources_of, why_not_checked
from counter_tui.workstation.news import SourceAge
from tests.unit.tui.paint.travellers import JOINT, NOW, ZONE, cached, section, status, view

MINUTE = timedelta(minutes=1)
HEALTH = Authority.HEALTH
SINCE = NOW - 30 * MINUTE


def link(grade: Grade, standing: Standing = Standing.ANSWERING, why: str = "", **more: object) -> AgencyLink:
    return replace(AgencyLink(HEALTH, grade, standing, SINCE, why=why), **more)  # type: ignore[arg-type]


RESTING = Standing.RESTING
WORDS = [
    (link(Grade.NONE), "no link to its system"),
    (link(Grade.FILE), "by file: none has come"),
    (link(Grade.FILE, last_answer=NOW - 12 * MINUTE), "not in its file, 05:02"),
    (link(Grade.FILE, last_answer=NOW - 180 * MINUTE), "not in its file, 3 h old"),
    (link(Grade.QUERY, RESTING, "agency.no-answer"), "no answer since 04:44"),
    (link(Grade.LIVE, RESTING), "no answer since 04:44"),
    (link(Grade.LIVE, RESTING, "agency.refused 503"), "refuses (503) since 04:44"),
    (link(Grade.LIVE, RESTING, "agency.too-slow"), "too slow since 04:44"),
    (link(Grade.LIVE, RESTING, "json.key-twice"), "answers unusable since 04:44"),
    (link(Grade.LIVE, RESTING, "agency.no-answer", since=NOW - timedelta(days=2)), "no answer since 19 Nov 05:14"),
    (link(Grade.LIVE, Standing.LATE), "slow since 04:44, may still come"),
    (link(Grade.LIVE), ""),
]


def panels(*links: AgencyLink, down: bool = False) -> Panels:
    sources = Sources(NOW - 3 * MINUTE if down else None, links)
    return Panels(view(not_checked(HEALTH)), JOINT, NOW, ZONE, sources=sources)


def painted(of: Panels, width: int = 80, height: int = 20) -> str:
    lines = [line.plain for line in inspection(of, None, width, height).lines]
    assert all(cell_len(line) <= width for line in lines)
    return "\n".join(lines)


@pytest.mark.parametrize(("of", "said"), WORDS)
def test_its_panel_says_why(of: AgencyLink, said: str) -> None:
    assert why_not_checked(HEALTH, Sources(None, (of,)), NOW, ZONE) == said
    shown = said or "no answer, and nothing held here"
    assert f"health: {shown}" in painted(panels(of))
    assert shown[:18] in painted(panels(of), 120, 36), "what is longer goes on in the next row"


@pytest.mark.parametrize("of", [one for one, _ in WORDS if one.grade is not Grade.NONE])
def test_while_its_own_link_is_down_a_counter_blames_no_agency(of: AgencyLink) -> None:
    assert "health: link down since 05:11" in painted(panels(of, down=True))


def test_where_there_is_no_link_it_would_not_be_asked_over_any() -> None:
    assert "health: no link to its system" in painted(panels(link(Grade.NONE), down=True))


def test_of_another_authority_nothing_is_said() -> None:
    other = replace(link(Grade.LIVE, RESTING, "agency.no-answer"), authority=Authority.CUSTOMS)
    assert "since" not in painted(panels(other))


def agency_screen(of: Panels) -> str:
    lines = [line.plain for line in one_panel(of, 3, 76)]
    assert all(cell_len(line) <= 76 for line in lines)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (link(Grade.NONE), "its link: none"),
        (link(Grade.FILE, last_answer=NOW - 12 * MINUTE), "its link: by file, last 05:02"),
        (link(Grade.FILE, why="agency.file-cut", last_answer=NOW - 12 * MINUTE), "a later file is not taken"),
        (link(Grade.LIVE, RESTING, "agency.no-answer", until=NOW + 5 * MINUTE), "last answer never, asked again 05:19"),
        (link(Grade.LIVE, RESTING, "agency.refused 503"), "agency.refused"),
        (link(Grade.QUERY), "asked while a traveller stands here"),
    ],
)
def test_its_own_screen_says_how_its_link_stands(of: AgencyLink, said: str) -> None:
    shown = agency_screen(panels(of))
    assert said in shown
    assert "nothing held here" in shown


def test_of_an_ordinary_link_its_own_screen_says_nothing() -> None:
    assert "its link" not in agency_screen(panels(link(Grade.LIVE)))
    assert "down since 05:11" in agency_screen(panels(link(Grade.LIVE), down=True))


def test_what_came_by_file_says_so_with_its_age() -> None:
    held = cached(HEALTH)
    of = Panels(view(held), JOINT, NOW, ZONE, sources=Sources(None, (link(Grade.FILE, last_answer=NOW),)))
    assert "file 05:02" in painted(of)
    assert "by file" in painted(of, 120, 36)
    assert "by file, as of 05:02:" in agency_screen(of)
    live = replace(of, view=view(section(HEALTH)))
    assert "file" not in painted(live), "what is live did not come so"


def test_a_status_tells_the_links_it_knows() -> None:
    assert sources_of(None) == Sources() == sources_of(replace(status(), sources=()))
    known = link(Grade.NONE)
    aged = replace(status(), sources=(SourceAge(HEALTH, status().sources[0].state, None, known),), down_since=NOW)
    assert sources_of(aged) == Sources(NOW, (known,))
