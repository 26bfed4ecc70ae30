"""Hostile questions to name screening: lines of `counter screen`, their names in every script, mutated, or noise.

Each is asked of five hundred listed persons and of some whose own entries are hostile, from a threshold of nothing, so
that every candidate is put in words.
"""

import io
import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from counter_tui.agencies.lists.cleaning import clean
from counter_tui.bootstrap.answering import as_line
from counter_tui.bootstrap.screen import Screener
from counter_tui.domain.screening.model import Listed
from counter_tui.jsonl import read_json_lines
from counter_tui.workstation.list_index import COSTS, SPACES, SPELLED, write_entries
from counter_tui.workstation.screen_names import MOST_HITS, ListScreen
from offline_cache import Vault
from offline_cache.index import INDEX_SCHEMA, Index
from offline_cache.index_building import SegmentBuilder

from . import population

LISTED: Final = 500
LONGEST_NAME: Final = 5_000
LONGEST_ANSWER: Final = 1 << 20
ALPHABETS: Final = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ ",
    "abcdefghijklmnopqrstuvwxyz -'",
    "AAAAABL ",
    "0123456789 A",
    "\u0627\u0644\u0645\u062d\u062f\u0639\u0628\u064a\u0646\u0631\u0640\u064e\u0651\ufdfa\ufdf2\ufb50 ",
    "\u0410\u0415\u041e\u0430\u0435\u043e\u0441\u0439\u0438\u0306\u0449\u044a\u0451 Aa",
    "\u4e00\u674e\u4f1f\u738b\u5c0f\u660e\u9f98\u3400\u2f00\uf900 ",
    "\uac00\ud7a3\uae40\u3131\u1100\u1161 \u3042\u30a2\u30fc",
    "\u0915\u094d\u0930\u093f\u0b95\u0bcd\u0bb7\u0e01\u0e33\u1780\u17d2\u1796\u1240\u10d0\u0561 ",
    "\u0300\u0301\u0489\u0345\u1d165a\u0390\u1e9b\u0323",
    "\u200b\u200d\u202e\u2066\ufeff\u00ad\u034f\ufe0f A",
    "\x00\x01\x07\x1b[31m\x7f\x85\u2028\n\t A",
    "\ud800\udfff\U0001f600\U000e0041\U0010ffff\ufffe A",
    "\u00df\u0130\u0131\u017f\u0149\ufb03\u1e9e\u01c5\u2167\u00bd\uff21\u33a5 A",
    "/@.,;:-'`\u2019()\"\\%_*{}$ ABDUL",
    "BIN AL A/L S/O VAN DER ABD DE ",
)
DATES: Final = (
    *("", "1974", "1974-08", "1974-08-12", "0000", "0001-01-01", "9999-12-31", "2026-02-29", "1974-13", "1974-8-1"),
    *("74-08-12", "1974-08-12T00:00:00Z", "-1974", "\u0661\u0669\u0667\u0664", "1974\n", "9" * 5000, " 1974-08 "),
)
NATIONS: Final = (
    "",
    "IDN",
    "D",
    "DEU",
    "Indonesia",
    "Iran (Islamic Republic of)",
    "UTO",
    "\u202e",
    "of the and",
    "X" * 9999,
)
NUMBERS: Final = (
    "",
    "B9120456",
    "b 912-04.56",
    "0" * 5000,
    "\uff22\uff19\uff11\uff12\uff10",
    "OQDILZSBG",
    "\ud800",
    "-----",
)
WRONG: Final[tuple[Any, ...]] = (None, True, 0, -1, 1e308, [], {}, [[]], {"name": "x"})


def make(chance: random.Random) -> bytes:
    """One case: a line."""
    if chance.random() < 0.02:
        return chance.randbytes(chance.randrange(1, 400)).replace(b"\n", b" ") + b"\n"
    line: dict[str, Any] = {"id": chance.choice((*WRONG, "\ud800", "a")), "name": _name(chance)}
    for key, values in (("birth_date", DATES), ("nationality", NATIONS), ("document_number", NUMBERS)):
        if chance.random() < 0.5:
            line[key] = chance.choice(values)
    if chance.random() < 0.3:
        entry = chance.choice(_entries())
        line["birth_date"] = entry.births[0].iso() if entry.births else ""
        line["document_number"] = entry.documents[0] if entry.documents else ""
    if chance.random() < 0.03:
        line[chance.choice(("name", "birth_date", "nationality", "document_number"))] = chance.choice(WRONG)
    body = bytearray(json.dumps(line, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass"))
    if chance.random() < 0.05:
        body[chance.randrange(len(body))] = chance.choice(b'"\\{}[]\xff0')
    return bytes(body) + b"\n"


def _name(chance: random.Random) -> str:
    kind = chance.randrange(10)
    if kind < 2:
        return _noise(chance, chance.choice((1, 2, 5, 12, 30, 80)))
    if kind == 2:
        return " ".join(_noise(chance, chance.choice((1, 2, 3, 8))) for _ in range(chance.choice((2, 5, 40))))
    name = chance.choice(chance.choice(_entries()).names)
    if kind == 3:
        other = chance.choice(chance.choice(_entries()).names)
        return chance.choice((f"{name} {other}", f"{name}/{other}", " ".join([name] * chance.choice((2, 9, 30)))))
    for _ in range(chance.choice((0, 1, 1, 2, 4, 12))):
        name = chance.choice(CHANGES)(name, chance)[:LONGEST_NAME]
    return name


def _noise(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(chance.choice(ALPHABETS), k=length))


def _put(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name) + 1)
    return name[:at] + _noise(chance, chance.choice((1, 1, 2, 6))) + name[at + chance.choice((0, 1, 1, 3)) :]


def _shuffled(name: str, chance: random.Random) -> str:
    words = name.split()
    chance.shuffle(words)
    return " ".join(words)


CHANGES: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _put,
    _put,
    _put,
    _shuffled,
    lambda name, _: name.replace(" ", ""),
    lambda name, _: " ".join(name),
    lambda name, _: " ".join(word[:1] for word in name.split()),
    lambda name, _: name.lower(),
    lambda name, chance: name[: chance.randrange(len(name) + 1)],
    lambda name, chance: name * chance.choice((2, 3, 20)),
    lambda name, chance: "".join(letter + "\u0301" * chance.randrange(3) for letter in name),
)


@cache
def _entries() -> tuple[Listed, ...]:
    """Those listed; the same in every run."""
    return tuple(population.listed(LISTED, 1))


def _hostile() -> Iterator[Listed]:
    """Entries whose names are noise as readers let it through, or very alike."""
    chance = random.Random("hostile entries")  # noqa: S311 - no secret
    for number in range(60):
        words = (_noise(chance, chance.choice((1, 3, 9, 60))) for _ in range(chance.choice((1, 3, 8))))
        name = clean(" ".join(words).encode("utf-8", "ignore").decode())
        yield Listed(f"H-{number}", (name or "A", "A B C D E F G H", "MUHAMMAD " * 12))


@cache
def _screener() -> tuple[Screener, TemporaryDirectory[str]]:
    """Of this process; its folder goes with it."""
    folder = TemporaryDirectory(prefix="counter-fuzz-")
    vault = Vault.create(Path(folder.name) / "vault" / "lists", bytes(32), INDEX_SCHEMA)
    with vault.transaction():
        builder = SegmentBuilder(vault, costs=COSTS, spaces=SPACES, spelled=SPELLED)
        write_entries(builder, chain(_entries(), _hostile()), lambda _: None)
        builder.finish(b"")
    return Screener([ListScreen("fuzz", Index(vault).segments)], 0.0, population.TODAY), folder


def attack(line: bytes) -> None:
    """Ask it; an answer that the command may not give is a failure."""
    screener, _ = _screener()
    for asked in read_json_lines(io.BytesIO(line)):
        answer = screener.answer(asked)
        assert answer.keys() in ({"id", "error"}, {"id", "hits", "below"}), "an answer of another form"
        hits = answer.get("hits", ())
        assert len(hits) <= MOST_HITS, "more hits than are shown"
        assert all(0 <= hit["score"] <= 1 and hit["why"] for hit in hits), "a score beyond its bounds, or without why"
        assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True), "out of order"
        assert answer.get("below", 0) >= 0, "fewer than none"
        assert len(as_line(answer)) < LONGEST_ANSWER, "an answer without end"
