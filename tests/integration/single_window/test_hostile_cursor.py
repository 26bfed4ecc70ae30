"""A counter may say what it likes of how far it holds the feed: others are served all the same."""

from pathlib import Path

import pytest

from counter_tui.domain.words import Agency, Authority
from tests.integration.single_window.test_taking_entries import Post, second_booth, sync
from tests.integration.single_window.world import section


@pytest.mark.parametrize("cursor", [(1 << 63) - 1, 1 << 62, (1 << 62) - 1])
def test_no_cursor_uses_the_positions_up(tmp_path: Path, cursor: int) -> None:
    post = Post(tmp_path)
    post.sync(cursor=cursor)
    post.window.keep_section("IDN:X1", section(Authority.CUSTOMS))
    post.sync(cursor=cursor)
    post.sync(post.opening, post.booth.decide())
    heard = sync(post.window, second_booth(post, set(Agency)))
    assert [item.kind for item in heard.feed] == ["section", "decision"]
