"""The commands of second persons and overrides."""

from typing import Final

from ..words import N_
from .command import Command, State, Where
from .table import BOOTH, VERDICTS, at, command, judge, some_lines


def overrides(state: State) -> str | None:
    """A supervisor is signed in, and a traveller is open."""
    return judge(state) or (None if state.supervises else "override.no-supervisor")


SECOND_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "second",
        "y",
        N_("asked as second"),
        N_("You are asked as a second person: by telephone, or to confirm what another counter recorded"),
        BOOTH,
        at(Where.READY, Where.INSPECTION, Where.DECIDED),
        footer=False,
    ),
    command(
        "override",
        "m",
        N_("override…"),
        N_("Set an automatic result aside for hours: a supervisor, and a second person of the rule's own agency"),
        VERDICTS,
        at(Where.INSPECTION, Where.DECIDED),
        overrides,
        verdict=True,
        footer=False,
    ),
    command(
        "second-answer",
        "enter",
        N_("answer"),
        N_("Answer this as the second person"),
        VERDICTS,
        at(Where.SECONDS),
        some_lines,
        main=True,
        verdict=True,
    ),
)
