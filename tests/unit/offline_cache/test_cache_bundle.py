"""What is carried by hand: whole or refused, in words that tell what is wrong with it."""

from __future__ import annotations

import errno
import io
import os
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import zstandard

from offline_cache import BundleWrong, CacheError, DiskFailed, DiskFull, signing
from offline_cache.bundle import (
    END,
    MAGIC,
    SIGNATURE,
    Bundle,
    Header,
    Written,
    open_bundle,
    read_header,
    write_bundle,
)
from offline_cache.bundle_content import CHUNK, MAX_RECORD, TAG, Record, _Plain, _sealed, cipher_of
from offline_cache.bundle_file import draft
from offline_cache.sealing import public_of

SEED = 20261122
SENDER = signing.key_pair(b"s" * 32)
RECEIVER = signing.KeyPair(public_of(b"r" * 32), b"r" * 32)
HEADER = Header("up", "A1", "entikong", "demo", 7, "2026-11-22T05:12:00.000Z")
NOISE = Random(SEED).randbytes(3 * CHUNK)
FEW = [Record("entry", b"first"), Record("entry", b""), Record("notice", b"\x00\xff")]
MANY = [Record("entry", NOISE[at : at + 5000]) for at in range(0, len(NOISE), 5000)]


def write(path: Path, records: list[Record] | Iterator[Record], header: Header = HEADER, **changes: bytes) -> Written:
    private = changes.get("signer", SENDER.private)
    return write_bundle(
        path,
        header,
        records,
        sign=lambda message: signing.sign(private, message),
        receiver_key=changes.get("receiver", RECEIVER.public),
    )


def read(path: Path, private: bytes = RECEIVER.private) -> tuple[Bundle, list[Record]]:
    bundle = open_bundle(path, private=private, sender_key=SENDER.public)
    return bundle, list(bundle.records())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "up.bundle"


@pytest.mark.parametrize("records", [[], FEW, MANY, [Record("file", bytes(MAX_RECORD))]])
def test_what_was_written_is_read(path: Path, records: list[Record]) -> None:
    written = write(path, records)
    bundle, found = read(path)
    assert found == records
    assert (bundle.header, bundle.digest) == (HEADER, written.digest)
    assert (written.size, written.records) == (path.stat().st_size, len(records))
    assert read_header(path) == HEADER


def test_nothing_of_the_content_is_readable_outside(path: Path) -> None:
    write(path, [Record("entry", b"CANARY-SITI-AMINAH" * 9)])
    assert b"CANARY" not in path.read_bytes()


def test_two_bundles_of_the_same_are_two(path: Path) -> None:
    assert write(path, FEW).digest != write(path, FEW).digest


def test_who_it_is_not_for_cannot_open_it(path: Path) -> None:
    write(path, FEW)
    with pytest.raises(BundleWrong, match="bundle.sealed-to-another"):
        read(path, b"x" * 32)


def test_another_sender_is_not_believed(path: Path) -> None:
    write(path, FEW, signer=b"z" * 32)
    with pytest.raises(BundleWrong, match="bundle.bad-signature"):
        read(path)


@pytest.mark.parametrize("kept", [0, 1, 9, 12, 40, 300, -1, -len(END), -len(END) - 1, -len(END) - SIGNATURE - 5])
def test_one_that_was_not_copied_to_its_end_says_so(path: Path, kept: int) -> None:
    write(path, MANY)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(BundleWrong, match="bundle.cut" if kept else "bundle.not-one"):
        read(path)


def test_one_padded_by_a_stick_that_was_pulled_out_is_cut(path: Path) -> None:
    write(path, MANY)
    whole = path.read_bytes()
    path.write_bytes(whole[:70_000] + bytes(len(whole) - 70_000))
    with pytest.raises(BundleWrong, match="bundle.cut"):
        read(path)


def test_another_file_is_none(path: Path) -> None:
    path.write_text("not a bundle at all")
    with pytest.raises(BundleWrong, match="bundle.not-one"):
        read(path)


def test_a_later_version_is_named(path: Path) -> None:
    write(path, FEW)
    whole = path.read_bytes()
    path.write_bytes(MAGIC + b"\x02" + whole[len(MAGIC) + 1 :])
    with pytest.raises(BundleWrong, match="bundle.too-new version=2"):
        read(path)


def chunks_of(path: Path) -> tuple[bytes, list[bytes], bytes]:
    whole = path.read_bytes()
    at = len(MAGIC) + 3 + int.from_bytes(whole[len(MAGIC) + 1 : len(MAGIC) + 3])
    end = len(whole) - SIGNATURE - len(END)
    return whole[:at], [whole[p : min(p + CHUNK + TAG, end)] for p in range(at, end, CHUNK + TAG)], whole[end:]


Change = Callable[[list[bytes]], list[bytes]]
CHANGES: list[Change] = [
    lambda c: [c[1], c[0], *c[2:]],
    lambda c: c[1:],
    lambda c: c[:-1],
    lambda c: [c[0], c[0], *c[1:]],
    lambda c: [*c, c[-1]],
    lambda c: [*c[:-1], c[-1][:-1]],
    lambda c: [*c[:-1], b""],
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("signed", [False, True])
def test_chunks_cannot_be_moved_left_out_or_added(
    path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, *, signed: bool
) -> None:
    write(path, MANY)
    start, chunks, end = chunks_of(path)
    path.write_bytes(start + b"".join(change(chunks)) + end)
    if signed:  # the seal alone finds it too
        monkeypatch.setattr("offline_cache.bundle.verify_ed25519", lambda *_: True)
    with pytest.raises(BundleWrong, match="bundle.damaged" if signed else "bundle.bad-signature"):
        read(path)


def test_the_last_chunk_says_that_it_is_the_last() -> None:
    """Also where all that is left of a file are whole chunks in their places."""
    cipher = cipher_of(b"k" * 32, RECEIVER.public, b"start")
    whole = list(_sealed([NOISE[:CHUNK], NOISE[CHUNK : 2 * CHUNK], NOISE[2 * CHUNK :]], cipher))
    for kept in (1, 2):
        held = b"".join(whole[:kept])
        plain = _Plain(io.BytesIO(held), len(held), cipher)
        for number in range(kept - 1):
            assert plain.read() == NOISE[number * CHUNK : (number + 1) * CHUNK]
        with pytest.raises(BundleWrong, match="bundle.damaged"):
            plain.read()


def test_nothing_stands_behind_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = zstandard.ZstdCompressor().compress(b"\x05\x00\x00\x00\x05entryhello" + bytes(5))
    more = zstandard.ZstdCompressor().compress(b"\x05\x00\x00\x00\x05entryhello" + bytes(5) + b"more")
    pieces = [[frame, b"more"], [more], [frame + bytes(CHUNK - len(frame)), b"more"]]
    for piece in pieces:
        monkeypatch.setattr("offline_cache.bundle_content._packed", lambda _, piece=piece: iter(piece))
        write(path, [])
        with pytest.raises(BundleWrong, match="bundle.damaged"):
            read(path)


def test_chunks_of_another_bundle_do_not_fit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, MANY)
    _, others, _ = chunks_of(path)
    write(path, MANY)
    start, chunks, end = chunks_of(path)
    path.write_bytes(start + others[0] + b"".join(chunks[1:]) + end)
    monkeypatch.setattr("offline_cache.bundle.verify_ed25519", lambda *_: True)
    with pytest.raises(BundleWrong, match="bundle.damaged"):
        read(path)


def test_a_file_that_changes_after_it_was_checked_gives_nothing_else(path: Path) -> None:
    write(path, FEW)
    bundle = open_bundle(path, private=RECEIVER.private, sender_key=SENDER.public)
    write(path, [Record("entry", b"other")])
    with pytest.raises(BundleWrong, match="bundle.damaged"):
        list(bundle.records())


def test_mutations_by_the_thousand_raise_nothing_but_our_own(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, FEW)
    whole = path.read_bytes()
    random = Random(SEED)
    for trial in range(3000):
        if trial == 1500:  # behind the signature
            monkeypatch.setattr("offline_cache.bundle.verify_ed25519", lambda *_: True)
        path.write_bytes(mutated(whole, random))
        try:
            found = read(path)[1]
        except BundleWrong:
            continue
        assert found == FEW
        assert path.read_bytes() == whole or trial >= 1500


def mutated(whole: bytes, random: Random) -> bytes:
    held = bytearray(whole)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(held) + 1) if held else 0
        what = random.randrange(5)
        if what == 0 and at < len(held):
            held[at] ^= 1 << random.randrange(8)
        elif what == 1:
            held[at:at] = random.randbytes(random.randint(1, 40))
        elif what == 2:
            del held[at : at + random.randint(1, 60)]
        elif what == 3:
            held[at : at + 8] = random.choice([bytes(8), b"\xff" * 8, b"[[[[[[[[", b'{"a":{}}'])
        else:
            held += held[:at]
    return bytes(held)


def test_hostile_content_of_an_enrolled_sender_raises_nothing_but_our_own(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(SEED)
    frame = zstandard.ZstdCompressor().compress(b"\x05\x00\x00\x00\x05entryhello" + bytes(5))
    pieces = [mutated(frame, random) for _ in range(1000)]
    pieces.append(zstandard.ZstdCompressor().compress(b"\x05\xff\xff\xff\xffentry"))
    pieces.append(zstandard.ZstdCompressor().compress(b"\x02\x00\x00\x00\x00\xff\xfe" + bytes(5)))
    pieces.append(frame + b"more")
    for piece in pieces:
        monkeypatch.setattr("offline_cache.bundle_content._packed", lambda _, piece=piece: iter([piece]))
        write(path, [])
        try:
            found = read(path)[1]
        except BundleWrong:
            continue
        assert found in ([Record("entry", b"hello")], []) or all(len(r.body) < 100 for r in found)


def test_a_bomb_is_not_unpacked(path: Path) -> None:
    """A GiB of nothing packs into some KiB: what is unpacked is a record at a time, and counted."""
    write(path, (Record("entry", bytes(MAX_RECORD)) for _ in range(64)))
    assert path.stat().st_size < 20_000
    bundle = open_bundle(path, private=RECEIVER.private, sender_key=SENDER.public)
    tracemalloc.start()
    assert sum(1 for _ in bundle.records()) == 64
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": ""},
        {"sender": "x" * 129},
        {"receiver": "a\x1b[2Jb"},
        {"realm": "\u202edemo"},
        {"kind": "Up!"},
        {"number": 0},
        {"number": 1 << 63},
        {"at": "yesterday"},
    ],
)
def test_a_header_holds_nothing_that_harms_a_screen(path: Path, wrong: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match="header"):
        write(path, FEW, replace(HEADER, **wrong))  # type: ignore[arg-type]
    assert not path.exists()


# -- the medium -------------------------------------------------------------------------------------------------------


def failing(number: int) -> Iterator[Record]:
    yield FEW[0]
    raise OSError(number, os.strerror(number))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "bundle.no-room"),
        (errno.EIO, "bundle.pulled-out"),
        (errno.EROFS, "bundle.read-only"),
        (errno.ENOTTY, "bundle.disk"),
    ],
)
def test_a_medium_that_fails_in_between_leaves_what_was_there(path: Path, number: int, code: str) -> None:
    write(path, FEW)
    before = path.read_bytes()
    with pytest.raises(DiskFull if number == errno.ENOSPC else DiskFailed, match=code):
        write(path, failing(number))
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_medium_that_fails_at_the_very_end_leaves_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr("offline_cache.bundle_file.os.fsync", fail)
    with pytest.raises(DiskFull, match="bundle.no-room"):
        write(path, FEW)
    assert list(path.parent.iterdir()) == []


def test_the_word_for_a_place_that_is_none(tmp_path: Path) -> None:
    for place, code in [(tmp_path / "gone" / "up", "bundle.no-place"), (tmp_path, "bundle.no-file")]:
        with pytest.raises(DiskFailed, match=code):
            write(place, FEW)
    for place, code in [(tmp_path / "none", "bundle.missing"), (tmp_path, "bundle.no-file")]:
        with pytest.raises(DiskFailed, match=code):
            read(place)


def test_a_draft_left_by_a_crash_is_written_over(path: Path) -> None:
    path.with_name(path.name + ".new").write_bytes(b"half")
    write(path, FEW)
    assert read(path)[1] == FEW
    assert len(list(path.parent.iterdir())) == 1


def test_what_gives_the_records_may_fail_with_its_own_word(path: Path) -> None:
    def broken() -> Iterator[Record]:
        yield FEW[0]
        raise CacheError("journal.other")

    with pytest.raises(CacheError, match="journal.other"):
        write(path, broken())
    assert list(path.parent.iterdir()) == []


def test_a_bundle_is_for_its_owner_alone(path: Path) -> None:
    with draft(path) as file:
        file.write(b"x")
    assert path.stat().st_mode & 0o077 == 0
