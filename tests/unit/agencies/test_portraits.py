"""Pictures of agencies made small: what is right comes out in sixteen greys, what is not is refused, whatever it is."""

import contextlib
import io
import random

import pytest
from PIL import Image, ImageDraw

from counter_tui.agencies.portraits import MAX_BYTES, SIZE, reduce_portrait
from counter_tui.domain.portrait import find_portrait
from counter_tui.domain.words import Authority
from counter_tui.errors import AgencyError

FORMATS = ("JPEG", "PNG", "WEBP", "JPEG2000")


def picture(form: str, size: tuple[int, int] = (240, 320)) -> bytes:
    drawn = Image.new("RGB", size, "white")
    ImageDraw.Draw(drawn).ellipse((size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] * 3 // 4), fill="black")
    out = io.BytesIO()
    drawn.save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_becomes_a_portrait_of_half_a_kilobyte(form: str) -> None:
    text = reduce_portrait(picture(form), Authority.IMMIGRATION)
    portrait = find_portrait(text)
    assert portrait is not None
    assert (portrait.width, portrait.height) == SIZE
    assert len(text) < 600
    rows = portrait.rows()
    assert rows[16][12] < 2, "black in the middle"
    assert rows[0][0] > 12, "white at the edge"


def test_its_middle_is_taken_where_it_has_another_shape() -> None:
    wide = find_portrait(reduce_portrait(picture("PNG", (900, 300)), Authority.IMMIGRATION))
    assert wide is not None
    assert (wide.width, wide.height) == SIZE


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"garbage",
        b"GIF89a" + bytes(100),
        picture("PNG")[:200],
        picture("PNG") + bytes(MAX_BYTES),
        picture("PNG", (4001, 1000)),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(hostile: bytes) -> None:
    with pytest.raises(AgencyError, match="agency.not-understood"):
        reduce_portrait(hostile, Authority.IMMIGRATION)


def test_damaged_pictures_are_refused_or_read_and_nothing_else() -> None:
    chance, whole = random.Random(11), [picture(form) for form in FORMATS]
    for _ in range(300):
        damaged = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(min(len(damaged), 400))] = chance.randrange(256)
        with contextlib.suppress(AgencyError):
            assert find_portrait(reduce_portrait(bytes(damaged), Authority.IMMIGRATION)) is not None
