"""The commands that take back."""

from typing import Final

from ..words import N_
from .command import Command, Where
from .table import VERDICTS, at, command, idle

CORRECT_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "undo",
        "z",
        N_("undo"),
        N_("Undo your last decision, for 60 seconds: the traveller is undecided again, and the journal keeps both"),
        VERDICTS,
        at(Where.READY, Where.INSPECTION, Where.DECIDED),
        idle,
        footer=False,
        verdict=True,
    ),
)
