"""A live booth by keys alone, in a real terminal: enrolled, opened, signed in, and revoked while at work."""

import sys

import pytest

from counter_tui.bootstrap import paths
from counter_tui.bootstrap.hub_control import obeyed
from tests.integration.drive.terminal import Terminal
from tests.integration.hub.living import PASSPHRASE, HubProcess, invited

pytestmark = pytest.mark.drive
SLOW = 30.0
COUNTER = [sys.executable, "-m", "counter_tui"]
FIELD = 15  # a column inside the fields of the sign-in
ASKED = {"COUNTER_PASSPHRASE_FROM": ""}


def typed(terminal: Terminal, question: str, answer: str) -> None:
    terminal.until(question, SLOW)
    terminal.type(answer + "\r")


def sign_in(terminal: Terminal, officer: str, pin: str) -> None:
    terminal.until("Officer", SLOW)
    terminal.type(officer)
    terminal.until(officer)
    line = next(at for at, row in enumerate(terminal.screen()) if row.strip() == "PIN")
    unmarked = terminal.cell(FIELD, line).bg
    terminal.press("tab")
    terminal.until(lambda _: terminal.cell(FIELD, line).bg != unmarked)
    terminal.type(pin)
    terminal.until("•" * len(pin))
    terminal.press("enter")


def test_a_booth_from_its_code_to_its_revocation(hub: HubProcess) -> None:
    with Terminal([*COUNTER, "enrol", invited()], ASKED) as terminal:
        typed(terminal, "New passphrase", "typed by somebody")
        typed(terminal, "The same again", "typed by somebody")
        terminal.until("This booth is counter ENT-3", SLOW)
        assert terminal.wait_end() == 0
        assert "typed by" not in "".join(terminal.screen())
    with Terminal(COUNTER, ASKED) as terminal:
        typed(terminal, "Passphrase", PASSPHRASE)
        terminal.until("The passphrase is wrong", SLOW)
        assert terminal.wait_end() == 1
    with Terminal(COUNTER, ASKED) as terminal:
        typed(terminal, "Passphrase", "typed by somebody")
        sign_in(terminal, "siti", hub.pins["siti"])
        terminal.until("everything is received", SLOW)
        obeyed({"order": "revoke", "counter": "ENT-3", "reason": "Booth closed", "export_first": False})
        terminal.press("l")
        terminal.until("Locked")
        sign_in(terminal, "budi", hub.pins["budi"])
        terminal.until(lambda rows: "Booth closed. Its keys are destroyed" in "".join(rows), SLOW)
        assert terminal.wait_end() == 1
    assert list(paths.keys_folder(paths.live_folder()).glob("key-*")) == []
