"""The benches print what they promise, fail where a figure falls short, and measure what is painted."""

import importlib
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from counter_tui.domain.documents import read_mrz
from scripts.benches import keys, opening, opening_home, start
from scripts.benches.__main__ import BENCHES, MODULES
from scripts.benches.figure import Figure, milliseconds
from scripts.benches.programs import BARE, BARE_EMPTY, bare_app, bare_panels

ROOT = Path(__file__).resolve().parents[3]


def bench(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.benches", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)


def test_a_figure_is_one_line_with_the_keys_that_were_agreed() -> None:
    figure = milliseconds("keys", "command", [0.003, 0.001, 0.002], [0.001, 0.001], 1.5, seed=7)
    assert json.loads(figure.as_json()) == {
        "bench": "keys",
        "figure": "command",
        "value": 2.0,
        "unit": "ms",
        "baseline": 1.0,
        "ratio": 2.0,
        "reach": 1.5,
        "holds": False,
        "runs": 2,
        "seed": 7,
    }


@pytest.mark.parametrize(("value", "holds"), [(1.5, True), (1.51, False)])
def test_a_figure_holds_up_to_its_reach(value: float, holds: bool) -> None:
    assert Figure("b", "f", value, "ms", 1.0, 1.5, 5).holds is holds


@pytest.mark.parametrize(("value", "holds"), [(1.5, True), (1.49, False)])
def test_a_figure_that_asks_for_at_least_so_much_holds_from_its_reach_on(value: float, holds: bool) -> None:
    assert Figure("b", "f", value, "F1", 1.0, 1.5, 5, at_least=True).holds is holds


def test_the_list_names_every_bench() -> None:
    done = bench("--list")
    assert done.returncode == 0
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == list(BENCHES)


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_is_there(name: str) -> None:
    assert callable(importlib.import_module(f"scripts.benches.{MODULES.get(name, name)}").run)


@pytest.mark.parametrize("args", [(), ("nothing",)])
def test_what_is_no_bench_is_refused(args: tuple[str, ...]) -> None:
    done = bench(*args)
    assert done.returncode == 2
    assert "see --list" in done.stderr


def test_the_bare_app_is_measured() -> None:
    painted, echoed = start.start_bare()
    assert 0 < painted < echoed
    with bare_app() as bare:
        bare.until(BARE)
        typist = keys.Typist(bare, random.Random(1))
        for _ in range(len(keys.LETTERS) + 1):
            typist.character()
        typist.command(keys.OPEN)
    assert len(typist.took) == len(keys.LETTERS) + 2
    assert all(0 < took < 1 for took in typist.took)


def test_the_bare_panels_are_refilled_and_emptied(tmp_path: Path) -> None:
    file = tmp_path / "panels.json"
    file.write_text(json.dumps([" {name}\n PASSPORT", " 1 IMMIGRATION"]), "utf-8")
    with bare_panels(file) as bare:
        bare.until(BARE_EMPTY)
        for zone in opening_home.zones(20, 2):
            assert 0 < opening.refill(bare, zone) < 1
            assert not any(opening.name_of(zone) in row for row in bare.screen())


def test_a_traveller_counts_as_open_once_the_pane_and_the_last_line_say_so() -> None:
    rows = ["", "", " TAN, LIM  F", *[""] * 18, " Opened: TAN, LIM."]
    assert opening.is_open(rows, "TAN, LIM")
    assert not opening.is_open([*rows[:-1], ""], "TAN, LIM")
    assert not opening.is_open(["", *rows[1:2], "", *rows[3:]], "TAN, LIM")


def test_the_document_that_is_read_is_a_valid_one() -> None:
    assert read_mrz(keys.document(), today=date(2027, 1, 1)).valid
