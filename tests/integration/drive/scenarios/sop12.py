"""A diplomat whose scan and declaration differ: nobody searches, protocol is asked, a memo is written."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Anan Suwan, accredited, from the scan to the courtesy of the lane."""
    player.sign_in()
    player.scan("attache")
    player.see("(SOP 12")
    player.see("goods REFER")
    player.picture("scanned")
    player.press("q", "0 of 7 done")
    player.picture("steps")
    player.press("enter", "1 of 7 done")
    player.press("enter", "2 of 7 done")
    player.press("enter", "who signs beside you?")
    player.move_to("Maria")
    player.picture("no-search")
    player.sign("3 of 7 done")
    player.press("enter", "what was found?")
    player.type("accredited, Jakarta")
    player.press("enter", "who signs beside you?")
    player.sign("4 of 7 done")
    player.picture("protocol")
    player.press("escape", "OUTCOME")
    player.press("c", "about what?")
    player.press("enter", "why?")
    player.picture("goods-why")
    player.type("checked")
    player.press("enter", "goods CLEAR")
    player.press("c", "about what?")
    player.move_to("person", "up")
    player.press("enter", "why?")
    player.type("identity")
    player.press("enter", "▸ 2 customs     incident memo")
    player.picture("verdicts")
    _write_down(player)


def _write_down(player: Player) -> None:
    """The memo of customs' supervisor, and both heads sign."""
    player.press("q", "6 of 7 done")
    player.press("enter", "what was found?")
    player.type("scan differs; nothing opened")
    player.press("enter", "who signs beside you?")
    player.move_to("Maria")
    player.sign("7 of 7 done")
    player.press("enter", "who signs beside you?")
    player.sign("signed for immigration")
    player.press("enter", "who signs beside you?")
    player.move_to("Maria")
    player.sign("signed for customs")
    player.picture("signed")
    player.press("escape", "OUTCOME person COND")
    player.see("goods CLEAR")
    player.sees_not("▸")
    player.picture("end")
    player.press("enter", "Ready.")
