"""A red notice, and a child who travels along: the man goes to the police, the child to who cares for her."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Viktor Hale and Poppy, nine: one case; no cue to him, the child apart, both handed over."""
    player.sign_in()
    player.scan("viktor-hale")
    player.see("(SOP 3")
    _police_are_called(player)
    _child_is_protected(player)
    _police_take_him(player)
    _both_are_handed_over(player)


def _police_are_called(player: Player) -> None:
    """Police come quietly, two verify who he is."""
    player.press("q", "0 of 9 done")
    player.press("enter", "1 of 9 done")
    player.press("enter", "who signs")
    player.sign("2 of 9 done")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.type("verify")
    player.press("enter", "is in secondary")


def _child_is_protected(player: Player) -> None:
    """The child is put into his case, and held to protect her."""
    player.scan("poppy-hale")
    player.see("guardian GBR 528840913")
    player.picture("child")
    player.press("f", "into which case?")
    player.press("enter", "put into the case")
    player.judge("h", "person", "protect")
    player.see("PROTECT")
    player.picture("child-protected")
    player.press("enter", "Ready.")


def _police_take_him(player: Player) -> None:
    """A supervisor: escort, the child apart, consulate; then the police take him over."""
    player.lock()
    player.sign_in("hendra")
    player.press("c", "HALE")
    player.picture("cases")
    player.press("enter", "CASE")
    player.picture("case")
    player.move_to("VIKTOR")
    player.press("o", lambda rows: "VIKTOR" in rows[2])
    player.picture("taken-up")
    player.press("q", "2 of 9 done")
    for done in (3, 4, 5, 6):
        player.press("enter", f"{done} of 9 done")
    player.picture("steps-6")
    player.press("escape", "NEXT")
    player.judge("x", "person", "police", "red notice, NCB informed; warrant shown")
    player.picture("to-police")
    player.press("q", "6 of 9 done")
    player.picture("steps-police")
    player.press("enter", "who signs")
    player.picture("hand-over-who")
    player.sign("7 of 9 done")
    player.press("enter", "who signs")
    player.sign("8 of 9 done")
    player.press("enter", "9 of 9 done")
    player.picture("steps-9")
    player.press("enter", "signed for")
    player.press("enter", "signed for")
    player.picture("signed")
    player.press("escape", "Enter next traveller")


def _both_are_handed_over(player: Player) -> None:
    """Both are told; the child goes to who cares for her."""
    player.press("g", "NOTICE")
    player.picture("notice")
    player.press("escape", "Enter next traveller")
    player.press("f", "CASE")
    player.move_to("POPPY")
    player.press("o", lambda rows: "POPPY" in rows[2])
    player.picture("child-again")
    player.judge("x", "person", "welfare")
    player.picture("child-handed-over")
    player.press("g", "NOTICE")
    player.picture("child-notice")
    player.press("escape", "Enter next traveller")
    player.press("f", "CASE")
    player.press("enter", "seen, entry")
    player.press("enter", "note")
    player.press("enter", "done, entry")
    player.picture("case-done")
    player.press("f", "to whom")
    player.type("Polsek Entikong; the child: Dinsos")
    player.press("enter", "note")
    player.press("enter", "closed, entry")
    player.picture("closed")
