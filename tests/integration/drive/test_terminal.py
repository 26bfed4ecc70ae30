"""The terminal that drives the program is itself held against a small program."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.drive.terminal import Terminal, descendants, running

ECHO = """
import os, shutil, signal, subprocess, sys, termios, tty
kept = termios.tcgetattr(0)
tty.setraw(0)
def say(text): os.write(1, text.encode() + b"\\r\\n")
def size(*_): say("size %d %d" % os.get_terminal_size(0))
signal.signal(signal.SIGWINCH, size)
child = subprocess.Popen([sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
os.write(1, b"\\x1b[?1049h\\x1b[>1u\\x1b[<u\\x1b[2J\\x1b[H\\x1b[1mre\\x1b[0mady\\r\\n")
size()
while (data := os.read(0, 100)) != b"q":
    say("got " + repr(data))
termios.tcsetattr(0, termios.TCSADRAIN, kept)
child.stdin.close()
child.wait()
sys.exit(3)
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    program = tmp_path / "echo.py"
    program.write_text(ECHO, "utf-8")
    with Terminal([sys.executable, str(program)], {}, (60, 10)) as terminal:
        terminal.until("ready")
        yield terminal


def test_it_shows_what_is_painted_and_nothing_of_the_queries(terminal: Terminal) -> None:
    terminal.until("size 60 10")
    assert terminal.screen()[:2] == ["ready", "size 60 10"]


def test_a_burst_arrives_at_once_and_keys_by_name(terminal: Terminal) -> None:
    sent = terminal.type("P<UTO\r")
    painted = terminal.until(r"got b'P<UTO\r'")
    assert sent < painted
    terminal.press("f2")
    terminal.until(r"got b'\x1bOQ'")
    terminal.press("ctrl+p")
    terminal.until(r"got b'\x10'")


def test_the_program_is_told_of_a_new_size(terminal: Terminal) -> None:
    terminal.resize(80, 24)
    terminal.until("size 80 24")


def test_it_ends_by_itself_with_its_code(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.wait_end() == 3


def test_what_is_not_there_fails_with_the_screen(terminal: Terminal) -> None:
    with pytest.raises(AssertionError, match="ready"):
        terminal.until("never", timeout=0.05)


def test_kill9_ends_the_program_alone(terminal: Terminal) -> None:
    children = terminal.children()
    assert len(children) == 1
    assert children == descendants(terminal.pid)
    terminal.kill9()
    assert not running([terminal.pid])


def test_close_ends_children(terminal: Terminal) -> None:
    children = terminal.children()
    terminal.close()
    assert not running({terminal.pid} | children)
