"""`counter risk` and `counter explain`, over files and over what the demo's counter has recorded."""

import asyncio
import io
import shutil
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.bootstrap import doctor
from counter_tui.bootstrap.demo import DemoWorkplace, demo_desk
from counter_tui.bootstrap.explaining import explain
from counter_tui.bootstrap.risk_rules import check_risk, list_variables
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.risk.variables import VARIABLES
from counter_tui.domain.words import Verdict
from counter_tui.errors import LinkError

BAD = """
[[indicator]]
id = "post.bad"
authority = "customs"
when = '''
hour > 24
'''
points = 5
owner = "customs"
legal_basis = "none"
source = "test"
doubt = "design"
valid_from = 2026-01-01
"""


ID = 'id = "post.bad"'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(settings.config_folder(), tmp_path / "config", ignore=shutil.ignore_patterns("locales"))
    monkeypatch.setenv("COUNTER_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def checked(file: Path | None = None) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = check_risk("en", file, out)
    return code, out.getvalue().splitlines()


def test_nothing_is_wrong_with_what_is_shipped() -> None:
    code, lines = checked()
    assert code == 0
    assert len(lines) == 2
    assert "demo's key alone" in lines[0]
    assert "rows looked through" in lines[1]


def test_what_is_wrong_with_a_row_is_told_with_its_line(own: Path) -> None:
    before = len((own / "risk.toml").read_text("utf-8").splitlines())
    (own / "risk.toml").write_text((own / "risk.toml").read_text("utf-8") + BAD, "utf-8")
    code, lines = checked()
    assert code == 1
    assert lines[:2] == [
        f"risk.toml:{before + 2}: post.bad: it has no words on the screen",
        f"risk.toml:{before + 2}: post.bad: it never holds: none of 4 cases",
    ]


def test_the_doctor_names_rows_that_are_of_no_use(own: Path) -> None:
    def said() -> list[tuple[str, str]]:
        check = doctor._configuration(str, "en")
        return [(check.verdict, check.says)]

    assert said() == [("ok", str(own))]
    (own / "risk.toml").write_text((own / "risk.toml").read_text("utf-8") + BAD, "utf-8")
    ((state, words),) = said()
    assert state == "warn"
    assert "post.bad" in words


def test_the_doctor_names_what_is_not_signed(own: Path) -> None:
    (own / "procedures" / "sop4.toml.sig").unlink()
    (own / "risk.toml").write_text((own / "risk.toml").read_text("utf-8").replace("minutes = 240", "minutes = 241", 1))
    check = doctor._configuration(str, "en")
    assert check.verdict == "warn"
    assert "not gone by: sop4, customs, post" in check.says


def test_a_file_that_does_not_read_is_told_with_its_line(own: Path) -> None:
    file = own / "risk-next.toml"
    file.write_text((own / "risk.toml").read_text("utf-8") + BAD.replace("points = 5", "points = 500"), "utf-8")
    code, lines = checked(file)
    assert code == 1
    assert lines[0].startswith(f"{file}:{file.read_text('utf-8').splitlines().index(ID)}: ")
    assert "points" in lines[0]


def test_a_file_that_is_not_there_is_told() -> None:
    code, lines = checked(Path("nowhere.toml"))
    assert code == 1
    assert lines[0].startswith("nowhere.toml:0: ")


def test_every_variable_is_listed() -> None:
    out = io.StringIO()
    assert list_variables(out) == 0
    assert [line.split()[0] for line in out.getvalue().splitlines()] == list(VARIABLES)


async def test_what_was_decided_is_worked_out_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def fail(*_: object) -> None:
        raise LinkError("link.refused")

    monkeypatch.setattr(DemoWorkplace, "connect", fail)
    monkeypatch.setenv("COUNTER_HOME", str(tmp_path / "home"))
    desk = demo_desk()
    await desk.prepare()
    chosen = next(c for c in desk.place.credentials if c.officer.joint)
    await desk.sign_in(chosen.officer.id, chosen.pin)
    _, lines = demo_documents(settings.load_demo_people().persons, desk.today())[0]
    document = desk.read(lines).document
    assert document is not None
    view = await desk.open(document)
    async with asyncio.timeout(20):
        while view.risk.loading:
            await asyncio.sleep(0.01)
            assert desk.view is not None
            view = desk.view
    assert len(view.risk.not_checked) == 5
    reason = desk.reasons(Verdict.REFER, PERSON)[0]
    recorded = await desk.judge(PERSON, Verdict.REFER, reason, "to be looked at again", view.digest)
    await desk.close()

    out = io.StringIO()
    assert explain("en", view.crossing.id, demo=True, out=out) == 0
    said = out.getvalue()
    assert f"entry {recorded.sequence}, " in said
    assert f"risk {settings.load_risk().version}, procedures" in said
    assert "AMBER 0, as it was recorded" in said
    assert said.count("NOT CHECKED") == 5
    assert document.surname not in said
    assert f"ENT-3/{recorded.sequence}" in said
    assert f"saw view {view.digest[:12]}: AMBER 0" in said
    assert "after it: person REFER" in said
    assert "signature holds" in said
    assert "to be looked at again" not in said, "what people wrote stays with whom it is for"
    assert explain("en", str(recorded.sequence), demo=True, out=io.StringIO()) == 0
    assert explain("en", "no-such-crossing", demo=True, out=io.StringIO()) == 1
