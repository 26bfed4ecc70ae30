"""What the doctor says of a lease."""

from datetime import datetime
from pathlib import Path

from counter_tui.bootstrap.doctor_reading import examine_reading
from tests.integration.reading.reading_booth import WEEK, AtWork, Counter


def says(at_work: AtWork, now: datetime) -> tuple[str, str]:
    ((verdict, name, said),) = examine_reading(at_work.rig.vault, now, lambda words: words)
    assert name == "lease"
    return verdict, said


def test_a_lease_is_shown_with_its_end_and_its_want(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started(leased=False) as at_work:
        assert says(at_work, counter.at())[0] == "warn"
        at_work.call()
        rows = at_work.rig.vault.execute("SELECT * FROM settings")
        assert says(at_work, counter.at()) == (
            "ok",
            "what is cached can be read without a link until 2026-11-28 05:14 UTC",
        )
        assert says(at_work, counter.at(WEEK))[0] == "warn"
        assert "2026-11-28 05:14" in says(at_work, counter.at(WEEK))[1]
        assert at_work.rig.vault.execute("SELECT * FROM settings") == rows


def test_a_clock_set_back_makes_no_lease_longer(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.rig.ledger.witness("2026-12-24T00:00:00.000Z")
        assert says(at_work, counter.at())[0] == "warn"
