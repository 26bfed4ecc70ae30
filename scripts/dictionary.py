"""Train the dictionary that both ends of the wire are shipped with: `scripts/train-dictionary`.

On the traffic of a post that does not exist, by seed: invented names, officers and notes. It teaches the form of what
passes, and no person. A dictionary is part of the wire's contract: ends with different ones talk without any.
"""

import base64
import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import zstandard

from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, SESSION, SessionBody
from counter_tui.domain.posts import Officer, Post
from counter_tui.domain.words import Agency, Role
from counter_tui.link.lean import lean
from counter_tui.link.wire import ExpectedBody
from offline_cache.entry import GENESIS, Entry, commit
from offline_cache.outbox import Receipt
from offline_cache.sync.envelope import pack_reply, pack_request
from offline_cache.sync.messages import START, VERSION, Item, Rank, Reply, Request

from .benches.traffic import Cast, Named, Passage, Traffic

SIZE = 112 << 10
SEED = 20_260_101
PASSAGES = 4_000
_PATH = Path(__file__).resolve().parents[1] / "counter_tui" / "link" / "dictionary.zst"
_SYLLABLES = (
    "BA",
    "CO",
    "DU",
    "FEL",
    "GRI",
    "HAN",
    "JOS",
    "KRE",
    "LUM",
    "MI",
    "NOR",
    "OP",
    "PEN",
    "QUO",
    "RUS",
    "TRO",
    "VEX",
)
_NOTES = (
    "papers compared under the lamp",
    "barang sudah diperiksa di meja dua",
    "spoke with the driver of the bus",
    "menunggu telepon dari kantor",
)


def main() -> None:
    """Write it."""
    dictionary = train(texts(SEED, PASSAGES))
    _PATH.write_bytes(dictionary)
    print(f"{_PATH.name}: {len(dictionary)} bytes")


def train(samples: Iterable[bytes]) -> bytes:
    """A dictionary for such texts."""
    return zstandard.train_dictionary(SIZE, list(samples), k=2048, d=8, level=19).as_bytes()


def texts(seed: int, count: int) -> Iterator[bytes]:
    """What is compressed of requests and replies."""
    for message in messages(seed, count):
        smaller, _ = lean(message)
        yield json.dumps(smaller, ensure_ascii=False, separators=(",", ":")).encode()


def messages(seed: int, count: int) -> Iterator[dict[str, object]]:
    """Requests and replies about so many passages, packed."""
    chance = random.Random(f"messages {seed}")  # noqa: S311 - no secret
    passages = Traffic(_cast(chance), seed).passages()
    counter = _Counter(chance)
    for many in iter(lambda: list(islice(passages, chance.choice((1, 1, 2, 4, 8)))), []):
        count -= len(many)
        if count < 0:
            return
        entries = tuple(entry for passage in many for entry in counter.entries(passage))
        yield pack_request(Request(VERSION, START, 8 << 10, entries))
        feed = [item for passage in many for item in _feed(passage, chance)]
        receipt = Receipt("post window", _stamp(many[-1].crossing.opened_at), counter.name, _named(entries), bytes(64))
        asked = chance.randrange(1 << 41)
        reply = Reply(receipt, None, (), tuple(feed), (asked + 1,) * 4, more=False, time=receipt.at)
        yield pack_reply(reply, asked=(asked,) * 4)


class _Counter:
    """A counter of the cast, and its chain; its signatures are no signatures."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._sequence, self._previous = 0, GENESIS
        self._officer = ""
        self._session = ""
        self.name = "VAL-1"

    def entries(self, passage: Passage) -> Iterator[Entry]:
        """What is recorded of a passage."""
        at = passage.crossing.opened_at + timedelta(seconds=self._chance.uniform(5, 40))
        if passage.officer.id != self._officer:
            self._officer, self._session = passage.officer.id, self._chance.randbytes(8).hex()
            body = to_json(SessionBody(self._officer, base64.b64encode(self._chance.randbytes(240)).decode()))
            yield self._entry(SESSION, "", body, at - timedelta(seconds=30))
        yield self._entry(DECISION, passage.crossing.id, passage.body, at)

    def _entry(self, kind: str, group: str, body: bytes, at: datetime) -> Entry:
        self._sequence += 1
        salt = self._chance.randbytes(16)
        entry = Entry(
            self.name,
            self._sequence,
            self._previous,
            _stamp(at),
            "demo",
            kind,
            group,
            self._session,
            commit(salt, body),
            salt,
            body,
            self._chance.randbytes(64),
            int(at.timestamp() * 1000) << 16,
        )
        self._previous = entry.hash()
        return entry


def _named(entries: Iterable[Entry]) -> tuple[tuple[int, bytes], ...]:
    return tuple((entry.sequence, entry.hash()) for entry in entries)


def _feed(passage: Passage, chance: random.Random) -> Iterator[Item]:
    """What others are told of it."""
    document, at = passage.crossing.document, _stamp(passage.crossing.opened_at)
    way = chance.random()
    if way < 0.5:
        key = f"VAL-{chance.randrange(2, 9)}/{chance.randrange(1, 5000)}"
        yield Item(DECISION, key, key.partition("/")[0], at, passage.body, Rank.DECISION)
    elif way < 0.7:
        body = ExpectedBody(document=document, group=passage.crossing.group).to_bytes()
        yield Item("expected", document.key, "immigration", at, body)
    else:
        for section in passage.sections:
            key = f"{document.key}/{section.authority.value}"
            yield Item(
                "section",
                key,
                section.authority.value,
                _stamp(section.as_of or passage.crossing.opened_at),
                to_json(section),
            )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _cast(chance: random.Random) -> Cast:
    officers = [
        Officer(
            _word(chance).lower(),
            _word(chance),
            agency,
            Role.OFFICER,
            frozenset({agency}) if one else frozenset(Agency),
        )
        for one, agency in enumerate(Agency)
    ]
    post = Post("XX-VALLO", "VALLO", "IDN", "Asia/Pontianak")
    return Cast(
        _people,
        post,
        "A",
        tuple(officers),
        _NOTES,
        ("VALLO EXPRESS", "LINE"),
        "POLRI",
        datetime(2026, 3, 2, tzinfo=UTC),
    )


def _people(chance: random.Random) -> Iterator[Named]:
    while True:
        state = chance.choices(("IDN", "MYS", "CHN", "IND", "GBR", "D", "SGP"), (62, 30, 2, 2, 2, 1, 1))[0]
        born = date(2010, 1, 1) - timedelta(days=chance.randrange(25_000))
        number = f"{chance.choice('ABCEHKX')}{chance.randrange(10**7):07d}"
        yield Named(
            _word(chance), " ".join(_word(chance) for _ in range(chance.choice((1, 1, 2)))), state, number, born
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3))))


if __name__ == "__main__":
    main()
