import asyncio

import pytest

from counter_tui.training.behaviour import Behaving, Behaviour, Message, Receive, Send

SCOPE = {"type": "http", "method": "POST", "path": "/"}


async def system(scope: Message, receive: Receive, send: Send) -> None:
    """Answers with what it was asked."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


class Asker:
    """One request: what it has to say, and what it hears."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[Message] = asyncio.Queue()
        self.heard: list[Message] = []

    def ask(self, *chunks: bytes) -> None:
        for number, chunk in enumerate(chunks, start=1):
            self.said.put_nowait({"type": "http.request", "body": chunk, "more_body": number < len(chunks)})

    def leave(self) -> None:
        self.said.put_nowait({"type": "http.disconnect"})

    async def send(self, message: Message) -> None:
        self.heard.append(message)

    async def run(self, app: Behaving) -> None:
        await app(dict(SCOPE), self.said.get, self.send)

    @property
    def status(self) -> int:
        return int(self.heard[0]["status"])


async def test_normal_answers() -> None:
    asker = Asker()
    asker.ask(b"who", b"?")
    await asker.run(Behaving(system))
    assert asker.status == 200
    assert asker.heard[1]["body"] == b"who?"


async def test_failing_says_503() -> None:
    app, asker = Behaving(system), Asker()
    app.become(Behaviour.FAILING)
    asker.ask(b"who?")
    await asker.run(app)
    assert asker.status == 503


async def test_down_answers_nothing_until_the_client_leaves() -> None:
    app, asker = Behaving(system), Asker()
    app.become(Behaviour.DOWN)
    asker.ask(b"who?")
    running = asyncio.create_task(asker.run(app))
    while not asker.said.empty():
        await asyncio.sleep(0)
    assert not running.done()
    asker.leave()
    await asyncio.wait_for(running, 5)
    assert asker.heard == []


async def test_a_question_that_hangs_is_answered_once_the_system_is_back() -> None:
    app, asker = Behaving(system), Asker()
    app.become(Behaviour.DOWN)
    asker.ask(b"who", b"?")
    running = asyncio.create_task(asker.run(app))
    while not asker.said.empty():
        await asyncio.sleep(0)
    app.become(Behaviour.NORMAL)
    await asyncio.wait_for(running, 5)
    assert asker.heard[1]["body"] == b"who?"


async def test_slow_answers_late() -> None:
    app, asker = Behaving(system, slow_seconds=0.2), Asker()
    app.become(Behaviour.SLOW)
    asker.ask(b"who?")
    began = asyncio.get_running_loop().time()
    await asker.run(app)
    assert asyncio.get_running_loop().time() - began > 0.19
    assert asker.status == 200


async def test_a_slow_answer_comes_at_once_when_the_system_is_slow_no_more() -> None:
    app, asker = Behaving(system, slow_seconds=60), Asker()
    app.become(Behaviour.SLOW)
    asker.ask(b"who?")
    running = asyncio.create_task(asker.run(app))
    await asyncio.sleep(0)
    app.become(Behaviour.NORMAL)
    await asyncio.wait_for(running, 5)
    assert asker.status == 200


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_it_tells_how_it_behaves(behaviour: Behaviour) -> None:
    app = Behaving(system)
    app.become(behaviour)
    assert app.behaviour is behaviour
