"""A portrait small enough for any link: at most 48 x 64 points in sixteen greys, as text that stands in a field.

`P4:24x32:` and the base64 (RFC 4648) of two points a byte, row by row from the top left, the left one in the high bits;
0 is black, 15 is white. 24 x 32 points take 512 characters. Nothing here decodes an image format: that is done once,
where the picture comes from.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

GREYS: Final = 16
WIDEST: Final = 48
HIGHEST: Final = 64
_FORM: Final = re.compile(r"P4:(\d{1,2})x(\d{1,2}):([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True, repr=False)
class Portrait:
    """Points in rows from the top, each 0 (black) to 15 (white); `width` is even."""

    width: int
    height: int
    points: bytes

    def rows(self) -> list[bytes]:
        """The rows of points, from the top."""
        return [self.points[at : at + self.width] for at in range(0, len(self.points), self.width)]

    def smaller(self, width: int, height: int) -> "Portrait":
        """The same in fewer points: each is the mean of those whose place it takes."""
        rows = self.rows()
        points = bytearray()
        for y in range(height):
            band = rows[y * self.height // height : max(y * self.height // height + 1, (y + 1) * self.height // height)]
            for x in range(width):
                left, right = x * self.width // width, (x + 1) * self.width // width
                taken = [point for row in band for point in row[left : max(left + 1, right)]]
                points.append(round(sum(taken) / len(taken)))
        return Portrait(width, height, bytes(points))

    def __repr__(self) -> str:
        """Without the person."""
        return f"Portrait({self.width}x{self.height})"


def is_portrait(value: str) -> bool:
    """Whether a field's value is meant to be a portrait."""
    return value.startswith("P4:")


def write_portrait(portrait: Portrait) -> str:
    """The text of a portrait."""
    points = iter(portrait.points)
    packed = bytes(high << 4 | low for high, low in zip(points, points, strict=True))
    return f"P4:{portrait.width}x{portrait.height}:{base64.b64encode(packed).decode('ascii')}"


def find_portrait(value: str) -> Portrait | None:
    """The portrait that this text is; None where it is none, is too large, or has not as many points as it says."""
    form = _FORM.fullmatch(value[: WIDEST * HIGHEST])
    if form is None:
        return None
    width, height = int(form[1]), int(form[2])
    try:
        packed = base64.b64decode(form[3], validate=True)
    except (binascii.Error, ValueError):
        return None
    right = 0 < width <= WIDEST and 0 < height <= HIGHEST and not width % 2 and 2 * len(packed) == width * height
    return Portrait(width, height, bytes(half for byte in packed for half in (byte >> 4, byte & 15))) if right else None
