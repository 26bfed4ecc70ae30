"""What users of other systems complain about, as far as a stick has to do with it; by the numbers of our list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from offline_cache import COUNTER_SCHEMA, BundleWrong, Journal, Vault
from tests.integration.by_hand.post import Stick, copy_of, restore
from tests.integration.single_window.world import KEY, close_all, open_window


@pytest.fixture
def post(tmp_path: Path) -> object:
    yield Stick(tmp_path)
    close_all()


def test_7_unsynced_work_is_not_dropped_on_conflict(post: Stick) -> None:
    """A booth was restored from a copy: what it recorded since conflicts with what is held, and all of it is kept."""
    post.a1.booth.decide("X1")
    vault = post.folder / "booth-A1-demo.vault"
    post.a1.booth.journal._vault.close()
    copy = copy_of(vault)
    reopen(post)
    post.a1.booth.decide("X2")
    post.there_and_back()
    post.a1.booth.journal._vault.close()
    restore(copy)
    reopen(post)
    post.a1.booth.decide("X3")
    post.a1.booth.decide("X4")

    post.a1.export(post.up)
    done = post.bring()
    assert ("fork" in {reason for _, reason in done.refused}) or done.missing
    assert post.store.count_entries("A1") == 3, "what was held stays"
    journal = post.a1.booth.journal
    assert [entry.group for entry in journal.entries()][2:] == ["crossing-X3", "crossing-X4"]
    assert post.up.stat().st_size > 0
    took = post.a1.take(post.down)
    states = post.a1.states()
    assert took.trouble == "forked" or took.refused
    assert states[3] in {"refused", "recorded"}, "and it is said of what conflicts, not hidden"
    assert journal.count() == 4
    journal._vault.close()


def reopen(post: Stick) -> None:
    vault = Vault.open(post.folder / "booth-A1-demo.vault", KEY, COUNTER_SCHEMA)
    post.a1.booth.journal = Journal(vault, "A1", "demo")


def test_11_decided_is_not_lost_on_a_drop_or_a_reload(post: Stick) -> None:
    """The stick is lost, half copied, and the booth and the single window start anew between any two steps."""
    post.a1.booth.decide("X1")
    post.a1.export(post.up)
    post.up.unlink()  # the stick is lost
    post.a1.booth.journal._vault.close()
    reopen(post)
    assert post.a1.outbox.summary().waiting == 2

    post.a1.export(post.up)
    whole = post.up.read_bytes()
    post.up.write_bytes(whole[: len(whole) // 2])  # pulled out too early
    with pytest.raises(BundleWrong, match="bundle.cut"):
        post.bring()
    post.up.write_bytes(whole)
    post.bring()
    post.down.unlink()  # the answer is lost
    post.store.close()
    post.window, post.store = open_window(post.folder)
    post.a1.booth.decide("X2")  # and work went on
    shutil.copy(post.up, post.stick / "first")

    post.there_and_back()
    assert set(post.a1.states().values()) == {"received"}
    assert post.store.count_entries("A1") == 3
    post.up = post.stick / "first"  # what was thought lost turns up
    assert post.bring().new == 0
    assert post.a1.take(post.down).settled == 0
    assert post.store.count_entries("A1") == 3
    post.a1.booth.journal._vault.close()
