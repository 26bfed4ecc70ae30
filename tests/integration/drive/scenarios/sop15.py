"""A courier who is ill: life first, a guard with the ambulance, evidence at the hospital, entry waits for the case."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Ngo Bao Long, at whom the dog alerted, from the scan to the hand-over to the narcotics agency."""
    player.sign_in()
    player.scan("bao-long")
    player.see("+ 15")
    player.picture("scanned")
    player.press("!", "EMERGENCY recorded")
    player.see("▸ 4 security")
    player.picture("called")
    _away(player)
    _at_the_hospital(player)
    _signed(player)
    _close(player)


def _away(player: Player) -> None:
    """With a guard, and the lane is free."""
    player.press("q", "1 of 9 done")
    player.picture("steps")
    player.press("enter", "2 of 9 done")
    player.press("escape", "OUTCOME")
    player.press("b", "where?")
    player.type("hospital")
    player.press("enter", "who has them?")
    player.type("RS Sanggau, guard")
    player.press("enter", "where they are is recorded")
    player.press("s", "why?")
    player.type("search")
    player.press("enter", lambda rows: "Ready." in rows[2])
    player.picture("lane-free")


def _at_the_hospital(player: Player) -> None:
    """Each side's steps, as they are done there; immigration says that entry waits for the criminal case."""
    player.press("c", "hospital")
    player.press("enter", "TASK")
    player.picture("case")
    player.press("o", "OUTCOME")
    player.press("q", "2 of 9 done")
    player.press("enter", "what was found?")
    player.type("capsules")
    player.press("enter", "3 of 9 done")
    player.press("enter", "4 of 9 done")
    player.press("enter", "5 of 9 done")
    player.press("enter", "6 of 9 done")
    player.move_to("chain of custody")
    player.press("enter", "who signs beside you?")
    player.move_to("Dominikus")
    player.sign("7 of 9 done")
    player.picture("custody")
    player.press("escape", "OUTCOME")
    player.press("h", "why?")
    player.press("escape", "about what?")
    player.move_to("person", "up")
    player.press("enter", "why?")
    player.type("entry waits")
    player.picture("pending")
    player.press("enter", "recorded")
    player.see("person CARE")
    player.picture("waits")
    player.press("q", "8 of 9 done")
    player.move_to("put in order")
    player.press("n", "why is it not needed?")
    player.type("2")
    player.press("enter", "note: what")
    player.press("enter", "who signs beside you?")
    player.sign("9 of 9 done")
    player.picture("done")


def _signed(player: Player) -> None:
    """Whoever had a part signs for it; two of customs."""
    player.press("enter", "signed for quarantine")
    player.press("enter", "who signs beside you?")
    player.sign("signed for immigration")
    player.press("enter", "who signs beside you?")
    player.move_to("Dominikus")
    player.sign("signed for customs")
    player.press("enter", "signed for security")
    player.picture("signed")
    player.press("escape", "OUTCOME")


def _close(player: Player) -> None:
    """The tasks of the case, and its hand-over."""
    player.press("f", "TASK")
    for _ in range(2):
        player.press("enter", "Enter: done")
        player.press("enter", "note: what")
        player.press("enter", "done, entry")
    player.picture("to-close")
    player.press("f", "handed over to whom?")
    player.type("BNN")
    player.press("enter", "note: what")
    player.press("enter", "NEXT    closed")
    player.see("CARE")
    player.picture("closed")
