"""What goes first, both ways: which kinds of entries and of the feed are alerts, decisions, changes of lists."""

from typing import Final

from offline_cache.sync.messages import Rank

_RANKS: Final = {
    # what opens a session goes as soon as the most urgent entry that the session signs
    "session": Rank.ALERT,
    "alert": Rank.ALERT,
    "emergency": Rank.ALERT,
    "decision": Rank.DECISION,
    "identity": Rank.DECISION,
    "question": Rank.DECISION,
    # what others of the post act on; the rest of what is done to a crossing or a case follows
    "correction": Rank.DECISION,
    "override": Rank.DECISION,
    "confirmation": Rank.DECISION,
    "review": Rank.DECISION,
    "settlement": Rank.DECISION,
    "case": Rank.DECISION,
    "whereabouts": Rank.DECISION,
    "mode": Rank.DECISION,
    "allowance": Rank.DECISION,
    "recall": Rank.DECISION,
    "step": Rank.LISTS,
    "statement": Rank.LISTS,
    "paper": Rank.LISTS,
    "admission": Rank.LISTS,
    "list": Rank.LISTS,
    "seen": Rank.LISTS,  # small, and behind what somebody waits for; what is fetched ahead has a budget
    "link": Rank.LISTS,
}


def rank_of(kind: str) -> int:
    """The rank of a kind; what is not known goes last."""
    return _RANKS.get(kind, Rank.BULK)
