"""What kind of document a zone's code stands for: ICAO Doc 9303 parts 4 to 7, ILO convention 185, and older practice.

Only the first letter is fixed for all issuers; second letters were the issuer's own for decades (PS was a service
passport long before it could be anything else), so that what is not settled is said to be so.
"""

from typing import Final

from counter_tui.domain.texts import Text, text

_PASSPORTS: Final = {
    "P": "document.type.passport",
    "PP": "document.type.passport",
    "PD": "document.type.diplomatic",
    "PO": "document.type.official",
    "PE": "document.type.emergency",
    "PR": "document.type.refugee",
    "PT": "document.type.alien",
    "PL": "document.type.laissez-passer",
    "PM": "document.type.military",
}
_CARDS: Final = {
    "AC": "document.type.crew",
    "IP": "document.type.passport-card",
    "IS": "document.type.seafarer",
    "IR": "document.type.residence",
    "AR": "document.type.residence",
    "CR": "document.type.residence",
}
_FIRST_LETTERS: Final = {"P": "document.type.passport-other", "V": "document.type.visa"}
_SMALL: Final = frozenset({"TD1", "TD2", "FRA_ID"})


def document_type(code: str, format: str) -> Text:  # noqa: A002 - the word of the standard, and of every signature here
    """The kind of document in words; `code` as in the zone ("P", "AC"), `format` a layout's name or "".

    A code that says nothing known gives `document.type.unknown` with the code.
    """
    code = code.strip(" <").upper()[:2]
    if code == "IV":  # never used: a visa begins with V
        return text("document.type.unknown", kind=code)
    if code in _PASSPORTS:
        return text(_PASSPORTS[code])
    if code in _CARDS:
        return text(_CARDS[code])
    if code[:1] in _FIRST_LETTERS:
        return text(_FIRST_LETTERS[code[0]], kind=code)
    if code[:1] in ("I", "A", "C") and (format in _SMALL or not format):
        return text("document.type.card", kind=code)
    return text("document.type.unknown", kind=code)
