"""The rows of the table of commands: how one is written, its groups, and what it takes for one to work."""

from typing import Final

from ..words import N_
from .command import Command, Enabled, State, Where, always

TRAVELLER: Final = N_("traveller")
VERDICTS: Final = N_("verdicts")
BOOTH: Final = N_("booth")
PROGRAM: Final = N_("program")


def idle(state: State) -> str | None:
    """Nothing is being recorded."""
    return N_("The last step is still being recorded: wait for the word recorded.") if state.busy else None


def opened(state: State) -> str | None:
    """A traveller is open."""
    return None if state.opened else N_("No traveller is open: swipe a document first.")


def judge(state: State) -> str | None:
    """A traveller is open, and nothing is being recorded."""
    return opened(state) or idle(state)


def clear(state: State) -> str | None:
    """The one key clears."""
    if state.not_green:
        return state.not_green[0]
    return judge(state)


def rehearsal(state: State) -> str | None:
    """There is a rehearsal: it is the demo."""
    return None if state.rehearsal else N_("Only the demo can be rehearsed.")


def supervises(state: State) -> str | None:
    """A supervisor or a trainer is signed in."""
    return None if state.supervises else N_("Lists are loaded by a supervisor or a trainer.")


def some_parked(state: State) -> str | None:
    """Somebody was put aside."""
    return None if state.parked else N_("Nobody was put aside.")


def some_lines(state: State) -> str | None:
    """The list has lines."""
    return None if state.lines else N_("The list is empty.")


def some_green(state: State) -> str | None:
    """The key for all greens of a group acts on somebody."""
    return idle(state) if state.greens else N_("Nobody here is green and open: there is nobody to clear.")


def some_hit(state: State) -> str | None:
    """A hit is open."""
    return idle(state) if state.lines else N_("No hit is open: there is nothing to decide.")


def some_repair(state: State) -> str | None:
    """A repair was chosen."""
    return None if state.lines else N_("Compare with the printed page, then press the number of the repair.")


def command(  # noqa: PLR0913 - one row of the table
    id_: str,
    keys: str,
    label: str,
    help_: str,
    group: str,
    where: frozenset[Where],
    enabled: Enabled = always,
    *,
    main: bool = False,
    verdict: bool = False,
    footer: bool = True,
) -> Command:
    """A row: id, keys with blanks between, label, help, group, places, whether it works."""
    return Command(id_, tuple(keys.split()), label, help_, group, where, enabled, main, verdict, footer)


def at(*places: Where) -> frozenset[Where]:
    """The places of a command."""
    return frozenset(places)
