"""On the list of entry bans, with IDR 180 million that was not declared: the cash is settled, then entry is refused."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Chen Guowei: an officer verifies and refers him, a supervisor settles the cash and refuses entry."""
    player.sign_in()
    player.scan("chen-guowei")
    player.see("(SOP 2")
    _verified_and_referred(player)
    _cash_is_settled(player)
    _entry_is_refused(player)
    _signed_and_returned(player)


def _verified_and_referred(player: Player) -> None:
    """Two verify who he is, and he is referred in neutral words."""
    player.press("i", "HIT 1 of 1")
    player.press("y", "why?")
    player.picture("this-person-why")
    player.press("enter", "who signs")
    player.picture("this-person-who")
    player.sign("THIS PERSON")
    player.picture("verified")
    player.press("escape", "NEXT")
    player.press("q", "0 of 7 done")
    player.press("enter", "1 of 7 done")
    player.press("enter", "who signs")
    player.sign("2 of 7 done")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.type("verify")
    player.press("enter", "is in secondary")
    player.picture("referred")


def _cash_is_settled(player: Player) -> None:
    """A supervisor comes: the cash is counted before two of customs, its hold released against the fine."""
    player.lock()
    player.sign_in("hendra")
    player.press("c", "CHEN")
    player.press("enter", "CASE")
    player.picture("case")
    player.press("o", "NEXT")
    player.press("q", "2 of 7 done")
    player.picture("steps")
    player.press("enter", "who signs")
    player.picture("count-who")
    player.sign("3 of 7 done")
    player.picture("counted")
    player.press("enter", "its key")
    player.press("escape", "NEXT")
    player.press("c", "about what?")
    player.picture("clear-what")
    player.type("cash")
    player.press("enter", "why?")
    player.picture("clear-why")
    player.type("fine")
    player.press("enter", "note:")
    player.type("fine 18 m paid, 162 m returned")
    player.press("enter", "who signs")
    player.picture("release-who")
    player.sign("recorded")
    player.picture("cash-settled")


def _entry_is_refused(player: Player) -> None:
    """Customs has closed: entry is refused, by two."""
    player.press("x", "about what?")
    player.type("1")
    player.press("enter", "why?")
    player.picture("refuse-why")
    player.press("enter", "verified by two")
    player.picture("refuse-note")
    player.press("enter", "who signs")
    player.picture("refuse-who")
    player.sign("recorded")
    player.picture("refused")
    player.press("q", "5 of 7 done")
    player.press("enter", "6 of 7 done")
    player.press("enter", "7 of 7 done")
    player.picture("steps-done")


def _signed_and_returned(player: Player) -> None:
    """Two of each agency sign, he is told, Tebedu has taken him back."""
    player.press("enter", "who signs")
    player.picture("immigration-signs")
    player.sign("signed for immigration")
    player.picture("immigration-signed")
    player.press("enter", "who signs")
    player.sign("signed for customs")
    player.picture("customs-signed")
    player.press("escape", "Enter next traveller")
    player.press("b", "where?")
    player.type("returned")
    player.picture("where")
    player.press("enter", "who has them?")
    player.type("AKPS Tebedu")
    player.press("enter", "where they are is recorded")
    player.press("g", "NOTICE")
    player.picture("notice")
    player.press("escape", "Enter next traveller")
    player.press("f", "CASE")
    player.picture("case-f")
    for _agency in ("immigration", "customs"):
        player.press("enter", "seen, entry")
        player.press("enter", "note")
        player.press("enter", "done, entry")
    player.picture("case-done")
    player.press("f", "to whom")
    player.picture("close")
    player.type("AKPS Tebedu")
    player.press("enter", "note")
    player.press("enter", "closed, entry")
    player.picture("closed")
