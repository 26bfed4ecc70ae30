"""`counter procedures`: what is wrong is told with file and row; an agency signs what changes its duty."""

import io
import shutil
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.procedures import check_procedures, list_variables, sign_procedures
from counter_tui.bootstrap.signing import SigningOrder
from counter_tui.cli import main
from counter_tui.domain.words import Agency
from counter_tui.settings_procedures import load_procedures


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(settings.config_folder(), folder, ignore=shutil.ignore_patterns("lists", "locales"))
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder / "procedures"


def checked(*files: Path) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = check_procedures(files, language="en", out=out)
    return code, out.getvalue().splitlines()


def sign(folder: Path, agency: Agency, *files: Path) -> str:
    out, key = io.StringIO(), folder.parent / "demo" / "sharing" / "demo-sharing-key.pem"
    assert sign_procedures(SigningOrder(agency, key), files, language="en", out=out) == 0
    return out.getvalue()


def test_nothing_is_wrong_with_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert checked() == (
        0,
        [
            "17 files are signed with the demo's key alone: at a real post they count for nothing",
            "17 files looked through",
        ],
    )
    assert main(["procedures", "check"]) == 0
    assert "17 files" in capsys.readouterr().out


def test_a_changed_file_is_told_until_all_whose_duty_it_is_have_signed(own: Path) -> None:
    file = own / "sop4.toml"
    file.write_text(file.read_text("utf-8").replace("minutes = 45", "minutes = 50", 1), "utf-8")
    assert checked(file) == (
        1,
        [
            "sop4.toml: sop4: not signed by immigration, customs, quarantine: it is not gone by",
            "1 files looked through",
        ],
    )
    sign(own, Agency.CUSTOMS, file)
    assert "not signed by immigration, quarantine" in checked(file)[1][0]
    told = sign(own, Agency.QUARANTINE)
    assert "sop4.toml.sig: signed by quarantine" in told
    assert "sop2.toml.sig" not in told, "quarantine has no duty there"
    sign(own, Agency.IMMIGRATION, file)
    assert checked()[0] == 0
    assert load_procedures(demo=True).unsigned == {}


def test_what_is_wrong_is_told_with_file_and_row(own: Path) -> None:
    text = (own / "sop8.toml").read_text("utf-8").replace("'airborne-care' in health", "'airborne' in health")
    (own / "mine.toml").write_text(text.replace('id = "sop8"', 'id = "mine"'), "utf-8")
    (own / "half.toml").write_text('id = "half"\n', "utf-8")
    (own / "other.toml").write_text((own / "sop9.toml").read_text("utf-8"), "utf-8")
    code, lines = checked(own / "mine.toml", own / "half.toml", own / "other.toml")
    assert code == 1
    assert lines[0].startswith("half.toml: ")
    assert "mine.toml: mine: nobody ever calls for airborne there (health_actions)" in lines
    assert any(line.startswith("mine.toml: mine: it never holds") for line in lines)
    assert "mine.toml: mine: it has the number of sop8" in lines
    assert "other.toml: sop9: another file has this id" in lines
    assert not any(line.startswith("sop") for line in lines), "only what was named is told"


def test_a_file_of_hostile_words_is_shown_harmlessly(own: Path) -> None:
    text = (own / "sop13.toml").read_text("utf-8").replace('id = "sop13"', 'id = "\\u001b[31mx\\u202e"')
    (own / "bad.toml").write_text(text, "utf-8")
    assert not any("\x1b" in line or "\u202e" in line for line in checked(own / "bad.toml")[1])


def test_variables_are_listed() -> None:
    out = io.StringIO()
    assert list_variables(out) == 0
    assert "person_actions" in out.getvalue()
    assert "joint_band" in out.getvalue()
