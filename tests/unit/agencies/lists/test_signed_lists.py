"""Signatures, versions and deltas of lists."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.lists import Manifest, apply, changes, read_list, sign, verify, verify_delta
from counter_tui.agencies.lists.delta import plain_entry, write_delta
from counter_tui.agencies.lists.signed import files_of, manifest_path, mark_of
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.screening.lists import ListRule, Screened
from counter_tui.domain.screening.model import Listed, ListedKind
from counter_tui.domain.words import Agency, Direction
from counter_tui.errors import ListError

from .listing import HEADER, names, read

POST = "ID-ENTIKONG"
TODAY = date(2026, 11, 22)
KEY = bytes(range(32))
PUBLIC = b64encode(Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()).decode()
RULE = ListRule("watch", "Watch", Agency.SECURITY, Screened.BOOTH_CLEAR, "sec.name-candidate", 24, (PUBLIC,), "none")
ROWS = "1,A,,,,,,H2,\n2,B,,,,,,H3,\n"


@dataclass
class Signed:
    """A list in a folder, and its manifest, signed anew with every change to it."""

    path: Path
    manifest: Manifest

    def change(self, key: bytes = KEY, **changed: Any) -> None:
        self.manifest = replace(self.manifest, **changed)
        manifest_path(self.path).write_bytes(sign(self.manifest, key))

    def verify(self, held: int | None = None, rule: ListRule = RULE) -> list[Listed]:
        return list(verify(self.path, rule, post=POST, today=TODAY, held=held).entries())


def signed(path: Path, body: str, version: int = 3) -> Signed:
    path.write_text(body, "utf-8")
    count = len(list(read_list(path, keep_discreet=True)))
    as_of = datetime(2026, 11, 20, 8, tzinfo=UTC)
    manifest = Manifest("watch", version, as_of, as_of.date(), Screened.BOOTH_CLEAR, count, (mark_of(path),))
    found = Signed(path, manifest)
    found.change()
    return found


@pytest.fixture
def watch(tmp_path: Path) -> Signed:
    return signed(tmp_path / "watch.csv", HEADER + ROWS)


def test_a_signed_list_gives_its_entries(watch: Signed) -> None:
    found = verify(watch.path, RULE, post=POST, today=TODAY, held=3)

    assert names(list(found.entries())) == ["A", "B"]
    assert found.manifest == watch.manifest


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda w: w.change(list="other"), "list.other-list"),
        (lambda w: w.change(posts=("ID-ARUK",)), "list.other-post"),
        (lambda w: w.change(screened=Screened.POST), "list.screened-elsewhere"),
        (lambda w: w.change(version=2), "list.older"),
        (lambda w: w.change(valid_from=date(2026, 11, 23)), "list.not-yet-valid"),
        (lambda w: w.change(base=2), "list.is-delta"),
        (lambda w: w.change(count=3), "list.count-differs"),
        (lambda w: w.change(key=bytes(32)), "list.signature-wrong"),
        (lambda w: manifest_path(w.path).unlink(), "list.not-signed"),
        (lambda w: manifest_path(w.path).write_bytes(b"{}"), "list.manifest-unreadable"),
        (lambda w: manifest_path(w.path).write_bytes(b"[" * 99_999), "list.manifest-unreadable"),
        (lambda w: w.path.write_text(HEADER + ROWS[:-3]), "list.half-written"),
        (lambda w: w.path.write_text(HEADER + ROWS.replace("B", "C")), "list.half-written"),
        (lambda w: w.path.unlink(), "list.no-file"),
    ],
)
def test_what_is_not_what_was_signed_for_this_post_is_refused(
    watch: Signed, spoil: Callable[[Signed], None], code: str
) -> None:
    spoil(watch)

    with pytest.raises(ListError) as refused:
        watch.verify(held=3)
    assert refused.value.code == code


@pytest.mark.parametrize("at", range(0, 500, 7))
def test_no_byte_of_a_manifest_can_be_changed(watch: Signed, at: int) -> None:
    path = manifest_path(watch.path)
    raw = bytearray(path.read_bytes())
    raw[at % len(raw)] ^= 1
    path.write_bytes(raw)

    with pytest.raises(ListError, match="list.signature-wrong|list.manifest-unreadable"):
        watch.verify()


def test_a_list_for_this_post_among_others_is_taken(watch: Signed) -> None:
    watch.change(posts=("ID-ARUK", POST), version=4)

    assert len(watch.verify(held=3)) == 2


def test_a_list_without_keys_in_configuration_is_never_taken(watch: Signed) -> None:
    with pytest.raises(ListError, match="list.signature-wrong"):
        watch.verify(rule=replace(RULE, keys=()))


def test_a_file_that_changes_while_it_is_read_is_refused_in_the_end(watch: Signed) -> None:
    entries = verify(watch.path, RULE, post=POST, today=TODAY).entries()
    next(entries)
    watch.path.write_text(HEADER + ROWS.replace("B", "C"), "utf-8")

    with pytest.raises(ListError, match="list.half-written"):
        list(entries)


def test_discreet_entries_of_a_signed_list_never_come_to_a_booth(tmp_path: Path) -> None:
    watch = signed(tmp_path / "watch.csv", HEADER + ROWS + "3,C,,,,,,H5,\n")

    assert watch.manifest.count == 3
    assert names(watch.verify()) == ["A", "B"]


def test_the_aliases_of_an_ofac_list_are_signed_with_it(tmp_path: Path) -> None:
    body = '36,"AERO",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
    (tmp_path / "alt.csv").write_text('36,1,"aka","CARIBBEAN",-0- \n', "utf-8")
    watch = signed(tmp_path / "sdn.csv", body)
    watch.change(files=tuple(map(mark_of, files_of(watch.path, read_list(watch.path).format))))
    assert watch.verify()[0].names == ("AERO", "CARIBBEAN")

    (tmp_path / "alt.csv").write_text('36,1,"aka","OTHER",-0- \n', "utf-8")
    with pytest.raises(ListError, match="list.half-written"):
        watch.verify()


def test_an_own_signed_manifest_still_has_to_be_whole(watch: Signed) -> None:
    line, by = manifest_path(watch.path).read_bytes().splitlines()
    for key, wrong in (
        ("version", True),
        ("count", -1),
        ("as_of", "2026-11-22T00:00:00"),
        ("files", [{}]),
        ("suite", ""),
    ):
        manifest = json.loads(line) | {key: wrong}
        changed = json.dumps(manifest).encode()
        private = Ed25519PrivateKey.from_private_bytes(KEY)
        signer = json.loads(by) | {
            "signature": b64encode(private.sign(b"counter-tui list manifest 1\x00" + changed)).decode()
        }
        manifest_path(watch.path).write_bytes(changed + b"\n" + json.dumps(signer).encode())
        with pytest.raises(ListError, match="list.manifest-unreadable"):
            watch.verify()


def test_a_rule_says_on_which_crossings_it_applies_and_when_it_is_stale() -> None:
    entry = replace(RULE, direction=Direction.ENTRY)
    as_of = datetime(2026, 11, 20, 8, tzinfo=UTC)

    assert RULE.applies(Direction.EXIT)
    assert entry.applies(Direction.ENTRY)
    assert not entry.applies(Direction.EXIT)
    assert not RULE.is_stale(as_of, datetime(2026, 11, 21, 8, tzinfo=UTC))
    assert RULE.is_stale(as_of, datetime(2026, 11, 21, 9, tzinfo=UTC))


OLD = HEADER + "1,A,,,,,,H2,\n2,B,,,,,,H2,\n3,C,,,,,,H2,\n"
NEW = HEADER + "4,D,E;F,G,1974-08,IDN,X1,H3,vessel\n3,C,,,,,,H2,\n1,A,,,1980,,,H2,\n"


@pytest.fixture
def delta(tmp_path: Path) -> Signed:
    old, new = signed(tmp_path / "old.csv", OLD, 3), signed(tmp_path / "new.csv", NEW, 4)
    path = tmp_path / "new.csv.delta"
    write_delta(path, changes(read_list(old.path), read_list(new.path)), list_id="watch", base=3, version=4)
    found = Signed(path, new.manifest)
    found.change(base=3, files=(mark_of(path),))
    return found


def test_a_delta_leads_from_its_base_to_the_next_version(tmp_path: Path, delta: Signed) -> None:
    old = read(tmp_path / "old.csv").by_ref
    new = read(tmp_path / "new.csv").by_ref
    told = changes(old.values(), new.values())

    assert ([one.ref for one in told.added], [one.ref for one in told.changed], told.removed) == (["4"], ["1"], ("2",))
    assert repr(told) == "Delta(+1 ~1 -1)"
    assert apply(old, verify_delta(delta.path, RULE, post=POST, today=TODAY, held=3)) == new
    assert set(old) == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("held", "code"), [(2, "list.other-base"), (None, "list.other-base"), (4, "list.other-base"), (5, "list.older")]
)
def test_a_delta_is_for_its_base_alone(delta: Signed, held: int | None, code: str) -> None:
    with pytest.raises(ListError) as refused:
        verify_delta(delta.path, RULE, post=POST, today=TODAY, held=held)
    assert refused.value.code == code


def test_a_delta_that_is_not_what_was_signed_is_refused(tmp_path: Path, delta: Signed) -> None:
    old = read(tmp_path / "old.csv").by_ref
    whole = delta.path.read_text("utf-8")
    broken = whole.replace('{"drop": "2"}', '{"drop": 2}')
    for body, count, code in (
        (broken, 3, "list.damaged"),
        (whole + "{\n", 3, "list.damaged"),
        (whole.replace('"base": 3', '"base": 2'), 3, "list.damaged"),
        (whole, 4, "list.count-differs"),
    ):
        delta.path.write_text(body, "utf-8")
        delta.change(files=(mark_of(delta.path),), count=count)
        with pytest.raises(ListError) as refused:
            apply(old, verify_delta(delta.path, RULE, post=POST, today=TODAY, held=3))
        assert refused.value.code == code
    delta.path.write_text(whole + "\n", "utf-8")
    with pytest.raises(ListError, match="list.half-written"):
        verify_delta(delta.path, RULE, post=POST, today=TODAY, held=3)


def test_who_becomes_discreet_is_dropped_at_a_booth(tmp_path: Path) -> None:
    old = signed(tmp_path / "old.csv", HEADER + ROWS, 3)
    new = signed(tmp_path / "new.csv", HEADER + ROWS.replace("H3", "H5"), 4)
    path = tmp_path / "new.csv.delta"
    delta = changes(read_list(old.path), read_list(new.path, keep_discreet=True))
    write_delta(path, delta, list_id="watch", base=3, version=4)
    found = Signed(path, new.manifest)
    found.change(base=3, files=(mark_of(path),), count=1)

    held = read(old.path).by_ref
    assert list(apply(held, verify_delta(path, RULE, post=POST, today=TODAY, held=3))) == ["1"]


words = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
entries = st.builds(
    Listed,
    st.sampled_from(["1", "2", "3", "4", "5"]),
    st.lists(words, min_size=1, max_size=4, unique_by=str.casefold).map(tuple),
    st.lists(st.builds(PartialDate, st.integers(1900, 2020)), max_size=2, unique=True).map(tuple),
    st.sampled_from([(), ("IDN",), ("MYS", "D")]),
    st.lists(st.from_regex(r"[A-Z][0-9]{4}", fullmatch=True), max_size=2, unique=True).map(tuple),
    st.sampled_from(ListedKind),
    st.sampled_from(["", "H2", "H4"]),
)
lists = st.lists(entries, max_size=5, unique_by=lambda entry: entry.ref)


@given(old=lists, new=lists)
def test_any_two_versions_are_joined_by_their_delta(
    tmp_path_factory: pytest.TempPathFactory, old: list[Listed], new: list[Listed]
) -> None:
    path = tmp_path_factory.mktemp("delta") / "x.delta"
    write_delta(path, changes(old, new), list_id="watch", base=3, version=4)
    as_of = datetime(2026, 11, 20, tzinfo=UTC)
    Signed(path, Manifest("watch", 4, as_of, TODAY, Screened.BOOTH_CLEAR, len(new), (mark_of(path),), base=3)).change()

    found = apply({one.ref: one for one in old}, verify_delta(path, RULE, post=POST, today=TODAY, held=3))
    assert found == {one.ref: one for one in new}


def test_an_entry_is_written_without_what_it_has_not() -> None:
    assert plain_entry(Listed("1", ("A", "B", "C"), weak=frozenset({1}))) == {
        "ref": "1",
        "name": "A",
        "aliases": ["C"],
        "weak_aliases": ["B"],
    }
