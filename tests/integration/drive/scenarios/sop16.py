"""A discreet matter of security, and leaves that quarantine holds: the counter has the quarantine hold, and no cue."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Rezaul Haque, with betel leaf that he did not declare, from the scan to the item's end."""
    player.sign_in()
    player.scan("rezaul-haque")
    player.see("(SOP 16")
    player.see("person CLEAR")
    player.picture("scanned")
    player.press("4", "Esc close")
    player.picture("security")
    player.sees_not("SEALED")
    player.press("escape", "OUTCOME")
    player.press("q", "1 of 4 done")
    player.picture("steps")
    player.press("enter", "2 of 4 done")
    player.press("escape", "OUTCOME")
    player.press("g", "NOTICE TO THE TRAVELLER")
    player.see("must be checked by quarantine")
    player.picture("notice")
    player.press("escape", "OUTCOME")
    player.press("c", "about what?")
    player.move_to("person", "up")
    player.press("enter", "why?")
    player.picture("person-why")
    player.press("enter", "recorded")
    player.picture("person")
    player.press("x", "about what?")
    player.press("enter", "why?")
    player.picture("goods-why")
    player.type("no cert")
    player.press("enter", "SEIZE")
    player.picture("goods")
    player.press("q", "3 of 4 done")
    player.press("enter", "4 of 4 done")
    player.press("enter", "signed for quarantine")
    player.picture("signed")
    player.press("escape", "person CLEAR")
    player.see("goods #1 SEIZE")
    player.sees_not("SEALED")
    player.picture("end")
    player.press("enter", "Ready.")
