"""Systems are down: degraded mode is declared by two, the floor decides who goes on, and all are run again after it."""

from ..terminal import linked
from .player import Player

LANE = "entry"
LOW_RISK, OVER_THE_FLOOR = "markus-jelai", "lee-sang-ho"


def play(player: Player) -> None:
    """The link is cut, and comes back; one traveller is cleared with attestation meanwhile, one goes aside."""
    player.sign_in()
    player.terminal.until_gone("loading", 60)
    _declared(player)
    _cleared_by_hand(player)
    _aside(player)
    _run_again(player)


def _declared(player: Player) -> None:
    player.press("t", "cut the link")
    player.press("enter", "OFFLINE")
    player.press("escape", "Ready.")
    player.press("m", "not declared")
    player.picture("not-declared")
    player.press("d", "why?")
    player.press("enter", "who signs beside you?")
    player.move_to("Maria")
    player.sign("declared by two")
    player.see("1 of 6 done")
    player.picture("declared")
    for done in (2, 3, 4, 5):
        player.press("enter", f"{done} of 6 done")
    player.picture("worked")
    player.press("escape", "Ready.")
    player.see("DEGRADED M")
    player.picture("ready")


def _cleared_by_hand(player: Player) -> None:
    player.scan(LOW_RISK)
    player.picture("low-risk")
    player.see("not attested")
    player.press("j", "ATTEST  by you")
    player.picture("attested")
    player.press(
        "enter", lambda rows: any("recorded" in row and row.rstrip().endswith("link") and "· M" in row for row in rows)
    )
    player.picture("cleared-M")
    player.press("enter", "Ready.")


def _aside(player: Player) -> None:
    player.scan(OVER_THE_FLOOR)
    player.see("NOT CHECKED")
    player.picture("over-the-floor")
    player.press("enter", "nothing reaches so far")
    player.press("s", "why?")
    player.picture("why")
    player.type("document")
    player.press("enter", "the lane is free")
    player.picture("aside")


def _run_again(player: Player) -> None:
    player.press("t", "give the link back")
    player.type("2")
    player.press("enter", linked)
    player.press("escape", "Ready.")
    player.press("m", "DEGRADED MODE")
    player.press("e", "why?")
    player.press("enter", "who signs beside you?")
    player.picture("leave")
    player.move_to("Maria")
    player.sign("left by two")
    player.picture("left")
    player.see("1 of 1")
    player.see("all done")
    player.see("6 of 6 done")
    player.picture("run-again")
    player.press("escape", "Ready.")
    player.sees_not("DEGRADED")
    player.picture("normal")
