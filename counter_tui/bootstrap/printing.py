"""How papers leave the machine: the post's print command, and its folder. Both are off until the post turns them on."""

import asyncio
import contextlib
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import Final

from ..domain.papers.blocks import Paper
from ..domain.papers.rules import PaperRules, Printing
from ..errors import DecisionError
from ..workstation.paper_ports import PaperParts

MOST_BYTES: Final = 4 << 20
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def bind(rules: PaperRules) -> PaperParts:
    """What papers need of this machine."""
    return PaperParts(rules, _pdf, CommandPrinter(rules.printing), FolderSaver(rules.printing))


def _pdf(paper: Paper, at: datetime) -> bytes:
    from ..workstation.paper_pdf import pdf  # 200 ms to load: only where a page is asked for

    return pdf(paper, at)


class CommandPrinter:
    """Gives a paper to a command on its standard input: no shell, no file, nothing kept of what it says."""

    def __init__(self, printing: Printing) -> None:
        self._printing = printing

    async def __call__(self, body: bytes) -> None:
        """As `Printer`."""
        if not self._printing.command:
            raise DecisionError("paper.print-off")
        if len(body) > MOST_BYTES:
            raise DecisionError("paper.print-failed", status=-1)
        try:
            process = await asyncio.create_subprocess_exec(
                *self._printing.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except (OSError, ValueError):
            raise DecisionError("paper.print-failed", status=-1) from None
        try:
            async with asyncio.timeout(self._printing.seconds):
                await process.communicate(body)
        except TimeoutError:
            raise DecisionError("paper.print-late", seconds=self._printing.seconds) from None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            raise DecisionError("paper.print-failed", status=process.returncode)


class FolderSaver:
    """Keeps papers in one folder, which is below one that the post knows to be encrypted, and nobody else's."""

    def __init__(self, printing: Printing) -> None:
        self._folder = printing.folder
        self._encrypted = printing.encrypted

    def why_not(self) -> str:
        """As `Saver`: `paper.save-off`, `paper.save-no-folder`, `paper.save-not-encrypted`, `paper.save-shared`."""
        if not self._folder:
            return "paper.save-off"
        try:
            folder = Path(self._folder).resolve(strict=True)
            found = folder.stat()
        except OSError:
            return "paper.save-no-folder"
        if not stat.S_ISDIR(found.st_mode):
            return "paper.save-no-folder"
        roots = [Path(root).resolve() for root in self._encrypted if root]
        if not any(folder.is_relative_to(root) for root in roots):
            return "paper.save-not-encrypted"
        return "paper.save-shared" if _is_shared(found) else ""

    def __call__(self, name: str, body: bytes) -> str:
        """As `Saver`. A name that is taken is refused: no paper is ever written over."""
        why = self.why_not()
        if why:
            raise DecisionError(why)
        path = Path(self._folder).resolve() / name
        if path.name != name:
            raise DecisionError("paper.save-failed")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            opened = os.open(path, flags, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            raise DecisionError("paper.save-failed") from None
        return str(path)


def _is_shared(found: os.stat_result) -> bool:
    """Whether others than its owner get at a folder, or its owner is somebody else; where owners are known."""
    if not hasattr(os, "geteuid"):
        return False
    return found.st_uid != os.geteuid() or bool(found.st_mode & _OTHERS)
