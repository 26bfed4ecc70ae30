"""Three procedures on one traveller: one list that loses no step, life first, each step with its owner and clock."""

from .player import Player

LANE = "entry"
STEPS = ("call, AED", "guard goes", "X-ray", "guard, only", "photograph", "bags sealed")
"""The first of them, as they stand below the traveller: life, arrest, what life waits for, then the others."""


def play(player: Player) -> None:
    """Sok Chan Dara, ill, with the dog's alert on a bag and leaves in another, from the scan to the hand-over."""
    player.sign_in()
    player.scan("sok-chan")
    player.see("+ 15, 16")
    player.see(_in_order)
    player.picture("scanned")
    player.press("!", "EMERGENCY recorded")
    player.press("q", "2 of 13 done")
    player.picture("steps")
    player.press("enter", "3 of 13 done")
    player.press("escape", "OUTCOME")
    player.press("s", "why?")
    player.type("search")
    player.press("enter", lambda rows: "Ready." in rows[2])
    player.press("c", "SOK")
    player.press("enter", "lead 3 quarantine")
    player.picture("case")
    player.press("o", "OUTCOME")
    _life_and_evidence(player)
    _immigration(player)
    _item(player)
    _end(player)


def _in_order(rows: list[str]) -> bool:
    at = [next((number for number, row in enumerate(rows) if step in row), -1) for step in STEPS]
    return -1 not in at and at == sorted(at)


def _life_and_evidence(player: Player) -> None:
    player.press("q", "3 of 13 done")
    player.press("enter", "what was found?")
    player.type("capsules")
    player.press("enter", "4 of 13 done")
    for done in (5, 6, 7):
        player.press("enter", f"{done} of 13 done")
    player.move_to("chain of custody")
    player.press("enter", "who signs beside you?")
    player.move_to("Dominikus")
    player.sign("8 of 13 done")
    player.picture("evidence")
    player.press("escape", "OUTCOME")


def _immigration(player: Player) -> None:
    """Entry waits for the criminal case: what another procedure asked of immigration is not needed any more."""
    player.press("h", "why?")
    player.press("escape", "about what?")
    player.move_to("person", "up")
    player.press("enter", "why?")
    player.type("entry waits")
    player.press("enter", "recorded")
    player.press("q", "8 of 13 done")
    player.picture("waits")
    player.move_to("put in order")
    player.press("n", "why is it not needed?")
    player.type("2")
    player.press("enter", "note: what")
    player.press("enter", "who signs beside you?")
    player.sign("9 of 13 done")
    player.move_to("person clears", "down")
    player.press("n", "why is it not needed?")
    player.type("2")
    player.press("enter", "note: what")
    player.press("enter", "10 of 13 done")
    player.picture("spared")


def _item(player: Player) -> None:
    """The leaves, which nobody has forgotten."""
    player.move_to("item stays")
    player.press("enter", "11 of 13 done")
    player.press("escape", "OUTCOME")
    player.press("x", "about what?")
    player.move_to("goods #1")
    player.press("enter", "why?")
    player.type("no cert")
    player.press("enter", "goods #1 SEIZE")
    player.press("q", "12 of 13 done")
    player.press("enter", "13 of 13 done")
    player.picture("done")


def _end(player: Player) -> None:
    """Whoever had a part signs for all of it, and the case is handed over."""
    player.press("enter", "signed for quarantine")
    player.press("enter", "who signs beside you?")
    player.sign("signed for immigration")
    player.press("enter", "who signs beside you?")
    player.move_to("Dominikus")
    player.sign("signed for customs")
    player.press("enter", "signed for security")
    player.picture("signed")
    player.press("escape", "person CARE")
    player.picture("outcome")
    player.press("f", "TASK")
    player.picture("tasks")
    for _ in range(2):
        player.press("enter", "Enter: done")
        player.press("enter", "note: what")
        player.press("enter", "done, entry")
    player.press("f", "handed over to whom?")
    player.type("BNN")
    player.press("enter", "note: what")
    player.press("enter", "NEXT    closed")
    player.see("CARE")
    player.picture("closed")
