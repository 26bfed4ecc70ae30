"""Counters of one post know each other's keys from their single window: enough to be signed for over the telephone."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.bootstrap.directory import is_directory, kept_directory, take_directory
from counter_tui.bootstrap.identity import Identity, identity_of
from counter_tui.bootstrap.storage import BoundSessionKey
from counter_tui.bootstrap.telephone_keys import BoundTelephone
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.link.values import Enrolment
from counter_tui.single_window.directory import LOOKS_EVERY
from counter_tui.single_window.service import SingleWindow
from offline_cache import COUNTER_SCHEMA, Settings, Vault, unwrap_with_pin
from offline_cache.errors import NoticeWrong
from offline_cache.sealing import private_from_signing

from .test_identity import ADI, STAFF
from .world import KEY, PIN, Booth, enrol, open_window


class At:
    """A counter that has enrolled, with a vault of its own for what it is told."""

    def __init__(self, folder: Path, window: SingleWindow, name: str) -> None:
        self.window = window
        self.booth = Booth.make(folder, name)
        self.enrolment: Enrolment = enrol(window, self.booth)
        self.identity: Identity = identity_of(self.enrolment, self.booth.keys.public, self.booth.keys.private)
        self.vault = Vault.create(folder / f"{name}.told", KEY, COUNTER_SCHEMA)
        self.kept = Settings(self.vault)
        self.telephone = BoundTelephone(self.identity, lambda: kept_directory(self.kept))

    def called(self) -> list[bytes]:
        """The directories that it is handed when it calls."""
        who = self.window.authenticate(self.enrolment.token)
        assert who is not None
        return [notice for notice in self.window._notices_for(who) if is_directory(notice)]

    def take(self) -> None:
        (notice,) = self.called()
        take_directory(self.kept, self.identity, notice)

    def session(self, officer: str) -> BoundSessionKey:
        line = next(line for line in self.enrolment.roster if line.officer.id == officer)
        exchange = private_from_signing(unwrap_with_pin(PIN, line.wrapped, b""))
        return BoundSessionKey("s", b"", b"", officer, exchange)


def test_what_one_asks_another_answers_with_keys_that_both_had_from_the_window(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path, staff=STAFF)
    asks, answers = At(tmp_path, window, "A1"), At(tmp_path, window, "B2")
    try:
        assert asks.telephone.shared_with(ADI.id) == []
        asks.take()
        answers.take()
        challenge = Challenge.of(Matter.REFUSE_ENTRY, "A1", "5f1d9a03c7be4412a9e0f6d1c2b3a495")
        assert answers.telephone.counters() == ["A1"]
        secret = answers.telephone.answering(answers.session(ADI.id), "A1")
        assert secret is not None
        (held,) = asks.telephone.shared_with(ADI.id)
        assert challenge.answer(secret) == challenge.answer(held)
        other = answers.telephone.answering(answers.session(STAFF[0].officer.id), "A1")
        assert other is not None
        assert challenge.answer(other) != challenge.answer(held), "somebody else's digits"
    finally:
        asks.vault.close()
        answers.vault.close()


def test_a_post_with_one_counter_is_told_nothing(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path, staff=STAFF)
    alone = At(tmp_path, window, "A1")
    assert alone.called() == []
    alone.vault.close()


def test_it_is_handed_out_again_ever_more_seldom_and_anew_when_a_counter_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = open_window(tmp_path, staff=STAFF)
    now = datetime.fromisoformat("2026-11-21T05:14:02+00:00")
    asks, other = At(tmp_path, window, "A1"), At(tmp_path, window, "B2")

    def later(time: timedelta) -> int:
        nonlocal now
        now += time
        monkeypatch.setattr(window.directory, "_clock", lambda: now)
        return len(asks.called())

    assert later(timedelta(0)) == 1
    assert later(timedelta(seconds=30)) == 0
    assert later(LOOKS_EVERY) == 1, "nothing tells that it came"
    assert later(LOOKS_EVERY) == 0
    assert later(timedelta(minutes=10)) == 1
    third = At(tmp_path, window, "C3")
    assert later(LOOKS_EVERY) == 1
    for one in (asks, other, third):
        one.vault.close()


def test_an_older_one_another_counters_and_a_changed_one_are_not_taken(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path, staff=STAFF)
    asks, other = At(tmp_path, window, "A1"), At(tmp_path, window, "B2")
    (notice,) = asks.called()
    with pytest.raises(NoticeWrong, match=r"notice\.forged"):
        take_directory(other.kept, other.identity, notice)
    with pytest.raises(NoticeWrong, match=r"notice\.forged"):
        take_directory(asks.kept, asks.identity, notice.replace(b'"A1"', b'"A2"'))
    with pytest.raises(NoticeWrong, match=r"notice\.malformed"):
        take_directory(asks.kept, asks.identity, notice + b" " * (96 << 10))
    take_directory(asks.kept, asks.identity, notice)
    take_directory(asks.kept, asks.identity, notice)
    asks.kept.set("directory", asks.kept.find("directory").replace(b'"number": ', b'"number": 9'))  # type: ignore[union-attr]
    with pytest.raises(NoticeWrong, match=r"notice\.older"):
        take_directory(asks.kept, asks.identity, notice)
    for one in (asks, other):
        one.vault.close()


def test_it_says_who_may_sign_in_where_and_a_counter_that_is_revoked_is_gone_from_it(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path, staff=STAFF)
    asks, other = At(tmp_path, window, "A1"), At(tmp_path, window, "B2")
    asks.take()
    known = asks.telephone.colleagues()
    assert {id_: one.counters for id_, one in known.items()} == {one.officer.id: ("B2",) for one in STAFF}
    assert known[ADI.id].officer == ADI
    third = At(tmp_path, window, "C3")
    asks.take()
    assert asks.telephone.colleagues()[ADI.id].counters == ("B2", "C3"), "told at once of who has come"
    for name in ("B2", "C3"):
        window.revoke(name, "closed", export_first=False)
    asks.take()
    assert (asks.telephone.colleagues(), asks.telephone.counters()) == ({}, [])
    for one in (asks, other, third):
        one.vault.close()
