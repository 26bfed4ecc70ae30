"""Commands that answer line by line: one JSON object in, one out, each before the next is read."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from ..jsonl import JsonLine, read_json_lines

Answer = dict[str, Any]


def answer_lines(given: BinaryIO, out: BinaryIO, answer: Callable[[JsonLine], Answer]) -> None:
    """Answer every line of `given` on `out`, in order; ends quietly where nobody reads the answers any more."""
    with ending_quietly(out):
        for line in read_json_lines(given):
            out.write(as_line(answer(line)))
            out.flush()


@contextmanager
def ending_quietly(out: BinaryIO) -> Iterator[None]:
    """End what writes to `out` without a word where nobody reads it any more."""
    try:
        yield
    except BrokenPipeError:
        # What is still in the buffer would be tried again at the end of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def as_line(answer: Answer) -> bytes:
    """JSON as UTF-8; with escapes only where an id holds half a surrogate pair, which UTF-8 cannot."""
    try:
        return json.dumps(answer, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(answer).encode() + b"\n"
