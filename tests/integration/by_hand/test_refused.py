"""What is carried by hand may be anything: each wrong file is refused in words of its own, and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.bootstrap.bundles_content import entry_record, receipt_records
from counter_tui.bootstrap.receipts import take_answer
from counter_tui.errors import StoreError
from counter_tui.single_window.receipts import notary
from offline_cache import BundleWrong, CacheError, DiskFailed, Receipt
from offline_cache.bundle import Header, write_bundle
from offline_cache.bundle_content import Record
from offline_cache.sealing import public_from_signing
from offline_cache.signing import KeyPair, generate, sign
from tests.integration.by_hand.post import Stick


def written(path: Path, header: Header, records: list[Record], signer: KeyPair, receiver: bytes) -> None:
    def signed(message: bytes) -> bytes:
        return sign(signer.private, message)

    write_bundle(path, header, records, sign=signed, receiver_key=public_from_signing(receiver))


def down(sender: str = "entikong-window", realm: str = "demo") -> Header:
    return Header("down", sender, "A1", realm, 1, "2026-11-22T06:00:00Z")


def unchanged(post: Stick) -> Callable[[], bool]:
    vault = post.a1.booth.journal._vault

    def all_of_it() -> list[object]:
        tables = ("deliveries", "receipts", "records", "outbox", "settings", "journal")
        return [vault.execute(f"SELECT * FROM {table}") for table in tables]

    before = all_of_it()
    return lambda: all_of_it() == before


# -- at the single window ---------------------------------------------------------------------------------------------


def test_an_outbox_of_a_counter_that_is_not_enrolled(post: Stick, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Stick(tmp_path / "other")
    b7 = other.counter("B7")
    b7.export(post.up)
    with pytest.raises(StoreError, match=r"store.bundle.unknown-counter\(counter=B7\)"):
        post.bring()
    assert not post.down.exists()


def test_a_forged_outbox(post: Stick) -> None:
    header = Header("up", "A1", "entikong-window", "demo", 1, "2026-11-22T06:00:00Z")
    written(post.up, header, [], generate(), post.a1.enrolment.window_public_key)
    with pytest.raises(BundleWrong, match="bundle.bad-signature"):
        post.bring()


def test_an_outbox_that_was_cut(post: Stick) -> None:
    post.a1.export(post.up)
    post.up.write_bytes(post.up.read_bytes()[:-1])
    with pytest.raises(BundleWrong, match="bundle.cut"):
        post.bring()
    assert post.store.count_entries("A1") == 0
    assert not post.down.exists()


def test_an_outbox_of_a_revoked_counter_is_not_taken_and_the_answer_says_so(post: Stick) -> None:
    post.a1.export(post.up)
    post.window.revoke("A1", "stolen", export_first=False)
    with pytest.raises(StoreError, match="store.bundle.revoked"):
        post.bring()
    assert post.store.count_entries("A1") == 0
    took = post.a1.take(post.down)
    assert took.notices == [post.store.find_revocation("A1")]
    assert took.settled == 0


def test_a_counter_that_may_export_before_its_keys_go_is_heard_out(post: Stick) -> None:
    post.a1.export(post.up)
    post.window.revoke("A1", "given back", export_first=True)
    assert post.bring().new == 1
    took = post.a1.take(post.down)
    assert took.settled == 1
    assert took.notices == [post.store.find_revocation("A1")]


def test_an_outbox_for_another_single_window_or_realm_and_an_answer(post: Stick) -> None:
    me = post.a1.booth.keys
    window = post.a1.enrolment.window_public_key
    header = Header("up", "A1", "elsewhere", "demo", 1, "2026-11-22T06:00:00Z")
    written(post.up, header, [], me, window)
    with pytest.raises(StoreError, match="store.bundle.not-for-us"):
        post.bring()
    written(post.up, replace(header, receiver="entikong-window", realm="live"), [], me, window)
    with pytest.raises(StoreError, match="store.bundle.other-realm"):
        post.bring()
    written(post.up, down(), [], me, window)
    with pytest.raises(StoreError, match="store.bundle.not-an-outbox"):
        post.bring()


@pytest.mark.parametrize(
    "records",
    [
        [],
        [Record("entry", b"{}")],
        [Record("opening", b"no json")],
        [Record("opening", b"[" * 100_000)],
        [Record("opening", b'{"version":1,"cursors":[0,0,0,-1],"lists":{}}')],
        [Record("opening", b'{"version":1,"cursors":[0,0,0,0],"lists":{}}'), Record("entry", b'{"counter":"A1"}')],
    ],
)
def test_what_an_enrolled_counter_may_not_say(post: Stick, records: list[Record]) -> None:
    header = Header("up", "A1", "entikong-window", "demo", 1, "2026-11-22T06:00:00Z")
    written(post.up, header, records, post.a1.booth.keys, post.a1.enrolment.window_public_key)
    with pytest.raises(StoreError, match="store.bundle.damaged"):
        post.bring()
    assert not post.down.exists()


def test_a_counter_brings_its_own_entries_only(post: Stick) -> None:
    b2 = post.counter("B2")
    b2.export(post.up)
    opening = Record("opening", b'{"version":1,"cursors":[0,0,0,0],"lists":{}}')
    entries = [entry_record(entry) for entry in b2.booth.journal.entries()]
    header = Header("up", "A1", "entikong-window", "demo", 1, "2026-11-22T06:00:00Z")
    written(post.up, header, [opening, *entries], post.a1.booth.keys, post.a1.enrolment.window_public_key)
    with pytest.raises(StoreError, match="store.bundle.damaged"):
        post.bring()
    assert post.store.count_entries("B2") == 0


# -- at the counter ---------------------------------------------------------------------------------------------------


def test_an_answer_to_another_counter(post: Stick) -> None:
    b2 = post.counter("B2")
    b2.export(post.up)
    post.bring()
    same = unchanged(post)
    with pytest.raises(StoreError, match=r"store.bundle.other-counter\(counter=B2, own=A1\)"):
        post.a1.take(post.down)
    assert same()


def test_a_forged_answer(post: Stick) -> None:
    written(post.down, down(), [], generate(), post.a1.booth.keys.public)
    same = unchanged(post)
    with pytest.raises(BundleWrong, match="bundle.bad-signature"):
        post.a1.take(post.down)
    assert same()


def test_an_answer_that_was_cut(post: Stick) -> None:
    post.a1.export(post.up)
    post.bring()
    same = unchanged(post)
    whole = post.down.read_bytes()
    for kept in (0, 20, len(whole) // 2, len(whole) - 8):
        post.down.write_bytes(whole[:kept])
        with pytest.raises(BundleWrong, match=r"bundle.(cut|not-one)"):
            post.a1.take(post.down)
    assert same()
    post.down.write_bytes(whole)
    assert post.a1.take(post.down).settled == 1


def test_an_older_answer_is_a_step_back(post: Stick) -> None:
    post.a1.export(post.up)
    post.bring()
    shutil.copy(post.down, post.stick / "first")
    post.bring()
    post.a1.take(post.down)
    same = unchanged(post)
    with pytest.raises(StoreError, match=r"store.bundle.older\(number=1, last=2\)"):
        post.a1.take(post.stick / "first")
    assert same()


def test_another_answer_of_the_same_number(post: Stick) -> None:
    post.there_and_back()
    post.store.put_setting("answer number/A1", b"0")
    keys = notary("entikong-window", post.store)._keys
    written(post.down, down(), [], keys, post.a1.booth.keys.public)
    with pytest.raises(StoreError, match="store.bundle.same-number"):
        post.a1.take(post.down)


def test_an_answer_of_another_window_or_realm_and_an_outbox(post: Stick) -> None:
    post.a1.export(post.up)
    with pytest.raises(StoreError, match="store.bundle.not-an-answer"):
        post.a1.take(post.up)
    for changes, code in [({"sender": "elsewhere"}, "other-window"), ({"realm": "live"}, "other-realm")]:
        written(post.down, down(**changes), [], generate(), post.a1.booth.keys.public)
        with pytest.raises(StoreError, match=f"store.bundle.{code}"):
            post.a1.take(post.down)


@pytest.mark.parametrize(
    "last",
    [
        Record("receipt", b"{}"),
        Record("refused", b'{"sequence":0,"reason":"x"}'),
        Record("file", b'{"name":"../../evil","size":1}'),
        Record("file", b'{"name":"list.csv","size":5}'),
        Record("part", b"without a file"),
        Record("item", b'{"kind":"section"}'),
    ],
)
def test_all_of_an_answer_is_taken_or_nothing(post: Stick, last: Record) -> None:
    """Even the single window's own signature lets nothing half through."""
    signs = notary("entikong-window", post.store)
    first = post.a1.booth.journal.get(1)
    wired = signs.receipt("A1", [(1, first.hash())], "2026-11-22T06:00:00Z")
    assert wired is not None
    fields = wired.fields()
    receipt = Receipt(fields.window, fields.at, fields.counter, fields.entries, fields.signature)
    laid = Record("file", b'{"name":"whole.csv","size":3}')
    records = [*receipt_records(receipt), laid, Record("part", b"abc"), last]
    written(post.down, down(), records, signs._keys, post.a1.booth.keys.public)
    same = unchanged(post)
    with pytest.raises((StoreError, CacheError)):
        take_answer(post.a1.carrier, post.down)
    assert same()
    lists = post.a1.folder / "lists"
    assert not lists.exists() or list(lists.iterdir()) == []


# -- the stick --------------------------------------------------------------------------------------------------------


def test_a_stick_that_is_not_there_loses_nothing(post: Stick) -> None:
    same = unchanged(post)
    with pytest.raises(DiskFailed, match="bundle.missing"):
        post.a1.take(post.stick / "none")
    assert same()
    with pytest.raises(DiskFailed, match="bundle.no-place"):
        post.a1.export(post.folder / "unmounted" / "up")
    assert set(post.a1.states().values()) == {"recorded"}


def test_an_answer_that_cannot_be_written_costs_nothing_but_another_import(post: Stick) -> None:
    post.a1.export(post.up)
    post.down = post.folder / "unmounted" / "down"
    with pytest.raises(DiskFailed, match="bundle.no-place"):
        post.bring()
    post.down = post.stick / "down"
    assert post.bring().receipted == 1
    assert post.a1.take(post.down).settled == 1
