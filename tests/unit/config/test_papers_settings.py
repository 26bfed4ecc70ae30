"""What papers are made by, as it is configured: off out of the box, in three languages, refused where it is wrong."""

import shutil
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from counter_tui import settings
from counter_tui.domain.papers.rules import Printing
from counter_tui.domain.papers.wording import LANGUAGES
from counter_tui.errors import ConfigError
from counter_tui.settings_papers import load_papers, load_printing


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = shutil.copytree(settings.config_folder() / "papers", tmp_path / "config" / "papers")
    shutil.copy(settings.config_folder() / "posts.toml", copied.parent)
    monkeypatch.setenv("COUNTER_CONFIG", str(copied.parent))
    return copied


def test_out_of_the_box_nothing_is_printed_and_nothing_saved() -> None:
    assert load_printing() == Printing()


def test_every_text_says_the_same_parameters_in_every_language_and_a_printer_has_its_letters() -> None:
    for code, texts in load_papers().wording.texts.items():
        assert tuple(texts) == LANGUAGES
        named = {frozenset(name for _, name, _, _ in Formatter().parse(said) if name) for said in texts.values()}
        assert len(named) == 1, code
        assert all(said.isascii() and said.strip() for said in texts.values()), code


def test_what_may_be_said_names_procedures_and_reasons_that_there_are() -> None:
    sayable = load_papers().sayable
    reasons = {reason.code for reason in settings.load_reasons()}
    files = (settings.config_folder() / "procedures").glob("*.toml")
    procedures = {tomllib.loads(file.read_text("utf-8"))["id"] for file in files}
    assert sayable.reasons <= reasons
    assert sayable.procedures | {name for name, _ in sayable.only} <= procedures


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("printing.toml", 'format = "roll"', 'format = "fax"', "wrong-value"),
        ("printing.toml", "seconds = 20", "seconds = 0", "wrong-value"),
        ("printing.toml", "seconds = 20", "seconds = 3600", "wrong-value"),
        ("printing.toml", "command = []", 'command = "lp -d x"', "wrong-value"),
        ("printing.toml", "ascii_only = true", 'ascii_only = "yes"', "wrong-value"),
        ("printing.toml", 'folder = ""', 'folders = ""', "unknown-key"),
        ("printing.toml", "\n[save]\n", "\n[keep]\n", "wrong-value"),
        ("words.toml", ', ms = "Mac" }', " }", "wrong-value"),
        ("words.toml", ', ms = "Mac" }', ", ms = 3 }", "wrong-value"),
        ("words.toml", 'owner = "post"', "", "wrong-value"),
        ("stay.toml", "days = 30", "days = -1", "wrong-value"),
        ("stay.toml", "days = 30", "days = 9999", "wrong-value"),
        ("stay.toml", "valid_from = 2024-08-29", 'valid_from = "soon"', "wrong-value"),
        ("stay.toml", 'id = "visa-on-arrival"', 'id = "visa-exempt"', "doubled"),
        ("stay.toml", 'doubt = "none"', 'doubt = "little"', "wrong-value"),
        ("stay.toml", 'source = "Perpres', 'sauce = "Perpres', "missing-key"),
        ("stay.toml", "entry_counts = true", "", "wrong-value"),
        ("notices.toml", 'only = ["go-on", ', 'only = ["maybe", ', "wrong-value"),
        ("notices.toml", "basis = true", "bases = true", "unknown-key"),
        ("notices.toml", "[contact]", "[kontak]", "wrong-value"),
        ("notices.toml", "version =", "vision =", "wrong-value"),
    ],
)
def test_what_is_wrong_is_told(config: Path, file: str, before: str, after: str, code: str) -> None:
    written = (config / file).read_text("utf-8")
    assert before in written
    (config / file).write_text(written.replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_papers()
    assert refused.value.code == f"config.{code}"
    assert refused.value.params["file"] == f"papers/{file}"


def test_a_post_turns_printing_and_saving_on(config: Path) -> None:
    file = config / "printing.toml"
    written = file.read_text("utf-8").replace("command = []", 'command = ["lp", "-d", "counter-3"]')
    written = written.replace('folder = ""', 'folder = "/srv/papers"').replace("encrypted = []", 'encrypted = ["/srv"]')
    file.write_text(written, "utf-8")
    assert load_printing() == Printing(("lp", "-d", "counter-3"), folder="/srv/papers", encrypted=("/srv",))
