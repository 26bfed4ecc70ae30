"""What of an answer a reader had no meaning for: elements by name, never by value, so that nothing is lost unsaid."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from pydantic import BaseModel

T = TypeVar("T")

MOST_NAMED: Final = 5
_NAME: Final = re.compile(r"[@A-Za-z][A-Za-z0-9_-]{0,31}")


class Unmapped:
    """Collects the elements of one answer that are not understood."""

    def __init__(self) -> None:
        self._elements: dict[str, None] = {}
        self._deciding = False

    def add(self, element: str, *, deciding: bool = False) -> None:
        """Collect an element that is not understood; `deciding` where a verdict may hang on it."""
        self._elements[element] = None
        self._deciding |= deciding

    def meaning(self, element: str, code: str | None, known: Mapping[str, T], *, deciding: bool = False) -> T | None:
        """What a code stands for; None where there is none, and where nobody knows it: then it is collected."""
        if code is None:
            return None
        if code not in known:
            self.add(element, deciding=deciding)
            return None
        return known[code]

    @property
    def deciding(self) -> bool:
        """Whether a verdict may hang on any of them."""
        return self._deciding

    @property
    def named(self) -> tuple[str, ...]:
        """The first few of them."""
        return tuple(self._elements)[:MOST_NAMED]

    @property
    def more(self) -> int:
        """How many there are beside those."""
        return max(0, len(self._elements) - MOST_NAMED)


def unknown_elements(model: BaseModel, path: str = "") -> Iterator[str]:
    """What a model that allows extra keys was given and has no field for: `goods.2.colour`, lines counted from 1."""
    for key in model.model_extra or ():
        yield f"{path}{key if _NAME.fullmatch(key) else '?'}"
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        alias = info.alias or name
        if isinstance(value, BaseModel):
            yield from unknown_elements(value, f"{path}{alias}.")
        elif isinstance(value, tuple):
            for number, one in enumerate(value, start=1):
                if isinstance(one, BaseModel):
                    yield from unknown_elements(one, f"{path}{alias}.{number}.")
