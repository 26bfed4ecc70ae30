"""The commands beside the traveller in hand: attesting, the supervisor's queue, conflicts, late hits, degraded mode."""

from typing import Final

from ..words import N_
from .command import Command, State, Where
from .table import BOOTH, TRAVELLER, VERDICTS, at, command, idle, some_lines

ATTEST: Final = "floor.attest"
_SIGNED: Final = at(Where.READY, Where.INSPECTION, Where.DECIDED)


def to_attest(state: State) -> str | None:
    """Nothing but what is attested stands between the traveller and the one key."""
    return idle(state) if state.not_green == (ATTEST,) else N_("Nothing is to be attested of this traveller.")


WATCH_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "attest",
        "j",
        N_("attest"),
        N_("Attest all that NEXT asks: what you saw and heard yourself, in place of old sources"),
        VERDICTS,
        at(Where.INSPECTION),
        to_attest,
        verdict=True,
        footer=False,
    ),
    command(
        "queue",
        "v",
        N_("queue"),
        N_("The supervisor's queue: late hits, conflicts, hits, second persons, what is overdue"),
        BOOTH,
        _SIGNED,
    ),
    command(
        "queue-open",
        "enter",
        N_("open"),
        N_("Open the matter that is marked at the place to act"),
        BOOTH,
        at(Where.QUEUE),
        some_lines,
        main=True,
        verdict=True,
    ),
    command(
        "mode",
        "m",
        N_("degraded mode"),
        N_("Degraded mode: declared and left by two people of two agencies; what is run again afterwards"),
        BOOTH,
        at(Where.READY, Where.QUEUE),
        footer=False,
    ),
    command(
        "mode-declare",
        "d",
        N_("declare…"),
        N_("Declare degraded mode: why, and a second person of another agency"),
        BOOTH,
        at(Where.MODE),
    ),
    command(
        "mode-leave",
        "e",
        N_("leave…"),
        N_("Leave degraded mode: two people; whoever was cleared in it is run again"),
        BOOTH,
        at(Where.MODE),
    ),
    command(
        "mode-loosen",
        "o",
        N_("loosen…"),
        N_("Let an agency's data be older for some hours: two people, one of that agency"),
        BOOTH,
        at(Where.MODE),
    ),
    command(
        "keep-stricter",
        "enter",
        N_("keep the stricter"),
        N_("Keep the stricter verdict: the disagreement is known and settled, nothing is let go"),
        VERDICTS,
        at(Where.CONFLICT),
        idle,
        main=True,
        verdict=True,
    ),
    command(
        "joint-review",
        "j",
        N_("joint review…"),
        N_("Joint review: open it, say what your agency says, raise it, or agree"),
        VERDICTS,
        at(Where.CONFLICT),
        idle,
    ),
    command(
        "conflict-note",
        "n",
        N_("note…"),
        N_("A note that stays with the joint review"),
        TRAVELLER,
        at(Where.CONFLICT),
        idle,
    ),
    command(
        "other-side",
        "t",
        N_("other counter"),
        N_("Compare with the next counter that decided apart"),
        TRAVELLER,
        at(Where.CONFLICT),
        footer=False,
    ),
    command(
        "look-there",
        "o",
        N_("look"),
        N_("Open the traveller as any counter sees them"),
        TRAVELLER,
        at(Where.CONFLICT, Where.RECALL),
        idle,
    ),
    command(
        "recall-settle",
        "enter",
        N_("say what became of it…"),
        N_("Say what became of a late hit: found, left the post, not this person, handed over"),
        VERDICTS,
        at(Where.RECALL),
        idle,
        main=True,
        verdict=True,
    ),
)
