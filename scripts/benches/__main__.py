"""`scripts/bench NAME... [--quick] [--seeds A-B] [--list]`: a JSON line a figure; exit 1 where one falls short."""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Protocol, cast

from .figure import Figure

BENCHES = {
    "start": "counter demo on an existing store: sign-in, first PIN key, PIN accepted, against a bare Textual app",
    "keys": "a character typed, and a command, to painted, in a real terminal, against a bare Textual app",
    "open": "a zone to painted, 100,000 travellers and a million listed names, against 50 ms and a bare Textual app",
    "open-agencies": "a zone to painted while one agency is dead and one answers after 5 s, against none being asked",
    "commit": "an encrypted durable append to the journal, against the same signed bytes in plain SQLite",
    "growth": "opening a vault and appending to its journal with 10^6 entries held, against 10^4",
    "kill": "kill -9 at random moments of who records, and of a pair that delivers: what is lost or claimed too soon",
    "powercut": "power cut at random moments under the cipher: what is lost, broken or readable after it",
    "simulate": "seeded schedules of both halves of the sync core: lost, doubled, diverged; `--seeds A-B` for which",
    "fuzz": "hostile input by seed: what comes out, how soon, in how much memory",
    "manifest": "a list of 400 passengers read and screened, on the OFAC and UN lists, and on a million names",
    "screening": "one name against a million listed persons, against rapidfuzz over the same names; recall; memory",
    "alarms": "false hits per 100 ordinary travellers on a million listed persons, and listed persons found",
    "blind": "blind lists: size, hits found beside the list in clear, false hits, and what guessing names costs",
    "bus": "a bus of 20, all green, as a group: keys beside the scans; seconds to all recorded, against one by one",
    "lane": "scan to decision in milliseconds with an enforcement case open, against an idle counter",
    "offline-lane": "link down, lists 8 h old: travellers of a normal mix who are done in a scan and two keys",
    "shift": "ten minutes in a terminal at a slow link that comes and goes: is the screen ever still, is all received",
    "bytes": "bytes above TCP but TLS a decision, both ways, and a record pulled, against zstd's floor",
    "link": "a hundred decisions at 64 and 9.6 kbit/s, 600 ms round trip, TLS; the first receipt",
    "flap": "a hundred decisions over a link 15 s up and 5 s down, dying by reset and in silence",
    "reconnect": "the first receipt after a link's return; bytes sent again after a cut",
    "risk": "the joint profile of one traveller under 200 rules, with the full explanation, against 5 ms",
    "canaries": "strings sealed from a counter, looked for in all that it has; what sizes, times, contributions tell",
    "fold": "the joint outcome of a crossing with 100 acts, and of a day's 5,000 crossings, against 1 ms and 2 s",
    "allowance": "residents' allowances at several counters by seed: overspent in silence, lost; `--seeds A-B`",
    "schedules": "joint decisions at three counters by seed: promises broken, planted bugs caught; `--seeds A-B`",
    "explore": "every history of up to five verdicts at three counters, and of six with `--seeds A-B` of its shapes",
    "keystrokes": "keys from the painted traveller to recorded: green, refer, hold with its reason, refuse by two",
    "scenarios": "each joint procedure worked to its end by keys alone, in a real terminal at 80x24 and 120x40",
    "names": "F1 over labelled pairs of names at the shipped threshold, against token_sort_ratio at its best",
}

MODULES = {"open": "opening", "open-agencies": "opening_agencies", "offline-lane": "offline_lane"}
"""Where a bench's module has another name than it."""


class Bench(Protocol):
    """A module of this package."""

    run: Callable[[bool], Iterator[Figure]]
    run_seeds: Callable[[int, int], Iterator[Figure]]
    """Of those alone that say so."""


def main() -> int:
    """Run the benches that are named; the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a bench; see --list")
    parser.add_argument("--quick", action="store_true", help="fewer runs, under 50 s a bench, a reach of its own")
    parser.add_argument("--seeds", metavar="A-B", type=_seeds, help="simulate: from A up to B, without it")
    parser.add_argument("--list", action="store_true", help="name the benches")
    asked = parser.parse_args()
    if asked.list:
        for name, what in BENCHES.items():
            print(f"{name}: {what}")
        return 0
    unknown = [name for name in asked.names if name not in BENCHES]
    if unknown or not asked.names:
        parser.error(f"no bench {', '.join(unknown)}; see --list" if unknown else "name a bench; see --list")
    held = True
    for name in asked.names:
        bench = cast("Bench", importlib.import_module(f".{MODULES.get(name, name)}", __package__))
        for figure in bench.run_seeds(*asked.seeds) if asked.seeds else bench.run(asked.quick):
            print(figure.as_json(), flush=True)
            held = held and figure.holds
    return 0 if held else 1


def _seeds(text: str) -> tuple[int, int]:
    first, last = text.split("-")
    return int(first), int(last)


if __name__ == "__main__":
    sys.exit(main())
