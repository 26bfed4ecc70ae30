"""Faces of people who do not exist: drawn from a name, for training, so that no real person's picture is needed."""

import hashlib
import io
from typing import Final

SIZE: Final = (240, 320)


def draw_face(name: str) -> bytes:
    """A JPEG of 240 x 320 points; the same for the same name."""
    from PIL import Image, ImageDraw  # the single window's alone

    traits = hashlib.sha256(name.encode()).digest()

    def between(at: int, least: int, most: int) -> int:
        return least + traits[at] * (most - least) // 255

    skin, hair, shirt = between(0, 130, 215), between(1, 10, 90), between(2, 40, 160)
    wide, long, top = between(3, 58, 76), between(4, 84, 104), between(5, 70, 96)
    middle = SIZE[0] // 2
    face = Image.new("L", SIZE, 238)
    pen = ImageDraw.Draw(face)
    pen.ellipse((middle - 118, 262, middle + 118, 460), fill=shirt)
    pen.rectangle((middle - 24, 220, middle + 24, 290), fill=skin - 20)
    if traits[6] % 2:  # long hair
        pen.ellipse((middle - wide - 24, top - 24, middle + wide + 24, top + 2 * long + 20), fill=hair)
    else:
        pen.ellipse((middle - wide - 8, top - 18, middle + wide + 8, top + long), fill=hair)
    pen.ellipse((middle - wide, top, middle + wide, top + 2 * long), fill=skin)
    pen.chord((middle - wide, top - 6, middle + wide, top + between(7, 70, 110)), 180, 360, fill=hair)
    eyes, apart = top + long - between(8, 0, 16), between(9, 24, 34)
    for side in (-1, 1):
        at = middle + side * apart
        pen.ellipse((at - 11, eyes - 7, at + 11, eyes + 7), fill=250)
        pen.ellipse((at - 6, eyes - 7, at + 6, eyes + 7), fill=20)
        pen.line((at - 14, eyes - 18, at + 14, eyes - 18), fill=hair, width=between(10, 4, 8))
    pen.line((middle, eyes + 8, middle - 6, eyes + 40, middle + 6, eyes + 42), fill=skin - 60, width=5)
    mouth = eyes + between(11, 58, 70)
    pen.arc((middle - 26, mouth - 12, middle + 26, mouth + 12), 20, 160, fill=60, width=6)
    out = io.BytesIO()
    face.save(out, "JPEG", quality=60)
    return out.getvalue()
