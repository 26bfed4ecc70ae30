"""Values in other currencies by customs' weekly rates: dated, and never made up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from .standard import DaftarKurs

CENT = Decimal("0.01")
WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
"""Holds every product of an amount and rates in whole: rounding is to the cent, and nowhere before."""
HOME = "IDR"


@dataclass(frozen=True, slots=True)
class Rates:
    """Rupiah for one unit of each currency, by the decree `number`, of the days `start` to `end`."""

    rupiah: Mapping[str, Decimal] = field(default_factory=dict)
    number: str = ""
    start: date | None = None
    end: date | None = None

    def value(self, amount: Decimal, currency: str, into: str) -> Decimal | None:
        """The amount in another currency, to its cent; None where a rate is missing: the amount is unvalued, not 0."""
        if currency == into:
            return amount
        known = {HOME: Decimal(1), **self.rupiah}
        if currency not in known or into not in known:
            return None
        return WIDE.divide(WIDE.multiply(amount, known[currency]), known[into]).quantize(CENT, context=WIDE)


def rates_on(given: DaftarKurs | None, day: date) -> Rates:
    """The rates where they are of this day; none where they are of another."""
    if given is None or not given.mulai <= day <= given.sampai:
        return Rates()
    return Rates({one.valuta: one.rupiah for one in given.nilai}, given.nomor or "", given.mulai, given.sampai)


def money(currency: str, amount: Decimal) -> str:
    """As systems write it: `MYR 540.00`."""
    return f"{currency} {amount:.2f}"


def short(amount: Decimal) -> str:
    """As a line says it: `540`, or `540.50`."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}" if whole else f"{amount:.2f}"
