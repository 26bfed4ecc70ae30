"""`counter screen --pairs`: what each threshold does to labelled pairs."""

import json
from pathlib import Path

import pytest

from counter_tui.cli import main

PAIRS = [
    ("RATNA WULANDARI", "Wulandari Ratna", True),
    ("SOEKARNO HATTA", "Sukarno Hatta", True),
    ("RATNA WULANDARI", "Zainuddin bin Osman", False),
]


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def labelled() -> list[dict[str, object]]:
    return [{"query": query, "candidate": candidate, "match": match} for query, candidate, match in PAIRS]


def test_the_table_says_which_threshold_is_shipped_and_which_is_in_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", "--pairs", str(write(tmp_path / "pairs.jsonl", *labelled())), "--threshold", "1"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "Labelled pairs: 3; of the same person: 2. A hit scores the threshold or more."
    assert lines[2].split("  ")[0] == "threshold"
    rows = {line.split()[0]: line.split()[1:] for line in lines[3:-2]}
    assert rows["0.70"] == ["0", "0", "1.000", "1.000", "1.000", "as", "shipped"]
    assert rows["1.00"][-2:] == ["in", "use"]
    assert lines[-1].startswith("The threshold as shipped is 0.70; in use here is 1.00")
    assert err == ""


def test_what_is_no_pair_is_told_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "pairs.jsonl", "x\n", *labelled(), {"query": "a", "candidate": "b", "match": "yes"})
    assert main(["screen", "--pairs", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("Labelled pairs: 3;")
    assert [line.partition(": ")[0] for line in err.splitlines()] == ["pairs.jsonl:1", "pairs.jsonl:5"]


@pytest.mark.parametrize("content", [None, "", "{}\n"])
def test_without_a_pair_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None) -> None:
    path = tmp_path / "pairs.jsonl"
    if content is not None:
        path.write_text(content, "utf-8")
    assert main(["screen", "--pairs", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "counter: pairs.jsonl " in err
