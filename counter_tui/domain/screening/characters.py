"""Any writing as plain Latin letters: other scripts transliterated, look-alikes told, marks and the unseen gone."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 256
"""Characters of a name that are looked at; no real name is longer."""

_LOOK_ALIKES: Final = str.maketrans(
    "АВСЕНІЈКМОРЅТУХҮԀԚԜаеіјорсухѕһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχ",
    "ABCEHIJKMOPSTYXYDQWaeijopcyxshdqw" + "ABEZHIKMNOPTYXaivopux",
)
"""Cyrillic and Greek letters, and the Latin letter that each is drawn like."""
_LETTERS: Final = str.maketrans({"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i"})  # noqa: RUF001
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'’‘ʼʻʾʿ`´′ʹˈ＇", ""))  # noqa: RUF001 - what names are typed with
_ARTICLE: Final = re.compile("\\b\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}(?=\\w{3})")
"""The Arabic article, written on to its noun."""
_SYLLABLES: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSPACED: Final = re.compile(r"[⺀-鿿가-힣豈-﫿]")
"""Han and Hangul: each character is a syllable, and blanks do not tell where names end."""
_WORDS: Final = re.compile(r"\S+")


def to_latin(name: str) -> str:
    """A name in the letters A-Z and a-z, with digits, blanks and ASCII punctuation; the case of Latin letters is kept.

    NFKC; at most `LONGEST` characters of it are looked at. A letter that only looks Latin is read as Latin where its
    word, or at least the rest of the name, is in Latin letters; else its script is transliterated.
    """
    text = name[:LONGEST].translate(_APOSTROPHES)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)[: 2 * LONGEST].translate(_APOSTROPHES).translate(_LETTERS)
    text = "".join(_visible(character) for character in unicodedata.normalize("NFD", text)[: 2 * LONGEST])
    text = unicodedata.normalize("NFC", _without_marks(text))
    if text.isascii():
        return text
    latin = any(character.isascii() and character.isalpha() for character in text)
    return _WORDS.sub(lambda word: _word_to_latin(word[0], among_latin=latin), _ARTICLE.sub("AL ", text))


def _visible(character: str) -> str:
    """Nothing for a format character (joiners, direction marks), a blank for a control character."""
    category = unicodedata.category(character)
    if category in {"Cf", "Cs", "Co", "Cn", "Me"} or character == "\u034f":
        return ""
    return " " if category == "Cc" else character


def _without_marks(decomposed: str) -> str:
    """Without the marks that stand on Latin, Greek and Cyrillic letters; other scripts need theirs for the vowels.

    The breve of й stays: it is another letter, not another stress.
    """
    kept: list[str] = []
    base = ""
    for character in decomposed:
        if not unicodedata.combining(character):
            base = character
        elif base < "\u0400" or (base < "\u0530" and (character != "\u0306" or base not in "иИ")):
            continue
        kept.append(character)
    return "".join(kept)


def _word_to_latin(word: str, *, among_latin: bool) -> str:
    if word.isascii():
        return word
    if among_latin:
        drawn = word.translate(_LOOK_ALIKES)
        if drawn.isascii():
            return drawn
        if any(character.isascii() and character.isalpha() for character in word):
            word = drawn
    from anyascii import anyascii

    spelled = anyascii(word).translate(_APOSTROPHES)
    return _SYLLABLES.sub(" ", spelled) if _UNSPACED.search(word) else spelled
