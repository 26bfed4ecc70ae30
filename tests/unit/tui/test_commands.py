"""The registry: one table from which keys, footer, palette, help and README come."""

import subprocess
import sys

import pytest
from textual.binding import Binding
from textual.content import Content

from counter_tui.tui.commands import COMMANDS, State, Where, commands_of, get_command, key_table
from counter_tui.tui.commands.registry import verdict_keys
from counter_tui.tui.screens.frame import bindings
from counter_tui.tui.widgets.footer import fit


@pytest.mark.parametrize("where", list(Where))
def test_a_key_means_one_thing_at_a_place(where: Where) -> None:
    keys = [key for command in commands_of(where) for key in command.keys]
    assert len(keys) == len(set(keys))


def test_no_key_is_one_that_a_reader_types() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert not (len(key) == 1 and key.isupper()), command.id
            assert key != "less_than_sign"
            assert not key.isdigit() or command.takes_key


@pytest.mark.parametrize("where", list(Where))
def test_a_place_has_help_language_and_a_way_out(where: Where) -> None:
    ids = {command.id for command in commands_of(where)}
    assert {"help", "language", "quit"} <= ids
    assert "leave" in ids or where in (Where.SIGN_IN, Where.READY)


@pytest.mark.parametrize("where", list(Where))
def test_enter_always_waits_for_the_reader(where: Where) -> None:
    assert all("enter" not in c.keys or c.verdict for c in commands_of(where))
    assert verdict_keys(where) <= {"enter", *"hxscdpnyjbzm", "exclamation_mark"}


def test_ids_and_words_are_there() -> None:
    assert len({c.id for c in COMMANDS}) == len(COMMANDS)
    assert all(c.label and c.help and c.group and c.where for c in COMMANDS)
    assert get_command("clear").method == "do_clear"
    with pytest.raises(KeyError):
        get_command("no such")


def test_every_binding_has_an_id_of_its_own() -> None:
    ids = [b.id for b in bindings() if isinstance(b, Binding)]
    assert len(ids) == len(set(ids)) == sum(len(c.keys) for c in COMMANDS)


def test_the_one_key_says_why_not() -> None:
    clear = get_command("clear")
    assert clear.enabled(State(Where.INSPECTION, opened=True)) is None
    assert clear.enabled(State(Where.INSPECTION, opened=True, not_green=("green.band",))) == "green.band"
    assert clear.enabled(State(Where.INSPECTION, opened=True, busy=True)) is not None
    assert clear.enabled(State(Where.INSPECTION)) is not None


def test_the_key_table_is_made_without_a_screen() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from counter_tui.tui.commands import key_table as t; print(len(t())); "  # noqa: ISC004
            "sys.exit('textual' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout) == len(COMMANDS) == len(key_table())


def test_the_footer_keeps_the_last_entry_whatever_the_width() -> None:
    entries = [Content(f"{letter} command") for letter in "abcdef"] + [Content("? help")]
    for width in range(10, 80):
        shown = fit(entries, width).plain
        assert shown.endswith("? help")
        assert len(shown) <= width
