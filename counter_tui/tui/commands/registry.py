"""Every command there is, in the order in which the footer shows them; readable without a screen."""

from collections.abc import Sequence
from typing import Final

from ..words import N_, _
from .allowance import ALLOWANCE_COMMANDS
from .cases import CASE_COMMANDS
from .command import Command, Where
from .correcting import CORRECT_COMMANDS
from .groups import GROUP_COMMANDS
from .papers import PAPER_COMMANDS
from .seconding import SECOND_COMMANDS
from .steps import STEP_COMMANDS
from .table import (
    BOOTH,
    PROGRAM,
    TRAVELLER,
    VERDICTS,
    at,
    clear,
    command,
    idle,
    judge,
    opened,
    rehearsal,
    some_hit,
    some_lines,
    some_parked,
    some_repair,
    supervises,
)
from .watching import WATCH_COMMANDS

_CROSSING = frozenset({Where.INSPECTION, Where.DECIDED})
_DESK = _CROSSING | {Where.READY}
_LISTS = frozenset(
    {
        *(Where.PARKED, Where.GROUPS, Where.GROUP, Where.CASES, Where.CASE, Where.SECONDS, Where.STEPS, Where.MODE),
        *(Where.KEY_KIND, Where.REHEARSAL, Where.REPAIRS, Where.HITS),
    }
)
_EVERYWHERE = frozenset(Where)
_LEAVABLE = _EVERYWHERE - {Where.SIGN_IN, Where.READY}

COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "sign-in",
        "enter",
        N_("sign in"),
        N_("Sign in with the PIN that was typed"),
        BOOTH,
        at(Where.SIGN_IN),
        idle,
        main=True,
        verdict=True,
    ),
    command(
        "clear",
        "enter",
        N_("clear"),
        N_("Clear a traveller against whom nothing stands: one key"),
        VERDICTS,
        at(Where.INSPECTION),
        clear,
        main=True,
        verdict=True,
    ),
    command(
        "done",
        "enter",
        N_("next traveller"),
        N_("Leave the decided traveller; the counter is ready for the next"),
        TRAVELLER,
        at(Where.DECIDED),
        idle,
        main=True,
        verdict=True,
    ),
    command(
        "refer",
        "s",
        N_("secondary"),
        N_("Refer to secondary inspection, with a reason"),
        VERDICTS,
        _CROSSING,
        judge,
        verdict=True,
    ),
    command(
        "hold",
        "h",
        N_("hold…"),
        N_("Hold a person, a document or a thing, or leave it pending, with a reason"),
        VERDICTS,
        _CROSSING,
        judge,
        verdict=True,
    ),
    command(
        "refuse",
        "x",
        N_("refuse…"),
        N_("Refuse a person, seize a thing, or hand either over, with a reason"),
        VERDICTS,
        _CROSSING,
        judge,
        verdict=True,
    ),
    command(
        "clear-with-reason",
        "c",
        N_("clear…"),
        N_("Clear what a rule has stopped, outright or on a condition, as far as your role may"),
        VERDICTS,
        _CROSSING,
        judge,
        verdict=True,
    ),
    command("why", "w", N_("why"), N_("Every reason of the joint band in full"), TRAVELLER, _CROSSING, opened),
    command(
        "panel",
        "1 2 3 4",
        N_("detail"),
        N_("One panel in full: 1 immigration, 2 customs, 3 quarantine, 4 security"),
        TRAVELLER,
        _CROSSING,
        opened,
    ),
    command(
        "differences",
        "d",
        N_("differences"),
        N_("What each source says of who this is, side by side, and where they differ"),
        TRAVELLER,
        _CROSSING,
        opened,
        footer=False,
    ),
    command(
        "timeline",
        "e",
        N_("events"),
        N_("Events of this crossing: who answered, what was recorded, how far it has come"),
        TRAVELLER,
        _CROSSING,
        opened,
        footer=False,
    ),
    command("hits", "i", N_("hits"), N_("Hits: whom on a list this may be, and why"), TRAVELLER, _CROSSING, opened),
    command(
        "not-this-person",
        "n",
        N_("not this person"),
        N_("Not this person: two people sign, and the hit is remembered as decided"),
        VERDICTS,
        at(Where.HITS),
        some_hit,
        verdict=True,
    ),
    command(
        "this-person",
        "y",
        N_("this person"),
        N_("This person: two people sign, and the hit is verified"),
        VERDICTS,
        at(Where.HITS),
        some_hit,
        verdict=True,
    ),
    command(
        "unseal",
        "u",
        N_("unseal…"),
        N_("Unseal for one view what an agency keeps sealed: two people sign, and the agency sees who looked"),
        TRAVELLER,
        _CROSSING,
        judge,
        footer=False,
    ),
    command(
        "note",
        "n",
        N_("note"),
        N_("A note on the traveller, for one's own agency or others too"),
        TRAVELLER,
        _CROSSING,
        judge,
    ),
    *GROUP_COMMANDS,
    *WATCH_COMMANDS,
    *CASE_COMMANDS,
    *PAPER_COMMANDS,
    *STEP_COMMANDS,
    *CORRECT_COMMANDS,
    *SECOND_COMMANDS,
    *ALLOWANCE_COMMANDS,
    command("search", "slash", N_("search"), N_("Search a traveller by name, number or last four"), TRAVELLER, _DESK),
    command("key-in", "k", N_("key in"), N_("Key in a document that cannot be read"), TRAVELLER, _DESK | {Where.GROUP}),
    command(
        "park",
        "p",
        N_("put aside"),
        N_("Put the undecided traveller aside; nothing is lost"),
        TRAVELLER,
        at(Where.INSPECTION),
        judge,
    ),
    command(
        "parked",
        "p",
        N_("put aside"),
        N_("Travellers who were put aside"),
        TRAVELLER,
        at(Where.READY, Where.DECIDED),
        some_parked,
    ),
    command("outbox", "o", N_("outbox"), N_("Every entry with its state, and the journal checked"), BOOTH, _DESK),
    command(
        "lock",
        "l",
        N_("lock"),
        N_("Lock the counter; its queue goes on being delivered"),
        BOOTH,
        _DESK | {Where.GROUP},
        idle,
    ),
    command(
        "rehearsal",
        "t",
        N_("rehearsal"),
        N_("Rehearse: cut the link, make it slow, make an agency fail"),
        BOOTH,
        _DESK,
        rehearsal,
    ),
    command(
        "reader-test",
        "r",
        N_("reader test"),
        N_("Test the document reader: what comes, what is lost, how fast; opens nobody"),
        BOOTH,
        at(Where.READY),
        footer=False,
    ),
    command(
        "load-lists",
        "u",
        N_("load lists"),
        N_("Look for new versions of lists, or stop loading them"),
        BOOTH,
        at(Where.READY),
        supervises,
        footer=False,
    ),
    command(
        "resume",
        "enter",
        N_("open"),
        N_("Open the traveller again"),
        TRAVELLER,
        at(Where.PARKED),
        some_lines,
        main=True,
        verdict=True,
    ),
    command(
        "drop",
        "d",
        N_("drop"),
        N_("Drop an undecided crossing on purpose; asked first"),
        TRAVELLER,
        at(Where.PARKED),
        some_lines,
        verdict=True,
    ),
    command(
        "rehearse",
        "enter",
        N_("do it"),
        N_("Do what is marked"),
        BOOTH,
        at(Where.REHEARSAL),
        main=True,
        verdict=True,
    ),
    command("up", "up", N_("up"), N_("One line up"), PROGRAM, _LISTS | {Where.SIGN_IN}, footer=False),
    command("down", "down", N_("choose"), N_("One line down"), PROGRAM, _LISTS | {Where.SIGN_IN}),
    command(
        "keep",
        "enter",
        N_("keep the one on the screen"),
        N_("Go on with the undecided traveller"),
        TRAVELLER,
        at(Where.UNDECIDED),
        main=True,
        verdict=True,
    ),
    command(
        "park-and-open",
        "p",
        N_("put aside, open the new one"),
        N_("Put the undecided traveller aside, open the new"),
        TRAVELLER,
        at(Where.UNDECIDED),
        verdict=True,
    ),
    command(
        "confirm-repair",
        "enter",
        N_("as printed: open"),
        N_("Open the document with the repair that was compared with the printed page"),
        TRAVELLER,
        at(Where.REPAIRS),
        some_repair,
        main=True,
        verdict=True,
    ),
    command(
        "key-kind",
        "enter",
        N_("key in this kind"),
        N_("Key in a document of the kind that is marked"),
        TRAVELLER,
        at(Where.KEY_KIND),
        main=True,
        verdict=True,
    ),
    command(
        "accept",
        "enter",
        N_("next field, open at the end"),
        N_("Next field; after the last one, or when somebody known is offered, open the document"),
        TRAVELLER,
        at(Where.KEY_IN),
        main=True,
        verdict=True,
    ),
    command(
        "verify",
        "v",
        N_("check the journal"),
        N_("Check the journal's chain from its first entry on"),
        BOOTH,
        at(Where.OUTBOX),
    ),
    command(
        "quit-now",
        "enter",
        N_("quit"),
        N_("Quit; everything recorded is on disk"),
        PROGRAM,
        at(Where.QUIT),
        main=True,
        verdict=True,
    ),
    command("leave", "escape", N_("back"), N_("One step back"), PROGRAM, _LEAVABLE),
    command("language", "f2", N_("bahasa"), N_("The other language"), PROGRAM, _EVERYWHERE),
    command("theme", "f3", N_("theme"), N_("The next theme: dark, light, high contrast"), PROGRAM, _EVERYWHERE),
    command("palette", "ctrl+p", N_("palette"), N_("Find a command by its name"), PROGRAM, _EVERYWHERE, footer=False),
    command("quit", "ctrl+q", N_("quit"), N_("Quit; asks first, and says what is safe on disk"), PROGRAM, _EVERYWHERE),
    command("help", "question_mark f1", N_("help"), N_("The keys of this screen, and its words"), PROGRAM, _EVERYWHERE),
)

_BY_ID: Final = {command.id: command for command in COMMANDS}


def get_command(id_: str) -> Command:
    """The command of this id; KeyError where there is none."""
    return _BY_ID[id_]


def commands_of(where: Where) -> tuple[Command, ...]:
    """The commands of a place, the main one first, then in the order of the footer."""
    return tuple(sorted((c for c in COMMANDS if where in c.where), key=lambda c: not c.main))


def verdict_keys(where: Where) -> frozenset[str]:
    """The keys of a place that wait for the reader, as Textual names them."""
    return frozenset(key for c in commands_of(where) if c.verdict for key in c.keys)


def key_table() -> Sequence[tuple[str, str, str]]:
    """Key, group and help line of every command, in the language that is on: the key table of the README."""
    return [(c.key, _(c.group), _(c.help)) for c in COMMANDS]
