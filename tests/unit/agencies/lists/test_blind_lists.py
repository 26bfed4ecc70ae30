"""Lists made blind: nothing of an entry in clear, opened by its owner alone, refused where anything is not right."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_tui.agencies.lists import Manifest, sign
from counter_tui.agencies.lists.blind import BlindTally, SignedBlindList, make_blind, verify_blind, write_blind_list
from counter_tui.agencies.lists.signed import manifest_path, mark_of
from counter_tui.agencies.sealing import make_sealer, unseal
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.screening.blind import Blinder, BlindListed
from counter_tui.domain.screening.lists import ListRule, Screened
from counter_tui.domain.screening.model import Listed, ListedKind
from counter_tui.domain.words import Agency
from counter_tui.errors import AgencyError, ListError

SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OWN, SEALING = bytes(range(32)), bytes(range(32, 64))
BLINDER = Blinder(OWN)
TODAY = date(2026, 11, 22)
RULE = ListRule(
    "dpo",
    "Wanted",
    Agency.SECURITY,
    Screened.BOOTH_BLIND,
    "sec.name-candidate",
    24,
    (b64encode(SIGNER.public_key().public_bytes_raw()).decode(),),
    "none",
)
CANARY = Listed(
    "REF-CANARY-1",
    ("Zebedeus Kanarivogel", "Muhammad Kanarivogel", "Zeb"),
    (PartialDate(1971, 8, 23), PartialDate(1972)),
    ("IDN",),
    ("K7711223",),
    handling="H3",
    weak=frozenset({2}),
)
PLAIN = ("ZEBEDEUS", "KANARIVOGEL", "MUHAMMAD", "REF-CANARY", "1971-08-23", "19710823", "K7711223", "IDN")
DISCREET = replace(CANARY, ref="2", handling="H5")
SHIP = replace(CANARY, ref="3", kind=ListedKind.VESSEL)


def made(*entries: Listed, key: bytes = SEALING) -> list[BlindListed]:
    return make_blind(entries, "dpo", BLINDER, make_sealer("security", 1, key), BlindTally())


def lay(folder: Path, entries: list[BlindListed], change: Callable[[list[str]], None] = lambda _: None) -> Path:
    path = folder / "dpo.blind"
    write_blind_list(path, entries, list_id="dpo", blinder=BLINDER)
    lines = path.read_text("ascii").splitlines(keepends=True)
    change(lines)
    path.write_text("".join(lines), "ascii")
    at = datetime(2026, 11, 22, tzinfo=UTC)
    manifest = Manifest("dpo", 1, at, TODAY, Screened.BOOTH_BLIND, len(entries), (mark_of(path),))
    manifest_path(path).write_bytes(sign(manifest, SIGNER.private_bytes_raw()))
    return path


def verified(path: Path) -> SignedBlindList:
    return verify_blind(path, RULE, post="ID-ENTIKONG", today=TODAY)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    entries = made(CANARY, replace(CANARY, ref="9", names=("...",)))
    found = verified(lay(tmp_path, entries))

    assert list(found.entries(BLINDER)) == entries
    assert found.fingerprint == BLINDER.fingerprint
    assert [one.ref for one in entries] == sorted(one.ref for one in entries)
    assert sorted(len(one.names) for one in entries) == [0, 3]


def test_discreet_entries_and_ships_are_left_out_and_counted() -> None:
    tally = BlindTally()
    entries = make_blind([CANARY, DISCREET, SHIP], "dpo", BLINDER, make_sealer("security", 1, SEALING), tally)

    assert len(entries) == 1
    assert (tally.entries, tally.discreet, tally.others) == (1, 1, 1)


def test_nothing_of_an_entry_stands_in_the_file(tmp_path: Path) -> None:
    text = lay(tmp_path, made(CANARY)).read_text("ascii").upper()
    (row,) = [json.loads(line) for line in text.splitlines()[1:]]

    for word in PLAIN:
        assert (word if len(word) > 5 else f'"{word}"') not in text, "a short word may stand in base64 by chance"
        assert word.encode().hex().upper() not in text
    assert row["HANDLING"] == "H3"
    light = [int(token[:2], 16) for name in row["NAMES"] for token in name]
    assert 60 not in light, "how light a token is tells which"


def test_features_are_those_of_the_key_and_pointers_those_of_the_owner() -> None:
    (one,), (again,), (other) = made(CANARY), made(CANARY), made(CANARY, key=bytes(32))[0]

    assert one.sealed != again.sealed
    assert replace(one, sealed=again.sealed) == again
    assert (one.ref, one.version) != (other.ref, other.version)
    (changed,) = made(replace(CANARY, handling="H2"))
    assert changed.ref == one.ref
    assert changed.version != one.version


def test_the_sealed_entry_opens_for_its_owner_alone() -> None:
    (one,) = made(CANARY)

    opened = json.loads(unseal(one.sealed, SEALING))
    assert (opened["list"], opened["ref"], opened["name"]) == ("dpo", CANARY.ref, CANARY.names[0])
    for key in (OWN, bytes(32)):
        with pytest.raises(AgencyError, match="agency.not-unsealed"):
            unseal(one.sealed, key)


def test_two_entries_of_one_pointer_are_not_made() -> None:
    class Same:
        def __call__(self, detail: bytes) -> Any:
            return detail

        def name(self, *parts: str) -> str:
            return "0" * 12

    with pytest.raises(ListError, match="list.pointer-doubled"):
        make_blind([CANARY, replace(CANARY, ref="2")], "dpo", BLINDER, Same(), BlindTally())


def test_a_file_that_was_touched_is_refused(tmp_path: Path) -> None:
    path = lay(tmp_path, made(CANARY))
    body = path.read_bytes()
    path.write_bytes(body.replace(b'"H3"', b'"H2"'))
    with pytest.raises(ListError, match="list.half-written"):
        verified(path)
    path.write_bytes(body)
    found = verified(path)
    path.write_bytes(body.replace(b'"H3"', b'"H2"'))
    with pytest.raises(ListError, match="list.half-written"):
        list(found.entries(BLINDER))
    beside = manifest_path(path)
    beside.write_bytes(beside.read_bytes().replace(b'"count":1', b'"count":2'))
    with pytest.raises(ListError, match="list.signature-wrong"):
        verified(path)


def test_an_entry_larger_than_a_counter_takes_is_not_written(tmp_path: Path) -> None:
    many = replace(CANARY, names=tuple(f"{'Abcdefghijkl ' * 12}{at}" for at in range(200)))
    with pytest.raises(ListError, match="list.line-too-long"):
        write_blind_list(tmp_path / "x", made(many), list_id="dpo", blinder=BLINDER)


def swap(**changed: object) -> Callable[[list[str]], None]:
    def change(lines: list[str]) -> None:
        lines[1] = json.dumps(json.loads(lines[1]) | changed) + "\n"

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (swap(handling="H5"), "list.discreet-at-booth"),
        (swap(handling="H99"), "list.damaged"),
        (swap(ref="../../../etc"), "list.damaged"),
        (swap(ref=1), "list.damaged"),
        (swap(version="zzzzzzzzzzzz"), "list.damaged"),
        (swap(names=[["ff"]]), "list.damaged"),
        (swap(names=[["64" + "00" * 7]]), "list.damaged"),
        (swap(names=[["64" + "00" * 400]]), "list.damaged"),
        (swap(names=[[1]]), "list.damaged"),
        (swap(names=[[]]), "list.damaged"),
        (swap(names=[["00" * 9] * 17]), "list.damaged"),
        (swap(names="x"), "list.damaged"),
        (swap(weak=[7]), "list.damaged"),
        (swap(weak=[[]]), "list.damaged"),
        (swap(births=["00"]), "list.damaged"),
        (swap(births=["0" * 16] * 201), "list.damaged"),
        (swap(numbers=["0" * 16]), "list.damaged"),
        (swap(sealed={"owner": "x", "epoch": "1", "ciphertext": ""}), "list.damaged"),
        (swap(sealed=None), "list.damaged"),
        (lambda lines: lines.insert(1, "[" * 50_000 + "\n"), "list.damaged"),
        (lambda lines: lines.insert(1, '"' + "x" * 200_000 + "\n"), "list.damaged"),
        (lambda lines: lines.pop(), "list.count-differs"),
    ],
)
def test_a_signed_file_that_is_not_whole_is_refused(
    tmp_path: Path, change: Callable[[list[str]], None], code: str
) -> None:
    found = verified(lay(tmp_path, made(CANARY), change))
    with pytest.raises(ListError, match=code):
        list(found.entries(BLINDER))


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("ref,name\n", "list.not-blind"),
        ('{"format": "counter-list/1"}\n', "list.not-blind"),
        ('{"format": "counter-blind-list/1", "list": "dpo"}\n', "list.not-blind"),
        ('{"format": "counter-blind-list/1", "list": "cegah", "key": ""}\n', "list.other-list"),
    ],
)
def test_a_file_in_clear_is_no_blind_list(tmp_path: Path, first: str, code: str) -> None:
    path = lay(tmp_path, made(CANARY), lambda lines: lines.__setitem__(0, first))
    with pytest.raises(ListError, match=code):
        verified(path)
