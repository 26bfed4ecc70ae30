"""What goes first, both ways: which kinds of entries and of the feed are alerts, decisions, changes of lists."""

from typing import Final

from offline_cache.sync.messages import Rank

_RANKS: Final = {
    # what opens a session goes as soon as the most urgent entry that the session signs
    "session": Rank.ALERT,
    "alert": Rank.ALERT,
    "decision": Rank.DECISION,
    "identity": Rank.DECISION,
    "list": Rank.LISTS,
    "seen": Rank.LISTS,  # small, and behind what somebody waits for; what is fetched ahead has a budget
    "link": Rank.LISTS,
}


def rank_of(kind: str) -> int:
    """The rank of a kind; what is not known goes last."""
    return _RANKS.get(kind, Rank.BULK)
