from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_tui.bootstrap import workplace
from tests.integration.hub.living import PASSPHRASE, HubProcess, live_configuration


@pytest.fixture(scope="session")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return live_configuration(tmp_path_factory.mktemp("post") / "config")


@pytest.fixture
def post(configuration: Path, counter_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The configuration of a post, a passphrase for whoever asks, and a booth whose link starts at once."""
    secret = tmp_path / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("COUNTER_PASSPHRASE_FROM", str(secret))
    monkeypatch.setenv("COUNTER_CONFIG", str(configuration))
    monkeypatch.setattr(workplace, "UNATTENDED_SECONDS", 0.0)
    workplace.load_rules.cache_clear()
    workplace.screening_rules.cache_clear()
    yield
    workplace.load_rules.cache_clear()
    workplace.screening_rules.cache_clear()


@pytest.fixture
def hub(post: None) -> Iterator[HubProcess]:
    process = HubProcess().start()
    yield process
    process.end()
