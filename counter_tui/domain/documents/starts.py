"""The ways of taking tidied lines as a zone of some layout, each with what it costs, before check digits are asked.

What the kind of a field leaves no doubt about is put right at no cost: a letter among digits, a digit in a name, a
filler read as K after the end of a name. What is a guess costs: fillers read as K or C inside optional data, one
character misread all through a number, a digit that could not be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product
from re import sub
from typing import Final

from counter_tui.domain.texts import text

from .checks import ALPHABET, FILLER
from .confusions import Kind, certain, certain_lines, kinds, like_letters, possible
from .formats import Format, Span, find_format
from .lengths import fit_lengths
from .solving import DEEPEST, Equations, equations
from .states import WITH_SPECIMENS
from .tidying import Change, Tidied, in_shape, tidy

_MOST: Final = 100
"""Ways that are looked at: the bound of the work."""
_LENGTHS_DEEPEST: Final = 1
"""Confusions looked for beside lost or doubled fillers: more would fit by chance."""
_ALL_THROUGH: Final = 3
"""One character misread so often in a field is one habit of a camera, not so many errors."""
_ALPHABET: Final = frozenset(ALPHABET)
_DIGITS: Final = "0123456789"


@dataclass(frozen=True, slots=True, repr=False)
class Start:
    """Lines of a layout, what they were made from, and the equations of their check digits."""

    tidied: Tidied
    layout: Format
    lines: tuple[str, ...]
    cost: int
    deepest: int
    equations: list[Equations]


def starts(given: Sequence[str]) -> Iterator[Start]:
    """The ways to take what was given, those of the right shape first; at most a hundred."""
    ways = list(tidy(given))
    shaped = ((way, DEEPEST) for each in ways for way in in_shape(each))
    lengths = sorted((way for each in ways for way in fit_lengths(each)), key=lambda way: way.cost)
    fitted = ((way, _LENGTHS_DEEPEST) for way in lengths)
    return islice((start for way, deepest in chain(shaped, fitted) for start in _take(way, deepest)), _MOST)


def _take(tidied: Tidied, deepest: int) -> Iterator[Start]:
    first = tidied.lines[0]
    layout = find_format((certain(first[0], Kind.LETTER) + first[1:], *tidied.lines[1:]))
    if layout is None:
        return
    sure = _with_states(layout, tidied.lines, _with_name_ends(layout, certain_lines(layout, tidied.lines)))
    # Beside lost or doubled fillers nothing else is guessed: it would fit by chance.
    for made, cost in _guesses(layout, sure) if deepest == DEEPEST else [(sure, 0)]:
        if all(map(_ALPHABET.issuperset, made)):
            yield Start(tidied, layout, made, tidied.cost + cost, deepest, equations(layout, made))


def differences(lines: Sequence[str], made: Sequence[str]) -> Iterator[Change]:
    """The characters that were put for others."""
    for line, (old, new) in enumerate(zip(lines, made, strict=True), start=1):
        for position, (found, put) in enumerate(zip(old, new, strict=True), start=1):
            if found != put:
                params: dict[str, str | int] = {"line": line, "position": position, "found": found, "put": put}
                yield Change(line, position, found, put, text("repair.character", **params))


def _with_name_ends(layout: Format, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Three fillers end a name: K and C behind them are fillers."""
    if (span := layout.fields.get("names")) is None:
        return lines
    name, end, rest = span.of(lines).partition(FILLER * 3)
    if not rest.strip("<KC"):
        rest = FILLER * len(rest)
    return replaced(lines, span, name + end + rest)


def replaced(lines: tuple[str, ...], span: Span, put: str) -> tuple[str, ...]:
    """The lines with other characters in a span."""
    line = lines[span.line]
    return (*lines[: span.line], line[: span.start] + put + line[span.end :], *lines[span.line + 1 :])


def _with_states(layout: Format, read: tuple[str, ...], lines: tuple[str, ...]) -> tuple[str, ...]:
    """A code that is none, where exactly one code of a state looks like it."""
    for name in ("issuing_state", "nationality"):
        span = layout.fields.get(name)
        if span is None or span.of(lines).rstrip(FILLER) in WITH_SPECIMENS:
            continue
        alike = {"".join(letters) for letters in product(*map(like_letters, span.of(read)))}
        known = [code for code in alike if code.rstrip(FILLER) in WITH_SPECIMENS]
        if len(known) == 1:
            lines = replaced(lines, span, known[0])
    return lines


def _guesses(layout: Format, lines: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The lines as they are at no cost, and with one thing guessed; the cost with each."""
    unread = [
        Span(number, position, position + 1)
        for number, line in enumerate(lines)
        for position, character in enumerate(line)
        if character not in _ALPHABET or (character.isalpha() and kinds(layout)[number][position] is Kind.DIGIT)
    ]
    if len(unread) == 1 and kinds(layout)[unread[0].line][unread[0].start] is Kind.DIGIT:
        yield from ((replaced(lines, unread[0], digit), 1) for digit in _DIGITS)
    if unread:
        return
    yield lines, 0
    for name, span in layout.fields.items():
        if name != "document_number" and not name.startswith("optional"):
            continue
        raw = span.of(lines)
        cleared = sub(r"(?<=<)[KC]+(?=<)|(?<=<)[KC]+$|^[KC<]+$", lambda run: FILLER * len(run[0]), raw)
        if cleared != raw:
            yield replaced(lines, span, cleared), 1
        for character in sorted(set(raw)):
            if raw.count(character) >= _ALL_THROUGH:
                for put, cost in possible(character, Kind.EITHER):
                    yield replaced(lines, span, raw.replace(character, put)), 1 + cost
