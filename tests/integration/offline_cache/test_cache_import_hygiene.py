"""What importing the cache loads, seen by a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"textual", "httpx", "keyring", "pydantic", "starlette", "uvicorn", "cryptography", "argon2", "apsw"}
SERVING = {"textual", "httpx", "httpcore", "starlette", "uvicorn", "pydantic", "rich", "counter_tui"}


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return {name.split(".")[0] for name in json.loads(done.stdout)}


def test_the_package_itself_loads_nothing_heavy() -> None:
    assert not loaded_by("import offline_cache") & HEAVY


def test_errors_are_named_without_loading_the_vault() -> None:
    assert not loaded_by("from offline_cache import CacheError, Entry, CounterSync, judge, Schema") & HEAVY


def test_all_of_it_needs_no_screen_and_no_network() -> None:
    everything = "import offline_cache\nfor name in dir(offline_cache): getattr(offline_cache, name)"
    assert "apsw" in loaded_by(everything)
    assert not loaded_by(everything) & (SERVING | {"keyring"})


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    import offline_cache

    assert not hasattr(offline_cache, "nothing")
    with pytest.raises(ImportError):
        from offline_cache import nothing  # noqa: F401
