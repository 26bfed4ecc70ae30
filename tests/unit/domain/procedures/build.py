"""Procedures, plans and acts of tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from counter_tui.domain.acts import Act, Second
from counter_tui.domain.posts import Officer
from counter_tui.domain.procedures import Certainty, Duty, Plan, Procedure, Rank, SignOff, Step, plan
from counter_tui.domain.procedures.deeds import Did, Spared, StepDeed, deed_of
from counter_tui.domain.words import Agency, Authority, Role, SubjectKind

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def step(name: str, authority: Authority = Authority.CUSTOMS, **more: object) -> Step:
    return Step(authority, SubjectKind.PERSON, f"step.{name}", **more)  # type: ignore[arg-type]


def procedure(id_: str, *steps: Step, **more: object) -> Procedure:
    given: dict[str, object] = {
        "id": id_,
        "number": id_,
        "version": "1",
        "rank": Rank.REVENUE,
        "lead": Authority.CUSTOMS,
        "supports": tuple(Authority),
        "when": "citizen",
        "step": steps,
        "legal_basis": "law",
        "basis": Certainty.DESIGN,
        "valid_from": date(2026, 1, 1),
        "owner": "customs",
        "source": "tests",
        "doubt": "design",
        "sign": (SignOff(Agency.CUSTOMS),),
    }
    return Procedure(**(given | more))  # type: ignore[arg-type]


def line(*names: str) -> Plan:
    """A plan of one procedure, step after step, each five minutes at most."""
    return plan([procedure("p", *(step(name, minutes=5, escalates=Duty.CUSTOMS) for name in names))])


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def officer(*agencies: Agency, role: Role = Role.OFFICER, id_: str = "o1") -> Officer:
    acts_for = frozenset(agencies or Agency)
    return Officer(id_, id_, min(acts_for), role, acts_for)


def did(
    of: Plan,
    name: str,
    what: Did,
    minute: float,
    *,
    id_: str = "",
    after: Sequence[str] = (),
    second: Second | None = None,
    reason: Spared | None = None,
) -> Act:
    """An act on the step of this name; without an id, of a counter of its own."""
    planned = next(s for s in of.steps if s.step.code == f"step.{name}")
    if what is Did.SEEN:
        deed = StepDeed(what, (planned.key,), planned.step.authority)
    else:
        given = Spared.OTHER_OUTCOME if what is Did.NOT_NEEDED and reason is None else reason
        deed = deed_of(planned, what, given)
    return Act(id_ or f"C-{name}-{what.value}-{minute}/1", "step", "c1", "o1", at(minute), deed, tuple(after), second)
