"""What a burst of the reader shows about the reader: what came, what was lost, what the zone reads, what to set."""

import re
from datetime import date
from typing import Final, NamedTuple

from ..domain.documents import (
    Loss,
    Reading,
    expected_length,
    find_loss,
    find_stand_in,
    mrz_candidates,
    read_mrz,
    repair_scan,
    scan_parts,
)
from .pace import Advice, Burst, Log, advise
from .reader import Scan, Timing
from .words import N_

_PIECES: Final = re.compile("[^\x00-\x1f\x7f]+[\x00-\x1f\x7f]*|[\x00-\x1f\x7f]+")
_CONTROLS: Final = "".join(map(chr, (*range(32), 127)))
_ESCAPES: Final = {"\r": "\\r", "\n": "\\n", "\t": "\\t"}
_WIDEST: Final = 44
_GIVEN_DELAY: Final = 10
STOPPED: Final = 8
"""More characters than this do not get lost one by one: the scan ended early."""
Said = tuple[str, dict[str, str | int]]
"""A sentence of the catalogue, and what stands in its places."""


class Row(NamedTuple):
    """A line as it came: its `size` visible characters, and what ended it, escaped.

    `first` to `last` (1-based) are the positions among which characters were lost.
    """

    text: str
    size: int
    end: str
    first: int | None = None
    last: int | None = None

    def __repr__(self) -> str:
        """Without the person."""
        return f"Row({self.size})"


class Diagnosis(NamedTuple):
    """What is known of the last burst; `characters` with line ends, `visible` without; `losses` per line."""

    characters: int
    visible: int
    rows: tuple[Row, ...]
    expected: int | None
    losses: tuple[Loss, ...]
    reading: Reading | None
    proposals: int
    advice: Advice | None
    todo: tuple[Said, ...]

    def __repr__(self) -> str:
        """Without the person."""
        return f"Diagnosis({self.visible} of {self.expected})"


def diagnose(log: Log, timing: Timing, today: date) -> Diagnosis | None:
    """What the last burst shows; None while there was none. The advice is by all bursts that were measured."""
    burst = log.last
    if burst is None:
        return None
    parts, lines = scan_parts(burst.text), mrz_candidates(burst.text)
    expected = expected_length(burst.text) or (expected_length(parts[0]) if parts else None)
    losses = find_loss(parts, expected) if expected and lines is None else ()
    reading = read_mrz(lines, today=today) if lines else None
    proposals = 0 if reading and reading.valid else len(repair_scan(lines or parts, today=today).proposed)
    advice = advise(log.paces, timing)
    todo = tuple(_todo(burst, losses, advice))
    rows = tuple(_rows(burst.text, expected, losses))
    return Diagnosis(burst.size, burst.visible, rows, expected, losses, reading, proposals, advice, todo)


def _rows(text: str, expected: int | None, losses: tuple[Loss, ...]) -> list[Row]:
    """Line by line as it came; what came without line ends is broken where the zone's lines should end."""
    width = {88: 44, 72: 36, 90: 30}.get(expected or 0, _WIDEST)
    rows: list[Row] = []
    for piece in _PIECES.findall(text):
        visible = piece.rstrip(_CONTROLS)
        # A line that is a little too long stands as it came.
        step = width if len(visible) >= width + 8 else max(1, len(visible))
        parts = [visible[n : n + step] for n in range(0, len(visible), step)] or [""]
        rows += [Row(harmless(part), len(part), "") for part in parts[:-1]]
        rows.append(Row(harmless(parts[-1]), len(parts[-1]), "".join(map(escaped, piece[len(visible) :]))))
    of_zone = [at for at, row in enumerate(rows) if row.text]
    for loss in losses:
        if loss.first is not None and loss.line <= len(of_zone):
            at = of_zone[loss.line - 1]
            rows[at] = rows[at]._replace(first=loss.first, last=loss.last)
    return rows


def harmless(text: str) -> str:
    """The text with all but the plain signs of a keyboard escaped."""
    return "".join(c if "!" <= c <= "~" else escaped(c) for c in text)


def escaped(character: str) -> str:
    """A character that cannot be seen, as people write it."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


def _todo(burst: Burst, losses: tuple[Loss, ...], advice: Advice | None) -> list[Said]:
    """What to change, the reader first."""
    found: list[Said] = []
    letters = [c for c in burst.text if c.isalpha()]
    stand_in = find_stand_in(burst.text)
    if letters and all(map(str.islower, letters)):
        found.append((N_("Small letters came: turn Caps Lock off, here and at the reader."), {}))
    if stand_in is not None and "<" not in burst.text:
        told = N_("{found} came where < belongs: set the reader to the keyboard layout of this counter.")
        found.append((told, {"found": stand_in}))
    elif stand_in is not None:
        told = N_("{found} came for some < : the reader loses Shift. Set a delay of {n} ms between its characters.")
        found.append((told, {"found": stand_in, "n": _GIVEN_DELAY}))
    missing = sum(loss.missing for loss in losses)
    if missing > STOPPED:
        found.append((N_("The scan stopped: draw the document through evenly, up to its end."), {}))
    elif missing:
        found.append((N_("Characters were lost: set a delay of {n} ms between the reader's."), {"n": _GIVEN_DELAY}))
    if advice is not None and advice.slow:
        told = N_("As slow as fingers: no setting tells it apart. Lower the delay between the reader's characters.")
        found.append((told, {}))
    elif advice is not None and not advice.fits:
        params = {"gap": round(advice.gap * 1000), "quiet": round(advice.quiet * 1000)}
        found.append(
            (N_("Write into config/reader.toml: gap = {gap}, quiet = {quiet}; then start again."), dict(params))
        )
    return found


def what_is_wrong(scan: Scan) -> Said:
    """A scan that is no zone: which line came short and by how much, or what else is wrong; and the next step."""
    params: dict[str, str | int] = {"n": scan.size, "expected": scan.expected or 0}
    if scan.after:
        return N_("{n} more characters came behind the document: left out."), params
    if scan.expected is None:
        return N_("Not a document: {n} characters, and no zone begins like this. Swipe again, or k to key in."), params
    losses = find_loss(scan.lines, scan.expected)
    if losses and not any(loss.size for loss in losses[1:]):
        first = losses[0]
        params |= {"line": first.line, "size": first.size, "width": first.width}
        if len(losses) == 1:
            told = N_("Incomplete scan: line {line} has {size} of {width} characters. Swipe again, or k to key in.")
        else:
            told = N_(
                "Incomplete scan: line {line} has {size} of {width} characters, and nothing came behind it. Swipe "
                "again, or k to key in."
            )
        return told, params
    if scan.size < scan.expected:
        return N_("Incomplete scan: {n} of {expected} characters. Swipe again, or k to key in."), params
    return N_("Garbled scan: {n} characters where {expected} belong. Swipe again, or k to key in."), params
