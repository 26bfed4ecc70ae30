"""The commands of second persons and overrides."""

from typing import Final

from ..words import N_
from .command import Command, Where
from .table import BOOTH, VERDICTS, at, command, some_lines

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
