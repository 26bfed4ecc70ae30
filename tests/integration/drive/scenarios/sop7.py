"""A long overstay and contraband at exit: one case, the lane free at once, evidence by two, then police and BNN."""

from .player import Player

LANE = "exit"


def play(player: Player) -> None:
    """Li Qiang, from the scan to the hand-over of person and goods; the next traveller meanwhile."""
    _one_case(player)
    _evidence_by_two(player)
    _taken_over(player)
    _closed(player)


def _one_case(player: Player) -> None:
    player.sign_in()
    player.scan("li-qiang")
    player.see("(SOP 7")
    player.picture("read")
    player.press("s", "why?")
    player.type("search")
    player.press("enter", "the lane is free")
    player.picture("lane-free")
    player.scan("rohim")
    player.picture("next-traveller")
    player.press("p", "Ready.")
    player.press("c", "LI, QIANG")
    player.press("enter", "CASE")
    player.picture("case")
    player.press("enter", "seen, entry")
    player.press("o", "NEXT")
    player.press("q", "0 of 7 done")
    player.press("enter", "1 of 7 done")
    player.press("escape", "NEXT")
    player.press("h", "why?")
    player.press("escape", "about what?")
    player.type("person")
    player.press("enter", "why?")
    player.type("criminal")
    player.picture("why-frozen")
    player.press("enter", "recorded")
    player.press("q", "2 of 7 done")
    player.press("enter", "3 of 7 done")


def _evidence_by_two(player: Player) -> None:
    for done in (4, 5):
        player.press("enter", "who signs")
        player.move_to("Dominikus")
        player.picture(f"who-signs-{done}")
        player.sign(f"{done} of 7 done")
    player.picture("sealed")
    player.press("escape", "Enter next traveller")
    player.press("enter", "Ready.")


def _taken_over(player: Player) -> None:
    player.press("l", "Locked")
    player.sign_in("hendra")
    player.press("c", "LI, QIANG")
    player.press("enter", "CASE")
    player.press("o", "NEXT")
    for about in ("person", "goods"):
        player.press("x", "about what?")
        player.type(about)
        player.press("enter", "why?")
        player.type("BNN")
        player.press("enter", "note")
        player.type("BAST 17")
        player.press("enter", f"{about} HANDOVER")
    player.picture("handed-over")
    player.press("q", "5 of 7 done")
    player.picture("steps-taken-over")
    player.press("enter", "who signs")
    player.picture("who-signs")
    player.move_to("Maria")
    player.sign("6 of 7 done")
    player.press("enter", "7 of 7 done")
    for agency in ("immigration", "customs", "security"):
        player.press("enter", f"signed for {agency}")
    player.picture("signed")
    player.press("escape", "NEXT")
    player.picture("decided")
    player.press("g", "NOTICE")
    player.picture("notice")
    player.press("escape", "NEXT")
    player.press("b", "where?")
    player.type("handed")
    player.press("enter", "who has them?")
    player.type("BNN Kalbar")
    player.press("enter", "where they are is recorded")


def _closed(player: Player) -> None:
    player.press("f", "CASE")
    player.picture("case-2")
    player.press("enter", "note")
    player.press("enter", "done, entry")
    player.press("enter", "seen, entry")
    player.press("enter", "note")
    player.press("enter", "done, entry")
    player.press("e", "which item?")
    player.picture("item")
    player.press("enter", "who gives it?")
    player.press("enter", "who takes it?")
    player.type("Maria")
    player.press("enter", "who signs")
    player.picture("item-signs")
    player.move_to("Maria")
    player.sign("handed over, entry")
    player.press("f", "to whom?")
    player.type("BNN Kalbar")
    player.press("enter", "note")
    player.type("BAST 17")
    player.press("enter", "who signs")
    player.move_to("Maria")
    player.sign("closed, entry")
    player.picture("closed")
