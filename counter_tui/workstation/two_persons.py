"""The second person of a statement that two sign: how they sign, who they are, and their signature beside the first."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..domain.acts import Means
from ..errors import SignInError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.posts import Officer
    from ..domain.two_persons import Statement
    from .parts import Parts


@dataclass(frozen=True, slots=True)
class By:
    """How a second person (id) signs, and what was typed for it.

    Beside the first that is their PIN, over the telephone the eight digits that they read back; nothing where they are
    to confirm it at their own counter.
    """

    officer: str
    means: Means = Means.BESIDE
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a second person may sign now: who may, or the code for why nobody.

    `at` tells by id of a person the other counters where they may sign in.
    """

    means: Means
    seconds: tuple[Officer, ...] = ()
    why_not: str = ""
    at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_person(parts: Parts, officer: str) -> Officer | None:
    """Somebody of this counter's roster, or of another counter of the post as far as it is known here."""
    found = parts.roster.get(officer)
    if found is None and parts.telephone is not None:
        elsewhere = parts.telephone.colleagues().get(officer)
        return elsewhere.officer if elsewhere is not None else None
    return found


def get_person(parts: Parts, officer: str) -> Officer:
    """As `find_person`; SignInError `signin.unknown`."""
    found = find_person(parts, officer)
    if found is None:
        raise SignInError("signin.unknown")
    return found


def get_second(parts: Parts, officer: str) -> Officer:
    """Who signs here beside the first; SignInError `signin.unknown`."""
    found = parts.roster.get(officer)
    if found is None:
        raise SignInError("signin.unknown")
    return found


def countersign(parts: Parts, statement: Statement, pin: str) -> tuple[str, str]:
    """The certificate of the second person's key, and its signature of the statement (base64).

    SignInError for the PIN, whose tries are counted as at sign-in. It is asked last, so that no try is lost on anything
    else.
    """
    key = parts.persons.open_session(statement.second, pin, parts.clock.now().timestamp())
    return _text(key.certificate), _text(key.sign(statement.signed_bytes()))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
