"""Letters of names as A-Z, and back where the table allows: ICAO Doc 9303 part 3, section 6, general tables.

Latin and Cyrillic letters do not come back: AE may be Æ, Ä or AE, and is shown as it is. The Arabic table was made to
be reversed: every letter that has no single Latin one is escaped with X. Exceptions of single languages are left out.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

# Letters that are not their base letter plus a mark, or for which the table recommends two letters.
_LATIN: Final = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Đ": "D", "Ə": "E", "Ħ": "H", "Ĳ": "IJ", "Ŀ": "L", "ĸ": "Q", "Ł": "L",
    "Ŋ": "N", "Ö": "OE", "Ø": "OE", "Œ": "OE", "ẞ": "SS", "Ŧ": "T", "Ü": "UE", "Þ": "TH",
}  # fmt: skip

_CYRILLIC: Final = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЃЄЅІЇЈЉЊЋЌЎЏҐ",
        "A B V G D E E ZH Z I I K L M N O P R S T U F KH TS CH SH SHCH IE Y - E IU IA D G IE DZ I I J LJ NJ C K U DZ G"
        .replace("-", "").split(" "),
        strict=True,
    )
)  # fmt: skip

_ARABIC: Final = {
    "\u0621": "XE", "\u0622": "XAA", "\u0623": "XAE", "\u0624": "U", "\u0625": "I", "\u0626": "XI", "\u0627": "A",
    "\u0628": "B", "\u0629": "XTA", "\u062a": "T", "\u062b": "XTH", "\u062c": "J", "\u062d": "XH", "\u062e": "XKH",
    "\u062f": "D", "\u0630": "XDH", "\u0631": "R", "\u0632": "Z", "\u0633": "S", "\u0634": "XSH", "\u0635": "XSS",
    "\u0636": "XDZ", "\u0637": "XTT", "\u0638": "XZZ", "\u0639": "E", "\u063a": "G", "\u0641": "F", "\u0642": "Q",
    "\u0643": "K", "\u0644": "L", "\u0645": "M", "\u0646": "N", "\u0647": "H", "\u0648": "W", "\u0649": "XAY",
    "\u064a": "Y", "\u0671": "XXA",
}  # fmt: skip

# Further letters of Persian, Urdu, Pashto and their neighbours.
_ARABIC_SCRIPT: Final = {
    "\u0679": "XXT", "\u067c": "XRT", "\u067e": "P", "\u0681": "XKE", "\u0685": "XXH", "\u0686": "XC", "\u0688": "XXD",
    "\u0689": "XDR", "\u0691": "XXR", "\u0693": "XRR", "\u0696": "XRX", "\u0698": "XJ", "\u069a": "XXS",
    "\u06a9": "XKK", "\u06ab": "XXK", "\u06ad": "XNG", "\u06af": "XGG", "\u06ba": "XNN", "\u06bc": "XXN",
    "\u06be": "XDO", "\u06c0": "XYH", "\u06c1": "XXG", "\u06c2": "XGE", "\u06c3": "XTG", "\u06cc": "XYA",
    "\u06cd": "XXY", "\u06d0": "Y", "\u06d2": "XYB", "\u06d3": "XBE",
}  # fmt: skip

_LETTERS: Final = {**_LATIN, **_CYRILLIC, **_ARABIC, **_ARABIC_SCRIPT}
_TEH_MARBUTA, _AT_THE_END, _SHADDA, _STRETCH = "\u0629", "XAH", "\u0651", "\u0640"

_BACK: Final = {latin: letter for letter, latin in _ARABIC.items()} | {_AT_THE_END: _TEH_MARBUTA}
_TOKEN: Final = re.compile("|".join(sorted(_BACK, key=len, reverse=True)))
_STATES: Final = "ARE BHR COM DJI DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SYR TCD TUN YEM"
_ARABIC_STATES: Final = frozenset(_STATES.split())
_ESCAPE: Final = re.compile("XH|X[A-Z]{2}")
"""What no name has that was written by ear; XI and XE alone may be of a Maxim or an Alexei."""


def transliterate(word: str) -> str | None:
    """A word in capitals as A-Z; None where one of its characters has no transliteration.

    A shadda doubles the letter that it stands on; other Arabic marks are not written.
    """
    made: list[str] = []
    for at, character in enumerate(word):
        if character == _SHADDA:
            made += made[-1:]
        elif character == _TEH_MARBUTA and at == len(word) - 1:
            made.append(_AT_THE_END)
        elif (letters := _letters(character)) is not None:
            if letters:
                made.append(letters)
        else:
            return None
    return "".join(made)


def _letters(character: str) -> str | None:
    if "A" <= character <= "Z":
        return character
    if character in _LETTERS:
        return _LETTERS[character]
    if character == _STRETCH or "\u064b" <= character <= "\u0670":
        return "" if unicodedata.category(character) in ("Mn", "Lm") else None
    decomposed = unicodedata.normalize("NFD", character)
    if "A" <= decomposed[0] <= "Z" and all(map(unicodedata.combining, decomposed[1:])):
        return decomposed[0]
    base = _CYRILLIC.get(decomposed[0])
    return base if base is not None and all(map(unicodedata.combining, decomposed[1:])) else None


def find_arabic(name: str, issuing_state: str) -> str | None:
    """The Arabic spelling of a name of zone letters and blanks; None unless there is exactly one.

    Only names of states whose language is Arabic are looked at, in which something is escaped, all of it is in the
    table, and nothing is doubled: two letters alike may be one with a shadda. `name` has blanks for fillers.
    """
    if issuing_state not in _ARABIC_STATES or not any(map(_ESCAPE.fullmatch, _TOKEN.findall(name))):
        return None
    words = [_find_arabic_word(word) for word in name.split()]
    return " ".join(word for word in words if word) if all(words) else None


def _find_arabic_word(word: str) -> str | None:
    tokens = _TOKEN.findall(word)
    if "".join(tokens) != word or any(one == two for one, two in pairwise(tokens)):
        return None
    if _AT_THE_END in tokens[:-1] or tokens[-1] == _BACK_INSIDE:
        return None
    return "".join(_BACK[token] for token in tokens)


_BACK_INSIDE: Final = _ARABIC[_TEH_MARBUTA]
