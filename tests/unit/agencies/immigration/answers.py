"""Parts of immigration's answers as its system writes them, and what one answer comes to."""

from datetime import timedelta
from typing import Any

from counter_tui.domain.sections import Section
from counter_tui.domain.texts import Text
from counter_tui.domain.words import Authority

from ..asking import NOW, asked, found, inquiry

TODAY = NOW.date()
AS_OF: dict[str, Any] = {"asOf": "2026-11-21T05:59:00Z"}
CLEAN = AS_OF | {"result": "NO_HIT"}


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def hit(kind: str, **given: Any) -> dict[str, Any]:
    ban = {"kind": kind, "reference": "R-1", "status": "VERIFIED", "start": day(-10)} | given
    return AS_OF | {"result": "HIT", "hits": [ban]}


async def said(answer: dict[str, Any], **about: Any) -> Section:
    """The section; the answer is about the document that was asked about."""
    one = inquiry(**about)
    document = {"issuingState": one.issuer, "number": one.number}
    return await asked(Authority.IMMIGRATION, {"document": document, **answer}, one)


async def codes(answer: Any, **about: Any) -> set[str]:
    return {code.removeprefix("imm.") for code in found(await said(answer, **about))}


def fields(one: Section) -> dict[str, list[str]]:
    """Values by name; of a coded one its code, and its parameters."""
    by_name: dict[str, list[str]] = {}
    for field in one.fields:
        value = field.value
        text_of = " ".join([value.code, *(str(v) for _, v in value.params)]) if isinstance(value, Text) else str(value)
        by_name.setdefault(field.name.removeprefix("imm."), []).append(text_of.removeprefix("value.imm."))
    return by_name
