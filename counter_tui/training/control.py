"""How a trainer's commands reach the process that serves: JSON lines in, an acknowledgement a line out.

    {"link": "cut"}                                        {"ok": true}
    {"link": "slow", "rate": 9600, "round_trip_ms": 600}   {"ok": true}
    {"link": "flapping", "up": 15, "down": 5}              {"ok": true}
    {"agency": "customs", "behaviour": "down"}             {"ok": true}
    anything else                                          {"ok": false}

`link` is open, cut, silent, slow or flapping (slow and gone in turn; `ends`: cut or silent); `agency` is an authority.
The end of the input means: stop.
"""

import asyncio
import json
import threading
from collections.abc import Mapping
from typing import BinaryIO, Final

from ..domain.words import Authority
from .behaviour import Behaving, Behaviour
from .flapping import Rhythm, flap
from .relay import Mode, Pace, Relay

MAX_LINE: Final = 1024
FLAPPING: Final = "flapping"


def link_command(mode: Mode, pace: Pace | None = None) -> bytes:
    """The line that makes the link do this."""
    command: dict[str, str | int] = {"link": mode.value}
    if pace is not None:
        command |= {"rate": pace.rate, "round_trip_ms": pace.round_trip_ms}
    return _line(command)


def agency_command(authority: Authority, behaviour: Behaviour) -> bytes:
    """The line that makes an authority's system behave so."""
    return _line({"agency": authority.value, "behaviour": behaviour.value})


def is_acknowledged(line: bytes) -> bool:
    """Whether this answer says that the command was obeyed."""
    return _parsed(line).get("ok") is True


class Control:
    """Obeys commands on a relay and on simulated systems."""

    def __init__(self, relay: Relay, systems: Mapping[Authority, Behaving]) -> None:
        """`systems` by the authority whose they are."""
        self._relay = relay
        self._systems = systems
        self._flapping: asyncio.Task[None] | None = None

    def obey(self, line: bytes) -> bytes:
        """Do what a line says; returns the acknowledgement."""
        command = _parsed(line)
        try:
            if "link" in command:
                self._link(command)
            else:
                self._systems[Authority(str(command["agency"]))].become(Behaviour(str(command["behaviour"])))
        except (ValueError, KeyError, TypeError):
            return _line({"ok": False})
        return _line({"ok": True})

    def _link(self, command: Mapping[str, object]) -> None:
        standard = Pace()
        rate = command.get("rate", standard.rate)
        round_trip = command.get("round_trip_ms", standard.round_trip_ms)
        if type(rate) is not int or type(round_trip) is not int:
            raise ValueError("pace")
        pace, wanted = Pace(rate, round_trip), str(command["link"])
        rhythm = _rhythm(command) if wanted == FLAPPING else None
        mode = Mode.SLOW if rhythm else Mode(wanted)
        if self._flapping is not None:
            self._flapping.cancel()
            self._flapping = None
        if rhythm is None:
            self._relay.become(mode, pace)
        else:
            self._flapping = asyncio.get_running_loop().create_task(flap(self._relay, pace, rhythm))

    async def serve(self, commands: BinaryIO, answers: BinaryIO) -> None:
        """Obey what comes in until the input ends.

        The input is read on a thread of its own, since not every system lets an event loop wait for a pipe.
        """
        loop = asyncio.get_running_loop()
        lines: asyncio.Queue[bytes] = asyncio.Queue()

        def read() -> None:
            line = b"-"
            while line:
                line = commands.readline(MAX_LINE)
                try:
                    loop.call_soon_threadsafe(lines.put_nowait, line)
                except RuntimeError:  # the loop has ended
                    return

        threading.Thread(target=read, name="commands", daemon=True).start()
        while line := await lines.get():
            answers.write(self.obey(line))
            answers.flush()


def _rhythm(command: Mapping[str, object]) -> Rhythm:
    standard = Rhythm()
    up, down = command.get("up", standard.up), command.get("down", standard.down)
    if type(up) not in {int, float} or type(down) not in {int, float}:
        raise ValueError("rhythm")
    return Rhythm(float(str(up)), float(str(down)), Mode(str(command.get("ends", standard.ends.value))))


def _line(message: Mapping[str, object]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> dict[str, object]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
