"""What the other side can derive is left out of a message, and what is random goes beside it: before it is compressed.

`lean` makes of a JSON value a smaller one and the bytes that go beside it; `whole` undoes it, to the last byte of what
the JSON text would have been. In the smaller one

- the zone of a document (`mrz`) is null where its other members say every character of it (ICAO Doc 9303, TD3, TD1);
- a text of hexadecimal digits or base64 that names twelve bytes or more is `~h12`, `~b12`: so many of those beside;
- such a text that was among the last three already is `~1` to `~3`: so many back;
- a time that is the one before it in the message again is `~t`;
- a text that begins with `~` has one more before it; a zone that is null is `~n`.

This is part of version 2 of the wire: changing what is derived, or how, takes another version.
"""

import base64
import binascii
import re
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from ..errors import LinkError

DEEPEST: Final = 64
_LEAST: Final = 12
_HEX: Final = re.compile(r"(?:[0-9a-f]{2}){12,64}", re.ASCII)
_BASE64: Final = re.compile(r"(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9_-]{16,96}", re.ASCII)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,16}(?:Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
_BESIDE: Final = re.compile(r"~([hb])([1-9][0-9]{1,2})", re.ASCII)
_AGAIN: Final = {"~1": 1, "~2": 2, "~3": 3}
_NONE: Final = "~n"
_MALFORMED: Final = "wire.malformed"


def lean(value: Any) -> tuple[Any, bytes]:
    """The smaller value, and the bytes beside it. `value` is of dict, list, str, int, float, bool and None."""
    packer = _Lean()
    return packer.of(value), bytes(packer.beside)


def whole(value: Any, beside: bytes) -> Any:
    """The value that `lean` was given. Raises LinkError `wire.malformed` where these cannot come of it."""
    reader = _Whole(beside)
    found = reader.of(value, 0)
    if reader.at != len(beside):
        raise LinkError(_MALFORMED)
    return found


class _Lean:
    def __init__(self) -> None:
        self.beside = bytearray()
        self._time = ""
        self._lately: deque[str] = deque(maxlen=len(_AGAIN))

    def of(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list | tuple):
            return [self.of(one) for one in value]
        if isinstance(value, dict):
            return {key: self._zone(value) if key == "mrz" else self.of(one) for key, one in value.items()}
        return value

    def _zone(self, document: Mapping[str, Any]) -> Any:
        held = document["mrz"]
        if held is None:
            return _NONE
        return None if held == _zone(document) else self.of(held)

    def _text(self, text: str) -> str:
        if text.startswith("~"):
            return "~" + text
        if _TIME.fullmatch(text):
            again, self._time = text == self._time, text
            return "~t" if again else text
        if text in self._lately:
            return f"~{len(self._lately) - self._lately.index(text)}"
        if _HEX.fullmatch(text):
            return self._put(text, "h", bytes.fromhex(text))
        if _BASE64.fullmatch(text):
            raw = _from_base64(text)
            if raw is not None and len(raw) >= _LEAST:
                return self._put(text, "b", raw)
        return text

    def _put(self, text: str, form: str, raw: bytes) -> str:
        self._lately.append(text)
        self.beside += raw
        return f"~{form}{len(raw)}"


class _Whole:
    def __init__(self, beside: bytes) -> None:
        self._beside = beside
        self.at = 0
        self._time = ""
        self._lately: deque[str] = deque(maxlen=len(_AGAIN))

    def of(self, value: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise LinkError(_MALFORMED)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.of(one, depth + 1) for one in value]
        if isinstance(value, dict):
            found = {key: self.of(one, depth + 1) for key, one in value.items()}
            if "mrz" in value and value["mrz"] is None:
                found["mrz"] = _zone(found)
            elif value.get("mrz") == _NONE:
                found["mrz"] = None
            return found
        return value

    def _text(self, text: str) -> str:
        if not text.startswith("~") or text == _NONE:
            if _TIME.fullmatch(text):
                self._time = text
            return text
        if text.startswith("~~"):
            return text[1:]
        if text == "~t" and self._time:
            return self._time
        if len(self._lately) >= _AGAIN.get(text, len(_AGAIN) + 1):
            return self._lately[-_AGAIN[text]]
        named = _BESIDE.fullmatch(text)
        if named is None:
            raise LinkError(_MALFORMED)
        size = int(named[2])
        raw = self._beside[self.at : self.at + size]
        if len(raw) != size:
            raise LinkError(_MALFORMED)
        self.at += size
        found = raw.hex() if named[1] == "h" else base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
        self._lately.append(found)
        return found


def _from_base64(text: str) -> bytes | None:
    """The bytes, where writing them gives the very text again."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii") == text else None


def _zone(document: Mapping[str, Any]) -> list[str] | None:
    """The zone that a document's members say; None where they say none."""
    try:
        code, state, nation = (document[name] for name in ("code", "issuing_state", "nationality"))
        number, name = document["number"], f"{document['surname']}<<{document['given_names']}".replace(" ", "<")
        birth, expiry = (_yymmdd(document[name]) for name in ("birth", "expiry"))
        sex, optional = {"M": "M", "F": "F", "X": "<"}[document["sex"]], document["optional"].replace(" ", "<")
        if document["format"] == "TD3":
            first = f"{code:<<2}{state:<<3}{name:<<39}"
            held, ends = _checked(f"{number:<<9}"), _checked(expiry)
            more = _checked(f"{optional:<<14}")
            second = f"{held}{nation:<<3}{_checked(birth)}{sex}{ends}{more}"
            return [first, second + _digit(held + _checked(birth) + ends + more)]
        if document["format"] == "TD1":
            first = f"{code:<<2}{state:<<3}{_checked(f'{number:<<9}')}{optional:<<15}"
            born, ends = _checked(birth), _checked(expiry)
            second = f"{born}{sex}{ends}{nation:<<3}{'':<<11}"
            return [first, second + _digit(first[5:] + born + ends + second[18:]), f"{name.removesuffix('<<'):<<30}"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return None


def _yymmdd(parts: Mapping[str, Any]) -> str:
    return f"{parts['year'] % 100:02d}{parts['month']:02d}{parts['day']:02d}"


def _checked(field: str) -> str:
    return field + _digit(field)


def _digit(field: str) -> str:
    """ICAO Doc 9303-3, 4.9. ValueError for any other character."""
    total = 0
    for at, character in enumerate(field):
        value = 0 if character == "<" else int(character, 36)
        total += value * (7, 3, 1)[at % 3]
    return str(total % 10)
