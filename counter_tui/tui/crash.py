"""The one top handler: a fault ends the program with one line that holds no PIN, no key and no name."""

from typing import TYPE_CHECKING, Any

from .words import _

if TYPE_CHECKING:
    from textual.app import App

    Program = App[int]
else:
    Program = object

EXIT_CODE = 1


class Crash(Program):
    """Makes an App one whose faults are told in one line: what kind, what is safe on disk, what to do next."""

    fault: str = ""

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = EXIT_CODE
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.fault = self.fault or type(error).__name__
        self._close_messages_no_wait()

    def panic(self, *_renderables: Any) -> None:
        """The framework gives up: what it would print may hold anything, so only that it did is told."""
        self.fault = self.fault or "panic"
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
        if self.fault:
            self.error_console.print(fault_words(self.fault), markup=False, highlight=False, soft_wrap=True)


def fault_words(fault: str) -> str:
    """What stands in the terminal after a fault."""
    told = _("counter: stopped by a fault of its own ({fault}).").format(fault=fault)
    safe = _("Everything that was recorded is safe on disk and will be sent at the next start.")
    then = _("Start it again; if it stops again, run: counter doctor")
    return f"{told} {safe} {then}"
