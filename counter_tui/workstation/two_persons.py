"""The second person at a booth signs beside the first, with their PIN."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from ..errors import SignInError

if TYPE_CHECKING:
    from ..domain.posts import Officer
    from ..domain.two_persons import Statement
    from .parts import Parts


def get_second(parts: Parts, officer: str) -> Officer:
    """The second person; SignInError `signin.unknown`."""
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
