"""Fever of 38.6 and an expired passport: a foreigner is isolated and taken to hospital, entry is decided afterwards."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Jose Reyes, from the scan to the hand-over to the hospital."""
    player.sign_in()
    player.scan("jose-reyes")
    player.see("(SOP 1")
    player.picture("scanned")
    _lane_is_freed(player)
    _health_decides(player)
    _supervisor_signs(player)
    _told_and_closed(player)


def _lane_is_freed(player: Player) -> None:
    """The lane is free again in a minute: mask, isolation room, secondary."""
    player.press("q", "0 of 9 done")
    player.press("enter", "1 of 9 done")
    player.press("enter", "2 of 9 done")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.type("health")
    player.press("enter", "is in secondary")
    player.picture("lane-free")


def _health_decides(player: Player) -> None:
    """From the case back to the traveller: document and examination, then health's verdict."""
    player.press("c", "REYES")
    player.press("enter", "CASE")
    player.picture("case")
    player.press("o", "NEXT")
    player.press("q", "2 of 9 done")
    for done in (3, 4, 5):
        player.press("enter", f"{done} of 9 done")
    player.press("enter", "The verdict of health does it")
    player.picture("steps")
    player.press("escape", "NEXT")
    player.judge("x", "person", "hospital")
    player.see("person HANDOVER")
    player.picture("to-hospital")


def _supervisor_signs(player: Player) -> None:
    """Nothing to decide on entry today, which a supervisor signs; then each agency signs for its part."""
    player.press("q", "6 of 9 done")
    player.press("n", "why is it not needed?")
    player.type("other")
    player.press("enter", "note")
    player.press("enter", "who signs")
    player.picture("not-needed")
    player.sign("7 of 9 done")
    player.press("enter", "who signs")
    player.sign("8 of 9 done")
    player.press("enter", "9 of 9 done")
    player.press("enter", "signed for quarantine")
    player.press("enter", "who signs")
    player.sign("signed for immigration")
    player.picture("signed")
    player.press("escape", "Enter next traveller")


def _told_and_closed(player: Player) -> None:
    """What he is told, where he is, and the case is closed."""
    player.press("g", "Your health comes first")
    player.picture("notice")
    player.press("escape", "Enter next traveller")
    player.press("b", "where?")
    player.type("hospital")
    player.press("enter", "who has them?")
    player.type("RSUD Sanggau")
    player.press("enter", "where they are is recorded")
    player.press("f", "CASE")
    for _agency in ("quarantine", "immigration"):
        player.press("enter", "seen, entry")
        player.press("enter", "note")
        player.press("enter", "done, entry")
    player.press("f", "to whom")
    player.type("RSUD Sanggau")
    player.press("enter", "note")
    player.press("enter", "closed, entry")
    player.picture("closed")
