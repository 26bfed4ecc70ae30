"""Where characters of a zone were lost on their way: told by the check digits and fields that still line up."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from .bursts import with_fillers
from .checks import ALPHABET, FILLER, check_digit
from .formats import FRA_ID, MRVA, MRVB, TD1, TD2, TD3, Check, Format, Span

_LOST: Final = "?"
_AGREES, _DISAGREES, _MISFIT = 2, -6, -3
"""One check digit in ten agrees by chance; what disagrees, or is of the wrong kind for its field, hardly ever stands
where it belongs. Roughly logarithms of likelihoods: places within one agreement of the best are not told apart."""
_DIGITS: Final = frozenset("0123456789")
_LETTERS: Final = frozenset(ALPHABET) - _DIGITS


class Loss(NamedTuple):
    """One line that came short: `line` from 1, `size` characters came of `width`.

    `first` to `last` are the 1-based positions in the whole line among which the missing ones begin, as far as check
    digits and fields show; both None where they do not.
    """

    line: int
    size: int
    width: int
    first: int | None = None
    last: int | None = None

    @property
    def missing(self) -> int:
        """How many characters did not come."""
        return self.width - self.size


def find_loss(parts: Sequence[str], expected: int) -> tuple[Loss, ...]:
    """The lines of a broken scan that came short, `parts` as they came and `expected` characters in all (88, 72, 90).

    Where the reader ended its lines each of them is looked at alone; where it did not, one run of missing characters
    is laid where most of the zone lines up again. Nothing where more came than belongs there.
    """
    count = 3 if expected == TD1.size else 2
    width = expected // count
    if not parts or len(parts) > count or any(len(part) > width for part in parts[1:]):
        return ()
    if len(parts) == 1 and len(parts[0]) > width:
        return _in_joined(parts[0], count, width)
    if len(parts[0]) > width:
        return ()
    lines = [*parts, *[""] * (count - len(parts))]
    return tuple(_in_line(lines, number, width) for number, line in enumerate(lines) if len(line) < width)


def _in_line(lines: Sequence[str], number: int, width: int) -> Loss:
    line = lines[number]
    places = _best_places(lines, number, width) if line else []
    first, last = (places[0] + 1, places[-1] + 1) if places else (None, None)
    return Loss(number + 1, len(line), width, first, last)


def _best_places(lines: Sequence[str], number: int, width: int) -> list[int]:
    line = lines[number]
    scores = []
    for at in range(len(line) + 1):
        padded = line[:at] + _LOST * (width - len(line)) + line[at:]
        whole = [padded if n == number else other.ljust(width, _LOST) for n, other in enumerate(lines)]
        scores.append(_score(whole, number))
    return _likely(scores)


def _likely(scores: Sequence[int]) -> list[int]:
    """The places that the scores do not rule out; none where they leave more than half of them."""
    places = [at for at, score in enumerate(scores) if score >= max(scores) - _AGREES]
    return places if 2 * (places[-1] - places[0]) < len(scores) else []


def _in_joined(text: str, count: int, width: int) -> tuple[Loss, ...]:
    """Lines without ends: the missing run may lie in any of them, or be their end."""
    missing = count * width - len(text)
    if missing <= 0:
        return ()
    scores = []
    for at in range(len(text) + 1):
        whole = text[:at] + _LOST * missing + text[at:]
        scores.append(_score([whole[n * width : (n + 1) * width] for n in range(count)]))
    best = scores.index(max(scores))
    if scores[-1] >= scores[best] - _AGREES:
        best = len(text)  # it stopped: far more often than it left something out
    line = min(best // width, count - 1)
    inside = [at for at, score in enumerate(scores) if score >= scores[best] - _AGREES and at // width == line]
    if best == len(text):
        inside = [best]
    whole = text[: inside[0]] + _LOST * missing + text[inside[0] :]
    losses = []
    for number in range(line, count):
        part = whole[number * width : (number + 1) * width]
        if _LOST in part:
            here = number == line
            first, last = (inside[0] % width + 1, inside[-1] % width + 1) if here else (None, None)
            losses.append(Loss(number + 1, width - part.count(_LOST), width, first, last))
    return tuple(losses)


def _layout(lines: Sequence[str]) -> Format:
    """The layout that lines of this number, width and beginning have."""
    if len(lines) == TD1.count:
        return TD1
    first = with_fillers(lines[0])
    if len(first) == TD3.width:
        return MRVA if first.startswith("V") else TD3
    if first.startswith("IDFRA"):
        return FRA_ID
    return MRVB if first.startswith("V") else TD2


def _score(lines: Sequence[str], only: int | None = None) -> int:
    """How well lines with some characters unknown line up; `only` this line's fields count where one is given."""
    lines = [with_fillers(line).upper() for line in lines]
    layout = _layout(lines)
    checked = sum(_checked(check, lines) for check in layout.checks if only in (None, check.digit.line))
    return checked + sum(_shaped(layout, lines, only))


def _checked(check: Check, lines: Sequence[str]) -> int:
    guarded, digit = "".join(span.of(lines) for span in check.over), check.digit.of(lines)
    if not set(guarded + digit) <= set(ALPHABET):
        return 0
    agrees = digit == check_digit(guarded) or (check.filler_if_empty and not (guarded + digit).strip(FILLER))
    return _AGREES if agrees else _DISAGREES


def _shaped(layout: Format, lines: Sequence[str], only: int | None) -> Iterator[int]:
    """For every character of dates, states, names and sex that is of the wrong kind."""
    digits = [check.digit for check in layout.checks]
    spans: list[tuple[Span, frozenset[str]]] = [(span, _DIGITS | {FILLER}) for span in digits]
    for name, span in layout.fields.items():
        if name.endswith("_date"):
            spans.append((span, _DIGITS | {FILLER}))
        elif name in ("issuing_state", "nationality", "names", "surname", "given_names"):
            spans.append((span, _LETTERS))
        elif name == "sex":
            spans.append((span, frozenset("MFX<")))
    for span, allowed in spans:
        if only in (None, span.line):
            yield sum(_MISFIT for c in span.of(lines) if c != _LOST and c not in allowed)
