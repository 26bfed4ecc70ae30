"""`counter sharing`: an agency signs what it shares; the matrix is shown as far as it is signed."""

import io
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.sharing import show_sharing, sign_sharing
from counter_tui.bootstrap.signing import SigningOrder
from counter_tui.domain.words import Agency
from counter_tui.errors import ListError
from counter_tui.settings_lookups import load_allowance
from counter_tui.settings_sharing import owner_file, unsigned

TODAY = date(2026, 11, 22)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(settings.config_folder(), folder, ignore=shutil.ignore_patterns("lists"))
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder


def sign(key: Path, *, new: bool = False) -> str:
    out = io.StringIO()
    assert sign_sharing(SigningOrder(Agency.CUSTOMS, key, new), language="en", out=out) == 0
    return out.getvalue()


def shown(*, demo: bool) -> tuple[int, str]:
    out = io.StringIO()
    code = show_sharing(demo=demo, today=TODAY, language="en", out=out)
    return code, out.getvalue()


def test_a_key_that_the_post_knows_brings_a_real_agreement_into_force(own: Path, tmp_path: Path) -> None:
    said = sign(tmp_path / "customs.pem", new=True)
    assert unsigned(demo=False) == tuple(Agency), "the post does not know this key yet"
    (public,) = re.findall(r'keys = \["(.*)"\]', said)
    head = own / "sharing.toml"
    wanted = 'agency = "customs"\nkeys = ['
    head.write_text(head.read_text("utf-8").replace(wanted, f'{wanted}"{public}"', 1), "utf-8")
    assert unsigned(demo=False) == (Agency.IMMIGRATION, Agency.QUARANTINE, Agency.SECURITY)

    path = owner_file(Agency.CUSTOMS)
    path.write_text(path.read_text("utf-8").replace("2026-11-22", "2026-11-23", 1), "utf-8")
    assert Agency.CUSTOMS in unsigned(demo=False)
    assert "This key" not in sign(tmp_path / "customs.pem")
    assert Agency.CUSTOMS not in unsigned(demo=False)
    with pytest.raises(ListError, match=r"list\.key-exists"):
        sign(tmp_path / "customs.pem", new=True)


def test_the_matrix_is_shown_and_whoever_has_not_signed_is_named() -> None:
    code, told = shown(demo=True)
    assert code == 0
    assert re.search(r"^quota +band +owner +- +- +PMK 80/2019$", told, re.MULTILINE)
    code, told = shown(demo=False)
    assert code == 1
    assert "security has not signed: nothing of it is shared" in told
    assert "quota" not in told


def test_the_allowance_lets_a_batch_through_and_keeps_leafing_through_names_short() -> None:
    allowance = load_allowance()
    assert allowance.person >= 220
    assert allowance.stated_person <= 20
