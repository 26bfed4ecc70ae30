"""What a session certificate claims: who signed in, at which counter, of which realm, since when. JSON, at most 1 KiB.

A counter writes it when an officer signs in; the single window reads it when the entry of kind `session`, whose body is
the certificate, arrives.
"""

from typing import Annotated, Final

from pydantic import Field

from ..errors import LinkError
from .wire import Message, Word, parse

MAX_CLAIMS: Final = 1024
SESSION_KIND: Final = "session"


class SessionClaims(Message):
    """`session` is the id that entries name; `at` is ISO 8601 UTC."""

    session: Word
    officer: Word
    counter: Word
    realm: Word
    at: Annotated[str, Field(max_length=40)]


def read_claims(claims: bytes) -> SessionClaims:
    """The claims; raises LinkError `link.claims` where they are none."""
    return parse(SessionClaims, claims, limit=MAX_CLAIMS, error=LinkError("link.claims"))
