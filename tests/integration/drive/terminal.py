"""A real terminal for a test: the program runs on a pty of its own, and what it paints is kept on a pyte screen.

Everything waits for what it wants to see; nothing sleeps. Every chunk of output bears the time at which it arrived, so
that the benches can say when something was painted without the cost of painting it here.
"""

import codecs
import errno
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"f{number}": f"\x1bO{letter}" for number, letter in enumerate("PQRS", start=1)},
    **{f"f{number}": f"\x1b[{code}~" for number, code in enumerate((15, 17, 18, 19, 20, 21, 23, 24), start=5)},
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a keyboard sends for a key; any other key is one character and sends itself."""

QUERY = re.compile(r"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]")
"""Control sequences of keyboards and queries that pyte would show as text."""
UNFINISHED = re.compile(r"\x1b(\[[0-?]*[ -/]*)?$")
PATIENCE = 20.0
"""Seconds to wait for something that should be there at once."""


def descendants(pid: int) -> set[int]:
    """The running processes that this one started, and those that they started."""
    children: dict[int, list[int]] = {}
    for child, parent, state in processes():
        if state != "Z":
            children.setdefault(parent, []).append(child)
    found: set[int] = set()
    new = [pid]
    while new:
        new = [child for parent in new for child in children.get(parent, []) if child not in found]
        found.update(new)
    return found


def processes() -> Iterable[tuple[int, int, str]]:
    """Every process: its id, its parent's, and its state's letter."""
    if not Path("/proc/self/stat").exists():
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,state="], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            pid, parent, state = line.split()
            yield int(pid), int(parent), state[0]
        return
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *_ = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
        yield int(folder.name), int(parent), state


def running(pids: Iterable[int]) -> set[int]:
    """Those of the processes that still run (one that ended and waits to be reaped does not)."""
    return set(pids) & {pid for pid, _, state in processes() if state != "Z"}


def take_terminal() -> None:
    """Make standard input the controlling terminal, as a login does: job control and SIGWINCH follow from it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def linked(rows: list[str]) -> bool:
    """Whether the status line says that there is a link, with its rate where it is known."""
    return "link up" in rows[0] or "kbit/s" in rows[0]


class Terminal:
    """A program in a terminal. Use it as a context manager: whatever happens, the program is ended."""

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str] | None = None, size: tuple[int, int] = (80, 24)
    ) -> None:
        """Start `argv` in `size` columns and rows; `env` is added to an environment of a plain terminal."""
        self.size = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._waiting: list[tuple[float, bytes]] = []
        self._ended = False
        self._master, slave = os.openpty()
        self._set_size()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "COV_"))}
        for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CI"):
            inherited.pop(name, None)
        plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=inherited | plain | dict(env or {}),
            start_new_session=True,
            preexec_fn=take_terminal,  # noqa: PLW1509 - one system call, and nothing else starts the program like a login
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    def type(self, text: str) -> float:
        """Write all of it at once, as a document reader does; returns when, in seconds of `time.perf_counter`."""
        data = text.encode()
        now = time.perf_counter()
        while data:
            data = data[os.write(self._master, data) :]
        return now

    def type_at(self, text: str, per_second: float) -> None:
        """Write it character by character, so many a second, as a slower reader does; output is taken meanwhile."""
        due = time.perf_counter()
        for character in text:
            while (left := due - time.perf_counter()) > 0:
                select.select([self._master], [], [], left)
                self._take(0)
            self.type(character)
            due += 1 / per_second

    def press(self, *names: str) -> float:
        """Press keys by name (`enter`, `f2`, `ctrl+p`, `a`), each in a write of its own; returns when the last was."""
        return [self.type(KEYS.get(name, name)) for name in names][-1]

    def screen(self) -> list[str]:
        """The rows as they stand now, trailing blanks cut."""
        self._take(0)
        while self._waiting:
            self._paint()
        return self._rows()

    def until(self, wanted: str | Callable[[list[str]], object], timeout: float = PATIENCE) -> float:
        """Wait until a text stands on the screen, or rows please a function; returns the time of the paint that did it.

        Raises AssertionError, with the screen, where that has not happened within `timeout` seconds.
        """
        pleases = wanted if callable(wanted) else lambda rows: any(wanted in row for row in rows)
        deadline = time.perf_counter() + timeout
        when = time.perf_counter()
        while not pleases(self._rows()):
            if not self._waiting and not self._take(max(0.0, deadline - time.perf_counter())):
                why = f"ended with {self._process.poll()}" if self._ended else f"not within {timeout} s"
                raise AssertionError(f"{wanted!r}: {why}; the screen:\n" + "\n".join(self._rows()))
            when = self._paint()
        return when

    def until_gone(self, text: str, timeout: float = PATIENCE) -> float:
        """Wait until a text stands nowhere on the screen any more."""
        return self.until(lambda rows: not any(text in row for row in rows), timeout)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal; the program is told."""
        self.screen()
        self.size = (columns, rows)
        self._screen.resize(rows, columns)
        self._set_size()

    def kill9(self) -> None:
        """End the program as a power cut does, and wait until it is gone; its children are left to themselves."""
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def children(self) -> set[int]:
        """The running processes that the program, and what it started, started."""
        return descendants(self.pid)

    def wait_end(self, timeout: float = PATIENCE) -> int:
        """Wait until the program ends by itself; its exit code. Raises AssertionError where it does not."""
        deadline = time.perf_counter() + timeout
        while self._process.poll() is None:
            # What it still writes has to be taken, or it would wait for ever.
            if time.perf_counter() > deadline:
                raise AssertionError(f"still running after {timeout} s; the screen:\n" + "\n".join(self.screen()))
            if self._ended:
                self._process.wait(max(0.0, deadline - time.perf_counter()))
            self._take(0.05)
        return self._process.returncode

    def close(self) -> None:
        """End the program and what it started."""
        left = self.children()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE)
        for pid in running(left):
            os.kill(pid, signal.SIGKILL)
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def cell(self, column: int, row: int) -> Any:
        """One cell, as pyte has it: `data`, `fg`, `bg`, `bold`, `reverse`."""
        return self._screen.buffer[row][column]

    def _rows(self) -> list[str]:
        return [row.rstrip() for row in self._screen.display]

    def _take(self, timeout: float) -> bool:
        """Take in all output there is, waiting for the first of it; False where there was none."""
        while not self._ended and select.select([self._master], [], [], timeout)[0]:
            try:
                chunk = os.read(self._master, 65536)
            except OSError as error:
                if error.errno != errno.EIO:  # how Linux says that nobody is on the other side
                    raise
                chunk = b""
            if not chunk:
                self._ended = True
                break
            self._waiting.append((time.perf_counter(), chunk))
            timeout = 0
        return bool(self._waiting)

    def _paint(self) -> float:
        """Paint one chunk; the time of its arrival."""
        when, chunk = self._waiting.pop(0)
        text = QUERY.sub("", self._rest + self._decode(chunk))
        unfinished = UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        text, self._rest = text[:cut], text[cut:]
        self._stream.feed(text)
        return when

    def _set_size(self) -> None:
        columns, rows = self.size
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
