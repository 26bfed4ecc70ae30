"""A red notice, and a child who travels along: the man goes to the police, the child to who cares for her."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Viktor Hale and Poppy, nine: one case; no cue to him, the child apart, both handed over."""
    player.sign_in()
    player.scan("viktor-hale")
    player.see("(SOP 3")
    player.picture("scanned")
    player.press("q", "0 of 9 done")
    player.picture("steps")
    player.press("enter", "1 of 9 done")
    player.press("enter", "who signs")
    player.sign("2 of 9 done")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.type("verify")
    player.press("enter", "is in secondary")
    player.picture("referred")
    player.scan("poppy-hale")
    player.picture("child")
    player.press("f", lambda rows: True)
    player.picture("child-f")
    player.press("enter", lambda rows: True)
    player.picture("child-case")
