"""A passport that was reported lost, and a contact of somebody ill: the citizen is proven, the document is kept."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Rudi Hartono: triage at a distance, his identity proven by two, his passport kept, and he is admitted."""
    player.sign_in("hendra")
    player.scan("rudi-hartono")
    player.see("(SOP 5")
    _lane_is_freed(player)
    _holder_is_proven(player)
    _document_is_kept(player)


def _lane_is_freed(player: Player) -> None:
    """At a distance, and off the lane; his passport changes hands before a witness."""
    player.press("q", "0 of 8 done")
    player.press("enter", "1 of 8 done")
    player.press("enter", "2 of 8 done")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.picture("refer-why")
    player.type("health")
    player.press("enter", "is in secondary")
    player.press("c", "HARTONO")
    player.press("enter", "CASE")
    player.press("e", "which item?")
    player.press("enter", "who gives it?")
    player.press("enter", "who takes it?")
    player.type("Hendra")
    player.press("enter", "who signs")
    player.sign("CUSTODY")
    player.picture("custody")


def _holder_is_proven(player: Player) -> None:
    """He is who he says: two sign that, nobody else is sought."""
    player.press("o", "NEXT")
    player.press("q", "2 of 8 done")
    player.press("enter", "3 of 8 done")
    player.picture("steps-3")
    player.press("enter", "who signs")
    player.sign("4 of 8 done")
    player.press("n", "why is it not needed?")
    player.type("not apply")
    player.press("enter", "note")
    player.press("enter", "5 of 8 done")
    player.press("enter", "who signs")
    player.sign("6 of 8 done")
    player.press("escape", "NEXT")


def _document_is_kept(player: Player) -> None:
    """The passport is retained, he is admitted by two agencies, each on its own condition."""
    player.press("x", "about what?")
    player.type("document")
    player.press("enter", "why?")
    player.type("retained")
    player.press("enter", "reported lost since")
    player.picture("document-note")
    player.press("enter", "who signs")
    player.sign("recorded")
    player.picture("document-kept")
    player.judge("c", "person", "identity checked")
    player.picture("admitted")
    player.judge("c", "person", "health notice")
    player.picture("health-notice")
    player.press("q", "7 of 8 done")
    player.press("enter", "8 of 8 done")
    player.picture("steps-done")
    player.press("enter", "who signs")
    player.sign("signed for immigration")
    player.press("enter", "signed for quarantine")
    player.picture("signed")
    player.press("escape", "Enter next traveller")
    player.press("g", "You may go on")
    player.picture("notice")
    player.press("2", "A citizen needs no leave to stay")
    player.press("escape", "Enter next traveller")
    player.press("b", "where?")
    player.type("left")
    player.picture("left")
    player.press("enter", "who has them?")
    player.press("enter", "where they are is recorded")
    player.press("f", "CASE")
    for _agency in ("quarantine", "immigration"):
        player.press("enter", "seen, entry")
        player.press("enter", "note")
        player.press("enter", "done, entry")
    player.picture("tasks-done")
    player.press("f", "to whom")
    player.picture("close-what")
    player.type("immigration's evidence room")
    player.press("enter", "note")
    player.press("enter", "who signs")
    player.sign("closed, entry")
    player.picture("closed")
