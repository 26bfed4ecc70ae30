"""Hostile input to the document reader: random text, zones spoilt in known ways or character by character."""

import random
from datetime import date
from functools import cache

from counter_tui.domain.documents import (
    check_digit,
    compose_mrz,
    document_from_keyed,
    document_type,
    expected_length,
    find_loss,
    find_stand_in,
    looks_like_mrz_start,
    mrz_candidates,
    propose_repairs,
    read_mrz,
    read_out,
    repair_scan,
    scan_parts,
    with_fillers,
    zone_length,
)
from counter_tui.domain.documents.dates import PartialDate
from counter_tui.errors import DocumentError
from tests.unit.domain.documents import damage

Lines = tuple[str, ...]
TODAY = date(2026, 7, 1)
ZONES = 2000
ALPHABETS = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<",
    "01OILBSGKCQDZ2568<",
    "O0<",
    "<KC",
    "0123456789",
    "<",
    "&lt;<#60x3c ",
    "\x00\x01\t\r\n\x0b\x0c\x1b\x1f\x7f\x85\u2028 <A1",
    "\u200b\u202e\ud800\udfff\ufeff\U0001f600\xdf\u0131\u017f\u0149\ufb01\uff1c\xab\u2167\u0663\u0967<A1",
)
LONGEST_BURST = 400
"""The screen gives up a burst that is longer."""
SIZES = (0, 1, 9, 10, 29, 30, 31, 35, 36, 37, 43, 44, 45, 60, 72, 88, 90, 120, 180)


@cache
def zones() -> tuple[Lines, ...]:
    """Valid zones to spoil; the same in every run."""
    chance = random.Random("zones")  # noqa: S311 - no secret
    return tuple(damage.zone(chance) for _ in range(ZONES))


def make(chance: random.Random) -> Lines:
    """One case."""
    kind = chance.randrange(10)
    if kind < 3:
        return _random_lines(chance)
    lines = chance.choice(zones())
    if kind < 6:
        for _ in range(chance.randrange(1, 5)):
            lines = chance.choice(damage.EVERY)(chance, lines)
        return lines
    if kind == 9 and chance.random() < 0.1:
        return _enormous(chance)
    return tuple(_mutated(chance, line) for line in lines)


def _random_lines(chance: random.Random) -> Lines:
    alphabet = chance.choice(ALPHABETS)
    size = chance.choice(SIZES)
    return tuple(
        "".join(chance.choices(alphabet, k=size if chance.random() < 0.9 else chance.choice(SIZES)))
        for _ in range(chance.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, 6, 20)))
    )


def _enormous(chance: random.Random) -> Lines:
    piece = chance.choice(("<", "P", "&lt;", "&amp;amp;lt;", "\r\n", " ", "O0", "\ud800"))
    return (piece * chance.randrange(1, 50_000),) * chance.choice((1, 2, 3, 50))


def _mutated(chance: random.Random, line: str) -> str:
    """A character or a run put, left out, doubled or moved, some times."""
    for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(line) + 1)
        end = min(len(line), at + chance.choice((0, 1, 1, 1, 2, 5)))
        put = "".join(chance.choices(chance.choice(ALPHABETS), k=chance.choice((0, 1, 1, 2, 5))))
        line = line[:at] + chance.choice((put, line[at:end] * 2, line[at:end][::-1])) + line[end:]
    return line


def attack(lines: Lines) -> None:
    """Read and repair; a proposal that is not valid, or one too many, is a failure."""
    reading = read_mrz(lines, today=TODAY)
    read_out(reading, today=TODAY)
    repairs = propose_repairs(lines, today=TODAY)
    assert len(repairs) <= 5, "more than five proposals"
    assert not (reading.valid and repairs), "repairs of what is valid"
    assert all(repair.reading.valid and read_mrz(repair.lines, today=TODAY).valid for repair in repairs), "not valid"


def attack_bursts(lines: Lines) -> None:
    """What the screen asks of a burst while it comes and when it is over."""
    raw = "\r".join(line[:LONGEST_BURST] for line in lines[:20])[:LONGEST_BURST]
    looks_like_mrz_start(raw)
    expected_length(raw)
    zone_length(raw)
    find_stand_in(raw)
    with_fillers(raw)
    found = mrz_candidates(raw)
    parts = scan_parts(raw)
    repair_scan(found or parts, today=TODAY)
    for expected in (72, 88, 90):
        find_loss(parts, expected)


def attack_keyed(lines: Lines) -> None:
    """The same as typed fields, as parts of a zone to compose, and as single values."""
    words = [*lines, "", "", "", "", "", "", "", ""]
    number, state, nation, surname, given, sex, birth, expiry, *_ = words
    document_from_keyed(number, state, nation, surname, given, sex, birth, expiry, TODAY)
    document_type(words[0], words[1])
    for take in (
        lambda: check_digit(words[0]),
        lambda: PartialDate.from_iso(words[1]),
        lambda: compose_mrz("TD3", "P", words[0], words[1], words[2], words[0], words[3], "F", TODAY, TODAY, words[1]),
    ):
        try:
            take()
        except DocumentError:
            continue
