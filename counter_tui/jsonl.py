"""JSON Lines from outside: one object a line, UTF-8, each line read, judged and bounded by itself.

A line that cannot be used is told as a text and the next one is read. A line that is too long is passed over without
being kept: however long it is, no more than a small block of it is in memory.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, NoReturn

from .domain.texts import Text, text

LONGEST_LINE: Final = 1 << 20
"""Bytes; a line of what is asked here has some hundreds."""
_BLOCK: Final = 1 << 16
_DEEPEST: Final = 64
_MOST_DIGITS: Final = 40
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, repr=False)
class JsonLine:
    """A line, numbered from 1: its object, or the problem with it."""

    number: int
    value: dict[str, Any] | None
    problem: Text | None = None

    def __repr__(self) -> str:
        """Without what the line says."""
        return f"JsonLine({self.number}, {self.problem.code if self.problem else 'ok'})"


def read_json_lines(stream: BinaryIO, *, longest: int = LONGEST_LINE) -> Iterator[JsonLine]:
    """Each line of a stream as soon as it is there, in order, also the empty ones; the last may lack its line end."""
    number = 0
    while raw := stream.readline(longest + 1):
        number += 1
        if len(raw) > longest and not raw.endswith(b"\n"):
            _pass_over(stream)
            yield JsonLine(number, None, text("line.too-long", longest=longest))
            continue
        yield _judge(number, raw.removeprefix(_BOM) if number == 1 else raw)


def _pass_over(stream: BinaryIO) -> None:
    """The rest of a line, in blocks that are forgotten."""
    while block := stream.readline(_BLOCK):
        if block.endswith(b"\n"):
            return


def _judge(number: int, raw: bytes) -> JsonLine:
    try:
        return JsonLine(number, _parse(raw))
    except UnicodeDecodeError as error:
        return JsonLine(number, None, text("line.not-utf8", position=error.start + 1))
    except json.JSONDecodeError as error:
        return JsonLine(number, None, text("line.not-json", position=error.pos + 1))
    except RecursionError:
        return JsonLine(number, None, text("line.too-deep"))
    except _Unfit as unfit:
        return JsonLine(number, None, unfit.text)


def _parse(raw: bytes) -> dict[str, Any]:
    if raw.isspace():
        raise _Unfit(text("line.empty"))
    value = _DECODER.decode(raw.decode("utf-8").strip())
    if not isinstance(value, dict):
        raise _Unfit(text("line.no-object"))
    if _is_deeper(value, _DEEPEST):
        raise _Unfit(text("line.too-deep"))
    return value


class _Unfit(Exception):  # noqa: N818 - never leaves this module
    """JSON that Python takes and this program does not."""

    def __init__(self, found: Text) -> None:
        super().__init__(found.code)
        self.text = found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Unfit(text("line.key-twice"))
    return made


def _no_constant(_name: str) -> NoReturn:
    raise _Unfit(text("line.number"))


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise _Unfit(text("line.number"))
    return int(digits)


def _real(digits: str) -> float:
    number = float(digits) if len(digits) <= _MOST_DIGITS else math.inf
    if math.isinf(number):
        raise _Unfit(text("line.number"))
    return number


def _is_deeper(value: object, levels: int) -> bool:
    if isinstance(value, dict):
        return not levels or any(_is_deeper(each, levels - 1) for each in value.values())
    if isinstance(value, list):
        return not levels or any(_is_deeper(each, levels - 1) for each in value)
    return False


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer, parse_float=_real
)
