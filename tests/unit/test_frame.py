"""The walls between the rooms, held at run time too; and the shape that every file keeps."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
DOCSTRING = re.compile(r'(#.*\n)*"""')
SOURCES = sorted(
    path.relative_to(ROOT)
    for folder in ("counter_tui", "offline_cache", "scripts", "tests")
    for path in (ROOT / folder).rglob("*.py")
)

HEAVY = ("textual", "rich", "httpx", "pydantic", "apsw", "keyring", "cryptography", "argon2", "starlette", "uvicorn")
NOT_LOADED = {
    "offline_cache": ("textual", "httpx", "counter_tui", "starlette", "uvicorn", "pydantic", "rich"),
    "counter_tui.cli": HEAVY,
    "counter_tui.domain": HEAVY,
    "counter_tui.errors": (*HEAVY, "counter_tui.domain", "offline_cache"),
    "counter_tui.workstation": (*HEAVY, "offline_cache"),
}
"""What a module must not bring along: rooms it may not know, and what would cost time before the first screen."""


@pytest.mark.parametrize("module", NOT_LOADED)
def test_importing_a_room_does_not_bring_along(module: str) -> None:
    loaded = (
        f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}} | set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) & set(NOT_LOADED[module]) == set()


def test_the_contracts_between_the_rooms_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_file_can_be_held_in_the_head() -> None:
    lengths = {str(path): (ROOT / path).read_text("utf-8").count("\n") for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_a_module_says_what_it_is() -> None:
    texts = {path: (ROOT / path).read_text("utf-8") for path in SOURCES if path.parts[0] != "tests"}
    assert [str(path) for path, text in texts.items() if text.strip() and not DOCSTRING.match(text)] == []
