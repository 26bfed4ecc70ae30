"""A Sarawak car: one whose last declaration is open goes back with a fine, one without is declared at the counter."""

from .player import Player

LANE = "entry"


def play(player: Player) -> None:
    """Voon Chee Keong, whose declaration is open and late; then Ling Siong Hua, who has none and may have one."""
    player.sign_in()
    _refer(player)
    _refuse_the_car(player)
    _sign(player)
    _close(player)
    _declare_a_car(player)


def _refer(player: Player) -> None:
    player.scan("voon-chee-keong")
    player.see("(SOP 10")
    player.see(lambda rows: not any("NOT CHECKED" in row for row in rows))
    player.picture("scanned")
    player.press("2", "Esc close")
    player.picture("customs-in-full")
    player.press("escape", "NEXT")
    player.press("s", "why?")
    player.type("papers")
    player.picture("referred-why")
    player.press("enter", "Ready.")
    player.press("c", "VOON")
    player.press("enter", "CASE")
    player.picture("case")
    player.press("enter", "Enter: done")
    player.press("o", "(SOP 10")


def _refuse_the_car(player: Player) -> None:
    player.press("q", "1 of 5 done")
    player.press("enter", "2 of 5 done")
    player.picture("plate-checked")
    for done in (3, 4):
        player.press("n", "why is it not needed?")
        player.type("does not apply")
        player.press("enter", "note")
        player.press("enter", f"{done} of 5 done")
    player.press("enter", "REFUSE x")
    player.picture("a-verdict-does-it")
    player.press("escape", "NEXT")
    player.press("x", "about what?")
    player.type("vehicle")
    player.press("enter", "why?")
    player.picture("refused-why")
    player.type("goes back")
    player.press("enter", "Enter record")
    player.type("; 12 days late, fine RM 1850 paid, receipt 0417")
    player.picture("refused-note")
    player.press("enter", "vehicle QAA 4417 K REFUSE")
    player.press("c", "about what?")
    player.type("person")
    player.press("enter", "why?")
    player.press("enter", "person CLEAR")
    player.picture("decided")


def _sign(player: Player) -> None:
    player.press("q", "5 of 5 done")
    player.sign_off("customs")
    player.picture("signed")
    player.press("escape", "NEXT")
    player.press("g", "PAPERS")
    player.press("1", "declaration")
    player.picture("notice")
    player.press("escape", "NEXT")


def _close(player: Player) -> None:
    player.press("f", "CASE")
    player.press("enter", "note")
    player.type("car refused, fine paid; driver on foot")
    player.press("enter", "close: nothing is open")
    player.press("b", "who or what?")
    player.type("vehicle")
    player.press("enter", "where?")
    player.type("returned")
    player.press("enter", "who has them?")
    player.type("AKPS Tebedu")
    player.press("enter", "(AKPS Tebedu)")
    player.press("f", "handed over to whom?")
    player.press("enter", "note")
    player.press("enter", "closed · lead was")
    player.picture("closed")
    player.press("escape", "NEXT")
    player.press("enter", "Ready.")


def _declare_a_car(player: Player) -> None:
    player.scan("ling-siong-hua")
    player.see("(SOP 10")
    player.see(lambda rows: not any("NOT CHECKED" in row for row in rows))
    player.picture("undeclared")
    player.press("q", "1 of 5 done")
    player.press("enter", "2 of 5 done")
    player.press("n", "why is it not needed?")
    player.type("does not apply")
    player.press("enter", "note")
    player.press("enter", "3 of 5 done")
    player.press("enter", "what was found?")
    player.picture("declared-what")
    player.type("VhD 090200/2291, tank 85 %, owner drives, 30 days")
    player.press("enter", "4 of 5 done")
    player.picture("declared")
    player.press("escape", "NEXT")
    player.press("c", "about what?")
    player.type("vehicle")
    player.press("enter", "why?")
    player.type("declared")
    player.press("enter", "vehicle QSK 2718 COND")
    player.press("q", "5 of 5 done")
    player.sign_off("customs")
    player.press("escape", "NEXT")
    player.picture("undeclared-decided")
