"""`counter delegations`: an agency signs what it delegates; what is in force is shown, and who has not signed."""

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.delegations import show_delegations, sign_delegations
from counter_tui.bootstrap.signing import SigningOrder
from counter_tui.domain.words import Agency
from counter_tui.errors import ConfigError

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


def shown(*, demo: bool, now: datetime = NOW) -> tuple[int, str]:
    out = io.StringIO()
    return show_delegations(demo=demo, now=now, language="en", out=out), out.getvalue()


def test_what_ships_is_in_force_in_the_demo_and_signed_by_nobody_else() -> None:
    code, said = shown(demo=True)
    assert code == 0
    assert said.startswith("quarantine-night  animal_plant, health -> customs, immigration  officer, supervisor")
    assert "  in force  " in said
    assert "  not in force  " in shown(demo=True, now=NOW.replace(year=2028))[1]
    assert shown(demo=False) == (1, "quarantine has not signed: it delegates nothing\n")


def test_an_agency_signs_with_a_key_that_the_post_is_yet_to_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "config"
    (folder / "delegations").mkdir(parents=True)
    for name in ("posts.toml", "sharing.toml", "delegations/quarantine.toml"):
        shutil.copy(settings.config_folder() / name, folder / name)
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    out = io.StringIO()
    assert (
        sign_delegations(SigningOrder(Agency.QUARANTINE, tmp_path / "q.pem", new_key=True), language="en", out=out) == 0
    )
    assert "This key counts for nothing yet" in out.getvalue()
    assert shown(demo=False)[0] == 1
    public = out.getvalue().rpartition('keys = ["')[2].partition('"')[0]
    known = folder / "sharing.toml"
    wanted = 'agency = "quarantine"\nkeys = ['
    known.write_text(known.read_text("utf-8").replace(wanted, f'{wanted}"{public}"'), "utf-8")
    assert shown(demo=False)[0] == 0
    with pytest.raises(ConfigError, match="no-file"):
        sign_delegations(SigningOrder(Agency.CUSTOMS, tmp_path / "q.pem"), language="en", out=out)
