"""Every command there is, in the order in which the footer shows them; readable without a screen."""

from collections.abc import Sequence
from typing import Final

from ..words import N_, _
from .command import Command, Enabled, State, Where, always

_CROSSING = frozenset({Where.INSPECTION, Where.DECIDED})
_DESK = _CROSSING | {Where.READY}
_LISTS = frozenset({Where.PARKED, Where.KEY_KIND, Where.REHEARSAL, Where.REPAIRS, Where.HITS})
_EVERYWHERE = frozenset(Where)
_LEAVABLE = _EVERYWHERE - {Where.SIGN_IN, Where.READY}

TRAVELLER: Final = N_("traveller")
VERDICTS: Final = N_("verdicts")
BOOTH: Final = N_("booth")
PROGRAM: Final = N_("program")


def _idle(state: State) -> str | None:
    return N_("The last step is still being recorded: wait for the word recorded.") if state.busy else None


def _opened(state: State) -> str | None:
    return None if state.opened else N_("No traveller is open: swipe a document first.")


def _judge(state: State) -> str | None:
    return _opened(state) or _idle(state)


def _clear(state: State) -> str | None:
    if state.not_green:
        return state.not_green[0]
    return _judge(state)


def _rehearsal(state: State) -> str | None:
    return None if state.rehearsal else N_("Only the demo can be rehearsed.")


def _supervises(state: State) -> str | None:
    return None if state.supervises else N_("Lists are loaded by a supervisor or a trainer.")


def _some_parked(state: State) -> str | None:
    return None if state.parked else N_("Nobody was put aside.")


def _some_lines(state: State) -> str | None:
    return None if state.lines else N_("The list is empty.")


def _some_hit(state: State) -> str | None:
    return _idle(state) if state.lines else N_("No hit is open: there is nothing to decide.")


def _some_repair(state: State) -> str | None:
    return None if state.lines else N_("Compare with the printed page, then press the number of the repair.")


def _command(  # noqa: PLR0913 - one row of the table
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
    return Command(id_, tuple(keys.split()), label, help_, group, where, enabled, main, verdict, footer)


def _at(*places: Where) -> frozenset[Where]:
    return frozenset(places)


COMMANDS: Final[tuple[Command, ...]] = (
    _command(
        "sign-in",
        "enter",
        N_("sign in"),
        N_("Sign in with the PIN that was typed"),
        BOOTH,
        _at(Where.SIGN_IN),
        _idle,
        main=True,
        verdict=True,
    ),
    _command(
        "clear",
        "enter",
        N_("clear"),
        N_("Clear a traveller against whom nothing stands: one key"),
        VERDICTS,
        _at(Where.INSPECTION),
        _clear,
        main=True,
        verdict=True,
    ),
    _command(
        "done",
        "enter",
        N_("next traveller"),
        N_("Leave the decided traveller; the counter is ready for the next"),
        TRAVELLER,
        _at(Where.DECIDED),
        _idle,
        main=True,
        verdict=True,
    ),
    _command(
        "refer",
        "s",
        N_("secondary"),
        N_("Refer to secondary inspection, with a reason"),
        VERDICTS,
        _CROSSING,
        _judge,
        verdict=True,
    ),
    _command(
        "hold",
        "h",
        N_("hold…"),
        N_("Hold a person, a document, goods, an animal, a vehicle or cash, with a reason"),
        VERDICTS,
        _CROSSING,
        _judge,
        verdict=True,
    ),
    _command(
        "refuse",
        "x",
        N_("refuse…"),
        N_("Refuse a person, or seize a thing, with a reason"),
        VERDICTS,
        _CROSSING,
        _judge,
        verdict=True,
    ),
    _command(
        "clear-with-reason",
        "c",
        N_("clear…"),
        N_("Clear what a rule has stopped, as far as your role may, with a reason"),
        VERDICTS,
        _CROSSING,
        _judge,
        verdict=True,
    ),
    _command("why", "w", N_("why"), N_("Every reason of the joint band in full"), TRAVELLER, _CROSSING, _opened),
    _command(
        "panel",
        "1 2 3 4",
        N_("detail"),
        N_("One panel in full: 1 immigration, 2 customs, 3 quarantine, 4 security"),
        TRAVELLER,
        _CROSSING,
        _opened,
    ),
    _command("hits", "i", N_("hits"), N_("Hits: whom on a list this may be, and why"), TRAVELLER, _CROSSING, _opened),
    _command(
        "not-this-person",
        "n",
        N_("not this person"),
        N_("Not this person: two people sign, and the hit is remembered as decided"),
        VERDICTS,
        _at(Where.HITS),
        _some_hit,
        verdict=True,
    ),
    _command(
        "this-person",
        "y",
        N_("this person"),
        N_("This person: two people sign, and the hit is verified"),
        VERDICTS,
        _at(Where.HITS),
        _some_hit,
        verdict=True,
    ),
    _command("search", "slash", N_("search"), N_("Search a traveller by name, number or last four"), TRAVELLER, _DESK),
    _command("key-in", "k", N_("key in"), N_("Key in a document that cannot be read"), TRAVELLER, _DESK),
    _command(
        "park",
        "p",
        N_("put aside"),
        N_("Put the undecided traveller aside; nothing is lost"),
        TRAVELLER,
        _at(Where.INSPECTION),
        _judge,
    ),
    _command(
        "parked",
        "p",
        N_("put aside"),
        N_("Travellers who were put aside"),
        TRAVELLER,
        _at(Where.READY, Where.DECIDED),
        _some_parked,
    ),
    _command("outbox", "o", N_("outbox"), N_("Every entry with its state, and the journal checked"), BOOTH, _DESK),
    _command("lock", "l", N_("lock"), N_("Lock the counter; its queue goes on being delivered"), BOOTH, _DESK, _idle),
    _command(
        "rehearsal",
        "t",
        N_("rehearsal"),
        N_("Rehearse: cut the link, make it slow, make an agency fail"),
        BOOTH,
        _DESK,
        _rehearsal,
    ),
    _command(
        "reader-test",
        "r",
        N_("reader test"),
        N_("Test the document reader: what comes, what is lost, how fast; opens nobody"),
        BOOTH,
        _at(Where.READY),
        footer=False,
    ),
    _command(
        "load-lists",
        "u",
        N_("load lists"),
        N_("Look for new versions of lists, or stop loading them"),
        BOOTH,
        _at(Where.READY),
        _supervises,
        footer=False,
    ),
    _command(
        "resume",
        "enter",
        N_("open"),
        N_("Open the traveller again"),
        TRAVELLER,
        _at(Where.PARKED),
        _some_lines,
        main=True,
        verdict=True,
    ),
    _command(
        "drop",
        "d",
        N_("drop"),
        N_("Drop an undecided crossing on purpose; asked first"),
        TRAVELLER,
        _at(Where.PARKED),
        _some_lines,
        verdict=True,
    ),
    _command(
        "rehearse",
        "enter",
        N_("do it"),
        N_("Do what is marked"),
        BOOTH,
        _at(Where.REHEARSAL),
        main=True,
        verdict=True,
    ),
    _command("up", "up", N_("up"), N_("One line up"), PROGRAM, _LISTS | {Where.SIGN_IN}, footer=False),
    _command("down", "down", N_("choose"), N_("One line down"), PROGRAM, _LISTS | {Where.SIGN_IN}),
    _command(
        "keep",
        "enter",
        N_("keep the one on the screen"),
        N_("Go on with the undecided traveller"),
        TRAVELLER,
        _at(Where.UNDECIDED),
        main=True,
        verdict=True,
    ),
    _command(
        "park-and-open",
        "p",
        N_("put aside, open the new one"),
        N_("Put the undecided traveller aside, open the new"),
        TRAVELLER,
        _at(Where.UNDECIDED),
        verdict=True,
    ),
    _command(
        "confirm-repair",
        "enter",
        N_("as printed: open"),
        N_("Open the document with the repair that was compared with the printed page"),
        TRAVELLER,
        _at(Where.REPAIRS),
        _some_repair,
        main=True,
        verdict=True,
    ),
    _command(
        "key-kind",
        "enter",
        N_("key in this kind"),
        N_("Key in a document of the kind that is marked"),
        TRAVELLER,
        _at(Where.KEY_KIND),
        main=True,
        verdict=True,
    ),
    _command(
        "accept",
        "enter",
        N_("next field, open at the end"),
        N_("Next field; after the last one, or when somebody known is offered, open the document"),
        TRAVELLER,
        _at(Where.KEY_IN),
        main=True,
        verdict=True,
    ),
    _command(
        "verify",
        "v",
        N_("check the journal"),
        N_("Check the journal's chain from its first entry on"),
        BOOTH,
        _at(Where.OUTBOX),
    ),
    _command(
        "quit-now",
        "enter",
        N_("quit"),
        N_("Quit; everything recorded is on disk"),
        PROGRAM,
        _at(Where.QUIT),
        main=True,
        verdict=True,
    ),
    _command("leave", "escape", N_("back"), N_("One step back"), PROGRAM, _LEAVABLE),
    _command("language", "f2", N_("bahasa"), N_("The other language"), PROGRAM, _EVERYWHERE),
    _command("theme", "f3", N_("theme"), N_("The next theme: dark, light, high contrast"), PROGRAM, _EVERYWHERE),
    _command("palette", "ctrl+p", N_("palette"), N_("Find a command by its name"), PROGRAM, _EVERYWHERE, footer=False),
    _command("quit", "ctrl+q", N_("quit"), N_("Quit; asks first, and says what is safe on disk"), PROGRAM, _EVERYWHERE),
    _command(
        "help", "question_mark f1", N_("help"), N_("The keys of this screen, and its words"), PROGRAM, _EVERYWHERE
    ),
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
