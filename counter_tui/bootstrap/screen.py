"""`counter screen`: a traveller a line, screened against lists from files."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from ..domain.screening.model import Hit, ListedKind
from ..domain.texts import Text, text
from ..jsonl import JsonLine
from ..tui import words
from ..workstation.screen_names import MOST_HITS, ListScreen
from .answering import Answer, answer_lines
from .catalogues import catalogue
from .screen_lists import loaded_lists
from .screen_query import Query, Unasked, read_identity, read_query

EVERY_KIND: Final = frozenset(ListedKind)
NOT_POSSIBLE: Final = 2
_WHY_KIND: Final = {
    ListedKind.ENTITY: "screening.why.kind-entity",
    ListedKind.VESSEL: "screening.why.kind-vessel",
    ListedKind.AIRCRAFT: "screening.why.kind-aircraft",
}


@dataclass(frozen=True, slots=True)
class Streams:
    """Standard input, output and error."""

    given: BinaryIO
    out: BinaryIO
    err: TextIO


def screen_queries(language: str, lists: Sequence[Path], streams: Streams, *, threshold: float, today: date) -> int:
    """Answer every line, in order, each before the next is read.

    The exit code: 0; 1 where a list was refused, which is told on standard error, and the others were used; 2 where all
    were, and nothing was read. Raises StoreError where there is no room for the index.
    """
    words.use(catalogue(language))
    with loaded_lists(lists, streams.err) as loaded:
        if not loaded.screens:
            return NOT_POSSIBLE
        screener = Screener(loaded.screens, threshold, today)
        answer_lines(streams.given, streams.out, screener.answer)
        if screener.without_nationality:
            said = words.say("screen.without-nationality", count=screener.without_nationality)
            print(f"counter: {said}", file=streams.err)
        return int(loaded.refused)


class Screener:
    """Several lists as one."""

    def __init__(self, screens: Sequence[ListScreen], threshold: float, today: date) -> None:
        """Hits score at least `threshold`; nobody is born after `today`."""
        self._screens = screens
        self._threshold = threshold
        self._today = today
        self.without_nationality = 0
        """How many lines gave a nationality that is none."""

    def answer(self, line: JsonLine) -> Answer:
        """The answer to a line: what is wrong with it, or who on the lists may be meant."""
        if line.value is None:
            return _unasked(None, line.problem or text("line.no-object"))
        identity = None
        try:
            identity = read_identity(line.value)
            query = read_query(line.value, self._today)
        except Unasked as unasked:
            return _unasked(identity, unasked.text)
        self.without_nationality += bool(query.unknown_nationality)
        found = [screen.screen(query.sought, threshold=self._threshold, kinds=EVERY_KIND) for screen in self._screens]
        best = heapq.nlargest(MOST_HITS, chain.from_iterable(one.hits for one in found), key=lambda hit: hit.score)
        return {"id": identity, "hits": [_hit(hit, query) for hit in best], "below": sum(one.below for one in found)}


def _hit(hit: Hit, query: Query) -> Answer:
    why = [*hit.why]
    if hit.kind in _WHY_KIND:
        why.insert(0, text(_WHY_KIND[hit.kind]))
    if query.unknown_nationality:
        why.append(text("screening.why.nationality-not-known", given=query.unknown_nationality))
    return {
        "name": hit.name,
        "score": round(hit.score, 3),
        "list": hit.list,
        "ref": hit.ref,
        "why": [words.say(each) for each in why],
    }


def _unasked(identity: object, why: Text) -> Answer:
    return {"id": identity, "error": words.say(why)}
