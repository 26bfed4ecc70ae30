"""A command: key, footer entry, palette entry and help line in one object; and the state that says whether it works."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple


class Where(StrEnum):
    """The places of the program that have keys of their own; a command names those it belongs to."""

    SIGN_IN = "sign_in"
    READY = "ready"
    INSPECTION = "inspection"
    DECIDED = "decided"
    HITS = "hits"
    DRAWER = "drawer"
    SEARCH = "search"
    PARKED = "parked"
    GROUPS = "groups"
    GROUP = "group"
    SECONDS = "seconds"
    CASES = "cases"
    CASE = "case"
    STEPS = "steps"
    OUTBOX = "outbox"
    KEY_KIND = "key_kind"
    KEY_IN = "key_in"
    HELP = "help"
    REHEARSAL = "rehearsal"
    UNDECIDED = "undecided"
    READER_TEST = "reader_test"
    REPAIRS = "repairs"
    PAPERS = "papers"
    STAMP = "stamp"
    QUEUE = "queue"
    CONFLICT = "conflict"
    RECALL = "recall"
    MODE = "mode"
    QUIT = "quit"


class State(NamedTuple):
    """What decides whether a command works now.

    `not_green` are the codes of `Desk.why_not_green`; `lines` is how many lines a list on the screen has.
    `supervises`: a supervisor or a trainer is signed in. `greens`: on how many of a group the key for all greens acts.
    `steps`: how many the joint procedures of the traveller have. `attests`: of how many of a group something is still
    to be attested and nothing else stands against them.
    """

    where: Where
    signed_in: bool = False
    opened: bool = False
    decided: bool = False
    not_green: tuple[str, ...] = ()
    parked: int = 0
    rehearsal: bool = False
    busy: bool = False
    lines: int = 0
    supervises: bool = False
    greens: int = 0
    steps: int = 0
    attests: int = 0


TYPING: Final = frozenset({Where.SIGN_IN, Where.DRAWER, Where.SEARCH, Where.KEY_IN, Where.STAMP})
"""Places where a text field has the keys."""

Enabled = Callable[[State], str | None]
"""None where the command works; else the code of the reason why it does not."""


def always(_state: State) -> str | None:
    """It always works."""
    return None


KEY_NAMES: Final = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """A key as people read it: `question_mark` is `?`, `ctrl+p` is `^p`, `f2` is `F2`."""
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return key.upper() if len(key) > 1 else key


class Command(NamedTuple):
    """One thing a person can do.

    `id` is the name a keymap changes and the screen's method (`do_` + id with `_`); `keys` are Textual's names, the
    first is shown. `label` stands in the footer, `help` in help and palette; both are English msgids. `verdict` keys
    wait one reader gap and are dead for a while after a burst. `main` comes first in the footer; `footer` False keeps
    it out of the footer.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    where: frozenset[Where]
    enabled: Enabled = always
    main: bool = False
    verdict: bool = False
    footer: bool = True

    @property
    def key(self) -> str:
        """The key as people read it; a row of digits as `1-4`."""
        return f"{self.keys[0]}-{self.keys[-1]}" if self.takes_key else key_name(self.keys[0])

    @property
    def takes_key(self) -> bool:
        """Whether it is told which of its keys was pressed: a row of digits."""
        return self.keys[0].isdigit() and len(self.keys) > 1

    def key_at(self, where: Where) -> str:
        """The key as people read it at a place: where letters are typed into a field, one that types nothing."""
        typing = where in TYPING and len(self.keys) > 1
        return key_name(self.keys[-1]) if typing else self.key

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return f"do_{self.id.replace('.', '_').replace('-', '_')}"
