"""`counter screen --pairs`: what each threshold would miss and show, on labelled pairs of names."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from ..domain.screening.threshold import DEFAULT_THRESHOLD, Effect, effect, score_pairs
from ..domain.texts import Text, text
from ..errors import ListError
from ..jsonl import JsonLine, read_json_lines
from ..tui import words
from ..tui.words import _
from .catalogues import catalogue

Pair = tuple[str, str, bool]
LONGEST_NAME: Final = 400
MOST_PAIRS: Final = 1_000_000
_STEPS: Final = tuple(step / 100 for step in range(50, 100, 5))


def print_effects(language: str, path: Path, *, in_use: float, out: TextIO, err: TextIO) -> int:
    """Print the table; `in_use` is the threshold that was asked for, or that this counter is configured with.

    A line that is no pair is told on `err` and left out: then the exit code is 1. Raises ListError without any pair.
    """
    words.use(catalogue(language))
    pairs: list[Pair] = []
    wrong = 0
    try:
        with path.open("rb") as given:
            for line in read_json_lines(given):
                pair = _read(line)
                if isinstance(pair, Text):
                    wrong += 1
                    print(f"{words.clean(path.name)}:{line.number}: {words.say(pair)}", file=err)
                else:
                    pairs.append(pair)
                if len(pairs) > MOST_PAIRS:
                    raise ListError("list.too-large", file=path.name)
    except OSError:
        raise ListError("list.no-file", file=path.name) from None
    if not pairs:
        raise ListError("list.no-pairs", file=path.name)
    print(*_report(pairs, in_use), sep="\n", file=out)
    return int(wrong > 0)


def _read(line: JsonLine) -> Pair | Text:
    if line.value is None:
        return line.problem or text("line.no-object")
    query, candidate, match = (line.value.get(key) for key in ("query", "candidate", "match"))
    if not (isinstance(query, str) and isinstance(candidate, str) and isinstance(match, bool)):
        return text("line.pair")
    if max(len(query), len(candidate)) > LONGEST_NAME:
        return text("line.value-too-long", key="query, candidate", longest=LONGEST_NAME)
    return query, candidate, match


def _report(pairs: Sequence[Pair], in_use: float) -> Iterator[str]:
    matches = sum(match for *_names, match in pairs)
    yield words.say("screen.pairs", pairs=len(pairs), matches=matches)
    yield ""
    yield from _table(effect(score_pairs(pairs), sorted({*_STEPS, DEFAULT_THRESHOLD, in_use})), in_use)
    yield ""
    yield words.say("screen.shipped", shipped=f"{DEFAULT_THRESHOLD:.2f}", in_use=f"{in_use:.2f}")


def _table(rows: Sequence[Effect], in_use: float) -> Iterator[str]:
    heads = [_("threshold"), _("missed"), _("false hits"), _("precision"), _("recall"), "F1"]
    widths = [max(len(head), 5) for head in heads]
    marks = {in_use: _("in use"), DEFAULT_THRESHOLD: _("as shipped")}
    yield "  ".join(head.rjust(width) for head, width in zip(heads, widths, strict=True))
    for row in rows:
        cells = [f"{row.threshold:.2f}", str(row.misses), str(row.false_hits)]
        cells += [f"{share:.3f}" for share in (row.precision, row.recall, row.f1)]
        line = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"{line}  {marks.get(row.threshold, '')}".rstrip()
