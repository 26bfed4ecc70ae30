"""What would be due on an excess: information for the table, with its basis; the assessment is customs' own."""

from dataclasses import dataclass
from decimal import Decimal

from ..limits import Limits
from .rates import WIDE


@dataclass(frozen=True, slots=True)
class Due:
    """Import duty and value added tax in rupiah."""

    duty: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """Both."""
        return self.duty + self.vat


def estimate(excess: Decimal, limits: Limits) -> Due:
    """What is due on an excess in rupiah: a flat duty, and value added tax on the excess and the duty."""
    duty = _percent(excess, limits.duty_percent)
    return Due(duty, _percent(WIDE.add(excess, duty), limits.vat_percent))


def _percent(amount: Decimal, percent: int) -> Decimal:
    """Of an amount, to the whole rupiah."""
    return WIDE.divide(WIDE.multiply(amount, Decimal(percent)), Decimal(100)).quantize(Decimal(1), context=WIDE)
