"""What every store of a single window has to do with the access logs."""

from collections.abc import Sequence

import pytest

from counter_tui.single_window.store import AccessLine

from .test_window_store import Open, reopen  # noqa: F401 - a fixture


def lines(count: int) -> list[AccessLine]:
    return [AccessLine(f"body {number}".encode(), bytes([number]) * 32, bytes(64)) for number in range(count)]


def bodies(found: Sequence[AccessLine]) -> list[bytes]:
    return [line.body for line in found]


def test_an_access_log_is_kept_in_order_and_apart_from_others(reopen: Open) -> None:  # noqa: F811
    store = reopen()
    assert store.last_access("customs") is None
    for line in lines(5):
        store.put_access("customs", line)
    store.put_access("security", lines(1)[0])

    store = reopen()
    assert store.last_access("customs") == bytes([4]) * 32
    whole = store.access("customs", 0, 10)
    assert bodies(whole) == [f"body {n}".encode() for n in range(5)]
    assert bodies(store.access("customs", whole[1].position, 2)) == [b"body 2", b"body 3"]
    assert bodies(store.newest_access("customs", 2)) == [b"body 3", b"body 4"]
    assert store.newest_access("immigration", 2) == []


def test_a_line_goes_with_its_transaction(reopen: Open) -> None:  # noqa: F811
    store = reopen()

    def broken_off() -> None:
        with store.transaction():
            store.put_access("customs", lines(1)[0])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert reopen().access("customs", 0, 10) == []
