"""How long a start takes, from the start of the process, on a store that exists, servers starting behind it.

    sign_in_painted   the sign-in screen stands                 against: the bare app stands
    first_key         the first PIN key, pressed at that        against: its first key, pressed at that moment, is shown
                      moment, is shown as a mask
    pin_accepted      the whole PIN was typed and entered, and  against: the bare app stands (it has nothing to accept)
                      the ready screen stands

The two programs start in turn, each alone; medians. The first start of each is not counted: it fills the disk's cache.
"""

from collections.abc import Iterator
from pathlib import Path

from .figure import Figure, milliseconds
from .programs import BARE, MASK, READY, SIGN_IN, bare_app, count, counter_demo, pin, prepared_home

RUNS, QUICK_RUNS = 9, 3
REACH = {"sign_in_painted": 1.25, "first_key": 1.4, "pin_accepted": 2.5}
QUICK_ALLOWANCE = 1.1
"""Three runs scatter more than nine."""


def start_bare() -> tuple[float, float]:
    """Seconds to painted and to the first key shown."""
    with bare_app() as bare:
        painted = bare.until(BARE)
        bare.type("z")
        echoed = bare.until(lambda rows: any("z" in row for row in rows))
        return painted - bare.started, echoed - bare.started


def start_demo(home: Path) -> tuple[float, float, float]:
    """Seconds to painted, to the first PIN key shown, and to the ready screen."""
    with counter_demo(home) as demo:
        painted = demo.until(SIGN_IN)
        shown = count(demo.screen(), MASK)
        first, rest = pin()[0], pin()[1:]
        demo.type(first)
        echoed = demo.until(lambda rows: count(rows, MASK) > shown)
        demo.press(*rest, "enter")
        accepted = demo.until(READY)
        return painted - demo.started, echoed - demo.started, accepted - demo.started


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The three figures."""
    runs = QUICK_RUNS if quick else RUNS
    with prepared_home() as home:
        start_bare()
        pairs = [(start_demo(home), start_bare()) for _ in range(runs)]
    painted, echoed, accepted = zip(*(demo for demo, _ in pairs), strict=True)
    bare_painted, bare_echoed = zip(*(bare for _, bare in pairs), strict=True)
    reach = {figure: round(most * (QUICK_ALLOWANCE if quick else 1), 3) for figure, most in REACH.items()}
    yield milliseconds("start", "sign_in_painted", painted, bare_painted, reach["sign_in_painted"])
    yield milliseconds("start", "first_key", echoed, bare_echoed, reach["first_key"])
    yield milliseconds("start", "pin_accepted", accepted, bare_painted, reach["pin_accepted"])
