"""Domain values as JSON and back: one codec for records on disk and for the wire.

What comes in is hostile: it is bounded in size before it is parsed, checked against the type, and refused with the code
of the room that asked, never with the parser's words (they would quote the data).
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import CounterError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
MAX_BYTES = 1 << 20


_ADAPTERS: dict[Any, "TypeAdapter[Any]"] = {}


def _adapter(kind: Any) -> "TypeAdapter[Any]":
    known = _ADAPTERS.get(kind)
    if known is None:
        from pydantic import TypeAdapter  # 50 to 83 ms: not before the first screen is painted

        known = _ADAPTERS[kind] = TypeAdapter(kind)
    return known


def to_json(value: object) -> bytes:
    """UTF-8 JSON of a domain value: enums by value, datetimes ISO 8601, what is None or missing as null."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def to_plain(value: object) -> Any:
    """The same as plain dicts, lists, str, int, bool and None, for a larger JSON document to hold.

    Raises TypeError for what is no domain value.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(to_plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    raise TypeError(type(value).__name__)


def from_json(kind: type[T], body: bytes, *, error: CounterError) -> T:
    """The value that `to_json` wrote; raises `error` where the body is too large or is not one."""
    from pydantic import ValidationError

    if len(body) > MAX_BYTES:
        raise error
    try:
        value: T = _adapter(kind).validate_json(body)
    except (ValidationError, RecursionError):
        raise error from None
    return value
