"""The command of a border resident's allowance."""

from typing import Final

from ..words import N_
from .command import Command, Where
from .table import TRAVELLER, at, command, judge

ALLOWANCE_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "allowance",
        "r",
        N_("allowance…"),
        N_("The border resident's allowance of this month: what is left, and grants"),
        TRAVELLER,
        at(Where.INSPECTION, Where.DECIDED),
        judge,
        footer=False,
    ),
)
