"""Portraits asked of the border control system: reduced once, kept, and never in the way of the section."""

import asyncio
import base64
import json

import pytest

from counter_tui.agencies.immigration import portraits
from counter_tui.agencies.immigration.faces import draw_face
from counter_tui.agencies.immigration.portraits import PORTRAITS, Portraits
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.domain.portrait import find_portrait
from counter_tui.domain.texts import Text
from counter_tui.errors import AgencyError


class Register:
    """A register of pictures; `answers` are given in turn, the last one again and again."""

    def __init__(self, *answers: FetchAnswer | Exception | float) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        assert (method, path, content_type) == ("POST", PORTRAITS, "application/json")
        self.asked.append(json.loads(body)["reference"])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, float):
            await asyncio.sleep(answer)
        if not isinstance(answer, FetchAnswer):
            raise answer if isinstance(answer, Exception) else AgencyError("agency.no-answer")
        return answer


def answer(reference: str, data: bytes | str) -> FetchAnswer:
    text = data if isinstance(data, str) else base64.b64encode(data).decode()
    return FetchAnswer(200, json.dumps({"reference": reference, "data": text}).encode())


async def test_a_portrait_is_asked_for_once() -> None:
    register = Register(answer("P/1", draw_face("P/1")))
    found = Portraits(register)
    first, second = await found.find("P/1"), await found.find("P/1")
    assert isinstance(first, str)
    assert find_portrait(first) is not None
    assert first == second
    assert register.asked == ["P/1"]


@pytest.mark.parametrize(
    "wrong",
    [
        FetchAnswer(500, b""),
        FetchAnswer(200, b"garbage"),
        answer("P/1", "not base64"),
        answer("P/1", b"no picture"),
        answer("P/2", draw_face("P/2")),
        AgencyError("agency.no-answer"),
    ],
)
async def test_what_does_not_read_is_said_and_asked_for_again(wrong: FetchAnswer | Exception) -> None:
    register = Register(wrong, answer("P/1", draw_face("P/1")))
    found = Portraits(register)
    unread = await found.find("P/1")
    assert isinstance(unread, Text)
    assert unread.code == "value.imm.portrait-unreadable"
    assert isinstance(await found.find("P/1"), str)


async def test_nobody_waits_for_a_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portraits, "PATIENCE", 0.01)
    late = await Portraits(Register(5.0)).find("P/1")
    assert isinstance(late, Text)
    assert late.code == "value.imm.portrait-late"


async def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portraits, "KEPT", 2)
    register = Register(*(answer(name, draw_face(name)) for name in ("a", "b", "c", "a")))
    found = Portraits(register)
    for name in ("a", "b", "c", "b", "a"):
        await found.find(name)
    assert register.asked == ["a", "b", "c", "a"]
