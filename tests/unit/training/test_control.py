import asyncio
import io
import os

import pytest

from counter_tui.domain.words import Authority
from counter_tui.training.behaviour import Behaving, Behaviour, Message, Receive, Send
from counter_tui.training.control import Control, agency_command, is_acknowledged, link_command
from counter_tui.training.relay import HOST, Mode, Pace, Relay


async def system(scope: Message, receive: Receive, send: Send) -> None:
    raise AssertionError


@pytest.fixture
async def relay() -> Relay:
    return Relay((HOST, 1))


@pytest.fixture
def customs() -> Behaving:
    return Behaving(system)


@pytest.fixture
def control(relay: Relay, customs: Behaving) -> Control:
    return Control(relay, {Authority.CUSTOMS: customs})


@pytest.mark.parametrize("mode", list(Mode))
async def test_the_link_obeys(control: Control, relay: Relay, mode: Mode) -> None:
    assert is_acknowledged(control.obey(link_command(mode, Pace(64_000, 600))))
    assert relay.mode is mode


@pytest.mark.parametrize("behaviour", list(Behaviour))
async def test_a_system_obeys(control: Control, customs: Behaving, behaviour: Behaviour) -> None:
    assert is_acknowledged(control.obey(agency_command(Authority.CUSTOMS, behaviour)))
    assert customs.behaviour is behaviour


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\n",
        b"{}\n",
        b"[]\n",
        b'{"link": "gone"}\n',
        b'{"link": ["cut"]}\n',
        b'{"link": "slow", "rate": "fast"}\n',
        b'{"link": "slow", "rate": true}\n',
        b'{"link": "slow", "rate": 0}\n',
        b'{"agency": "customs"}\n',
        b'{"agency": "weather", "behaviour": "down"}\n',
        b'{"agency": "health", "behaviour": "down"}\n',
        b'{"agency": "customs", "behaviour": "odd"}\n',
        b"[" * 1000,
    ],
)
async def test_what_is_no_command_changes_nothing(
    control: Control, relay: Relay, customs: Behaving, line: bytes
) -> None:
    assert not is_acknowledged(control.obey(line))
    assert relay.mode is Mode.OPEN
    assert customs.behaviour is Behaviour.NORMAL


async def test_commands_come_through_a_pipe_and_its_end_ends_it(control: Control, customs: Behaving) -> None:
    out, into = os.pipe()
    answers = io.BytesIO()
    with os.fdopen(out, "rb") as commands, os.fdopen(into, "wb") as trainer:
        serving = asyncio.create_task(control.serve(commands, answers))
        trainer.write(agency_command(Authority.CUSTOMS, Behaviour.DOWN) + b"nonsense\n")
        trainer.close()
        await asyncio.wait_for(serving, 5)
    assert customs.behaviour is Behaviour.DOWN
    assert [is_acknowledged(line) for line in answers.getvalue().splitlines()] == [True, False]


async def test_the_link_comes_and_goes_until_it_is_told_otherwise(control: Control, relay: Relay) -> None:
    assert is_acknowledged(control.obey(b'{"link": "flapping", "up": 0.1, "down": 0.1, "ends": "silent"}\n'))
    for mode in (Mode.SLOW, Mode.SILENT, Mode.SLOW, Mode.SILENT):
        async with asyncio.timeout(5):
            while relay.mode is not mode:
                await asyncio.sleep(0)
    assert is_acknowledged(control.obey(link_command(Mode.OPEN)))
    await asyncio.sleep(0.3)
    assert relay.mode is Mode.OPEN


@pytest.mark.parametrize("member", ['"up": 0', '"down": "5"', '"up": true', '"ends": "slow"', '"up": 1e9', '"up": NaN'])
async def test_a_rhythm_that_is_none_changes_nothing(control: Control, relay: Relay, member: str) -> None:
    before = relay.mode
    assert not is_acknowledged(control.obey(b'{"link": "flapping", %s}\n' % member.encode()))
    assert relay.mode is before
