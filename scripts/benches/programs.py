"""The two programs that the benches pair, each in a terminal of 80x24: `counter demo`, and the bare Textual app."""

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.drive.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
BARE = "bare: closed"
"""What stands on the bare app's screen once it is painted."""
BARE_EMPTY = "bare: empty"
"""What stands in the field of the bare app with panels as long as they are empty."""
SIGN_IN = "Officer "
"""What stands on the sign-in screen once it is painted."""
READY = "Ready."
"""What stands on the ready screen once it is painted."""
MASK = "•"
"""What stands for a character of a PIN."""


def bare_app() -> Terminal:
    """The bare app."""
    return Terminal([sys.executable, str(Path(__file__).with_name("bare_app.py"))])


def bare_panels(texts: Path) -> Terminal:
    """The bare app that refills panels with the texts in a file of JSON."""
    return Terminal([sys.executable, str(Path(__file__).with_name("bare_panels.py")), str(texts)])


def counter_demo(home: Path, *, config: Path | None = None) -> Terminal:
    """`counter demo`, its state in the folder `home`; `config` is another configuration than the shipped one."""
    environment = {"COUNTER_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    if config is not None:
        environment["COUNTER_CONFIG"] = str(config)
    return Terminal([str(Path(sys.executable).with_name("counter")), "demo"], environment)


def pin() -> str:
    """The PIN of the demo officer whom the sign-in screen marks first."""
    officers = tomllib.loads((ROOT / "config" / "demo" / "officers.toml").read_text("utf-8"))
    return str(officers["officer"][0]["pin"])


def sign_in(demo: Terminal) -> None:
    """Sign in and wait for the ready screen."""
    demo.until(SIGN_IN)
    demo.type(pin())
    demo.until(lambda rows: count(rows, MASK) == len(pin()))
    demo.press("enter")
    demo.until(READY)


def count(rows: list[str], text: str) -> int:
    """How often a text stands on a screen."""
    return sum(row.count(text) for row in rows)


@contextmanager
def prepared_home() -> Iterator[Path]:
    """A folder with an existing demo store, made by one start of the program; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        os.environ.pop("NO_COLOR", None)
        with counter_demo(home) as demo:
            sign_in(demo)
        yield home
