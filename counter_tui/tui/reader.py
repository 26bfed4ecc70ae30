"""Telling a document reader, which types like a keyboard, from a person: a pure state machine, times given.

A burst is `characters` printable characters with gaps below `gap`. Until that many have come nobody knows, so:
characters go to a text field at once, and the field takes them back when a burst is recognised; a key that gives a
verdict, and a character that no field takes, wait one gap, and are void if more follows. Commands of lower-case
letters fire at once: readers type capitals, digits and `<`.
"""

from collections.abc import Mapping
from enum import Enum, auto
from itertools import chain
from typing import Final, Literal, NamedTuple

LONGEST: Final = 256
"""Characters of a burst that are kept; more are counted, not kept."""
_PIN_LONGEST: Final = 12
_TYPED_LONGEST: Final = 24
_FILLER: Final = "<"
_FIRST: Final = "PVIAC"
STRANGE: Final = 4
"""So many characters that nobody types here, none `quiet` after the one before, are a reader slower than `gap`."""


class Kind(Enum):
    """What a stroke would do if no reader were there."""

    FIELD = auto()
    """A printable character that the focused text field takes."""
    TEXT = auto()
    """A printable character that no field takes: digits for panels, and what begins a search."""
    COMMAND = auto()
    """The key of a command that is no verdict."""
    VERDICT = auto()
    """The key of a command that gives a verdict; Enter always."""
    OTHER = auto()
    """Everything else: arrows, function keys, Esc, Tab."""


class Timing(NamedTuple):
    """Seconds, and the number of characters that make a burst.

    `gap`: below it characters follow each other in a burst; `quiet` ends one; `guard`: for so long verdict keys are
    dead after one; `repeat`: the same verdict key again within it is a key held down.
    """

    gap: float = 0.030
    quiet: float = 0.300
    guard: float = 0.150
    repeat: float = 0.120
    characters: int = 6

    @classmethod
    def configured(cls, given: Mapping[str, float]) -> "Timing":
        """From the values of `config/reader.toml`, in seconds."""
        return cls(given["gap"], given["quiet"], given["guard"], given["repeat"], int(given["characters"]))


class Stroke(NamedTuple):
    """One key: its name, the character it types or None, when (seconds), and what it would do. `event` is opaque."""

    key: str
    character: str | None
    time: float
    kind: Kind
    event: object = None

    def __repr__(self) -> str:
        """Without what it types: it may be a PIN."""
        return f"Stroke({self.kind.name})"

    @property
    def printable(self) -> bool:
        """Whether it types something visible, or a blank."""
        return self.character is not None and self.character.isprintable()

    @property
    def separator(self) -> bool:
        """Whether a reader may send it between or around lines: Enter, Tab, line feed, STX, ETX."""
        return self.character is not None and len(self.character) == 1 and self.character in "\r\n\t\x02\x03"


class Forward(NamedTuple):
    """Let this stroke do what it does; `first` of a run: the field's value is to be remembered before."""

    stroke: Stroke
    first: bool = False


class TakeBack(NamedTuple):
    """The field gets back the value it had before the last `runs` runs."""

    runs: int = 1


class Typed(NamedTuple):
    """What came fast was typed or pasted after all: it belongs to the field, or to a search."""

    text: str

    def __repr__(self) -> str:
        """Without the text."""
        return f"Typed({len(self.text)})"


class Void(NamedTuple):
    """A verdict key that is not taken, and why.

    It stood inside what came too fast, came too soon after a burst, was held down, or followed at once what a reader
    slower than `gap` seems to have typed.
    """

    stroke: Stroke
    why: Literal["burst", "guard", "repeat", "slow"]


class Scan(NamedTuple):
    """A burst that is over. `whole`: its lines have the shape of a zone; else `size` of `expected` characters came.

    `after` a whole one: something more came in the same burst.
    """

    lines: tuple[str, ...]
    whole: bool
    size: int
    expected: int | None
    after: bool = False

    def __repr__(self) -> str:
        """Without the person."""
        return f"Scan(whole={self.whole}, {self.size} of {self.expected}, after={self.after})"


Act = Forward | TakeBack | Typed | Void | Scan


class Reader:
    """The state machine: strokes and ticks in, acts out. Times are seconds of one clock that never goes back."""

    def __init__(self, timing: Timing | None = None) -> None:
        self.timing = timing or Timing()
        self._run: list[Stroke] = []
        self._chain: list[list[Stroke]] = []
        self._held: list[Stroke] = []
        self._burst: list[str] | None = None
        self._count = 0
        self._whole = False
        self._in_field = False
        self._in_pieces = False
        self._strange = 0
        self._last = float("-inf")
        self._dead_until = float("-inf")
        self._verdict: tuple[str, float] = ("", float("-inf"))

    @property
    def due(self) -> float | None:
        """When `tick` has something to do; None while nothing waits."""
        if self._burst is not None:
            return self._last + self.timing.quiet
        return self._last + self.timing.gap if self._held else None

    @property
    def in_burst(self) -> bool:
        """Whether a burst is going on."""
        return self._burst is not None

    def tick(self, now: float) -> list[Act]:
        """Time has passed: what waited long enough is let go, a burst that fell silent is over."""
        if self._burst is not None:
            return self._end_burst() if now - self._last >= self.timing.quiet else []
        return self._end_run() if self._held and now - self._last >= self.timing.gap else []

    def feed(self, stroke: Stroke) -> list[Act]:
        """One stroke; what to do now, in this order."""
        acts = self.tick(stroke.time)
        if self._burst is not None:
            if self._belongs(stroke):
                return acts + self._grow(stroke)
            if stroke.kind is Kind.OTHER:
                return [*acts, Forward(stroke)]
            acts += self._end_burst()
        return acts + self._outside(stroke)

    def paste(self, text: str, now: float) -> Scan | None:
        """A paste as the terminal marks it: the scan it is, or None if it is just text."""
        from ..domain.documents import looks_like_mrz_start, mrz_candidates

        text = text.strip("\r\n\t\x02\x03 ")
        lines = mrz_candidates(text)
        if lines is None and not (_FILLER in text and len(text) > _TYPED_LONGEST and looks_like_mrz_start(text)):
            return None
        self._dead_until = now + self.timing.guard
        return _scan(text[:LONGEST], len(text))

    # Outside a burst

    def _outside(self, stroke: Stroke) -> list[Act]:
        follows = bool(self._run) and stroke.time - self._last < self.timing.gap
        self._link(stroke, follows=follows)
        acts = [] if follows else self._end_run()
        if stroke.time - self._last >= self.timing.quiet:
            self._strange = 0
        if stroke.kind is Kind.VERDICT:
            why = self._dead(stroke)
            if why and not follows:
                return [*acts, Void(stroke, why)]
        elif stroke.kind is Kind.OTHER and not (follows and stroke.separator):
            return [*acts, *self._end_run(follows=follows), Forward(stroke)]
        self._run.append(stroke)
        self._last = stroke.time
        self._strange += _strangeness(stroke)
        if self._is_burst():
            return acts + self._begin_burst()
        if stroke.kind is Kind.FIELD or (stroke.kind is Kind.COMMAND and not self._held):
            return [*acts, Forward(stroke, first=len(self._run) == 1)]
        self._held.append(stroke)
        return acts

    def _link(self, stroke: Stroke, *, follows: bool) -> None:
        """Keep what a busy machine or line may have torn off the beginning of a zone; and drop a command's own key."""
        if follows:
            if not self._held and stroke.kind in (Kind.FIELD, Kind.TEXT) and self._run[-1].kind is Kind.COMMAND:
                self._run = []  # what it does is done
            return
        if stroke.time - self._last >= self.timing.quiet:
            self._chain = []
        elif self._run:
            self._chain.append(self._run)
        begins = "".join(s.character or "\0" for s in (*chain.from_iterable(self._chain), stroke)).upper()
        if not (begins[0] in _FIRST and begins.replace(_FILLER, "0").isalnum() and len(begins) < _TYPED_LONGEST):
            self._chain = []

    def _dead(self, stroke: Stroke) -> Literal["guard", "repeat", "slow", ""]:
        key, at = self._verdict
        self._verdict = (stroke.key, stroke.time)
        if stroke.time < self._dead_until:
            return "guard"
        if self._strange >= STRANGE:
            self._last = stroke.time
            return "slow"
        return "repeat" if key == stroke.key and stroke.time - at < self.timing.repeat else ""

    def _end_run(self, *, follows: bool = False) -> list[Act]:
        """The gap has passed: a key that waited alone, or behind what a field took, does what it does.

        Of several that came too fast for a person, what types something counts as typed; verdict keys are void.
        """
        run, held = self._run, self._held
        self._run, self._held = [], []
        if held:
            self._chain.append(run)
        before = run[:-1] if held and held[-1] is run[-1] else run
        if len(held) == 1 and not follows and len(before) < len(run) and all(s.kind is Kind.FIELD for s in before):
            return [Forward(held[0])]
        text = "".join(s.character or "" for s in held if s.printable)
        if all(s.kind is Kind.VERDICT for s in held if s.printable):
            text = ""
        acts: list[Act] = [Typed(text)] if text else []
        acts += [Void(s, "burst") for s in held if s.kind is Kind.VERDICT and not (text and s.printable)]
        return acts + [Forward(s) for s in held if s.kind is Kind.OTHER]

    # Inside a burst

    def _is_burst(self) -> bool:
        typed = [s for s in self._run if s.printable]
        if len(typed) < self.timing.characters:
            return False
        digits = all((s.character or "").isdigit() and s.kind is Kind.FIELD for s in typed)
        return not digits or len(typed) > _PIN_LONGEST

    def _begin_burst(self) -> list[Act]:
        from ..domain.documents import looks_like_mrz_start

        torn = [] if looks_like_mrz_start("".join(s.character or "" for s in self._run)) else self._chain
        runs = [*torn, self._run]
        run = [*chain.from_iterable(runs)]
        self._run, self._held, self._chain, self._strange = [], [], [], 0
        self._in_field = any(s.kind is Kind.FIELD for s in run)
        self._burst, self._count, self._whole, self._in_pieces = [], 0, False, False
        acts: list[Act] = [TakeBack(sum(r[0].kind is Kind.FIELD for r in runs))] if self._in_field else []
        for stroke in run:
            acts += self._grow(stroke)
        return acts

    def _belongs(self, stroke: Stroke) -> bool:
        """Whether a stroke while a burst goes on is part of it: slow lines bring one in pieces, but no commands."""
        if not (stroke.printable or stroke.separator):
            return False
        if stroke.time - self._last < self.timing.gap:
            return True
        if self._whole and not self._burst and not (self._in_pieces and stroke.separator):
            return False
        lower = (stroke.character or "").islower()
        return not lower or any(c.islower() for c in self._burst or ())

    def _grow(self, stroke: Stroke) -> list[Act]:
        from ..domain.documents import expected_length, mrz_candidates, zone_length

        assert self._burst is not None
        self._in_pieces |= stroke.time - self._last >= self.timing.gap
        self._last = stroke.time
        self._dead_until = stroke.time + (self.timing.quiet if self._in_pieces else self.timing.guard)
        if stroke.kind is Kind.VERDICT:
            self._verdict = (stroke.key, stroke.time)
        if self._whole and not self._burst and stroke.separator:
            return []
        self._count += stroke.printable
        if len(self._burst) < LONGEST:
            self._burst.append(stroke.character or "")
        raw = "".join(self._burst)
        whole = self._count == sum(map(str.isprintable, self._burst))  # nothing was left out for its length
        if stroke.printable and whole and expected_length(raw) == zone_length(raw) and mrz_candidates(raw):
            scan = _scan(raw, self._count, after=self._whole)
            self._burst, self._count, self._whole = [], 0, True
            return [scan]
        return []

    def _end_burst(self) -> list[Act]:
        raw, count, after = "".join(self._burst or ()), self._count, self._whole
        self._burst = None
        if not count:
            return []
        if not after and self._was_typed(raw, count):
            return [Typed(raw.strip("\r\n\t\x02\x03"))]
        return [_scan(raw, count, after=after)]

    def _was_typed(self, raw: str, count: int) -> bool:
        """Whether it was no document: short, without filler, and for a field or not like the beginning of a zone."""
        from ..domain.documents import looks_like_mrz_start

        return count <= _TYPED_LONGEST and _FILLER not in raw and (self._in_field or not looks_like_mrz_start(raw))


def _strangeness(stroke: Stroke) -> int:
    """How little a person would type this here: `<` into a field, capitals and digits that nothing takes."""
    if stroke.kind is Kind.FIELD:
        return 2 * (stroke.character == _FILLER)
    return stroke.kind is Kind.TEXT and not (stroke.character or "").islower()


def _scan(raw: str, count: int, *, after: bool = False) -> Scan:
    from ..domain.documents import expected_length, mrz_candidates, scan_parts

    lines = mrz_candidates(raw) if count <= LONGEST else None
    if lines is not None:
        return Scan(lines, whole=True, size=count, expected=count, after=after)
    parts = tuple(scan_parts(raw))
    expected = expected_length(raw) or (expected_length(parts[0]) if parts else None)
    return Scan(parts, whole=False, size=count, expected=expected, after=after)
