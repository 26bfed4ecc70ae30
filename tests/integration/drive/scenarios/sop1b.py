"""The same fever and a passport that expired, of an Indonesian citizen: admitted to care, never refused."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Sutrisno, from the scan to the hospital; on the way somebody tries to refuse him."""
    player.sign_in()
    player.scan("sutrisno")
    player.see("(SOP 1b")
    player.picture("scanned")
    _nobody_refuses_him(player)
    _lane_is_freed(player)
    _admitted_to_care(player)


def _nobody_refuses_him(player: Player) -> None:
    """Nobody can refuse him."""
    player.press("x", "about what?")
    player.type("person")
    player.press("enter", "never refused")
    player.sees_not("(b) no valid travel document")
    player.picture("never-refused")
    player.press("escape", "about what?")
    player.press("escape", "NEXT")


def _lane_is_freed(player: Player) -> None:
    """Mask, isolation room, secondary."""
    player.press("q", "0 of 7 done")
    player.press("enter", "1 of 7 done")
    player.press("enter", "2 of 7 done")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.type("health")
    player.press("enter", "is in secondary")


def _admitted_to_care(player: Player) -> None:
    """A hospital takes him, and immigration admits him."""
    player.press("c", "SUTRISNO")
    player.press("enter", "CASE")
    player.press("o", "NEXT")
    player.press("q", "2 of 7 done")
    player.press("enter", "3 of 7 done")
    player.press("enter", "4 of 7 done")
    player.press("escape", "NEXT")
    player.judge("x", "person", "hospital")
    player.picture("to-hospital")
    player.judge("c", "person", "identity checked")
    player.picture("admitted-to-care")
    player.press("q", "6 of 7 done")
    player.press("enter", "7 of 7 done")
    player.picture("steps-done")
    player.press("enter", "signed for quarantine")
    player.press("enter", "signed for immigration")
    player.picture("signed")
    player.press("escape", "Enter next traveller")
    player.press("b", "where?")
    player.type("hospital")
    player.press("enter", "who has them?")
    player.type("RSUD Sanggau")
    player.press("enter", "where they are is recorded")
    player.press("g", "NOTICE")
    player.picture("notice")
    player.press("escape", "Enter next traveller")
    player.press("f", "CASE")
    player.press("enter", "seen, entry")
    player.press("enter", "note")
    player.press("enter", "done, entry")
    player.picture("case")
    player.press("f", "to whom")
    player.type("RSUD Sanggau")
    player.press("enter", "note")
    player.press("enter", "closed, entry")
    player.picture("closed")
