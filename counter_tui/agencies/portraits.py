"""A picture from an agency's system, made small enough for any link; what is no picture of a bounded size is refused.

Pictures are hostile: only JPEG, JPEG 2000, PNG and WebP are opened, none larger than some megapixels is decoded, and
what a decoder says of it goes no further.
"""

import io
from typing import Final

from ..domain.portrait import Portrait, write_portrait
from ..domain.words import Authority
from ..errors import AgencyError

MAX_BYTES: Final = 256 << 10
MAX_POINTS: Final = 4_000_000
SIZE: Final = (24, 32)
_FORMATS: Final = ("JPEG", "JPEG2000", "PNG", "WEBP")


def reduce_portrait(picture: bytes, authority: Authority) -> str:
    """The picture as a portrait's text (`domain.portrait`), 24 x 32 points; its middle where it has another shape.

    Raises AgencyError `agency.not-understood` where it is too large, damaged, or no picture.
    """
    from PIL import Image, ImageOps  # the single window's alone

    refused = AgencyError("agency.not-understood", authority=authority.value)
    if len(picture) > MAX_BYTES:
        raise refused
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_POINTS or getattr(opened, "n_frames", 1) != 1:
                raise refused
            small = ImageOps.fit(opened.convert("L"), SIZE)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refused from None
    greys = ImageOps.autocontrast(small).point([level * 15 // 255 for level in range(256)])
    return write_portrait(Portrait(*SIZE, greys.tobytes()))
