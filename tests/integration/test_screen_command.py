"""`counter screen`, as a process and in this one."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest

from counter_tui.bootstrap.catalogues import catalogue
from counter_tui.bootstrap.screen import Streams, screen_queries
from counter_tui.bootstrap.screen_lists import loaded_lists
from counter_tui.tui import words

TODAY = date(2026, 7, 1)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
COMMAND = [sys.executable, "-m", "counter_tui", "screen"]
OWN = (
    "ref,name,aliases,birth_dates,nationalities,documents,kind\n"
    "A-1,Ratna Wulandari,Ratna Sari,1974-08-12,IDN,B9120456,\n"
    "A-2,PT Wulandari Ratna Abadi,,,,,entity\n"
    "A-3,Zainuddin bin Osman,,1961,MYS,,\n"
)
OFAC = '306,"WULANDARI, Ratna","individual","SDT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 12 Aug 1974."\n'
ALIASES = '306,1,"aka","ORANG LAIN, Siapa",-0- \n'

BAD: list[tuple[object, object, str]] = [
    (b"\n", None, "empty"),
    (b"{\n", None, "not JSON"),
    (b"\xff\n", None, "not UTF-8"),
    (b"[1]\n", None, "no object"),
    (b'{"id": 1, "name": NaN}\n', None, "number"),
    (b"[" * 200_000 + b"\n", None, ""),
    (b'{"name": "' + b"x" * (1 << 21) + b'"}\n', None, "longer"),
    ({"id": [1], "name": "Ratna"}, None, "id is neither"),
    ({"id": 1}, 1, "name is missing"),
    ({"id": "x", "name": None}, "x", "name is missing"),
    ({"id": None, "name": " "}, None, "name is missing"),
    ({"id": True, "name": 7}, True, "name is not text"),
    ({"id": 1.5, "name": ["Ratna"]}, 1.5, "name is not text"),
    ({"id": 1, "name": "?!\u200b"}, 1, "Nothing in name"),
    ({"id": 1, "name": "\ud800"}, 1, "Nothing in name"),
    ({"id": 1, "name": "Ratna " * 100}, 1, "longer than 400"),
    ({"id": 1, "name": "Ratna", "birth_date": "1974-02-30"}, 1, "no possible date"),
    ({"id": 1, "name": "Ratna", "birth_date": "12/08/1974"}, 1, "no possible date"),
    ({"id": 1, "name": "Ratna", "birth_date": "2026-07-02"}, 1, "future"),
    ({"id": 1, "name": "Ratna", "birth_date": 1974}, 1, "birth_date is not text"),
    ({"id": 1, "name": "Ratna", "nationality": ["IDN"]}, 1, "nationality is not text"),
    ({"id": 1, "name": "Ratna", "document_number": 12345678}, 1, "document_number is not text"),
    ({"id": 1, "name": "Ratna", "document_number": "1" * 65}, 1, "longer than 64"),
]


@pytest.fixture(autouse=True)
def english() -> None:
    words.use(catalogue("en"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN, "utf-8")
    return path


@pytest.fixture
def ofac(tmp_path: Path) -> Path:
    path = tmp_path / "sdn.csv"
    path.write_text(OFAC, "utf-8")
    path.with_name("alt.csv").write_text(ALIASES, "utf-8")
    return path


def ask(
    *lines: object, lists: list[Path], code: int = 0, threshold: float = 0.7, language: str = "en"
) -> tuple[list[dict[str, Any]], str]:
    given = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    out, err = io.BytesIO(), io.StringIO()
    streams = Streams(io.BytesIO(given), out, err)
    assert screen_queries(language, lists, streams, threshold=threshold, today=TODAY) == code
    return [json.loads(line) for line in out.getvalue().decode().splitlines()], err.getvalue()


def refs(answer: dict[str, Any]) -> list[str]:
    return [hit["ref"] for hit in answer["hits"]]


def test_a_hit_says_who_how_well_where_and_why(own: Path) -> None:
    asked = {"id": "a", "name": "WULANDARI RATNA", "birth_date": "1974-12-08", "nationality": "Indonesia", "x": [1]}
    (answer,), told = ask(asked, lists=[own])
    assert list(answer) == ["id", "hits", "below"]
    hit = answer["hits"][0]
    assert list(hit) == ["name", "score", "list", "ref", "why"]
    assert (hit["name"], hit["list"], hit["ref"]) == ("Ratna Wulandari", "own.csv", "A-1")
    assert 0.9 < hit["score"] <= 1
    assert "listed birth date 12 Aug 1974: day and month swapped" in hit["why"]
    assert "same nationality IDN" in hit["why"]
    assert told == ""


def test_several_lists_answer_as_one_best_first(own: Path, ofac: Path) -> None:
    (named, aliased), _ = ask(
        {"id": 1, "name": "Ratna Wulandri"}, {"id": 2, "name": "Siapa Orang Lain"}, lists=[own, ofac], threshold=0.3
    )
    assert {(hit["list"], hit["ref"]) for hit in named["hits"]} >= {("own.csv", "A-1"), ("sdn.csv", "306")}
    scores = [hit["score"] for hit in named["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert [(hit["list"], hit["name"]) for hit in aliased["hits"]] == [("sdn.csv", "ORANG LAIN, Siapa")]


def test_no_more_than_fifty_hits_over_all_lists(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "same.csv", tmp_path / "b" / "same.csv"]
    for path in paths:
        path.parent.mkdir()
        path.write_text("ref,name\n" + "".join(f"{n},Ratna Wulandari\n" for n in range(40)), "utf-8")
    (answer,), _ = ask({"id": 1, "name": "Ratna Wulandari"}, lists=[*paths, paths[0]], threshold=0.1)
    assert len(answer["hits"]) == 50
    assert {hit["list"] for hit in answer["hits"]} == set(map(str, paths)), "files of one name are told by their paths"


def test_an_entry_that_is_no_person_says_so(own: Path) -> None:
    (answer,), _ = ask({"id": 1, "name": "PT Wulandari Ratna Abadi"}, lists=[own])
    by_ref = {hit["ref"]: hit for hit in answer["hits"]}
    assert by_ref["A-2"]["why"][0] == "listed as a company or organisation, not as a person"


def test_those_below_the_threshold_are_counted(own: Path) -> None:
    asked = {"id": 1, "name": "Ratna Wulandari", "birth_date": "1990-01-31"}
    (high,), _ = ask(asked, lists=[own], threshold=1.0)
    (low,), _ = ask(asked, lists=[own], threshold=0.0)
    assert high["hits"] == []
    assert low["below"] == 0
    assert high["below"] == len(low["hits"]) > 0


def test_a_document_number_finds_who_goes_by_another_name(own: Path) -> None:
    (answer,), _ = ask({"id": 1, "name": "Siti Hartono", "document_number": "b 912-0456"}, lists=[own])
    assert refs(answer) == ["A-1"]
    assert answer["hits"][0]["why"][-1] == "same document number B9120456"


def test_a_nationality_that_is_none_is_told_and_not_compared(own: Path) -> None:
    (answer,), told = ask({"id": 1, "name": "Ratna Wulandari", "nationality": "UTO"}, lists=[own])
    assert refs(answer)[0] == "A-1"
    assert answer["hits"][0]["why"][-1] == "nationality UTO is not known and was not compared"
    assert "screened without it: 1." in told


def test_words_come_in_the_language_that_is_asked_for(own: Path) -> None:
    (hit, bad), _ = ask({"id": 1, "name": "PT Wulandari Ratna Abadi"}, {"id": 2}, lists=[own], language="id")
    assert "terdaftar sebagai perusahaan atau organisasi, bukan orang" in hit["hits"][0]["why"]
    assert bad["error"].startswith("name tidak ada")


@pytest.mark.parametrize(("line", "name", "told"), BAD, ids=range(len(BAD)))
def test_a_line_that_cannot_be_asked_is_told_and_the_next_is_read(
    own: Path, line: object, name: object, told: str
) -> None:
    (answer, after), _ = ask(line, {"id": "after", "name": "Ratna Wulandari"}, lists=[own])
    assert list(answer) == ["id", "error"]
    assert answer["id"] == name
    assert type(answer["id"]) is type(name)
    assert told in answer["error"]
    assert answer["error"].isprintable()
    assert (after["id"], refs(after)[0]) == ("after", "A-1")


@pytest.mark.parametrize("given", [{}, {"birth_date": None, "nationality": None, "document_number": ""}])
def test_what_is_unknown_may_be_left_out_or_empty(own: Path, given: dict[str, object]) -> None:
    (answer,), _ = ask({"name": "Ratna Wulandari", **given}, lists=[own])
    assert answer["id"] is None
    assert refs(answer)[0] == "A-1"


def test_a_list_that_cannot_be_used_is_refused_and_the_others_are_used(own: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.json"
    cut.write_text('{"format": "counter-list/1", "entries": [{"ref": "1", "name": "Ratna Wulandari"},', "utf-8")
    (answer,), told = ask({"id": 1, "name": "Ratna Wulandari"}, lists=[cut, own, tmp_path / "none.csv"], code=1)
    assert {hit["list"] for hit in answer["hits"]} == {"own.csv"}, "nothing of half a list"
    assert [line.split()[1] for line in told.splitlines()] == ["cut.json", "none.csv"]


def test_without_any_list_nothing_is_read(tmp_path: Path) -> None:
    answers, told = ask({"id": 1, "name": "Ratna Wulandari"}, lists=[tmp_path / "none.csv"], code=2)
    assert answers == []
    assert told.startswith("counter: none.csv is not there")


def test_problems_of_a_list_are_told_ten_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = "".join(f"B-{n},,\n" for n in range(13))
    path.write_text(f"ref,name,handling\nA-1,Ratna Wulandari,\nA-2,Diam Diam,H5\n{rows}", "utf-8")
    _, told = ask(lists=[path])
    lines = told.splitlines()
    assert lines[0] == "own.csv:4: no name, or one that is too long; left out"
    assert len([line for line in lines if line.startswith("own.csv:")]) == 10
    assert [line.split(": ")[-1].split(".")[0] for line in lines[10:]] == ["3", "13", "1"]


def test_how_far_it_is_shows_on_a_terminal_only(own: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    seen = Terminal()
    with loaded_lists([own], seen) as loaded:
        assert len(loaded.screens) == 1
    assert "own.csv 100 %" in seen.getvalue()
    assert seen.getvalue().endswith("own.csv: entries read: 3.\n")


def test_nothing_of_a_list_is_on_disk_in_clear_and_nothing_stays(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with loaded_lists([own], io.StringIO()):
        files = [path for path in folder.rglob("*") if path.is_file()]
        held = b"".join(path.read_bytes() for path in files)
        assert len(held) > 4096
        assert b"ulandari" not in held.lower()
        assert b"SQLite" not in held
    assert list(folder.iterdir()) == []


@contextlib.contextmanager
def process(*arguments: object, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = ENVIRONMENT | {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def put(stream: IO[bytes] | None, line: object) -> None:
    assert stream is not None
    stream.write(json.dumps(line).encode() + b"\n")
    stream.flush()


def get(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    return json.loads(stream.readline())


def test_each_line_is_answered_before_the_next_is_given(own: Path, ofac: Path, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with process("--list", own, "--list", ofac, "--threshold", "0.5", folder=folder) as started:
        for number in range(3):
            put(started.stdin, {"id": number, "name": "Ratna Wulandari"})
            answer = get(started.stdout)
            assert answer["id"] == number
            assert {hit["list"] for hit in answer["hits"]} == {"own.csv", "sdn.csv"}
        out, err = started.communicate(timeout=20)
        assert (out, err, started.returncode) == (b"", b"", 0)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_is_told_to_end_leaves_nothing_behind(own: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with process("--list", own, folder=folder) as started:
        put(started.stdin, {"id": 1, "name": "Ratna Wulandari"})
        get(started.stdout)
        assert list(folder.iterdir())
        started.send_signal(number)
        assert started.wait(20) == code
        assert started.stderr is not None
        assert started.stderr.read() == b""
    assert list(folder.iterdir()) == []


def test_it_ends_quietly_where_nobody_reads_on(own: Path, tmp_path: Path) -> None:
    with process("--list", own, folder=tmp_path) as started:
        put(started.stdin, {"id": 1, "name": "Ratna Wulandari"})
        assert get(started.stdout)
        assert started.stdout is not None
        assert started.stdin is not None
        assert started.stderr is not None
        started.stdout.close()
        started.stdin.write(b'{"id": 1, "name": "Ratna"}\n' * 10)
        started.stdin.close()
        assert started.wait(20) == 0
        assert started.stderr.read() == b""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--list"],
        ["--list", "a", "--pairs", "b"],
        *(["--list", "a", "--threshold", t] for t in ("1.1", "nan", "x")),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from counter_tui.cli import main

    with pytest.raises(SystemExit, match="2"):
        main(["screen", *arguments])
    assert "usage: counter screen" in capsys.readouterr().err


def test_no_screen_is_loaded_for_it(own: Path) -> None:
    code = (
        "import io, sys, datetime, pathlib\n"
        "from counter_tui.bootstrap.screen import Streams, screen_queries\n"
        'given = io.BytesIO(b\'{"id": 1, "name": "Ratna Wulandari", "birth_date": "1974-08-12"}\')\n'
        "streams = Streams(given, io.BytesIO(), sys.stderr)\n"
        f"screen_queries('en', [pathlib.Path({str(own)!r})], streams, threshold=0.7, today=datetime.date(2026, 7, 1))\n"
        "print(sorted({'textual', 'rich', 'httpx'} & set(sys.modules)), streams.out.getvalue().count(b'12 Aug'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[] 1\n"
