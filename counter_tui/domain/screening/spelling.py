"""Orthographies of one name folded into one: old Dutch, French and English ways to write Malay and Arabic names."""

import re
from functools import lru_cache
from typing import Final

_FOLDS: Final = {
    "TSCH": "C",
    "SCH": "5",
    "SH": "5",
    "SJ": "5",
    "SY": "5",
    "TJ": "C",
    "DJ": "J",
    "NJ": "NI",
    "CH": "C",
    "KH": "8",
    "GH": "G",
    "PH": "F",
    "TH": "T",
    "DH": "D",
    "DZ": "Z",
    "CK": "K",
    "Q": "K",
    "X": "KS",
    "OE": "U",
    "OO": "U",
    "OU": "U",
    "UE": "U",
    "EU": "U",
    "EO": "O",
    "EE": "I",
    "IE": "I",
    "EI": "AI",
    "EY": "AI",
    "AY": "AI",
    "AE": "AI",
    "Y": "I",
    "W": "V",
    "J": "J",
}
"""5 stands for the sound of SH, 8 for that of KH."""
_FOLD: Final = re.compile("|".join(sorted((*_FOLDS, "SY(?=[AEIOU])"), key=len, reverse=True)).replace("|SY|", "|"))
_OLD_DUTCH: Final = re.compile("OE|[TDSN]J")
_DOUBLED: Final = re.compile(r"(.)\1+")
_DIN: Final = re.compile(r"(?<=..)[AEIOU]L?D(?:I|AI)NE?$")
_LLAH: Final = re.compile(r"[AEOU]?LLAH?$")
_SOFT: Final = re.compile("[AEIOUV]|H$")
VOWELS: Final = frozenset("AEIOU")


def _fold_part(part: re.Match[str]) -> str:
    return _FOLDS[part[0]]


def _fold_old_dutch(part: re.Match[str]) -> str:
    """Where other letters show the old Dutch orthography, J is what is now Y."""
    return "I" if part[0] == "J" else _FOLDS[part[0]]


@lru_cache(maxsize=1 << 16)
def fold(token: str) -> str:
    """The token as it is in all orthographies: SOEKARNO and SUKARNO are SUKARNO, SYARIF and SHARIF 5ARIF."""
    ending = _LLAH.sub("ULA", token) if len(token) > 5 else token
    folded = _DOUBLED.sub(r"\1", _FOLD.sub(_fold_old_dutch if _OLD_DUTCH.search(ending) else _fold_part, ending))
    if folded.endswith(("IN", "INE")):
        folded = _DIN.sub("UDIN", folded)
        if folded.endswith("INE") and len(folded) > 5:
            folded = folded[:-1]
    return folded[:-1] if len(folded) > 3 and folded[-1] == "H" and folded[-2] in "AEIOU" else folded


@lru_cache(maxsize=1 << 15)
def consonants(token: str) -> str:
    """What is left of the folded token in a writing without vowels: MHMD of MUHAMMAD."""
    return _SOFT.sub("", fold(token))


def is_voweless(token: str) -> bool:
    """Whether it has no vowel and comes, very likely, from a writing without them (MHMD)."""
    return len(token) > 2 and VOWELS.isdisjoint(token)


def may_be_without_vowels(one: str, other: str) -> bool:
    """Whether one token may be the other in a writing without vowels; long ones such a writing has, as Y and W."""
    if consonants(one) != consonants(other) or len(consonants(one)) < 2:
        return False
    spelled, bare = (one, other) if is_voweless(other) else (other, one)
    folded = fold(spelled)
    return ("AI" in folded) <= ("Y" in bare) and ("AU" in folded) <= ("W" in bare)
