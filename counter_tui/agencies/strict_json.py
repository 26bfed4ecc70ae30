"""JSON from outside (RFC 8259), read strictly: bounded, unambiguous, and in numbers that lose no digit.

Refused are: more bytes than allowed, nothing at all, what is not UTF-8 (a byte order mark before it is passed over),
nesting deeper than `DEEPEST`, an object with the same key twice, NaN, Infinity and numbers that no double holds, and
surrogates that stand alone. What is refused is told as an AgencyError of a code `json.*`, with the `line` it stands in
where that is known, and never in the words of a parser, which quote the data.
"""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import AgencyError

Json = dict[str, Any] | list[Any] | str | int | Decimal | bool | None
"""A value: fractions are Decimal, with the digits that stood there."""

M = TypeVar("M", bound=BaseModel)

MAX_BYTES: Final = 1 << 20
DEEPEST: Final = 64
"""Arrays and objects in each other."""
_MOST_DIGITS: Final = 40
_HIGHEST_EXPONENT: Final = 307
"""A double holds every number of this exponent."""
_BOM: Final = b"\xef\xbb\xbf"
_MAYBE_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


def read_json(raw: bytes, *, max_bytes: int = MAX_BYTES) -> Json:
    """The value that these bytes hold.

    AgencyError: `json.too-large`, `json.empty`, `json.not-utf8` (line), `json.not-json` (line), `json.too-deep`,
    `json.key-twice`, `json.number`, `json.surrogate`.
    """
    if len(raw) > max_bytes:
        raise AgencyError("json.too-large", most=max_bytes)
    raw = raw.removeprefix(_BOM)
    if not raw.strip(b" \t\r\n"):
        raise AgencyError("json.empty")
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as refused:
        raise AgencyError("json.not-utf8", line=_line(raw, refused.start)) from None
    except json.JSONDecodeError as refused:
        raise AgencyError("json.not-json", line=refused.lineno) from None
    except RecursionError:
        raise AgencyError("json.too-deep", most=DEEPEST) from None
    _check(value, DEEPEST, texts=_MAYBE_SURROGATE.search(raw) is not None)
    return value  # type: ignore[no-any-return]  # the decoder makes nothing else


def read_model(model: type[M], raw: bytes, *, max_bytes: int = MAX_BYTES) -> M:
    """These bytes as a model, in pydantic's JSON mode; AgencyError as `read_json`, and `json.other-shape`.

    Of a fraction pydantic keeps what a double does: a model that needs every digit is built of `read_json`'s values.
    """
    read_json(raw, max_bytes=max_bytes)
    try:
        return model.model_validate_json(raw.removeprefix(_BOM))
    except ValidationError:
        raise AgencyError("json.other-shape") from None


def _line(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise AgencyError("json.key-twice")
    return made


def _no_constant(_name: str) -> NoReturn:
    raise AgencyError("json.number")


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise AgencyError("json.number")
    return int(digits)


def _fraction(digits: str) -> Decimal:
    try:
        number = Decimal(digits if len(digits) <= _MOST_DIGITS else "Infinity")
    except InvalidOperation:  # an exponent that Decimal does not hold either
        raise AgencyError("json.number") from None
    if not number.is_finite() or abs(number.adjusted()) > _HIGHEST_EXPONENT:
        raise AgencyError("json.number")
    return number


def _check(value: object, levels: int, *, texts: bool) -> None:
    """Refuse what lies deeper than so many levels and, where there may be some, texts that are no Unicode."""
    if isinstance(value, dict | list):
        if not levels:
            raise AgencyError("json.too-deep", most=DEEPEST)
        if texts and isinstance(value, dict):
            _check([*value], 1, texts=True)
        for each in value.values() if isinstance(value, dict) else value:
            _check(each, levels - 1, texts=texts)
    elif texts and isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise AgencyError("json.surrogate") from None


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer, parse_float=_fraction
)
