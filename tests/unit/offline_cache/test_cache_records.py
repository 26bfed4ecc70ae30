from __future__ import annotations

from offline_cache import Record, Records, Settings
from tests.unit.offline_cache.cache_rig import Rig


def test_a_record_comes_back_as_it_was_put_after_a_restart(rig: Rig) -> None:
    record = Record(
        "document", "P<IDN1", b"\x00body", "2026-11-21T10:00:00Z", "immigration", "p1", "2026-11-22T00:00:00Z"
    )
    Records(rig.vault).put(
        record.kind,
        record.key,
        record.body,
        as_of=record.as_of,
        owner=record.owner,
        partition=record.partition,
        expires=record.expires,
    )
    rig.restart()
    assert Records(rig.vault).find("document", "P<IDN1") == record
    assert Records(rig.vault).find("document", "other") is None
    assert Records(rig.vault).find("section", "P<IDN1") is None


def test_the_last_one_put_counts(rig: Rig) -> None:
    records = Records(rig.vault)
    records.put("k", "1", b"old", as_of="a", owner="o", partition="p", expires="e")
    records.put("k", "1", b"new", as_of="b", owner="q", partition="r")
    assert records.find("k", "1") == Record("k", "1", b"new", "b", "q", "r", None)
    assert records.count() == 1


def test_all_of_a_kind_in_order_even_over_several_pages_and_while_deleting(rig: Rig) -> None:
    records = Records(rig.vault)
    keys = [f"{number:04d}" for number in range(450)]
    with rig.vault.transaction():
        for key in reversed(keys):
            records.put("k", key, b"", as_of="a", owner="o", partition="p")
        records.put("other", "1", b"", as_of="a", owner="o", partition="p")
    seen = []
    for record in records.all("k"):
        seen.append(record.key)
        records.delete("k", record.key)
    assert seen == keys
    assert records.count() == 1


def test_keys_are_found_by_how_they_begin_and_what_they_hold(rig: Rig) -> None:
    records = Records(rig.vault)
    for key in ("a b", "a bc", "ab", "b", "a%", "á"):
        records.put("k", key, b"", as_of="a", owner="o", partition="p")
    records.put("other", "a z", b"", as_of="a", owner="o", partition="p")
    assert records.keys("k", "a", limit=9) == ["a b", "a bc", "a%", "ab"]
    assert records.keys("k", "a", limit=2) == ["a b", "a bc"]
    assert records.keys("k", "a", holding=[" b", "c"], limit=9) == ["a bc"]
    assert records.keys("k", "%", limit=9) == records.keys("k", "a", holding=["_"], limit=9) == []
    assert records.keys("k", "", limit=9)[-1] == "á"


def test_a_repr_does_not_show_the_body() -> None:
    assert "secret" not in repr(Record("k", "1", b"secret", "a", "o", "p"))


def test_settings(rig: Rig) -> None:
    settings = Settings(rig.vault)
    assert settings.find("lane") is None
    settings.set("lane", b"entry")
    settings.set("lane", b"exit")
    rig.restart()
    assert Settings(rig.vault).find("lane") == b"exit"
