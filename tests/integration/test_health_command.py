"""`counter health`, as a process and in this one."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_tui.bootstrap.health import read_health

ARRIVAL = date(2025, 11, 1)
"""The day that the shared cases assume."""
FOLDER = Path(os.environ["COUNTER_CASES"]) / "fhir" if "COUNTER_CASES" in os.environ else None
CASES = [json.loads(line) for line in (FOLDER / "index.jsonl").read_text("utf-8").splitlines()] if FOLDER else []
CVX = "http://hl7.org/fhir/sid/cvx"
KEYS = ["file", "place", "resource", "id", "used", "why", "problems", "notes", "valid", "fields"]


def run(*files: Path, language: str = "en", on: date = ARRIVAL) -> tuple[int, list[dict[str, Any]], list[str]]:
    out, err = io.BytesIO(), io.StringIO()
    code = read_health(language, files, out, err, arrival=on)
    return code, [json.loads(line) for line in out.getvalue().decode().splitlines()], err.getvalue().splitlines()


def vaccinated(on: str, **more: Any) -> dict[str, Any]:
    concept = {"coding": [{"system": CVX, "code": "37"}]}
    plain = {"resourceType": "Immunization", "id": "i1", "status": "completed", "vaccineCode": concept}
    return plain | {"occurrenceDateTime": on} | more


def put(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return path


def test_a_line_a_resource_used_or_not(tmp_path: Path) -> None:
    entries = [{"resource": one} for one in (vaccinated("2025-10-22"), {"resourceType": "AllergyIntolerance"})]
    file = put(tmp_path, "a.json", {"resourceType": "Bundle", "type": "collection", "entry": entries})

    code, (dose, other), err = run(file)
    assert (code, err) == (0, [])
    assert list(dose) == KEYS
    assert (dose["file"], dose["place"], dose["id"]) == (str(file), "entry[0]", "i1")
    assert (dose["used"], dose["why"], dose["problems"], dose["valid"]) == (True, None, [], True)
    assert dose["fields"] == {
        "health.yellow-fever-dose": "2025-10-22",
        "health.yellow-fever-valid-from": "2025-11-01",
        "health.yellow-fever-vaccine": "37",
    }
    assert (other["resource"], other["used"], other["valid"]) == ("AllergyIntolerance", False, None)
    assert other["why"] == "Resources of this type are not used."


def test_every_file_is_tried_and_what_is_refused_is_told_with_its_line(tmp_path: Path) -> None:
    broken = put(tmp_path, "broken.json", b'{\n"resourceType":\n}')
    doubled = put(tmp_path, "doubled.json", b'{"resourceType": "Patient", "resourceType": "Bundle"}')
    good = put(tmp_path, "good.json", vaccinated("2020"))

    code, answers, err = run(broken, tmp_path / "missing.json", doubled, good)
    assert code == 1
    assert [answer["file"] for answer in answers] == [str(good)]
    assert err == [
        f"{broken}:3: This is not JSON, or it was cut off.",
        f"{tmp_path / 'missing.json'}: This file cannot be opened.",
        f"{doubled}: A key stands twice in one object, so that nobody knows which counts.",
    ]


def test_a_name_is_shown_harmlessly(tmp_path: Path) -> None:
    name = [{"text": "\u202eEOD \x1b[2J\x07[bold red]X[/]\u200b"}]
    file = put(tmp_path, "\x1b[2Ja.json", {"resourceType": "Patient", "name": name})
    out = io.BytesIO()
    read_health("en", [file, tmp_path / "\u202eb"], out, (err := io.StringIO()), arrival=ARRIVAL)

    (answer,) = [json.loads(line) for line in out.getvalue().decode().splitlines()]
    assert answer["fields"] == {"health.name": "EOD [2J [bold red]X[/]"}
    assert "\x1b" not in out.getvalue().decode()
    assert "\u202e" not in err.getvalue()


def test_a_dose_of_after_the_arrival_is_told(tmp_path: Path) -> None:
    (answer,) = run(put(tmp_path, "a.json", vaccinated("2025-11-02")))[1]

    assert answer["valid"] is False
    assert answer["problems"] == ["Its day, 02 Nov 2025, is after that of arrival."]


def test_why_a_vaccine_was_not_given_is_told_and_nothing_else_of_it(tmp_path: Path) -> None:
    refused = vaccinated("2020", status="not-done", statusReason={"text": "egg allergy"}, lotNumber="A1")
    (answer,) = run(put(tmp_path, "a.json", refused))[1]

    assert (answer["used"], answer["valid"]) == (False, None)
    assert answer["fields"] == {"health.yellow-fever-not-given": "egg allergy"}


def test_a_diagnosis_is_not_shown(tmp_path: Path) -> None:
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "A15.0", "display": "tuberculosis"}]}
    (answer,) = run(put(tmp_path, "a.json", {"resourceType": "Condition", "code": code}))[1]

    assert (answer["used"], answer["fields"]) == (True, {})
    assert "A15" not in json.dumps(answer)


def test_a_search_that_has_another_page_is_told(tmp_path: Path) -> None:
    link = [{"relation": "next", "url": "https://fhir.test/r4?page=2"}]
    entry = [{"resource": vaccinated("2020")}]
    search = {"resourceType": "Bundle", "type": "searchset", "entry": entry}

    _, (bundle, dose), _ = run(put(tmp_path, "a.json", search | {"link": link}))
    assert (bundle["resource"], bundle["used"], bundle["problems"]) == (
        "Bundle",
        True,
        ["Not all that was found is in it."],
    )
    assert dose["valid"] is True
    assert len(run(put(tmp_path, "b.json", search))[1]) == 1


def test_problems_are_told_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    file = put(tmp_path, "a.json", vaccinated("2020", vaccineCode={"text": "YF"}))

    assert run(file, language="id")[1][0]["problems"] == [
        "Tidak ada kodenya, hanya kata-kata: tidak membuktikan apa pun."
    ]


def test_a_process_reads_files_and_takes_the_day(tmp_path: Path) -> None:
    good, bad = put(tmp_path, "good.json", vaccinated("2025-10-22")), put(tmp_path, "bad.json", b"")
    command = [sys.executable, "-m", "counter_tui", "health", str(bad), str(good), "--on", "2025-10-31"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=30)

    assert done.returncode == 1
    assert json.loads(done.stdout)["valid"] is False
    assert done.stderr.decode() == f"{bad}: There is nothing in it.\n"


EXPECTED = {
    "reject": (1, None, None),
    "flag": (0, None, True),
    "do not use the value": (0, False, None),
    "accept": (0, True, False),
    "accept, warn": (0, True, True),
    "accept, not yet valid": (0, True, False),
    "accept, valid today": (0, True, False),
    "accept, show harmlessly": (0, True, False),
    "accept as yellow fever if KFA is known": (0, True, False),
    "flag: no code": (0, None, True),
}
"""For what an index says: exit code; used or not; problems or none. None: either."""


@pytest.mark.skipif(not FOLDER, reason="COUNTER_CASES names no folder with fhir/index.jsonl")
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["file"]))
def test_the_shared_cases_come_out_as_their_index_says(case: dict[str, str]) -> None:
    assert FOLDER is not None
    exit_code, used, doubtful = EXPECTED[case["expect"]]

    code, answers, err = run(FOLDER / case["file"])
    assert code == exit_code
    assert (len(answers), len(err)) == ((0, 1) if code else (1, 0))
    if not answers:
        return
    (answer,) = answers
    assert used is None or answer["used"] is used
    assert doubtful is None or bool(answer["problems"]) is doubtful
    if answer["resource"] == "Immunization":
        assert answer["valid"] is (case["expect"] in ("accept, valid today", "accept as yellow fever if KFA is known"))
    if case["expect"] in ("flag", "do not use the value"):
        assert "health.temperature" not in answer["fields"]
    assert "\x1b" not in json.dumps(answer, ensure_ascii=False)
    assert "\u202e" not in json.dumps(answer, ensure_ascii=False)
