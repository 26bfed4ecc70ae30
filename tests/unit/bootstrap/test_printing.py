"""How papers leave the machine: off until they are turned on, no shell, no file left, nobody else's eyes."""

import asyncio
import os
import stat
import sys
from pathlib import Path

import pytest

from counter_tui import settings_papers
from counter_tui.bootstrap.printing import CommandPrinter, FolderSaver, bind
from counter_tui.domain.papers.rules import Printing
from counter_tui.errors import DecisionError

BODY = b"NOTICE\nRAHMAN\n"


def runs(script: str, *more: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", script, *more)


async def test_printing_is_off_out_of_the_box() -> None:
    parts = bind(settings_papers.load_papers())
    with pytest.raises(DecisionError, match=r"paper\.print-off"):
        await parts.print(BODY)
    assert parts.save.why_not() == "paper.save-off"


async def test_the_command_is_given_the_paper_on_its_standard_input_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "printed"
    script = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    await CommandPrinter(Printing(runs(script, str(out))))(BODY)
    assert out.read_bytes() == BODY


async def test_no_shell_reads_the_arguments(tmp_path: Path) -> None:
    out = tmp_path / "printed"
    script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
    await CommandPrinter(Printing(runs(script, str(out), "$(id); `id` > x && y")))(BODY)
    assert out.read_text() == "$(id); `id` > x && y"


@pytest.mark.parametrize("command", [runs("raise SystemExit(3)"), ("/nowhere/lp",), ("",), ("a\0b",)])
async def test_a_command_that_fails_says_so(command: tuple[str, ...]) -> None:
    with pytest.raises(DecisionError, match=r"paper\.print-failed"):
        await CommandPrinter(Printing(command))(BODY)


async def test_a_command_that_hangs_is_ended() -> None:
    printer = CommandPrinter(Printing(runs("import signal; signal.pause()"), seconds=0))
    with pytest.raises(DecisionError, match=r"paper\.print-late"):
        await printer(BODY)


async def test_a_command_does_not_outlive_who_waits_for_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    script = "import os, signal, sys; open(sys.argv[1], 'w').write(str(os.getpid())); signal.pause()"
    waits = asyncio.create_task(CommandPrinter(Printing(runs(script, str(pid))))(BODY))
    while not (pid.exists() and pid.read_text()):
        await asyncio.sleep(0)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


async def test_a_command_that_does_not_read_is_no_fault() -> None:
    await CommandPrinter(Printing(runs("pass")))(b"x" * 1_000_000)


def saver(tmp_path: Path, *, mode: int = 0o700, encrypted: tuple[str, ...] | None = None) -> FolderSaver:
    folder = tmp_path / "safe" / "papers"
    folder.mkdir(parents=True)
    folder.chmod(mode)
    roots = (str(tmp_path / "safe"),) if encrypted is None else encrypted
    return FolderSaver(Printing(folder=str(folder), encrypted=roots))


def test_a_paper_is_saved_for_its_owners_eyes(tmp_path: Path) -> None:
    path = Path(saver(tmp_path)("notice-ENT-3-7KQ2-M4XR-12.pdf", BODY))
    assert path.read_bytes() == BODY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_paper_is_written_over_nor_elsewhere(tmp_path: Path) -> None:
    save = saver(tmp_path)
    save("a.pdf", BODY)
    for name in ("a.pdf", "../a.pdf", "/tmp/a.pdf", ""):
        with pytest.raises(DecisionError, match=r"paper\.save-failed"):
            save(name, b"other")
    (tmp_path / "safe" / "papers" / "link.pdf").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DecisionError, match=r"paper\.save-failed"):
        save("link.pdf", BODY)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o707])
def test_a_folder_that_others_get_at_is_refused(tmp_path: Path, mode: int) -> None:
    assert saver(tmp_path, mode=mode).why_not() == "paper.save-shared"


def test_a_folder_that_the_post_does_not_know_to_be_encrypted_is_refused(tmp_path: Path) -> None:
    assert saver(tmp_path, encrypted=()).why_not() == "paper.save-not-encrypted"
    away = tmp_path / "away"
    away.mkdir(mode=0o700)
    (tmp_path / "safe" / "link").symlink_to(away)
    by_link = FolderSaver(Printing(folder=str(tmp_path / "safe" / "link"), encrypted=(str(tmp_path / "safe"),)))
    assert by_link.why_not() == "paper.save-not-encrypted"


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("gone", "file"):
        assert FolderSaver(Printing(folder=str(tmp_path / name), encrypted=(str(tmp_path),))).why_not() == (
            "paper.save-no-folder"
        )
