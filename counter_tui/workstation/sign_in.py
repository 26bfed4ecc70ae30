"""Sign in with a PIN: the session key that comes of it signs what its person records."""

from dataclasses import dataclass

from ..domain.posts import Officer, Roster
from ..errors import SignInError
from .ports import Clock, Persons, SessionKey


@dataclass(frozen=True, slots=True)
class Session:
    """A person at this counter, and the key that signs for them."""

    officer: Officer
    key: SessionKey


def sign_in(officer_id: str, pin: str, *, persons: Persons, roster: Roster, clock: Clock) -> Session:
    """A session for this person.

    Raises SignInError `signin.unknown`, `signin.wrong-pin` (`left` tries, `wait` seconds) or `signin.locked`
    (`seconds`). The try is counted on disk before the PIN is looked at.
    """
    officer = roster.get(officer_id)
    if officer is None:
        raise SignInError("signin.unknown")
    now = clock.now().timestamp()
    return Session(officer, persons.open_session(officer_id, pin, now))
