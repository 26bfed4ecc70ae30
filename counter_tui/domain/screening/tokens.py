"""A name as tokens: the words that tell one person from another, in capitals A-Z, titles and ornaments gone."""

import re
from collections.abc import Sequence
from typing import Final

from .characters import to_latin
from .families import family_of
from .ornaments import DEGREES, FILLERS, LEADING_TITLES, PARTICLES, TITLES, weight_of_name

MOST_TOKENS: Final = 16
LONGEST_TOKEN: Final = 32

_WORD: Final = re.compile(r"[A-Z0-9]+")
_MIXED: Final = re.compile(r"[A-Z]+[0-9]|[0-9]+[A-Z]")
_CAMEL: Final = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{3})")
_KIN: Final = re.compile(r"\b[ADSWC]\s*[/@]\s*[LPO]\b")
"""A/L, A/P, S/O, D/O, W/O, C/O: son, daughter, wife or child of."""
_READ_AS: Final = str.maketrans("01345678", "OIEASGTB")
"""The letter that a digit inside a word was meant to be."""
_KIN_INITIALS: Final = frozenset({("A", "L"), ("A", "P"), ("S", "O"), ("D", "O"), ("W", "O")})
_VOWELS: Final = frozenset("AEIOUY")

_ARTICLES: Final = frozenset(
    {"AL", "EL", "UL", "IL", "UR", "AR", "ER", "US", "AS", "ES", "ASH", "ESH", "UD", "AD", "ED"}
)
_SERVANT: Final = frozenset(
    {
        "ABD",
        "ABDUL",
        "ABDEL",
        "ABDAL",
        "ABDIL",
        "ABDOUL",
        "ABDOEL",
        "ABDOL",
        "ABDU",
        "ABDUR",
        "ABDUS",
        "ABDUSH",
        "ABDUD",
        "ABDUN",
    }
)
_SERVANT_OF: Final = re.compile(
    r"(?:ABD(?:[UEAIO]|OU|OE)?L(?!L)|ABD[UEIO]?(?=[BCDFGHJKMNPQRSTVWXZ]))(?!LAH)(?=[A-Z]{4})"
)
_ALLAH: Final = frozenset({"ALLAH", "ULLAH", "LLAH", "LAH", "ALLA", "ILAH"})
_DIN: Final = frozenset({"DIN", "DEEN", "DINE", "DDIN"})
_BAKR: Final = frozenset({"BAKAR", "BAKR", "BAKER", "BACAR", "BAKRE"})
_VAN: Final = re.compile("(VAN|VON)(DEN|DER)(?=[A-Z]{3})")
_ENDINGS: Final = frozenset({"UDDIN", "EDDINE", "ADDIN", "EDDIN", "UDDEEN", "UDIN", "ULLAH", "ALLAH", "OLLAH"})


def tokens(name: str) -> tuple[str, ...]:
    """The tokens of a name in the order given; () where nothing in it can be read.

    Titles, and digits that are no misread letter, are dropped unless nothing else would be left. Arabic compounds get
    one form: ABD AL-RAHMAN and ABDURRAHMAN are ABDUL RAHMAN, SAIF AL-DIN is SAIFUDDIN.
    """
    text = to_latin(name)
    if not text.isupper():
        text = _CAMEL.sub(" ", text).upper()
    if "/" in text or "@" in text:
        text = _KIN.sub(" ", text)
    words = [word[:LONGEST_TOKEN] for word in _WORD.findall(text)[: 2 * MOST_TOKENS]]
    if not text.isascii() or any(map(str.isdigit, text)):
        words = _without_digits(words)
    if "," in text:
        words = _without_degrees(words, text)
    named = _without_titles(words)
    return tuple(_with_compounds(named or words)[:MOST_TOKENS])


def is_particle(token: str) -> bool:
    """Whether a token only joins others (BIN, AL, VAN): it need not be there for two names to be the same."""
    return token in PARTICLES


def weight(token: str) -> float:
    """How much a token says about who bears it: 1 for an ordinary name, less for particles, initials, commonest names.

    A number in (0, 1].
    """
    if token in PARTICLES:
        return PARTICLES[token]
    if len(token) == 1:
        return 0.5
    return weight_of_name(token)


def _without_digits(words: Sequence[str]) -> list[str]:
    """Digits inside words as the letters they were meant to be; words of digits only where there is no other."""
    read = [word.translate(_READ_AS) if _MIXED.match(word) else word for word in words]
    read = [kept for word in read if (kept := re.sub(r"[0-9]", "", word) or "")]
    return read or list(words)


def _without_degrees(words: list[str], text: str) -> list[str]:
    """Without academic degrees, which stand after a comma (BUDI SANTOSO, S.H., M.M.)."""
    tail = text.rpartition(",")[2] if text.count(",") == 1 else text.partition(",")[2]
    degrees = _WORD.findall(tail)
    if degrees and all(part in DEGREES for part in degrees) and len(degrees) < len(words):
        return words[: len(words) - len(degrees)]
    return words


def _without_titles(words: list[str]) -> list[str]:
    kept: list[str] = []
    skipped = -1
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if at == skipped or word in TITLES or word in FILLERS or (not kept and word in LEADING_TITLES):
            continue
        if word == "TAN" and following == "SRI":
            skipped = at + 1
            continue
        if len(word) == 1 and 0 < at < len(words) - 2 and (word, following) in _KIN_INITIALS:
            skipped = at + 1
            continue
        if len(word) == 2 and not (_VOWELS & set(word)) and word not in PARTICLES and not family_of(word):
            kept.extend(word)
            continue
        kept.append(word)
    return kept


def _with_compounds(words: list[str]) -> list[str]:
    """One form for compounds with the Arabic article, however their parts are written together."""
    made: list[str] = []
    at, end = 0, len(words)
    while at < end:
        word = words[at]
        at += 1
        if word in {"ABU", "ABOU"} and at < end and words[at] in _BAKR:
            made.append("ABUBAKAR")
            at += 1
            continue
        if word.startswith("ABD"):
            if word in _SERVANT and at < end:
                at += words[at] in _ARTICLES and at + 1 < end
                if words[at] in _ALLAH:
                    made.append("ABDULLAH")
                    at += 1
                else:
                    made.append("ABDUL")
                continue
            joined = _SERVANT_OF.match(word)
            if joined:
                of = word[joined.end() :]
                made += ["ABDUL", of[1:] if of[0] == of[1] else of]
                continue
        elif van := _VAN.match(word):
            made += [van[1], van[2], word[van.end() :]]
            continue
        elif made and word in _ENDINGS and len(made[-1]) > 2:
            made[-1] = (made[-1] + word)[:LONGEST_TOKEN]
            continue
        elif made and word in _ARTICLES and at < end and words[at] in _DIN:
            made[-1] = (made[-1] + "UDDIN")[:LONGEST_TOKEN]
            at += 1
            continue
        made.append(word)
    return made
