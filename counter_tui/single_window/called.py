"""Words that were given over the telephone, as they arrive at the single window: who said yes to which statement.

A counter that had its second person called has only the digits to show. What they sign for themselves, at the counter
where they answered, arrives as an act of its own, in a thread that is named for the statement.
"""

from typing import Final

from ..domain.acts import ActBody
from ..domain.confirming import CONFIRMATION
from ..domain.joint.deeds import Confirmation
from ..domain.telephone import Challenge, thread_of
from .store import WindowStore

_THREAD: Final = thread_of("")
_YES: Final = b"1"
_NO: Final = b"0"


def note_word(store: WindowStore, kind: str, body: ActBody[Confirmation]) -> None:
    """Keep what an act says that was signed for, where it is a word given over the telephone: one no is enough."""
    if kind != CONFIRMATION or not body.thread.startswith(_THREAD):
        return
    name = _setting(body.deed.act, body.officer)
    before = store.find_setting(name)
    store.put_setting(name, _YES if body.deed.agreed and before != _NO else _NO)


def gave_word(store: WindowStore, challenge: Challenge, officer: str) -> bool | None:
    """What this person said to it; None as long as nothing has arrived."""
    kept = store.find_setting(_setting(challenge.spelled(), officer))
    return None if kept is None else kept == _YES


def _setting(spelled: str, officer: str) -> str:
    return f"called/{spelled}/{officer}"
