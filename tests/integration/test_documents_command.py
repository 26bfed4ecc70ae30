"""`counter documents`, as a process and in this one."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_tui.bootstrap.documents import read_documents

TODAY = date(2026, 7, 1)
NAMED, DATA = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
KEYS = ["id", "format", "valid", "strict_valid", "problems", "fields", "read", "repairs"]
FOLDER = os.environ.get("COUNTER_CASES")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
COMMAND = [sys.executable, "-m", "counter_tui", "documents"]


def answers(*lines: object, language: str = "en") -> list[dict[str, Any]]:
    given = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    out = io.BytesIO()
    assert read_documents(language, io.BytesIO(given), out, today=TODAY) == 0
    return [json.loads(line) for line in out.getvalue().decode().splitlines()]


def test_a_zone_is_judged_and_read_out() -> None:
    (answer,) = answers({"id": "a", "lines": [NAMED, DATA], "other": [1]})
    assert list(answer) == KEYS
    assert (answer["id"], answer["format"], answer["valid"], answer["strict_valid"]) == ("a", "TD3", True, True)
    assert answer["fields"]["birth_date"] == "740812"
    assert answer["read"] == {
        "document_type": "passport",
        "issuing_state": "UTO",
        "nationality": "UTO",
        "name": "ERIKSSON, ANNA MARIA",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "arabic_name": None,
        "truncated": None,
        "sex": "F",
        "birth_date": "1974-08-12",
        "age": 51,
        "expiry_date": "2012-04-15",
        "expired": True,
    }
    assert answer["problems"] == [
        "issuing state: UTO is not on the list of states.",
        "nationality: UTO is not on the list of states.",
    ]
    assert answer["repairs"] == []


def test_a_repair_is_shown_with_what_changed() -> None:
    (answer,) = answers({"id": 7, "lines": [NAMED.lower(), DATA[:-1].lower() + "o"]})
    assert not answer["valid"]
    (repair,) = answer["repairs"]
    assert repair["lines"] == [NAMED, DATA]
    assert repair["changes"] == ["small letters read as capitals", "line 2, position 44: O read as 0"]
    assert repair["fields"]["document_number"] == "L898902C3"


def test_several_readings_that_fit_are_a_problem_and_no_repair() -> None:
    (answer,) = answers({"id": 1, "lines": [NAMED, "OO0OO0OO96UTO7408122F1204159ZE184226B<<<<<10"]})
    assert answer["repairs"] == []
    assert any("readings fit the check digits" in problem for problem in answer["problems"])


def test_words_come_in_the_language_that_is_asked_for() -> None:
    (answer,) = answers({"id": 1, "lines": [NAMED, DATA[:-1] + "1"]}, language="id")
    assert answer["read"]["document_type"] == "paspor"
    assert "seluruh zona: angka pemeriksa 1, seharusnya 0 (baris 2, posisi 44)." in answer["problems"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"\n", None),
        (b"{\n", None),
        (b"\xff\n", None),
        (b'{"id": 1, "id": 2}\n', None),
        (b'{"id": NaN, "lines": []}\n', None),
        (b"[" * 200_000 + b"\n", None),
        ({"id": 1}, 1),
        ({"id": 1, "lines": None}, 1),
        ({"id": 1, "lines": "P<"}, 1),
        ({"id": 1, "lines": [1]}, 1),
        ({"id": 1, "lines": [["P<"]]}, 1),
        ({"id": 1, "lines": {}}, 1),
        ({"id": 1, "lines": []}, 1),
        ({"id": 1, "lines": ["\x1b[2J", "\u202e"]}, 1),
        ({"id": "\ud800", "lines": ["\ud800"]}, "\ud800"),
        ({"id": ["x"], "lines": [NAMED, DATA]}, None),
        ({"id": None, "lines": ["x"]}, None),
        ({"lines": ["x"] * 10_000}, None),
    ],
)
def test_whatever_a_line_holds_is_answered_and_the_next_is_read(line: object, name: object) -> None:
    answer, after = answers(line, {"id": "after", "lines": [NAMED, DATA]})
    assert list(answer) == KEYS
    assert (answer["id"], answer["valid"], answer["format"]) == (name, False, None)
    assert answer["problems"]
    assert all(problem.isprintable() for problem in answer["problems"])
    assert after["valid"]


@pytest.mark.skipif(not FOLDER, reason="COUNTER_CASES names no folder with mrz_cases.jsonl")
def test_every_shared_case_is_answered_as_it_is_labelled() -> None:
    cases = [json.loads(line) for line in (Path(FOLDER or "") / "mrz_cases.jsonl").read_text("utf-8").splitlines()]
    found = answers(*({"id": case["id"], "lines": case["lines"]} for case in cases))
    assert len(found) == len(cases) >= 285
    for case, answer in zip(cases, found, strict=True):
        wanted = {name: case[name] for name in ("id", "format", "valid", "strict_valid", "fields")}
        assert {name: answer[name] for name in wanted} == wanted


def test_each_line_is_answered_before_the_next_is_given() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "lines": [NAMED, DATA]}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(20) == 0


def test_it_ends_quietly_where_nobody_reads_on() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        line = json.dumps({"id": 1, "lines": [NAMED, DATA]}).encode() + b"\n"
        process.stdin.write(line)
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line * 10)
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr.read() == b""


def test_no_screen_is_loaded_for_it() -> None:
    code = (
        "import io, sys, datetime\n"
        "from counter_tui.bootstrap.documents import read_documents\n"
        f'line = b\'{{"id": 1, "lines": ["{NAMED}", "1"]}}\'\n'
        "read_documents('en', io.BytesIO(line), io.BytesIO(), today=datetime.date(2026, 7, 1))\n"
        "print(sorted({'textual', 'rich', 'httpx', 'apsw', 'pydantic'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
