"""What holds for every test: no home, keyring or colour switch of the machine, seeds that can be played again."""

import os
from itertools import count
from pathlib import Path

import hypothesis
import pytest

CASES = "COUNTER_CASES"
NUMBERS = count()

# No NO_COLOR before textual is imported anywhere: it reads it once. Programs that tests start inherit all of this.
os.environ.pop("NO_COLOR", None)
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.pop("COUNTER_CONFIG", None)

hypothesis.settings.register_profile("here", print_blob=True, deadline=None)
hypothesis.settings.register_profile(
    "ci",
    print_blob=True,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the homes of all tests are."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def counter_home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all state: a new one for each test, so that none touches the home of whoever runs them.

    Nobody has made it yet: most tests keep nothing, and a folder for each of thousands takes its time.
    """
    own = homes / str(next(NUMBERS))
    monkeypatch.setenv("COUNTER_HOME", str(own / "counter-home"))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(own / "home"))
    return own / "counter-home"


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of cases from third parties; a test that needs it is skipped, and says so, where it is not at hand."""
    folder = os.environ.get(CASES)
    if not folder:
        pytest.skip(f"{CASES} does not name the folder of third-party cases")
    path = Path(folder)
    assert path.is_dir(), f"{CASES}={folder} is no folder"
    return path
