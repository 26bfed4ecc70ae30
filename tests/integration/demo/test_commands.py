"""Commands without a screen, as processes of their own: what they print, and with which code they end."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from counter_tui.bootstrap import paths
from counter_tui.bootstrap.demo import demo_desk


def counter(*words: str) -> subprocess.CompletedProcess[str]:
    """One command; standard output is no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "counter_tui", *words], capture_output=True, text=True, timeout=60, check=False
    )


async def used_store() -> None:
    """The demo's store after somebody signed in."""
    desk = demo_desk()
    await desk.prepare()
    chosen = desk.place.credentials[0]
    await desk.sign_in(chosen.officer.id, chosen.pin)
    await desk.close()


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_story_as_plain_text_goes_from_recorded_to_seen_by_the_agency(language: str) -> None:
    told = counter("--language", language, "demo", "--plain")
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stderr == ""
    lines = told.stdout.splitlines()
    received, seen = {"en": ("received", "seen by the agency"), "id": ("diterima", "dilihat instansi")}[language]
    assert [sum(word in line for line in lines) for word in (received, seen)] == [1, 2]
    assert "DEMO" in lines[0]
    assert not any("{" in line or "finding." in line for line in lines)


def test_a_screen_without_a_terminal_is_refused_in_one_line() -> None:
    refused = counter("demo")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    assert "--plain" in refused.stderr


def test_a_booth_that_is_not_enrolled_says_so() -> None:
    refused = counter()
    assert refused.returncode == 2
    assert "enrol" in refused.stderr


def test_doctor_finds_nothing_amiss_where_nothing_is_and_makes_nothing() -> None:
    found = counter("doctor")
    assert found.returncode == 0, found.stdout
    assert "config" in found.stdout
    assert not paths.counter_vault(paths.demo_folder()).exists()


async def test_doctor_opens_the_vault_and_checks_the_chain() -> None:
    await used_store()
    found = await asyncio.to_thread(counter, "doctor")
    assert found.returncode == 0, found.stdout
    assert "1 entries, the chain holds" in found.stdout


async def test_doctor_fails_on_a_damaged_vault() -> None:
    await used_store()
    vault = paths.counter_vault(paths.demo_folder())
    vault.write_bytes(vault.read_bytes()[:1000])
    found = await asyncio.to_thread(counter, "doctor")
    assert found.returncode == 1
    assert "FAILS" in found.stdout


async def test_outbox_and_journal_tell_states_and_no_names(tmp_path: Path) -> None:
    await used_store()
    listed = await asyncio.to_thread(counter, "outbox", "--demo")
    assert listed.returncode == 0
    assert "session" in listed.stdout
    checked = await asyncio.to_thread(counter, "journal", "verify", "--demo")
    assert (checked.returncode, checked.stdout.strip()) == (0, "1 entries, the chain holds")


def test_a_store_that_is_not_there_is_told_with_the_next_step() -> None:
    told = counter("outbox", "--demo")
    assert told.returncode == 1
    assert told.stdout == ""
    assert "vault" in told.stderr


def test_help_and_version_need_nothing() -> None:
    assert "demo" in counter("--help").stdout
    assert counter("--version").stdout.startswith("counter-tui ")
