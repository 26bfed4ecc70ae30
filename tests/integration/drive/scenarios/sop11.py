"""Migrant workers come home in a batch of 104: who is verified is admitted by two, who is not stays held, and here."""

from .player import Player, zones

LANE = "entry"
HERE = ("sarlota-bere", "kevin-bere", "dominggus-tanaem", "la-ode-safiun", "yusni")


def play(player: Player) -> None:
    """The first of them at this counter: four are admitted together, Yusni is held until the consulate knows her."""
    player.sign_in()
    _scan(player)
    _admit(player)
    _hold(player)
    _finish_here(player)
    _consulate_asked(player)
    _to_the_shelter(player)


def _scan(player: Player) -> None:
    player.press("b", "DTI Semuja")
    player.move_to("DTI Semuja")
    player.press("enter", "said 104")
    player.picture("batch")
    for number, person in enumerate(HERE, start=1):
        player.terminal.type(zones()[person][1])
        player.see(f"scanned {number} ")
    player.see(lambda rows: not any("asking…" in row for row in rows))
    player.picture("scanned")


def _admit(player: Player) -> None:
    player.press("c", "who signs")
    player.picture("who-signs")
    player.sign("cleared 4")
    player.picture("admitted")


def _hold(player: Player) -> None:
    player.press("enter", "(SOP 11")
    player.see(lambda rows: not any("NOT CHECKED" in row for row in rows))
    player.picture("opened")
    player.press("x", "A citizen is never refused entry")
    player.picture("never-refused")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.picture("referred-why")
    player.type("verify")
    player.press("enter", "not in their seats 1")
    player.see("scanned 5")
    player.picture("back-at-the-batch")


def _finish_here(player: Player) -> None:
    player.press("f", "heads counted")
    player.press("enter", "why?")
    player.type("another counter")
    player.picture("why-missing")
    player.press("enter", "Ready.")


def _consulate_asked(player: Player) -> None:
    player.press("c", "YUSNI")
    player.press("enter", "CASE")
    player.press("enter", "Enter: done")
    player.press("h", "which agency?")
    player.picture("hold-agency")
    player.press("enter", "under which law?")
    player.type("UU 12/2006")
    player.picture("hold-law")
    player.press("enter", "in whose custody?")
    player.press("enter", "in which room")
    player.type("shelter of BP3MI, room 2")
    player.press("enter", "who can release it?")
    player.picture("hold-releaser")
    player.press("enter", "reviewed after")
    player.press("enter", "HOLD      YUSNI")
    player.picture("held")
    player.press("o", "(SOP 11")
    player.press("q", "0 of 9 done")
    player.picture("steps")
    for done in (1, 2, 3):
        player.press("enter", f"{done} of 9 done")
    player.press("n", "why is it not needed?")
    player.type("does not apply")
    player.press("enter", "note")
    player.press("enter", "4 of 9 done")
    player.press("enter", "what was found?")
    player.type("KJRI Kuching asked by telephone 22:10, file 0417; answer in the morning")
    player.press("enter", "5 of 9 done")
    player.picture("consulate-asked")
    player.press("n", "why is it not needed?")
    player.type("another outcome")
    player.press("enter", "note")
    player.press("enter", "6 of 9 done")
    player.press("n", "why is it not needed?")
    player.type("does not apply")
    player.press("enter", "note")
    player.press("enter", "7 of 9 done")
    player.press("enter", "8 of 9 done")
    player.press("enter", "who signs")
    player.sign("9 of 9 done")
    player.picture("taken-over")
    player.press("escape", "NEXT")
    player.see("person HOLD")
    player.picture("held-and-cared-for")
    player.press("g", "PAPERS")
    player.press("1", "NOTICE TO THE TRAVELLER")
    player.picture("notice")
    player.press("escape", "NEXT")


def _to_the_shelter(player: Player) -> None:
    player.press("f", "CASE")
    player.press("b", "where?")
    player.type("shelter")
    player.press("enter", "who has them?")
    player.type("BP3MI")
    player.press("enter", "(BP3MI)")
    player.picture("at-the-shelter")
    player.press("enter", "note")
    player.press("enter", "held by 1 immigration")
    player.press("f", "handed over to whom?")
    player.type("BP3MI Pontianak")
    player.press("enter", "note")
    player.type("stays in the shelter until KJRI answers; not to be sent back")
    player.press("enter", "who signs")
    player.picture("handed-over-who")
    player.sign("closed · lead was")
    player.picture("closed")
    player.press("g", "BP3MI Pontianak")
    player.picture("letter")
