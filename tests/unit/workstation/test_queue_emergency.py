"""An emergency that another counter called stands first in the queue, until health ends it."""

from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.emergency import EMERGENCY, EmergencyDeed, End
from counter_tui.workstation.queue import Kind
from counter_tui.workstation.records import stamp

from .build import SUPERVISOR, Rig
from .conftest import Make
from .test_queue import at_booth, cleared, held_there, lines, sent


def said_there(r: Rig, sequence: int, thread: str, deed: EmergencyDeed, *after: str) -> None:
    body = ActBody(thread, "ENT-4", SUPERVISOR.id, stamp(r.clock.now()), deed, after=after)
    sent(r, EMERGENCY, f"ENT-4/{sequence}", write_act(body))


async def test_a_call_stands_before_what_is_overdue_until_health_ends_it(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, "decision", "ENT-4/6", held_there(body))
    said_there(r, 7, "somebody", EmergencyDeed())
    first, *others = await lines(r)
    assert (first.kind, first.what.code, first.thread) == (Kind.EMERGENCY, "queue.emergency", "somebody")
    assert dict(first.what.params) == {"counter": "ENT-4"}
    assert others
    said_there(r, 8, "somebody", EmergencyDeed(End.NONE, "fainted, well again"), "ENT-4/7")
    assert all(line.kind is not Kind.EMERGENCY for line in await lines(r))
