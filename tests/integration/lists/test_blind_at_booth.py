"""A blind list from its owner's signature to a booth's answer, over the real vault: in force with its key or not."""

import asyncio
import io
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from counter_tui import settings, settings_lists
from counter_tui.agencies.sealing import unseal
from counter_tui.bootstrap import list_building
from counter_tui.bootstrap.blind_keys import CounterKey, OwnerKeys, held_keys
from counter_tui.bootstrap.doctor_lists import examine_lists
from counter_tui.bootstrap.identity import raw
from counter_tui.bootstrap.lists import Order, sign_list
from counter_tui.domain.screening.blind import KEY as KEY_BYTES
from counter_tui.domain.screening.lists import ListRule, Screened
from counter_tui.domain.screening.model import ListAnswer
from counter_tui.domain.sections import Sealed
from counter_tui.errors import ListError
from counter_tui.workstation.blind_index import read_blind_leaf
from offline_cache import COUNTER_SCHEMA, Records, Vault
from tests.unit.bootstrap.test_list_store import Counter, at_work
from tests.unit.workstation.listing import screening_rules

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
DEMO = settings.config_folder() / "demo" / "lists"
RULE: ListRule = settings_lists.get_list("demo-dpo")
RULES = screening_rules(RULE)
BODY = "ref,name,birth_dates,documents,handling,kind\nDPO-1,Zebedeus Kanarivogel,1971-08-23,K7711223,H3,\n"
MORE = "DPO-2,Somebody Discreet,1960-01-02,,H5,\nDPO-3,Kapal Kanari,,,H2,vessel\n"


@dataclass
class Owner:
    """Of a list that is screened blind."""

    folder: Path
    told: str = ""

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    def sign(self, body: str = BODY, **changed: object) -> Path:
        self.folder.mkdir(exist_ok=True)
        file = self.folder / "dpo.csv"
        file.write_text(body, "utf-8")
        given = {"file": file, "list_id": RULE.id, "key": DEMO / "demo-list-key.pem", "blind": self.keys}
        given["new_blind"] = not self.keys.exists()
        out = io.StringIO()
        sign_list(Order(**(given | changed)), NOW, language="en", out=out, err=out)  # type: ignore[arg-type]
        self.told = out.getvalue()
        return self.folder / "dpo.blind"

    def lay(self, folder: Path, *, key: bool = True) -> None:
        """The list, and with `key` its key, where a counter looks."""
        folder.mkdir(exist_ok=True)
        for name in ("dpo.blind", "dpo.blind.sig", *(("demo-dpo.blind-key",) if key else ())):
            shutil.copy(self.folder / name, folder / name)


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    made = Owner(tmp_path / "owner")
    made.sign()
    return made


def doctor(folder: Path) -> tuple[str, bool]:
    """What the doctor finds of the list here, and whether it says that it is not checked."""
    with Vault.open(folder / "counter.vault", bytes(32), COUNTER_SCHEMA) as vault:
        lines = [line for line in examine_lists(vault, folder, NOW, str, "en") if line[1] == RULE.id]
    return lines[0][0], "NOT CHECKED" in lines[0][2]


async def ask(counter: Counter) -> ListAnswer:
    return await counter.ask("KANARIVOGEL", "ZEBEDEUS", date(1971, 8, 23))


async def test_a_blind_list_is_asked_and_again_after_a_restart(tmp_path: Path, owner: Owner) -> None:
    owner.lay(tmp_path / "lists")
    async with at_work(tmp_path, RULES) as counter:
        (first,) = (await ask(counter)).hits
        assert (first.name, first.handling) == ("", "H3")
        assert not (tmp_path / "lists" / "demo-dpo.blind-key").exists(), "the key stays where it was laid"
        ((held,),) = held_keys(Records(counter.vault)).values()
        assert len(held) == KEY_BYTES
    shutil.rmtree(tmp_path / "lists")
    async with at_work(tmp_path, RULES) as counter:
        assert (await ask(counter)).hits == (first,)
        assert not (await counter.ask("SANTOSO", "BUDI", date(1971, 8, 23))).hits


async def test_the_pointer_and_the_sealed_entry_mean_something_to_the_owner_alone(tmp_path: Path, owner: Owner) -> None:
    owner.lay(tmp_path / "lists")
    keys = OwnerKeys(**json.loads(owner.keys.read_bytes()))
    async with at_work(tmp_path, RULES) as counter:
        (hit,) = (await ask(counter)).hits
        opened, _ = counter.screens._open[RULE.id]
        leaf = read_blind_leaf(opened.segments[0].leaf(0))
    assert hit.ref == leaf.ref == keys.sealer().name("listed", RULE.id, "DPO-1")
    entry = json.loads(unseal(Sealed(leaf.owner, leaf.epoch, leaf.ciphertext), raw(keys.seal)))
    assert (entry["ref"], entry["name"]) == ("DPO-1", "Zebedeus Kanarivogel")


async def test_without_its_key_it_is_not_in_force_and_with_it_it_is(tmp_path: Path, owner: Owner) -> None:
    owner.lay(tmp_path / "lists", key=False)
    async with at_work(tmp_path, RULES) as counter:
        assert counter.refused == ["list.no-blind-key"]
        assert (await ask(counter)).as_of is None
        owner.lay(tmp_path / "lists")
        await counter.look()
        assert counter.refused == []
        assert (await ask(counter)).hits


async def test_a_version_under_another_key_leaves_the_one_in_force(tmp_path: Path, owner: Owner) -> None:
    owner.lay(tmp_path / "lists")
    async with at_work(tmp_path, RULES) as counter:
        other = Owner(tmp_path / "other")
        other.sign(version=2)
        other.lay(tmp_path / "lists", key=False)
        await counter.look()
        assert counter.refused == ["list.other-blind-key"]
        assert (counter.version, len((await ask(counter)).hits)) == (1, 1)
        other.lay(tmp_path / "lists")
        (tmp_path / "lists" / "dpo.blind").write_bytes(b"")
        await counter.look()
        assert counter.refused == ["list.half-written"]
    async with at_work(tmp_path, RULES) as counter:
        assert (counter.version, len((await ask(counter)).hits)) == (1, 1), "the key of the one in force is gone"
        other.lay(tmp_path / "lists")
        await counter.look()
        assert (counter.version, len((await ask(counter)).hits)) == (2, 1)
        third = Owner(tmp_path / "third")
        third.sign(version=3)
        third.lay(tmp_path / "lists")
        await counter.look()
        assert counter.version == 3
        assert len(held_keys(Records(counter.vault))[RULE.id]) == 2


async def test_what_is_held_without_its_key_is_not_checked_and_the_doctor_says_so(tmp_path: Path, owner: Owner) -> None:
    owner.lay(tmp_path / "lists")
    async with at_work(tmp_path, RULES) as counter:
        assert (await ask(counter)).hits
    assert doctor(tmp_path) == ("ok", False)
    with Vault.open(tmp_path / "counter.vault", bytes(32), COUNTER_SCHEMA) as vault:
        (key,) = Records(vault).keys("blind-key", RULE.id, limit=9)
        Records(vault).delete("blind-key", key)
    assert doctor(tmp_path) == ("fail", True)
    shutil.rmtree(tmp_path / "lists")
    async with at_work(tmp_path, RULES) as counter:
        assert (await ask(counter)).as_of is None


@pytest.mark.parametrize("name", ["dpo.blind", "dpo.blind.sig"])
async def test_tampering_is_refused(tmp_path: Path, owner: Owner, name: str) -> None:
    owner.lay(tmp_path / "lists")
    path = tmp_path / "lists" / name
    path.write_bytes(path.read_bytes().replace(b"H3", b"H0").replace(b'"count":1', b'"count":0'))
    async with at_work(tmp_path, RULES) as counter:
        assert counter.refused == ["list.half-written" if name == "dpo.blind" else "list.signature-wrong"]
        assert (await ask(counter)).as_of is None


async def test_a_list_in_clear_under_a_blind_lists_signature_does_not_come_in(tmp_path: Path, owner: Owner) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    from counter_tui.agencies.lists import Manifest, sign
    from counter_tui.agencies.lists.signed import mark_of

    owner.lay(tmp_path / "lists")
    path = tmp_path / "lists" / "dpo.blind"
    path.write_text(BODY, "utf-8")
    signer = load_pem_private_key((DEMO / "demo-list-key.pem").read_bytes(), None)
    assert isinstance(signer, Ed25519PrivateKey)
    manifest = Manifest(RULE.id, 1, NOW, NOW.date(), Screened.BOOTH_BLIND, 1, (mark_of(path),))
    path.with_name("dpo.blind.sig").write_bytes(sign(manifest, signer.private_bytes_raw()))
    async with at_work(tmp_path, RULES) as counter:
        assert counter.refused == ["list.not-blind"]


def test_a_child_builds_it_too(tmp_path: Path, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_building, "SHORT", 0)
    owner.lay(tmp_path / "lists")

    async def one() -> int:
        async with at_work(tmp_path, RULES) as counter:
            return len((await ask(counter)).hits)

    assert asyncio.run(one()) == 1


def test_the_owner_is_told_what_was_left_out_and_keeps_the_keys(owner: Owner) -> None:
    assert "demo-dpo.blind-key" in owner.told
    path = owner.sign(BODY + MORE)
    assert "version 2, 1 entries\nleft out: 1 discreet, 1 no persons\n" in owner.told
    assert (owner.keys.stat().st_mode & 0o077) == 0
    assert "Kanarivogel" not in path.read_text("ascii")
    given = CounterKey(**json.loads((owner.folder / "demo-dpo.blind-key").read_bytes()))
    assert given.key == OwnerKeys(**json.loads(owner.keys.read_bytes())).blind
    assert given.key not in repr(given)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"blind": None}, "list.needs-blind"),
        ({"list_id": "demo-watch"}, "list.not-blind"),
        ({"delta_from": Path("old.csv")}, "list.blind-whole"),
        ({"new_blind": True}, "list.key-exists"),
        ({"blind": Path("none.json")}, "list.no-key"),
        ({"blind": DEMO / "demo-dpo.blind-key"}, "list.key-unreadable"),
    ],
)
def test_what_does_not_fit_is_not_signed(owner: Owner, changed: dict[str, object], code: str) -> None:
    with pytest.raises(ListError, match=code):
        owner.sign(**changed)  # type: ignore[arg-type]
    assert owner.sign().exists()


def test_the_demos_blind_list_is_what_its_owner_signs_and_hits_a_traveller(tmp_path: Path) -> None:
    async def one() -> list[str]:
        shutil.copytree(DEMO, tmp_path / "lists")
        async with at_work(tmp_path, RULES) as counter:
            assert not [code for code in counter.refused if code != "list.not-in-use"]
            people = [one for one in settings.load_demo_people().persons if one.born and one.given]
            return [p.id for p in people if p.born and (await counter.ask(p.surname, p.given, p.born)).hits]

    assert asyncio.run(one()) == ["ongkili"]
