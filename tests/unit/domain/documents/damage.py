"""Zones of nobody in particular, drawn by seed, and the ways in which cameras, people and other systems spoil them."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from counter_tui.domain.documents import compose_mrz

TODAY = date(2026, 7, 1)
Lines = tuple[str, ...]
Damage = Callable[[random.Random, Lines], Lines]

SURNAMES = ("ERIKSSON", "SITI AMINAH", "VAN DER MUELLEN", "KUMAR A/L RAJAN", "TAN", "OCONNOR", "CHUKWUEMEKA", "WIDODO")
GIVEN = ("ANNA MARIA", "", "BUDI", "MEI LING", "MOHAMMAD RIZKI", "JEAN-CLAUDE", "KEZIA OLGA")
STATES = ("IDN", "MYS", "D", "UTO", "CHN", "BGD", "XXA", "GBR", "PHL")
CODES = {"TD1": ("I", "ID", "AC"), "TD2": ("I", "ID"), "TD3": ("P", "PD", "PP"), "MRVA": ("V",), "MRVB": ("V",)}
OPTIONAL = {"TD1": 15, "TD2": 7, "TD3": 14, "MRVA": 16, "MRVB": 8}
LOOK_ALIKES = ("O0", "0O", "I1", "1I", "L1", "1L", "B8", "8B", "S5", "5S", "G6", "6G", "Z2", "2Z", "Q0", "D0")


def number(chance: random.Random) -> str:
    """Document numbers as issuers make them: a letter or two and digits, digits alone, or anything."""
    digits = "".join(chance.choices("0123456789", k=9))
    kind = chance.randrange(4)
    if kind == 0:
        return chance.choice("ABCEXKHL") + digits[:7]
    if kind == 1:
        return digits
    if kind == 2:
        return chance.choice("ABEGPZ") + chance.choice("ADKLO") + digits[:7]
    return "".join(chance.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=9))


def zone(chance: random.Random, layout: str | None = None) -> Lines:
    """A valid zone."""
    layout = layout or chance.choice(("TD3", "TD3", "TD3", "TD1", "TD2", "MRVA", "MRVB"))
    optional = "".join(chance.choices("0123456789", k=chance.choice((0, 0, OPTIONAL[layout], 6))))
    state = chance.choice(STATES)
    birth = TODAY - timedelta(days=chance.randrange(1, 80 * 365))
    expiry = TODAY + timedelta(days=chance.randrange(-700, 3600))
    names = chance.choice(SURNAMES), chance.choice(GIVEN)
    sex = chance.choice("MFMFX")
    code = chance.choice(CODES[layout])
    return compose_mrz(layout, code, state, number(chance), state, *names, sex, birth, max(birth, expiry), optional)


def _some(chance: random.Random, places: list[tuple[int, int]]) -> tuple[int, int]:
    return chance.choice(places or [(0, 0)])


def _at(lines: Lines, line: int, start: int, end: int, put: str) -> Lines:
    old = lines[line]
    return (*lines[:line], old[:start] + put + old[end:], *lines[line + 1 :])


def _places(lines: Lines, characters: str) -> list[tuple[int, int]]:
    return [(n, at) for n, line in enumerate(lines) for at, character in enumerate(line) if character in characters]


def confuse(chance: random.Random, lines: Lines) -> Lines:
    """One character taken for its look-alike."""
    pairs = [pair for pair in LOOK_ALIKES if _places(lines, pair[0])]
    pair = chance.choice(pairs or ["<C"])
    line, at = _some(chance, _places(lines, pair[0]))
    return _at(lines, line, at, at + 1, pair[1])


def misread_filler(chance: random.Random, lines: Lines) -> Lines:
    """One filler taken for K or C."""
    line, at = _some(chance, _places(lines, "<"))
    return _at(lines, line, at, at + 1, chance.choice("KC"))


def lose_filler(chance: random.Random, lines: Lines) -> Lines:
    """One filler lost."""
    line, at = _some(chance, _places(lines, "<"))
    return _at(lines, line, at, at + 1, "")


def double_filler(chance: random.Random, lines: Lines) -> Lines:
    """One filler doubled."""
    line, at = _some(chance, _places(lines, "<"))
    return _at(lines, line, at, at, "<")


def trim(_chance: random.Random, lines: Lines) -> Lines:
    """Fillers at the ends of lines gone."""
    return tuple(line.rstrip("<") for line in lines)


def join(_chance: random.Random, lines: Lines) -> Lines:
    """One line."""
    return ("".join(lines),)


def split_wrongly(chance: random.Random, lines: Lines) -> Lines:
    """Parted in other places."""
    whole = "".join(lines)
    cuts = sorted(chance.sample(range(1, len(whole)), chance.randrange(1, 4)))
    return tuple(whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True))


def lower(_chance: random.Random, lines: Lines) -> Lines:
    """Small letters."""
    return tuple(line.lower() for line in lines)


def escape(_chance: random.Random, lines: Lines) -> Lines:
    """Passed through a web page."""
    return tuple(line.replace("<", "&lt;") for line in lines)


def line_ends(_chance: random.Random, lines: Lines) -> Lines:
    """One text with line ends."""
    return ("\r\n".join(lines) + "\r\n",)


def blanks(chance: random.Random, lines: Lines) -> Lines:
    """Blanks here and there."""
    made = list(lines)
    for _ in range(3):
        line = chance.randrange(len(made))
        at = chance.randrange(len(made[line]) + 1)
        made[line] = made[line][:at] + " " + made[line][at:]
    return tuple(made)


def blanks_for_fillers(_chance: random.Random, lines: Lines) -> Lines:
    """Typed with blanks where fillers are."""
    return tuple(line.replace("<", " ") for line in lines)


def twice(_chance: random.Random, lines: Lines) -> Lines:
    """Scanned twice."""
    return lines + lines


CHARACTERS: Sequence[Damage] = (confuse, misread_filler)
LENGTHS: Sequence[Damage] = (lose_filler, double_filler, trim)
CARRIAGE: Sequence[Damage] = (join, split_wrongly, lower, escape, line_ends, blanks, twice)
EVERY: Sequence[Damage] = (*CHARACTERS, *LENGTHS, *CARRIAGE, blanks_for_fillers)
