"""Listed persons without a word of theirs: keyed features, a few small numbers, what to do, and the rest sealed.

A feature is HMAC-SHA-256 (RFC 2104) of a token, a date, a nationality or a number under the list's blind key, cut to 8
bytes. An entry has few: of each token of a name itself, its common spelling, and its consonants where it was written
without vowels; of each birth date itself; of each number itself. It is the question that is spelled out, in all the
ways a token may have been written, so that a feature that is met also tells which way it was, and likeness, birth and
namesakes weigh as they do in clear.

What it guards against is a file that is read without the key, and a screen that is looked at. Who holds the key can try
tokens out, half a million a second, and so knows at once every name that stands in a dictionary, and every birth date;
without it equal features still show how often a token stands in the list, and with which. The bench `blind` measures
both. What is sealed stays so for whoever is not the owner.
"""

import hmac
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise
from string import ascii_uppercase
from typing import Final, NamedTuple

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.sections import Sealed

from .births import Agreement, compare_births
from .families import spellings_of
from .likeness import RESPELLED
from .numbers import number_key
from .spelling import consonants, fold, is_voweless
from .tokens import weight

FEATURE: Final = 8
"""Bytes of a feature."""
KEY: Final = 32
"""Bytes of a blind key."""
WEIGHT_UNIT: Final = 100
_FOLDED: Final = ascii_uppercase + "58"
"""The letters of a common spelling."""
_RESPELLINGS: Final = {
    letter: "".join(sorted(other for pair in RESPELLED if letter in pair for other in pair - {letter}))
    for letter in _FOLDED
}
_READ_AS: Final = str.maketrans("0O1I2Z5S8B6GQDL", "O0I1Z2S5B8G6001")


class BlindToken(NamedTuple):
    """A token of a listed name: its weight in hundredths, and its features, the token itself first."""

    weight: int
    features: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, repr=False)
class BlindListed:
    """One entry of a list as a booth may hold it that must not know whom it is about.

    `ref` is a pointer that only the owner resolves, `version` changes with anything in the entry. `names` has of each
    name its tokens, `weak` the positions of those that the list itself calls weak. `births` has a feature a date,
    `nationalities` one each, salted with `ref`; `numbers` of each document number the feature of how it reads, then of
    how it is printed. `sealed` is the entry itself.
    """

    ref: str
    version: str
    handling: str
    names: tuple[tuple[BlindToken, ...], ...]
    weak: frozenset[int]
    births: tuple[bytes, ...]
    nationalities: tuple[bytes, ...]
    numbers: tuple[tuple[bytes, bytes], ...]
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Blinder:
    """What makes features under one blind key of 32 bytes; the same for who makes a list and for who asks it."""

    key: bytes = field(repr=False)

    def feature(self, kind: str, value: str) -> bytes:
        """The feature of a value of this kind."""
        return hmac.digest(self.key, f"{kind}\0{value}".encode(), "sha256")[:FEATURE]

    @property
    def fingerprint(self) -> str:
        """By what the key is known without being told: 16 hex characters."""
        return self.feature("key", "").hex()

    def written(self, token: str) -> bytes:
        """Of a token, letter by letter."""
        return self.feature("token", token)

    def spelled(self, folded: str) -> bytes:
        """Of a common spelling."""
        return self.feature("spelling", folded)

    def bones(self, token: str) -> bytes:
        """Of the consonants of a token."""
        return self.feature("consonants", consonants(token))

    def token(self, token: str) -> BlindToken:
        """A token of a listed name."""
        features = [self.written(token), self.spelled(fold(token))]
        if is_voweless(token) and len(consonants(token)) > 1:
            features.append(self.bones(token))
        return BlindToken(round(WEIGHT_UNIT * weight(token)), tuple(features))

    def mask(self, written: bytes) -> int:
        """A byte to hide the weight of a token behind, by its first feature: light ones are few and well known."""
        return self.feature("weight", written.hex())[0]

    def birth(self, birth: PartialDate) -> bytes:
        """Of a birth date, as exact as it is."""
        return self.feature("birth", birth.iso())

    def nationality(self, ref: str, nationality: str) -> bytes:
        """Of a nationality in one entry: in another entry it has another."""
        return self.feature("nationality", f"{ref}\0{nationality}")

    def number(self, number: str) -> tuple[bytes, bytes] | None:
        """Of a document number, as it reads and as it is printed; None for one that is too short."""
        key = number_key(number)
        if not key:
            return None
        printed = "".join(character for character in number.upper() if character.isalnum())
        return self.feature("reads", key), self.feature("number", printed)


def spellings(token: str) -> tuple[str, ...]:
    """In which ways a token may have been written, itself first: by a slip, in its families, with an article, cut.

    Some hundreds; what each has to do with the token is for `liken` to say.
    """
    found = dict.fromkeys((token, *slips(token, ascii_uppercase)))
    for spelling in spellings_of(token):
        found[spelling] = None
    found.update(dict.fromkeys((f"AL{token}", f"EL{token}", f"{token}UL", token[:1])))
    if token[:2] in {"AL", "EL"} or token.endswith("UL"):
        found.update(dict.fromkeys((token[2:], token[:-2])))
    found.update(dict.fromkeys(token[:end] for end in range(max(5, -(-len(token) // 2)), len(token))))
    found.pop("", None)
    return tuple(found)


def common_spellings(token: str) -> tuple[str, ...]:
    """In which ways its common spelling may have been written: itself, by a slip, with two letters respelled."""
    folded = fold(token)
    once = [(at, other) for at, letter in enumerate(folded) for other in _RESPELLINGS.get(letter, "")]
    twice = (
        folded[:at] + one + folded[at + 1 : after] + other + folded[after + 1 :]
        for (at, one), (after, other) in combinations(once, 2)
        if at < after
    )
    return tuple(dict.fromkeys((folded, *slips(folded, _FOLDED), *twice)))


def slips(word: str, letters: str) -> Iterator[str]:
    """Every word that is one letter more, less or other, or has two neighbours changed (optimal string alignment 1)."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        for letter in letters:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
    for letter in letters:
        yield word + letter
    for at, (one, other) in enumerate(pairwise(word)):
        yield word[:at] + other + one + word[at + 2 :]


def births_like(birth: PartialDate) -> dict[PartialDate, Agreement]:
    """Every birth date that a list could give and that agrees with this one in any way; none without a year."""
    if birth.year is None:
        return {}
    agreeing: dict[PartialDate, Agreement] = {}
    for other in _births_near(birth, birth.year):
        agreement, _ = compare_births(birth, (other,))
        if agreement is not Agreement.CONFLICT:
            agreeing[other] = agreement
    return agreeing


def _births_near(birth: PartialDate, year: int) -> Iterator[PartialDate]:
    """All that may agree: vague dates about the year, the days that a vague one may be, the whole date with slips."""
    about = [near for near in (year - 1, year, year + 1) if 0 < near < 10_000]
    yield from (PartialDate(near) for near in about)
    yield from (PartialDate(near, month) for near in about for month in range(1, 13))
    if birth.month is None or birth.day is None:
        for near in about:
            yield from _days(near)
        return
    if (birth.month, birth.day) == (1, 1):
        yield from _days(year)
    yield PartialDate(year, 1, 1)
    written = f"{year:04d}{birth.month:02d}{birth.day:02d}"
    changed = {written[:at] + digit + written[at + 1 :] for at in range(8) for digit in "0123456789"}
    changed |= {_exchanged(written, one, other) for one in range(8) for other in range(one)}
    changed |= {f"{near:04d}{written[4:]}" for near in (year - 10, year - 1, year + 1, year + 10) if near > 0}
    changed |= {f"{written[:6]}{birth.day + by:02d}" for by in (-1, 1)} | {written[:4] + written[6:] + written[4:6]}
    for text in changed:
        try:
            yield _partial(date(int(text[:4]), int(text[4:6]), int(text[6:])))
        except ValueError:
            continue


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _days(year: int) -> Iterator[PartialDate]:
    first = date(year, 1, 1)
    return (_partial(first + timedelta(days=at)) for at in range(365 + isleap(year)))


def _exchanged(text: str, one: int, other: int) -> str:
    letters = list(text)
    letters[one], letters[other] = letters[other], letters[one]
    return "".join(letters)


def read_alike(number: str) -> str:
    """Another number that reads as this one."""
    return number.upper().translate(_READ_AS)
