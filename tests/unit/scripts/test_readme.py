"""The README's key table is generated, and only it."""

import pytest

from scripts import readme


def test_the_table_comes_between_the_marks_and_nothing_else_changes() -> None:
    old = "# a\n<!-- keys -->\nold\n<!-- /keys -->\nrest\n"
    assert readme.fill(old, "new\n") == "# a\n<!-- keys -->\nnew\n<!-- /keys -->\nrest\n"


@pytest.mark.parametrize("text", ["", "<!-- keys -->\nno end", "no begin <!-- /keys -->"])
def test_a_readme_without_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        readme.fill(text, "")


def test_every_command_has_a_row() -> None:
    from counter_tui.tui.commands.registry import COMMANDS

    rows = readme.key_table().splitlines()
    assert len(rows) == len(COMMANDS) + 2
    assert all(row.count(" | ") == 1 for row in rows if not row.startswith("|---"))
