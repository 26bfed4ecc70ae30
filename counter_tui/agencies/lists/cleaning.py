"""Text from lists, made harmless: no control, bidi or invisible characters, no bytes of unknown encoding."""

import unicodedata

NAME = 400
"""Characters of one name; the longest of real lists, of entities, take some 300."""
NUMBER = 64
REF = 64


def clean(raw: str) -> str:
    """The text on one line, single blanks; controls and separators as blanks, what has no look of its own left out.

    ValueError where it was no UTF-8.
    """
    if raw.isprintable():
        return " ".join(raw.split()) if "  " in raw else raw.strip(" ")
    if not is_text(raw):
        raise ValueError
    return " ".join("".join(map(_harmless, raw)).split())


def is_text(raw: str) -> bool:
    """Whether all of it was UTF-8: other bytes stand in it as lone surrogates."""
    return raw.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in raw)


def as_western(raw: str) -> str:
    """The same with bytes that were no UTF-8 read as Windows-1252, as old American files are; "\ufffd" for none."""
    return raw if is_text(raw) else raw.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _harmless(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if unicodedata.category(letter) in {"Cc", "Zs", "Zl", "Zp"} else ""
