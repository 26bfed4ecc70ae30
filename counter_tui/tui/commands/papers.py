"""The commands of papers: what the traveller is given, and the stamp."""

from typing import Final

from ..words import N_
from .command import Command, Where
from .table import TRAVELLER, at, command, idle, judge, some_lines

PAPER_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "papers",
        "g",
        N_("give paper"),
        N_("Give a paper, as it will be printed: notice, admission slip; of a case the hand-over record, the letter"),
        TRAVELLER,
        at(Where.INSPECTION, Where.DECIDED, Where.CASE),
        idle,
        footer=False,
    ),
    command(
        "stamp",
        "a",
        N_("stamp…"),
        N_("Admitted until when, under which stamp and on which page"),
        TRAVELLER,
        at(Where.PAPERS),
        judge,
    ),
    command(
        "paper-print",
        "p",
        N_("print"),
        N_("Print the paper that is shown; a copy takes a second person"),
        TRAVELLER,
        at(Where.PAPERS),
        some_lines,
        main=True,
        verdict=True,
    ),
    command(
        "paper-save",
        "s",
        N_("save"),
        N_("Save the paper that is shown in the post's folder, as PDF"),
        TRAVELLER,
        at(Where.PAPERS),
        some_lines,
        verdict=True,
    ),
    command(
        "paper-kind",
        "1 2",
        N_("which paper"),
        N_("Which paper: 1 notice, 2 admission slip; of a case 1 hand-over record, 2 official letter"),
        TRAVELLER,
        at(Where.PAPERS),
    ),
    command(
        "paper-language",
        "l",
        N_("paper's language"),
        N_("The paper in all its languages, or in one of them"),
        TRAVELLER,
        at(Where.PAPERS),
    ),
    command(
        "stamp-accept",
        "enter",
        N_("next field, record at the end"),
        N_("Next field; after the last one, record stamp and page"),
        TRAVELLER,
        at(Where.STAMP),
        main=True,
        verdict=True,
    ),
)
