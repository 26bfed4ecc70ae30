"""The setup does what is needed, once, and says what to do where it cannot. Python itself is played by a script."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ("sh", "dirname", "cat", "cksum", "find", "sort", "cp", "mkdir", "touch")
PYTHON = """#!/bin/sh
echo "$*" >>"$LOG"
case "$*" in
    *version_info*) [ -z "${OLD:-}" ] ;;
    *ensurepip*) [ -z "${BARE:-}" ] ;;
    *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
    *"-m pip"*) [ -z "${OFFLINE:-}" ] ;;
    *catalogues.py*) touch config/locales/id/LC_MESSAGES/counter.mo ;;
esac
"""


class Checkout:
    """A folder with the setup in it, and a log of what it asked Python for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = root / "log"
        for folder in ("scripts", "bin", "config/locales/id/LC_MESSAGES"):
            (root / folder).mkdir(parents=True)
        for tool in TOOLS:
            (root / "bin" / tool).symlink_to(shutil.which(tool) or tool)
        shutil.copy(ROOT / "scripts" / "setup", root / "scripts")
        for name in ("scripts/requirements.txt", "scripts/requirements-dev.txt", "pyproject.toml"):
            (root / name).write_text(name, "utf-8")
        self.po.write_text("one", "utf-8")
        python = root / "bin" / "python3"
        python.write_text(PYTHON, "utf-8")
        python.chmod(0o755)

    @property
    def po(self) -> Path:
        return self.root / "config" / "locales" / "id" / "LC_MESSAGES" / "counter.po"

    def setup(self, *args: str, **env: str) -> tuple[int, str, list[str]]:
        """Exit code, what it said, and the calls of Python (the looks at its version left out)."""
        self.log.write_text("", "utf-8")
        done = subprocess.run(
            [self.root / "scripts" / "setup", *args],
            env={"PATH": str(self.root / "bin"), "LOG": str(self.log), **env},
            cwd=os.sep,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        calls = self.log.read_text("utf-8").splitlines()
        return done.returncode, done.stderr, [call for call in calls if not call.startswith("-c ")]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def pip(*lines: str) -> list[str]:
    return [f"-m pip --disable-pip-version-check -qq install {line}" for line in lines]


COMPILED = ["-m compileall -q counter_tui offline_cache"]
SELF = "--no-build-isolation --no-deps --editable ."
RUN = [*pip("--require-hashes --requirement scripts/requirements.txt", SELF), *COMPILED]
DEV = [*pip("--require-hashes --requirement scripts/requirements-dev.txt", SELF), *COMPILED]
COMPILE = ["scripts/catalogues.py compile"]


def test_the_first_run_makes_everything_and_the_second_asks_python_for_nothing(checkout: Checkout) -> None:
    code, _, calls = checkout.setup()
    assert (code, calls) == (0, ["-m venv --clear .venv", *RUN, *COMPILE])
    checkout.setup()
    assert checkout.log.read_text("utf-8") == ""


def test_the_tests_tools_hold_the_programs_needs(checkout: Checkout) -> None:
    checkout.setup()
    assert checkout.setup("--dev")[2] == DEV
    assert checkout.setup()[2] == []
    assert checkout.setup("--dev")[2] == []


@pytest.mark.parametrize("changed", ["scripts/requirements.txt", "pyproject.toml"])
def test_what_changed_is_installed_anew(checkout: Checkout, changed: str) -> None:
    checkout.setup()
    (checkout.root / changed).write_text("other", "utf-8")
    assert checkout.setup()[2] == RUN


def test_changed_words_are_compiled_and_no_more(checkout: Checkout) -> None:
    checkout.setup()
    checkout.po.write_text("two", "utf-8")
    assert checkout.setup()[2] == COMPILE
    checkout.po.with_suffix(".mo").unlink()
    assert checkout.setup()[2] == COMPILE
    assert checkout.setup()[2] == []


def test_a_failed_install_is_no_ready_one(checkout: Checkout) -> None:
    code, said, _ = checkout.setup(OFFLINE="yes")
    assert code == 1
    assert "needs a network" in said
    assert checkout.setup()[2] == [*RUN, *COMPILE]


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.setup()
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert checkout.setup()[2] == ["-m venv --clear .venv", *RUN]


def test_without_a_new_enough_python_it_says_what_to_do(checkout: Checkout) -> None:
    code, said, calls = checkout.setup(OLD="yes")
    assert (code, calls) == (1, [])
    assert "no Python 3.11" in said
    assert "Next: install one" in said


def test_without_ensurepip_it_says_what_to_do(checkout: Checkout) -> None:
    code, said, calls = checkout.setup(BARE="yes")
    assert (code, calls) == (1, [])
    assert "has no ensurepip" in said
    assert "python3-venv" in said


def test_an_unknown_argument_is_refused(checkout: Checkout) -> None:
    assert checkout.setup("--devel")[0] == 2
