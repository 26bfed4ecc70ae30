"""Texts as codes with parameters: the screen puts them in words, in the language that is on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A code (`finding.cust.quota-over`) and its parameters, sorted by name so that equal texts compare equal."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()

    def as_dict(self) -> dict[str, str | int]:
        """The parameters by name."""
        return dict(self.params)


def text(code: str, **params: str | int) -> Text:
    """A text of this code with these parameters."""
    return Text(code, tuple(sorted(params.items())))
