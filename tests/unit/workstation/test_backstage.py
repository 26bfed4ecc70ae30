"""The thread behind the screen: what fails there, and what is under way when it ends."""

import asyncio

import pytest

from counter_tui.errors import StoreError
from counter_tui.workstation.backstage import Backstage


def translated(error: Exception) -> Exception:
    return StoreError("store.unknown") if isinstance(error, ZeroDivisionError) else error


async def backstage() -> Backstage:
    made = Backstage(translated)
    made.start()
    return made


async def fails() -> None:
    raise ZeroDivisionError("RAHMAN 2468")


async def test_an_error_comes_out_as_our_own_and_keeps_its_words_to_itself() -> None:
    stage = await backstage()
    with pytest.raises(StoreError) as caught:
        await stage.run(fails())
    await stage.stop()
    assert "RAHMAN" not in repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None


async def test_a_task_that_nobody_waits_for_leaves_its_kind_and_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    stage = await backstage()

    async def leave() -> None:
        stage.spawn(fails())
        await asyncio.sleep(0)

    await stage.run(leave())

    async def collect() -> None:
        import gc

        gc.collect()

    await stage.run(collect())
    await stage.stop()
    assert stage.faults == ["ZeroDivisionError"]
    assert "RAHMAN" not in "".join(capsys.readouterr())


async def test_what_is_under_way_at_the_end_may_clear_up() -> None:
    stage = await backstage()
    cleared = []

    async def long() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cleared.append(True)

    waiting = asyncio.create_task(stage.run(long()))
    await asyncio.sleep(0)
    await stage.stop()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert cleared == [True]


async def test_after_the_end_nothing_is_taken() -> None:
    stage = await backstage()
    await stage.stop()
    with pytest.raises(StoreError, match="closed"):
        await stage.run(fails())
