"""A batch of travellers is cleared by one key and two people; a bus by one."""

from collections.abc import Mapping
from dataclasses import replace
from types import MethodType

import pytest

from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.posts import Officer
from counter_tui.errors import SignInError
from counter_tui.tui.screens.case_form import FormDialog
from counter_tui.workstation.stack import GroupCleared, Stack
from tests.screens.frame.looking import shown
from tests.screens.frame.scripted import ScriptedGroups
from tests.screens.groups.stacks import BusCounters, all_green

from .test_refusing import HENDRA

PIN = "6270"


@pytest.fixture
def made() -> BusCounters:
    return BusCounters()


def batch() -> Stack:
    stack = all_green()
    group: Group = stack.group
    return replace(stack, group=replace(group, kind=GroupKind.BATCH, name="DTI Semuja"))


def by_two(made: BusCounters, *may: Officer) -> list[tuple[str, int]]:
    """Who signed, and how many were in sight."""
    signed: list[tuple[str, int]] = []

    async def clear(_self: ScriptedGroups, painted: Mapping[str, str], second: str = "", pin: str = "") -> GroupCleared:
        if pin != PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        signed.append((second, len(painted)))
        return GroupCleared((), (), ())

    made.desk.groups.clear = MethodType(clear, made.desk.groups)  # type: ignore[method-assign]
    made.desk.groups.seconds = lambda: may  # type: ignore[attr-defined]
    return signed


async def fill(made: BusCounters, text: str) -> None:
    """What is asked, typed at once."""
    screen = made.app.screen
    assert isinstance(screen, FormDialog)
    screen._drawer.input.value = text
    await made.press("enter")


async def test_the_second_is_asked_and_says_how_many_they_sign_for(made: BusCounters) -> None:
    signed = by_two(made, HENDRA)
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.work(batch())
        await made.press("c", "enter")
        count = len(batch().clears)
        told = f"Hendra Kusuma signs with Wijaya Sutrisno: {count} of DTI Semuja are admitted together."
        await made.until(lambda: told in " ".join(shown(made).split()))
        await fill(made, "1111")
        await made.until(lambda: "signin.wrong-pin" in shown(made))
        await fill(made, PIN)
        await made.until(lambda: bool(signed))
        assert signed[0][0] == "hendra"


async def test_where_nobody_may_it_is_one_by_one(made: BusCounters) -> None:
    signed = by_two(made)
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.work(batch())
        await made.press("c")
        await made.until(lambda: made.said == "solo.one-by-one")
        assert signed == []
