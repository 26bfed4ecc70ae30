"""The figure of names: what it is measured on, and that it is reached."""

import json
from pathlib import Path

import pytest

from scripts.benches import names
from scripts.benches.names import Pair


def test_pairs_written_alike_are_left_out(tmp_path: Path) -> None:
    rows = [
        {"query": "BUDI", "candidate": "BUDI", "match": True, "category": "same"},
        {"query": "BUDI", "candidate": "BOEDI", "match": True, "category": "old"},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert names.load(path) == [Pair("BUDI", "BOEDI", match=True)]


def test_without_third_party_pairs_our_own_are_measured_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COUNTER_CASES", raising=False)
    figures = list(names.run(quick=True))
    assert [(figure.figure, figure.holds) for figure in figures] == [("f1_all", True), ("f1_own", True)]
    assert "COUNTER_CASES" in capsys.readouterr().err
