"""The process that `kill` kills: `PATH SEED`.

It prints `recorded SEQUENCE HASH`, `received SEQUENCE` and `erased CROSSING`, each once it is so.
"""

import sys
from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, Journal, Outbox, Vault

from .acknowledged import KEY, deliver, erase, record


def main(path: Path, seed: int) -> None:
    """Until it is killed."""
    random = Random(seed)  # noqa: S311 - replayed by its seed
    vault = Vault.open(path, KEY, COUNTER_SCHEMA)
    journal, outbox = Journal(vault, "c1", "demo"), Outbox(vault, "c1")
    print("open 0", flush=True)
    while True:
        entry = record(journal, random)
        print("recorded", entry.sequence, entry.hash().hex(), flush=True)
        if random.random() < 0.2:
            for sequence in deliver(outbox, random):
                print("received", sequence, flush=True)
        if random.random() < 0.05:
            for group in erase(journal, random):
                print("erased", group, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
