"""Portraits of document holders: asked for by reference, made small once, and never waited for long."""

import asyncio
import base64
import binascii
from collections import OrderedDict
from typing import Annotated, Final

from pydantic import Field

from ...domain.texts import Text
from ...domain.words import Authority
from ...errors import AgencyError
from ..portraits import MAX_BYTES, reduce_portrait
from ..ports import Fetch
from ..wire import Foreign, ask
from .case import word

PORTRAITS: Final = "/border-control/v1/portraits"
PATIENCE: Final = 1.0  # seconds: a face is welcome, but nobody waits for it
KEPT: Final = 1_000


class PictureQuestion(Foreign):
    """Which picture is asked for."""

    reference: str


class Picture(Foreign):
    """A picture: JPEG, JPEG 2000, PNG or WebP in base64 (RFC 4648)."""

    reference: str
    data: Annotated[str, Field(max_length=4 * MAX_BYTES // 3 + 4)]


class Portraits:
    """The newest portraits, by their references; pictures that were read once are not asked for again."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._read: OrderedDict[str, str] = OrderedDict()

    async def find(self, reference: str) -> str | Text:
        """The portrait's text (`domain.portrait`), or a text that says why there is none."""
        known = self._read.get(reference)
        if known is not None:
            self._read.move_to_end(reference)
            return known
        try:
            async with asyncio.timeout(PATIENCE):
                portrait = await self._ask(reference)
        except TimeoutError:
            return word("portrait-late")
        except AgencyError:
            return word("portrait-unreadable")
        self._read[reference] = portrait
        while len(self._read) > KEPT:
            self._read.popitem(last=False)
        return portrait

    async def _ask(self, reference: str) -> str:
        question = PictureQuestion(reference=reference)
        picture = await ask(self._fetch, Authority.IMMIGRATION, PORTRAITS, question, Picture)
        try:
            data = base64.b64decode(picture.data, validate=True)
        except (binascii.Error, ValueError):
            raise AgencyError("agency.not-understood", authority=Authority.IMMIGRATION.value) from None
        if picture.reference != reference:
            raise AgencyError("agency.not-understood", authority=Authority.IMMIGRATION.value)
        return reduce_portrait(data, Authority.IMMIGRATION)
