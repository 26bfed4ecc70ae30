"""Where this is, and who can sign in: all that the first screen needs to know."""

from dataclasses import dataclass

from ..domain.posts import Counter, Officer, Post


@dataclass(frozen=True, slots=True)
class Credential:
    """A demo person whose PIN is shown on the sign-in screen."""

    officer: Officer
    pin: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where this is: known before the vault is open, so that the first screen can be painted.

    `passphrase` is the demo's fixed word, shown where there is no keyring; "" elsewhere.
    """

    post: Post
    counter: Counter
    demo: bool
    credentials: tuple[Credential, ...] = ()
    passphrase: str = ""
