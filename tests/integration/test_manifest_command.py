"""`counter manifest`, as a process and in this one."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_tui.bootstrap.manifest import read_manifests
from tests.unit.agencies.passenger_lists.lists import SITI, paxlst

TODAY = date(2026, 11, 22)
TABLE = "Nama;L/P;Tgl lahir;WN;No. Paspor;Berlaku sampai;Kursi;Warna\n"
TABLE += "Siti Aminah;P;12/08/1974;WNI;X1234567;01/01/2031;3A;merah\n"
FIELDS = {
    "document_code": "P", "issuing_state": "IDN", "document_number": "X1234567", "expiry_date": "2031-01-01",
    "nationality": "IDN", "surname": "AMINAH", "given_names": "SITI", "sex": "F", "birth_date": "1974-08-12",
    "role": "FL",
}  # fmt: skip
COMMAND = [sys.executable, "-m", "counter_tui", "manifest"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.edi").write_bytes(paxlst(*SITI, count=2))
    (tmp_path / "bus.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def run(*files: str, language: str = "en") -> tuple[int, list[dict[str, Any]], list[str]]:
    out, err = io.BytesIO(), io.StringIO()
    code = read_manifests(language, files, out, err, today=TODAY)
    return code, [json.loads(line) for line in out.getvalue().decode().splitlines()], err.getvalue().splitlines()


def test_a_traveller_is_a_line(here: Path) -> None:
    code, lines, told = run("list.edi", "bus.csv")
    assert code == 0
    assert [(line["file"], line["line"]) for line in lines] == [("list.edi", 12), ("bus.csv", 2)]
    assert all(list(line) == ["file", "line", "fields", "problems"] for line in lines)
    first, second = (line["fields"] for line in lines)
    assert {name: first[name] for name in FIELDS} == FIELDS
    assert set(first) - set(FIELDS) == {
        "service", "carrier", "vehicle", "departure_place", "departure_time", "arrival_place", "arrival_time",
    }  # fmt: skip
    assert second == FIELDS | {"surname": "Siti Aminah", "given_names": "", "seat": "3A"}
    assert [line["problems"] for line in lines] == [[], ["not used: merah"]]
    assert told == [
        "list.edi:19: CNT 18: declares 2 passengers, and 1 listed",
        "bus.csv:2: H Warna: not used: merah",
    ]


def test_only_a_file_that_cannot_be_used_at_all_makes_it_1(here: Path) -> None:
    (here / "none.txt").write_text("nothing of use\n", encoding="utf-8")
    code, lines, told = run("none.txt", "gone.csv", "list.edi")
    assert code == 1
    assert len(lines) == 1
    assert [line.split(": ", 1)[0] for line in told] == ["none.txt:1", "gone.csv:1", "list.edi:19"]


def test_what_a_list_does_not_tell_is_empty_and_a_day_null(here: Path) -> None:
    (here / "short.edi").write_bytes(paxlst("NAD+FL+++ALI YYÉ'", "DOC++'", "DTM+36:'"))
    _, (line,), _ = run("short.edi")
    assert {name: line["fields"][name] for name in FIELDS} == {
        **dict.fromkeys(FIELDS, ""), "surname": "ALI YYÉ", "role": "FL", "birth_date": None, "expiry_date": None,
    }  # fmt: skip
    assert line["problems"] == ["no date of birth", "no nationality", "no document number"]


def test_words_come_in_the_language_that_is_asked_for(here: Path) -> None:
    _, _, told = run("list.edi", language="id")
    assert told == ["list.edi:19: CNT 18: menyatakan 2 penumpang, padahal 1 yang terdaftar"]


def test_as_a_process_it_writes_utf8_whatever_the_locale(here: Path) -> None:
    (here / "short.edi").write_bytes(paxlst("NAD+FL+++李'"))
    done = subprocess.run(
        [*COMMAND, "short.edi"], capture_output=True, timeout=60, check=False, env=ENVIRONMENT | {"LC_ALL": "C"}
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode())["fields"]["surname"] == "李"


def test_it_ends_quietly_where_nobody_reads_any_more(here: Path) -> None:
    people = [line for number in range(2_000) for line in (SITI[0].replace("SITI", f"S{number}"), *SITI[1:])]
    (here / "long.edi").write_bytes(paxlst(*people, count=2_000))
    with subprocess.Popen(
        [*COMMAND, "long.edi"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b'{"file"')
        process.stdout.close()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(timeout=60) == 0
