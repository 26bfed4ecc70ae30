"""The first line of every screen: what it says of the link."""

from datetime import UTC, datetime, timedelta

import pytest

from counter_tui.tui.widgets.status_bar import link_words
from counter_tui.workstation.news import Status

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
