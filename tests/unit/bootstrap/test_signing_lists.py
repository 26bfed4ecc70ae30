"""`counter lists sign`."""

import io
import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from counter_tui import cli, settings, settings_lists
from counter_tui.agencies.lists import apply, read_list, verify, verify_delta
from counter_tui.bootstrap.lists import Order, sign_list
from counter_tui.domain.screening.lists import ListRule
from counter_tui.errors import ListError

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TODAY = NOW.date()
DEMO_KEY = settings.config_folder() / "demo" / "lists" / "demo-list-key.pem"
RULE: ListRule = settings_lists.get_list("demo-watch")
BODY = "ref,name,handling\n1,A,H2\n2,B,H3\n"


def order(path: Path, **changed: object) -> Order:
    return Order(**({"file": path, "list_id": "demo-watch", "key": DEMO_KEY} | changed))  # type: ignore[arg-type]


def run(what: Order) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    assert sign_list(what, NOW, language="en", out=out, err=err) == 0
    return out.getvalue(), err.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "watch.csv"
    path.write_text(BODY, "utf-8")
    return path


def test_versions_rise_and_say_how_old_the_list_is(path: Path) -> None:
    for version in (1, 2):
        out, err = run(order(path))
        manifest = verify(path, RULE, post="ID-ENTIKONG", today=TODAY).manifest
        assert (manifest.version, manifest.as_of, manifest.count) == (version, NOW, 2)
        assert out == f"{path}.sig: demo-watch, version {version}, 2 entries\n"
        assert err == ""
    run(order(path, version=9, posts=("ID-ARUK",), valid_from=date(2026, 12, 1)))
    assert json.loads(Path(f"{path}.sig").read_bytes().splitlines()[0])["posts"] == ["ID-ARUK"]
    with pytest.raises(ListError, match="list.version-not-rising"):
        run(order(path, version=9))


def test_a_delta_is_written_and_signed_beside_the_new_list(tmp_path: Path, path: Path) -> None:
    run(order(path, version=5))
    new = tmp_path / "new.csv"
    new.write_text(BODY.replace("2,B", "3,C"), "utf-8")
    run(order(new, delta_from=path))

    old = {entry.ref: entry for entry in read_list(path)}
    delta = verify_delta(tmp_path / "new.csv.delta", RULE, post="ID-ENTIKONG", today=TODAY, held=5)
    assert delta.manifest.version == verify(new, RULE, post="ID-ENTIKONG", today=TODAY).manifest.version == 6
    assert list(apply(old, delta)) == ["1", "3"]

    path.write_text(BODY + "4,D,H2\n", "utf-8")
    with pytest.raises(ListError, match="list.half-written"):
        run(order(new, delta_from=path))


def test_a_list_that_would_lose_entries_is_not_signed_and_its_problems_are_told(path: Path) -> None:
    path.write_text(BODY + "2,C,H2\n", "utf-8")
    err = io.StringIO()
    with pytest.raises(ListError, match="list.not-clean"):
        sign_list(order(path), NOW, language="en", out=io.StringIO(), err=err)

    assert err.getvalue() == "watch.csv:4: a reference that came before; left out\n"
    assert not Path(f"{path}.sig").exists()


def test_discreet_entries_are_not_signed_for_a_booth(path: Path) -> None:
    path.write_text(BODY + "3,C,H5\n", "utf-8")
    with pytest.raises(ListError, match="list.discreet-at-booth"):
        run(order(path))
    run(order(path, list_id="interpol-nominals"))


@pytest.mark.parametrize("passphrase", [None, b"a word"])
def test_a_new_key_is_its_owners_alone_and_never_printed(tmp_path: Path, path: Path, passphrase: bytes | None) -> None:
    key = tmp_path / "key.pem"
    out, err = run(order(path, key=key, new_key=True, passphrase=lambda: passphrase))
    pem = key.read_text("ascii")
    secret = pem.splitlines()[1]

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert ("ENCRYPTED" in pem) == (passphrase is not None)
    assert 'keys = ["' in out
    assert secret not in out + err
    assert "not in config/lists.toml" in err
    run(order(path, key=key, passphrase=lambda: passphrase))
    with pytest.raises(ListError, match="list.key-exists"):
        run(order(path, key=key, new_key=True))
    assert key.read_text("ascii") == pem


def test_what_is_no_key_is_refused(tmp_path: Path, path: Path) -> None:
    key = tmp_path / "key.pem"
    run(order(path, key=key, new_key=True, passphrase=lambda: b"a word"))
    for word in (None, b"another"):
        with pytest.raises(ListError, match="list.key-unreadable"):
            run(order(path, key=key, passphrase=lambda word=word: word))
    with pytest.raises(ListError, match="list.key-unreadable"):
        run(order(path, key=path))
    with pytest.raises(ListError, match="list.no-key"):
        run(order(path, key=tmp_path / "none"))


def test_the_command_signs_and_tells_what_is_wrong(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["lists", "sign", str(path), "--list", "demo-watch", "--key", str(DEMO_KEY)]
    assert cli.main(words) == 0
    assert "version 1, 2 entries" in capsys.readouterr().out
    assert cli.main([*words, "--version", "1"]) == 1
    assert "Versions rise" in capsys.readouterr().err
    assert cli.main([*words[:4], "none", *words[5:]]) == 1
    assert "none" in capsys.readouterr().err
