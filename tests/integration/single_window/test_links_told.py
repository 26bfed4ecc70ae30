"""How the agencies' links stand, from the single window to every counter by its feed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from counter_tui.domain.agency_links import AgencyLink, Grade, Standing, read_link
from counter_tui.domain.words import Agency, Authority
from counter_tui.link.values import FeedItem
from counter_tui.single_window.service import SingleWindow
from tests.integration.single_window.world import NOW, Booth, enrol, open_window, sync_request

ORDINARY = AgencyLink(Authority.CUSTOMS, Grade.LIVE, Standing.ANSWERING, NOW)
RESTING = replace(
    ORDINARY, standing=Standing.RESTING, until=NOW + timedelta(seconds=5), why="agency.no-answer", last_answer=NOW
)


def told(window: SingleWindow, folder: Path, name: str, agencies: frozenset[Agency]) -> list[FeedItem]:
    """What a counter that enrols now finds in its feed, in version 1."""
    booth = Booth.make(folder, name)
    enrol(window, booth, agencies)
    enrolled = next(line.enrolled for line in window._store.counters() if line.enrolled.counter.id == name)
    return [item.fields() for item in window.sync(enrolled, sync_request()).feed]


def test_of_a_link_that_was_never_anything_but_ordinary_nothing_is_said(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    window.keep_link(ORDINARY)
    assert told(window, tmp_path, "A1", frozenset(Agency)) == []


def test_one_that_rests_is_told_to_all_and_so_is_its_return(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    window.keep_link(RESTING)
    for name, agencies in (("A1", frozenset(Agency)), ("B1", frozenset({Agency.SECURITY}))):
        (item,) = told(window, tmp_path, name, agencies)
        assert (item.kind, item.key) == ("link", "customs")
        assert read_link(item.body) == RESTING
    window.keep_link(ORDINARY)
    (item,) = told(window, tmp_path, "C1", frozenset(Agency))
    assert read_link(item.body) == ORDINARY


def test_what_was_said_is_not_said_again(tmp_path: Path) -> None:
    window, store = open_window(tmp_path)
    window.keep_link(RESTING)
    first = store.find_feed("link", "customs")
    window.keep_link(replace(RESTING, since=NOW + timedelta(hours=1), last_answer=None))
    assert store.find_feed("link", "customs") == first
    window.keep_link(replace(RESTING, until=NOW + timedelta(seconds=9)))
    assert store.find_feed("link", "customs") != first
