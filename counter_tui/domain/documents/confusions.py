"""Characters that a camera or a person takes for one another, and which kind of character stands where in a zone."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from .checks import ALPHABET, FILLER, value_of
from .formats import FORMATS, Format


class Kind(Enum):
    """What can stand in a place of a zone."""

    DIGIT = "digit"
    """A check digit, or a digit of a date; a filler where a date is unknown or optional data are empty."""
    LETTER = "letter"
    """A letter of a name, a state or the document code; or a filler."""
    SEX = "sex"
    EITHER = "either"
    """A number or optional data: letters, digits and fillers."""


_DIGIT_FOR: Final = dict(zip("ODQUILZSGBTAE", "0000112568743", strict=True))
_LETTER_FOR: Final = dict(zip("0125684", "OIZSGBA", strict=True))
_SEX_FOR: Final = {"X": FILLER, "E": "F", "P": "F", "N": "M", "H": "M", "W": "M"}
_FILLER_READ_AS: Final = "KC"

# Signs outside the alphabet: what they are read for among digits, among letters, and where both can stand.
_LIKE_FILLER: Final = "([{_-=~«‹〈＜≤^*.,"  # noqa: RUF001 - taken for <
_SIGNS: Final = {
    **dict.fromkeys(_LIKE_FILLER, (FILLER, FILLER, FILLER)),
    **dict.fromkeys("|!¡¦", ("1", "I", "1")),
    "$": ("5", "S", "S"),
    "§": ("5", "S", "S"),
    "€": (FILLER, "E", "C"),
    "£": ("6", "E", "6"),
    "&": ("8", "B", "8"),
}

# Where letters and digits both can stand, only check digits tell; `_RARER` counts as two confusions.
_COMMON: Final = {
    "O": "0", "0": "O", "Q": "0", "D": "0", "I": "1", "1": "IL", "L": "1", "B": "8", "8": "B", "S": "5", "5": "S",
    "G": "6", "6": "G", "Z": "2", "2": "Z", "K": FILLER, "C": FILLER,
}  # fmt: skip
_RARER: Final = {"0": "QD", "O": "QD", "Q": "O", "D": "O", "I": "L", "L": "I"}
_LETTERS_LIKE: Final = {
    "0": "ODQ", "O": "DQ", "D": "O", "Q": "O", "1": "IL", "I": "L", "L": "I", "|": "IL", "!": "IL", "2": "Z", "5": "S",
    "6": "G", "8": "B", "4": "A", "U": "V", "V": "U", "C": "G<", "G": "C", "K": FILLER, "(": FILLER,
}  # fmt: skip


_KIND_OF: Final[Mapping[str, Kind]] = {
    "document_code": Kind.LETTER,
    "issuing_state": Kind.LETTER,
    "nationality": Kind.LETTER,
    "names": Kind.LETTER,
    "surname": Kind.LETTER,
    "given_names": Kind.LETTER,
    "birth_date": Kind.DIGIT,
    "expiry_date": Kind.DIGIT,
    "sex": Kind.SEX,
}


def kinds(layout: Format) -> tuple[tuple[Kind, ...], ...]:
    """What can stand in each place of each line of a layout."""
    return _KINDS[layout.name]


def _tabulate(layout: Format) -> tuple[tuple[Kind, ...], ...]:
    table = [[Kind.EITHER] * layout.width for _ in range(layout.count)]
    for name, span in layout.fields.items():
        kind = _KIND_OF.get(name, Kind.EITHER)
        table[span.line][span.start : span.end] = [kind] * span.width
    for check in layout.checks:
        table[check.digit.line][check.digit.start] = Kind.DIGIT
    return tuple(tuple(line) for line in table)


_KINDS: Final = {name: _tabulate(layout) for name, layout in FORMATS.items()}


def _meant() -> dict[Kind, dict[str, str]]:
    """For each kind of place, the one character that must have been meant by one that cannot stand there."""
    filler = dict.fromkeys(_FILLER_READ_AS, FILLER)
    signs = {
        kind: {sign: meant[at] for sign, meant in _SIGNS.items()}
        for kind, at in ((Kind.DIGIT, 0), (Kind.SEX, 0), (Kind.LETTER, 1), (Kind.EITHER, 2))
    }
    return {
        Kind.DIGIT: signs[Kind.DIGIT] | _DIGIT_FOR | filler,
        Kind.SEX: signs[Kind.SEX] | _SEX_FOR | filler,
        Kind.LETTER: signs[Kind.LETTER] | _LETTER_FOR,
        Kind.EITHER: signs[Kind.EITHER],
    }


_MEANT: Final = _meant()
_MEANT_AT: Final = {name: [[_MEANT[kind] for kind in line] for line in table] for name, table in _KINDS.items()}


def certain(character: str, kind: Kind) -> str:
    """The one character that must have been meant in a place of this kind; the same one where it can stand there."""
    return _MEANT[kind].get(character, character)


def certain_lines(layout: Format, lines: Sequence[str]) -> tuple[str, ...]:
    """`certain` for every place of the lines of a layout."""
    return tuple(
        [
            "".join([meant.get(character, character) for character, meant in zip(line, of_line, strict=True)])
            for line, of_line in zip(lines, _MEANT_AT[layout.name], strict=True)
        ]
    )


def possible(character: str, kind: Kind) -> tuple[tuple[str, int], ...]:
    """What else a character may stand for where the eye cannot tell, each with its cost: 1, or 2 if that is rarer."""
    if kind is Kind.EITHER:
        common, rarer = _COMMON.get(character, ""), _RARER.get(character, "")
        return tuple([(other, 1) for other in common] + [(other, 2) for other in rarer])
    return ((FILLER, 1),) if kind is Kind.LETTER and character in _FILLER_READ_AS else ()


def like_letters(character: str) -> str:
    """The letters of a code of a state, or fillers, that a character may be: itself first, if it can be."""
    itself = character if character in ALPHABET and not character.isdigit() else ""
    return itself + "".join(_LETTERS_LIKE.get(character, ""))


def blind_twins(character: str) -> str:
    """The look-alikes that no check digit tells apart from a character: G for 6."""
    alike = _COMMON.get(character, "") + _RARER.get(character, "")
    return "".join(other for other in alike if is_blind(character, other))


def is_blind(one: str, other: str) -> bool:
    """Whether two characters of the alphabet have the same value modulo 10, so that no check digit tells them apart."""
    known = len(one) == len(other) == 1 and one in ALPHABET and other in ALPHABET
    return known and value_of(one) % 10 == value_of(other) % 10
