"""Reading what agencies' systems answer: hostile until it has passed. Bounded, strict, and all or nothing.

What is refused is told as `agency.not-understood`, whose `why` is the code of what is wrong with it (`json.key-twice`).
"""

from datetime import UTC, datetime
from typing import Annotated, Final, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ..domain.words import Authority
from ..errors import AgencyError
from .ports import Fetch, FetchAnswer
from .strict_json import read_json, read_model

MAX_BYTES = 1 << 20
OK = 200


class Foreign(BaseModel):
    """A part of an agency's own format: strict types, no NaN, bounded texts; fields that we do not know are ignored."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        allow_inf_nan=False,
        str_max_length=200,
        hide_input_in_errors=True,
        populate_by_name=True,
    )


_SINCE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2200, 1, 1, tzinfo=UTC)
Instant = Annotated[AwareDatetime, Field(ge=_SINCE, lt=_UNTIL)]
"""A time at which something was or will be known: far from both ends of the calendar, where zones overflow."""

M = TypeVar("M", bound=Foreign)


def understand(authority: Authority, model: type[M], body: bytes, *, max_bytes: int = MAX_BYTES) -> M:
    """The answer as this model; AgencyError `agency.not-understood` where it is too large or is not one."""
    try:
        return read_model(model, body, max_bytes=max_bytes)
    except AgencyError as refused:
        raise AgencyError("agency.not-understood", authority=authority.value, why=refused.code) from None


def check_strictly(authority: Authority, body: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The answer, if it is JSON that nobody can read in two ways; AgencyError as `understand`."""
    try:
        read_json(body, max_bytes=max_bytes)
    except AgencyError as refused:
        raise AgencyError("agency.not-understood", authority=authority.value, why=refused.code) from None
    return body


def accepted(authority: Authority, answer: FetchAnswer) -> bytes:
    """The body of an answer of status 200; AgencyError `agency.refused` of any other."""
    if answer.status != OK:
        raise AgencyError("agency.refused", authority=authority.value, status=answer.status)
    return answer.body


async def ask(fetch: Fetch, authority: Authority, path: str, question: Foreign, model: type[M]) -> M:
    """POST a question as JSON, and understand the answer."""
    body = question.model_dump_json(by_alias=True, exclude_none=True).encode()
    return understand(authority, model, accepted(authority, await fetch("POST", path, body=body)))
