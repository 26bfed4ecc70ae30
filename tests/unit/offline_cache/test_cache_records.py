from __future__ import annotations

from offline_cache import Record, Records, Settings
from offline_cache.records import Held
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


def test_the_census_tells_what_is_held_by_kind_and_owner(rig: Rig) -> None:
    records = Records(rig.vault)
    assert records.census() == []
    for key, owner, day, expires in (("1", "a", 1, None), ("2", "a", 3, "2026-12-01T00:00:00Z"), ("3", "b", 2, None)):
        as_of = f"2026-11-0{day}T00:00:00Z"
        records.put("k", key, b"x" * 10, as_of=as_of, owner=owner, partition="p", expires=expires)
    assert records.census() == [
        Held("k", "a", "p", 2, 20, "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", "2026-12-01T00:00:00Z"),
        Held("k", "b", "p", 1, 10, "2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", None),
    ]


def test_what_has_run_out_is_swept(rig: Rig) -> None:
    records = Records(rig.vault)
    for key, expires in (
        ("past", "2026-11-21T09:59:59Z"),
        ("now", "2026-11-21T10:00:00.250Z"),
        ("zone", "2026-11-21T10:00:00+00:00"),
        ("later", "2026-11-21T10:00:00.251Z"),
        ("never", None),
        ("unclear", "at some time"),
    ):
        records.put("k", key, b"x", as_of="2026", owner="o", partition="p", expires=expires)
    assert records.sweep("2026-11-21T10:00:00.250Z") == 3
    assert records.sweep("2026-11-21T10:00:00.250Z") == 0
    assert [held.key for held in records.all("k")] == ["later", "never", "unclear"]
