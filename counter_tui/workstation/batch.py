"""A batch is admitted by two: the second person gives their PIN once, and signs the entry of each who is cleared."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from ..domain.acts import Means, Second
from ..domain.countersigned import DecisionStatement
from ..domain.crossings import Group, GroupKind
from ..domain.two_persons import Matter
from ..domain.words import Agency, Role
from ..errors import DecisionError
from .two_persons import get_second

if TYPE_CHECKING:
    from datetime import date

    from ..domain.entries import DecisionBody
    from ..domain.posts import Officer
    from .judging import Countersign
    from .parts import Parts


def takes_two(group: Group) -> bool:
    """Whether its travellers are admitted together by two people."""
    return group.kind is GroupKind.BATCH


def batch_seconds(parts: Parts, first: Officer, today: date) -> tuple[Officer, ...]:
    """Who may sign beside this person, supervisors first."""
    rules = parts.two_persons().on(today)
    able = [
        one
        for one in parts.roster.values()
        if not rules.may_sign(Matter.BATCH_ADMISSION, first, one, Agency.IMMIGRATION)
    ]
    return tuple(sorted(able, key=lambda one: (one.role is not Role.SUPERVISOR, one.name)))


def batch_sign(parts: Parts, first: Officer, second: str, pin: str, today: date) -> Countersign:
    """What signs each entry for the second person (id).

    Raises DecisionError `act.second-needed`, or why these two may not; SignInError for the PIN, which is asked last.
    """
    if not second:
        raise DecisionError("act.second-needed")
    other = get_second(parts, second)
    why = parts.two_persons().on(today).may_sign(Matter.BATCH_ADMISSION, first, other, Agency.IMMIGRATION)
    if why:
        raise DecisionError(why)
    key = parts.persons.open_session(second, pin, parts.clock.now().timestamp())
    certificate = base64.b64encode(key.certificate).decode()

    def sign(body: DecisionBody) -> Second:
        statement = DecisionStatement(parts.place.counter.id, body, second)
        signature = base64.b64encode(key.sign(statement.signed_bytes())).decode()
        return Second(second, Means.BESIDE, certificate, signature)

    return sign
