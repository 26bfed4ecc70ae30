"""The commands of the steps of joint procedures."""

from typing import Final

from ..words import N_
from .command import Command, State, Where
from .table import TRAVELLER, VERDICTS, at, command, idle, opened, some_lines

_CROSSING = frozenset({Where.INSPECTION, Where.DECIDED})


def some_steps(state: State) -> str | None:
    """A joint procedure applies."""
    return opened(state) or (None if state.steps else N_("No joint procedure applies: there are no steps."))


def some_step(state: State) -> str | None:
    """A step is marked, and nothing is being recorded."""
    return some_lines(state) or idle(state)


STEP_COMMANDS: Final[tuple[Command, ...]] = (
    command(
        "steps",
        "q",
        N_("joint steps"),
        N_("The steps of the joint procedure: what is next, whose it is, how long it may take"),
        TRAVELLER,
        _CROSSING,
        some_steps,
    ),
    command(
        "emergency",
        "exclamation_mark",
        N_("emergency"),
        N_("Somebody needs help now: recorded with this key alone, at every counter everything else yields"),
        TRAVELLER,
        _CROSSING | {Where.STEPS},
        opened,
        verdict=True,
        footer=False,
    ),
    command(
        "step-done",
        "enter",
        N_("done"),
        N_("The step that is marked is done; where two sign, the second is asked for"),
        VERDICTS,
        at(Where.STEPS, Where.MODE),
        some_step,
        main=True,
        verdict=True,
    ),
    command(
        "step-begin",
        "b",
        N_("begun"),
        N_("Somebody is at the step that is marked; one that was finished is open again"),
        VERDICTS,
        at(Where.STEPS, Where.MODE),
        some_step,
        verdict=True,
    ),
    command(
        "step-spare",
        "n",
        N_("not needed…"),
        N_("The step that is marked is not needed, and why"),
        VERDICTS,
        at(Where.STEPS),
        some_step,
        verdict=True,
    ),
)
