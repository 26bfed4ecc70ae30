"""The commands of groups at the counter: which there are, and one that is worked document after document."""

from typing import Final

from ..words import N_
from .command import Command, State, Where
from .table import TRAVELLER, VERDICTS, at, command, idle, some_green, some_lines


def some_to_attest(state: State) -> str | None:
    """Of somebody nothing is missing but the officer's word."""
    return idle(state) if state.attests else N_("Nothing is to be attested of anybody here.")


GROUP_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "groups",
        "b",
        N_("bus"),
        N_("Groups that are expected or stand open: bus, family, batch, with their counts"),
        TRAVELLER,
        at(Where.READY),
    ),
    command(
        "group-open",
        "enter",
        N_("scan this group"),
        N_("Work this group: scan document after document"),
        TRAVELLER,
        at(Where.GROUPS),
        some_lines,
        main=True,
        verdict=True,
    ),
    command(
        "group-clear",
        "c",
        N_("clear all green"),
        N_("Clear all of the group against whom nothing stands; the others go to the desk that leads"),
        VERDICTS,
        at(Where.GROUP),
        some_green,
        main=True,
        verdict=True,
    ),
    command(
        "group-attest",
        "j",
        N_("attest"),
        N_("Attest of all in sight what NEXT asks: what you saw and heard of each yourself, in place of old sources"),
        VERDICTS,
        at(Where.GROUP),
        some_to_attest,
        verdict=True,
        footer=False,
    ),
    command(
        "group-close",
        "f",
        N_("finish…"),
        N_("Finish the group: count heads; why, where somebody is missing"),
        TRAVELLER,
        at(Where.GROUP),
    ),
    command(
        "group-look",
        "enter",
        N_("look at"),
        N_("Open the traveller of the group who is marked; the group waits"),
        TRAVELLER,
        at(Where.GROUP),
        some_lines,
        verdict=True,
    ),
    command(
        "group-say",
        "d",
        N_("driver says…"),
        N_("How many the driver says they are, where that is not what the list says"),
        TRAVELLER,
        at(Where.GROUP),
    ),
)
