"""The first line of every screen: what it says of the link."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter_tui.tui.widgets.status_bar import link_words
from counter_tui.workstation.news import LinkState, Status

NOW = datetime(2026, 11, 21, 5, 14, tzinfo=UTC)


def status(link: str = "down", waiting: int = 0, behind: int = 0) -> Status:
    down = NOW - timedelta(minutes=12) if link == "down" else None
    return Status(link, down, waiting, None, (), behind)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (None, "link starting"),
        (status("starting"), "link starting"),
        (status("up"), "link up"),
        (status(), "OFFLINE 12 min"),
        (status(waiting=1), "OFFLINE 12 min, 1 waits"),
        (status(waiting=3), "OFFLINE 12 min, 3 wait"),
        (status("up", behind=90), "link up  CLOCK BEHIND"),
    ],
)
def test_what_the_line_says_of_the_link(told: Status | None, words: str) -> None:
    assert link_words(told, NOW).plain == words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (None, "link up"),
        (9_640.0, "link 9.6 kbit/s"),
        (48_400.0, "link 48 kbit/s"),
        (669_000.0, "link up"),
        (2e6, "link up"),
    ],
)
def test_the_rate_is_shown_where_somebody_waits_for_it(rate: float | None, words: str) -> None:
    told = replace(status("up"), quality=LinkState(0.6, rate, 0.0))
    assert link_words(told, NOW).plain == words


def test_a_trouble_with_the_single_window_stands_on_the_line() -> None:
    assert "SYNC ■" in link_words(replace(status("up"), troubles=("delivery.forked",)), NOW).plain
