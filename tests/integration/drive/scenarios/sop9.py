"""A dog without papers: the animal is refused and goes back the same day, its owner goes on."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Dana Miller, from the scan to the dog's way back, her own admission, both sign-offs and the case closed."""
    player.sign_in()
    _refer(player)
    _refuse_the_dog(player)
    _admit_the_owner(player)
    _sign(player)
    _close(player)


def _refer(player: Player) -> None:
    player.scan("dana-miller")
    player.see("(SOP 9")
    player.see(lambda rows: not any("NOT CHECKED" in row for row in rows))
    player.picture("scanned")
    player.press("s", "why?")
    player.picture("referred-why")
    player.press("enter", "Ready.")
    player.picture("lane-free")
    player.press("c", "MILLER")
    player.press("enter", "CASE")
    player.picture("case")
    player.press("enter", "Enter: done")
    player.press("o", "(SOP 9")
    player.picture("taken-up")


def _refuse_the_dog(player: Player) -> None:
    player.press("q", "1 of 7 done")
    player.picture("steps")
    for done in (2, 3, 4):
        player.press("enter", f"{done} of 7 done")
    player.press("enter", "REFUSE x")
    player.picture("a-verdict-does-it")
    player.press("escape", "NEXT")
    player.press("x", "about what?")
    player.type("animal")
    player.press("enter", "why?")
    player.picture("refused-why")
    player.type("goes back")
    player.press("enter", "Enter record")
    player.type(", no chip; back to Tebedu today")
    player.picture("refused-note")
    player.press("enter", "animal #1 REFUSE")
    player.see("Enter next traveller")
    player.picture("refused")


def _admit_the_owner(player: Player) -> None:
    player.press("c", "about what?")
    player.type("person")
    player.press("enter", "why?")
    player.press("enter", "recorded")
    player.see("person CLEAR")
    player.picture("cleared")


def _sign(player: Player) -> None:
    player.press("q", "5 of 7 done")
    for done in (6, 7):
        player.press("n", "why is it not needed?")
        player.type("another outcome")
        player.press("enter", "note")
        player.press("enter", f"{done} of 7 done")
    player.picture("steps-done")
    player.sign_off("quarantine")
    player.sign_off("customs")
    player.picture("signed")
    player.press("escape", "NEXT")
    player.picture("decided")
    player.press("g", "PAPERS")
    player.picture("slip")
    player.press("1", "without certificates")
    player.picture("notice")
    player.press("escape", "NEXT")


def _close(player: Player) -> None:
    player.press("f", "CASE")
    player.picture("case-signed")
    player.press("enter", "note")
    player.type("dog refused, owner cleared")
    player.press("enter", "close: nothing is open")
    player.press("b", "who or what?")
    player.type("animal")
    player.press("enter", "where?")
    player.type("returned")
    player.press("enter", "who has them?")
    player.type("AKPS Tebedu")
    player.press("enter", "(AKPS Tebedu)")
    player.picture("dog-returned")
    player.press("f", "handed over to whom?")
    player.press("enter", "note")
    player.press("enter", "closed · lead was")
    player.picture("closed")
