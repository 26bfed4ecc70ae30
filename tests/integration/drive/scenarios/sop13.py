"""Somebody collapses at the booth: one key opens the corridor, the lane is free, entry follows at the hospital."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Klaus Becker, against whom nothing stood, from the scan to the hand-over to the hospital."""
    player.sign_in()
    player.scan("klaus-becker")
    player.see("Clear all four")
    _help(player)
    _away(player)
    _put_in_order(player)


def _help(player: Player) -> None:
    """One key; then what can be done beside it while the ambulance comes."""
    player.press("!", "EMERGENCY recorded")
    player.see("person CARE")
    player.see("✓ 3 health")
    player.picture("called")
    player.press("q", "1 of 5 done")
    player.picture("steps")
    player.press("n", "why is it not needed?")
    player.type("1")
    player.press("enter", "note: what")
    player.press("enter", "2 of 5 done")
    player.press("enter", "3 of 5 done")
    player.press("enter", "4 of 5 done")
    player.picture("beside")
    player.press("escape", "OUTCOME")


def _away(player: Player) -> None:
    """Where he is; and the case that his entry is, while the lane goes on."""
    player.press("b", "where?")
    player.type("hospital")
    player.press("enter", "who has them?")
    player.type("RS Sanggau")
    player.press("enter", "where they are is recorded")
    player.press("s", "why?")
    player.picture("refer")
    player.type("health")
    player.press("enter", lambda rows: "Ready." in rows[2])
    player.picture("lane-free")


def _put_in_order(player: Player) -> None:
    """Within the day: immigration's verdict, which a supervisor signs too; then both sign off."""
    player.press("c", "BECKER")
    player.press("enter", "hospital")
    player.picture("case")
    player.press("o", "OUTCOME")
    player.press("c", "about what?")
    player.press("enter", "why?")
    player.type("identity")
    player.press("enter", "entry")
    player.picture("verdict")
    player.press("q", "4 of 5 done")
    player.press("enter", "DONE")
    player.picture("second")
    player.sign("5 of 5 done")
    player.picture("steps-done")
    player.press("enter", "signed for quarantine")
    player.press("enter", "SIGN-OFF")
    player.sign("signed for immigration")
    player.picture("signed")
    player.press("escape", "OUTCOME")
    _close(player)


def _close(player: Player) -> None:
    """Health's task is done, and the case closed with its hand-over record."""
    player.press("f", "TASK")
    player.press("enter", "Enter: done")
    player.press("enter", "note: what")
    player.type("at RS")
    player.press("enter", "nothing is open")
    player.press("f", "handed over to whom?")
    player.type("RS Sanggau")
    player.press("enter", "note: what")
    player.press("enter", "NEXT    closed")
    player.see("CARE")
    player.picture("closed")
