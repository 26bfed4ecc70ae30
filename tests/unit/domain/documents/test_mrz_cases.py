"""The shared third-party zones, where they are at hand."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_tui.domain.documents import Reading, read_mrz

TODAY = date(2026, 7, 1)
FOLDER = os.environ.get("COUNTER_CASES")

# Contested in the field, and we side with the labels on both. An all-filler document number (m0201) is invalid:
# filler as a check digit is allowed for empty optional data alone. Optional data that are empty may have filler or
# 0 as their check digit; with data in them, filler is a wrong digit.


def load() -> list[dict[str, Any]]:
    if not FOLDER:
        return []
    return [json.loads(line) for line in (Path(FOLDER) / "mrz_cases.jsonl").read_text("utf-8").splitlines()]


def fields_of(reading: Reading, label: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = dict(reading.fields)
    if "name_maybe_truncated" in label["fields"]:
        fields["name_maybe_truncated"] = reading.name_maybe_truncated
    return fields


@pytest.mark.skipif(not FOLDER, reason="COUNTER_CASES names no folder with mrz_cases.jsonl")
def test_every_case_agrees_on_format_validity_fields_and_failed_digits() -> None:
    cases = load()
    assert len(cases) >= 285
    for case in cases:
        reading = read_mrz(case["lines"], today=TODAY)
        failed = {problem.field for problem in reading.problems if problem.text.code == "mrz.check-digit"}
        got = (reading.format, reading.valid, reading.strict_valid, fields_of(reading, case), failed)
        wanted_failed = {field for field, right in case["checks"].items() if not right}
        wanted = (case["format"], case["valid"], case["strict_valid"], case["fields"], wanted_failed)
        assert got == wanted, case["id"]
        assert (reading.document is not None) == case["valid"], case["id"]
