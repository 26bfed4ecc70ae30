"""A patient on treatment comes home: apart from others, admitted at the vehicle, with a clinic to go on at."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Marten Gabriel, repatriated on treatment: the counter is told what to do, and never of which illness."""
    player.sign_in()
    _to_the_vehicle_bay(player)
    _treated_apart(player)
    _admitted(player)
    _closed(player)


def _to_the_vehicle_bay(player: Player) -> None:
    player.scan("marten-gabriel")
    player.see("(SOP 8")
    player.see(lambda rows: not any("NOT CHECKED" in row for row in rows))
    player.sees_not("tuberc")
    player.sees_not("A15")
    player.picture("scanned")
    player.press("3", "two people unseal it")
    player.picture("sealed")
    player.press("escape", "NEXT")
    player.press("x", "about what?")
    player.type("person")
    player.press("enter", lambda rows: not any("UU 6/2011 art. 13" in row for row in rows))
    player.picture("never-refused")
    player.press("escape", "about what?")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.picture("referred-why")
    player.press("enter", "Ready.")
    player.press("c", "GABRIEL")
    player.press("enter", "CASE")
    player.press("b", "where?")
    player.type("vehicle")
    player.press("enter", "who has them?")
    player.type("BKK, vehicle bay 2")
    player.press("enter", "(BKK, vehicle bay 2)")
    player.picture("in-the-vehicle")
    player.press("enter", "Enter: done")


def _treated_apart(player: Player) -> None:
    player.press("o", "(SOP 8")
    player.press("q", "1 of 6 done")
    player.picture("steps")
    for done in (2, 3, 4):
        player.press("enter", f"{done} of 6 done")
    player.press("enter", "Esc, then its key")
    player.picture("a-verdict-does-it")
    player.press("escape", "NEXT")


def _admitted(player: Player) -> None:
    player.press("c", "about what?")
    player.type("person")
    player.press("enter", "why?")
    player.picture("cleared-why")
    player.type("health notice")
    player.press("enter", "person COND")
    player.picture("cleared")
    player.press("q", "5 of 6 done")
    player.press("enter", "what was found?")
    player.type("rows 10-12 of the lorry: 6 contacts, list at BKK")
    player.press("enter", "6 of 6 done")
    player.sign_off("quarantine")
    player.sign_off("immigration")
    player.picture("signed")
    player.press("escape", "NEXT")
    player.picture("decided")
    player.press("g", "PAPERS")
    player.press("1", "NOTICE TO THE TRAVELLER")
    player.sees_not("treatment")
    player.picture("notice")
    player.press("escape", "NEXT")


def _closed(player: Player) -> None:
    player.press("f", "CASE")
    player.press("enter", "note")
    player.type("Puskesmas Balai Karangan expects him Monday")
    player.press("enter", "close: nothing is open")
    player.press("f", "handed over to whom?")
    player.press("enter", "note")
    player.press("enter", "closed · lead was")
    player.picture("closed")
