"""How much is carried or certified, in one unit of its kind: mass in kilograms, animals by head, things by piece.

Units are those of UN/ECE recommendation 20 and the words of quarantine's forms. A word that means different amounts to
different people (`ons`) is no unit, and a decimal comma no number: what is unclear is weighed again, not guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_AMOUNT: Final = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_KINDS: Final = {
    "KG": "KG KGM KGS KILOGRAM",
    "HEAD": "HEAD HEA EKOR",
    "PCS": "PCS PC PCE EA H87 BUAH BATANG BUTIR",
    "L": "L LTR LITER",
}
_PARTS: Final = {
    "G": ("KG", Decimal("0.001")),
    "GR": ("KG", Decimal("0.001")),
    "GRM": ("KG", Decimal("0.001")),
    "GRAM": ("KG", Decimal("0.001")),
    "T": ("KG", Decimal(1000)),
    "TNE": ("KG", Decimal(1000)),
    "TON": ("KG", Decimal(1000)),
    "LBR": ("KG", Decimal("0.45359237")),
    "ML": ("L", Decimal("0.001")),
    "MLT": ("L", Decimal("0.001")),
}
_UNITS: Final = _PARTS | {word: (unit, Decimal(1)) for unit, words in _KINDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of more than nothing, in KG, HEAD, PCS or L."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit}"


def find_quantity(amount: str, unit: str) -> Quantity | None:
    """The quantity that is meant; None where that is not clear."""
    known = _UNITS.get(unit.strip().upper())
    if known is None or not _AMOUNT.fullmatch(amount):
        return None
    base, factor = known
    return Quantity(Decimal(amount) * factor, base) if Decimal(amount) else None
