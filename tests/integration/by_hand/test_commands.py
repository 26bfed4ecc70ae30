"""`counter export`, `counter hub import` and `counter receipts` as a trainer shows them, with the demo's link cut."""

from __future__ import annotations

import io
import re
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from counter_tui import cli
from counter_tui.bootstrap import bundles, paths
from counter_tui.bootstrap.catalogues import LANGUAGES, catalogue
from counter_tui.bootstrap.demo import DemoWorkplace, demo_desk
from counter_tui.bootstrap.offline import list_outbox
from counter_tui.errors import LinkError, StoreError
from counter_tui.workstation.desk import Desk

Run = Callable[[Callable[..., int]], str]


@asynccontextmanager
async def at_work() -> AsyncIterator[Desk]:
    """The demo, with somebody signed in."""
    desk = demo_desk()
    await desk.prepare()
    chosen = desk.place.credentials[0]
    await desk.sign_in(chosen.officer.id, chosen.pin)
    yield desk
    await desk.close()


@pytest.fixture(autouse=True)
def _no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise LinkError("link.refused")

    monkeypatch.setattr(DemoWorkplace, "connect", fail)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run one of the commands over the demo and one stick; what it printed."""
    stick = SimpleNamespace(
        demo=True,
        language="en",
        file=str(tmp_path / "up"),
        bundle=str(tmp_path / "up"),
        receipts=str(tmp_path / "down"),
    )

    def command(work: Callable[..., int]) -> str:
        out = io.StringIO()
        options = SimpleNamespace(**vars(stick))
        if work is bundles.take_receipts:
            options.file = stick.receipts
        assert work(options, out) == 0
        return out.getvalue()

    return command


def outbox() -> str:
    out = io.StringIO()
    list_outbox(demo=True, out=out)
    return out.getvalue()


async def test_the_way_of_an_entry_on_a_stick(run: Run) -> None:
    async with at_work():
        pass
    assert "recorded" in outbox()

    said = run(bundles.export)
    assert "up: No. 1, 1 entries for ID-ENTIKONG demo. They stay recorded until a receipt is in." in said
    assert "recorded" in outbox()
    assert re.search(r"exported \S+ to up, 1 entries, no receipt yet for 1", outbox())

    assert "1 entries, 1 new, 0 refused" in run(bundles.import_bundle)
    assert "1 entries, 0 new, 0 refused" in run(bundles.import_bundle)
    took = run(bundles.take_receipts)
    assert "Answer No. 2 of" in took
    assert "1 entries received." in took
    assert "taken before; nothing in it is new." in run(bundles.take_receipts)
    assert "received" in outbox()
    assert "exported" not in outbox()
    assert "Nothing waits." in run(bundles.export)


async def test_the_doctor_tells_what_is_held_and_what_was_carried(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    async with at_work():
        pass
    run(bundles.export)
    cli.main(["doctor"])
    said = capsys.readouterr().out
    assert "No. 1 of" in said
    assert "1 entries: no receipt yet for 1" in said
    run(bundles.import_bundle)
    run(bundles.take_receipts)
    cli.main(["doctor"])
    said = capsys.readouterr().out
    assert "1 entries: nothing of it waits" in said
    assert re.search(r"last answer +No. 1, taken 20", said)
    assert re.search(r"last receipt +20", said)


async def test_while_somebody_works_there_the_next_step_is_told(run: Run) -> None:
    async with at_work():
        for work in (bundles.export, bundles.take_receipts):
            with pytest.raises(StoreError, match="store.bundle.counter-open"):
                run(work)
        with pytest.raises(StoreError, match="store.bundle.window-open"):
            run(bundles.import_bundle)


async def test_a_wrong_file_is_refused_in_a_sentence(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_work():
        pass
    run(bundles.export)
    up = str(tmp_path / "up")
    assert cli.main(["receipts", "--demo", up]) == 1
    assert "This file is an outbox on its way to the single window" in capsys.readouterr().err
    (tmp_path / "up").write_bytes((tmp_path / "up").read_bytes()[:-5])
    assert cli.main(["--language", "id", "hub", "import", "--demo", up, "--receipts", str(tmp_path / "down")]) == 1
    assert "Berkas tidak tersalin sampai akhir" in capsys.readouterr().err
    assert not (tmp_path / "down").exists()


def test_without_a_counter_it_says_so(run: Run) -> None:
    for work in (bundles.export, bundles.take_receipts, bundles.import_bundle):
        with pytest.raises(StoreError, match="store.vault.missing"):
            run(work)
    assert not paths.counter_vault(paths.demo_folder()).exists()


def test_every_word_of_a_bundle_is_there_in_both_languages() -> None:
    source = Path(bundles.__file__).parent
    files = [*source.glob("bundles*.py"), source / "export.py", source / "receipts.py"]
    codes = {code for file in files for code in re.findall(r'"(store\.bundle\.[a-z-]+)"', file.read_text("utf-8"))}
    cache = source.parents[1] / "offline_cache"
    for file in cache.glob("bundle*.py"):
        codes |= {f"store.{code}" for code in re.findall(r'"(bundle\.[a-z-]+)"', file.read_text("utf-8"))}
    assert len(codes) > 20
    for code in codes:
        texts = [catalogue(language).gettext(code) for language in LANGUAGES]
        assert code not in texts
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts]
        assert fields[0] == fields[1]


@pytest.mark.parametrize(("reason", "said"), [("bad-signature", "signature"), ("new-one", "new-one"), ("\x1b[2J", "?")])
def test_a_reason_from_outside_harms_no_terminal(reason: str, said: str) -> None:
    assert said in bundles._reason(catalogue("en").gettext, reason)
