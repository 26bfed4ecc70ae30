"""The checklist of steps: several procedures at once, clocks, what is late, and what cannot be told."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import Act
from counter_tui.domain.procedures import Duty, Plan, Unjudged, Words, plan
from counter_tui.domain.procedures.deeds import Did, Spared, StepDeed, deed_of
from counter_tui.domain.procedures.progress import Progress, progress
from counter_tui.domain.texts import text
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, SubjectKind, Verdict
from counter_tui.tui.paint import checklist
from counter_tui.tui.paint.panels import Panels
from tests.unit.domain.procedures.build import procedure, step

from .travellers import JOINT, NOW, OPENED, ZONE, amina

BOTH = plan(
    [
        procedure(
            "a",
            step("mask", Authority.HEALTH, blocks=True, minutes=2, escalates=Duty.QUARANTINE),
            step("count", two=True, minutes=45, escalates=Duty.CUSTOMS),
            number="1",
        ),
        procedure("b", step("mask", Authority.HEALTH, minutes=5, escalates=Duty.QUARANTINE), step("way"), number="2"),
    ]
)


def panels(of: Plan | None = BOTH, far: Progress | None = None, later: float = 0) -> Panels:
    view: MergedView = replace(amina(), plan=of)
    return Panels(view, JOINT, NOW + timedelta(minutes=later), ZONE, progress=far)


def lines(of: Panels, width: int = 80, room: int = 9) -> list[str]:
    assert of.view.plan is not None
    return [line.plain.rstrip() for line in checklist.step_lines(of, of.view.plan, width, room)]


def did(name: str, what: Did, minutes: float = 0, reason: Spared | None = None) -> Act:
    planned = next(s for s in BOTH.steps if s.step.code == f"step.{name}")
    deed = StepDeed(what, (planned.key,), planned.step.authority)
    deed = deed if what is Did.SEEN else deed_of(planned, what, reason)
    return Act(f"X-{name}-{what.value}/1", "step", "c1", "o", OPENED + timedelta(minutes=minutes), deed)


def far(*acts: Act) -> Progress:
    return progress(BOTH, acts, OPENED)


def test_the_corridor_opens_with_a_key_of_its_own() -> None:
    rescue = plan([procedure("a", step("ambulance", Authority.HEALTH, minutes=1, escalates=Duty.POST_DUTY))])
    assert lines(panels(rescue))[0].endswith("min !")


def test_a_step_of_two_procedures_names_both_and_the_next_one_its_key() -> None:
    found = lines(panels())
    assert found[0].startswith("   ▸ 3 health  step.mask")
    assert found[0].endswith("1·2 0 of 2 min q")
    assert found[1].endswith("1 two sign 45 min")
    assert found[2].endswith("2")


def test_the_title_names_the_others() -> None:
    title = checklist.plan_title(BOTH, 70).plain
    assert title == "procedure.a (SOP 1, lead: customs) + 2"
    assert checklist.plan_title(BOTH, 30).plain == "procedure.a (SOP 1) + 2"
    assert checklist.plan_title(BOTH, 20).plain == "procedu… (SOP 1) + 2", "the title gives way, never the number"


@pytest.mark.parametrize(
    ("acts", "later", "expected"),
    [
        ([did("mask", Did.SEEN)], 1, "1 of 2 min"),
        ([did("mask", Did.SEEN)], 6, "▲ 4 min late"),
        ([], 6, "▲ not seen, 4 min late"),
        ([did("mask", Did.BEGUN, 1), did("mask", Did.DONE, 1)], 6, "05:15"),
    ],
)
def test_a_clock_says_how_long_and_of_what(acts: list[Act], later: float, expected: str) -> None:
    assert expected in lines(panels(far=far(*acts), later=later))[0]


def test_signs_stand_for_how_far_a_step_is() -> None:
    def marks(*acts: Act) -> str:
        return "".join(line[3] for line in lines(panels(far=far(*acts))))

    assert marks() == "▸  "
    assert marks(did("mask", Did.DONE)) == "✓▸▹"
    assert marks(did("mask", Did.NOT_NEEDED, reason=Spared.DOES_NOT_APPLY)) == "-▸▹"
    apart = replace(did("mask", Did.NOT_NEEDED, reason=Spared.DOES_NOT_APPLY), id="Y/1")
    assert marks(did("mask", Did.DONE), apart)[0] == "!"


def test_where_it_is_tight_the_next_ones_stay_and_the_rest_is_counted() -> None:
    assert lines(panels(), room=1)[0].endswith("q (+2)")
    done = lines(panels(far=far(did("mask", Did.DONE))), room=1)
    assert "step.count" in done[0]
    assert done[0].endswith("(+1)")


def test_the_nearest_verdict_that_ends_the_step_is_called_for() -> None:
    def called(*verdicts: Verdict, subject: SubjectKind = SubjectKind.GOODS) -> str:
        one = step("x", Authority.ANIMAL_PLANT, verdicts=frozenset(verdicts))
        of = plan([procedure("a", replace(one, subject=subject))])
        (state,) = checklist.progress_of(panels(of), of).steps
        return checklist.called_for(panels(of).view, state).word

    assert called(Verdict.HOLD, Verdict.REFUSE) == "HOLD"
    assert called(Verdict.HANDOVER) == "HANDOVER"
    assert called(Verdict.REFUSE) == "SEIZE"
    assert called(Verdict.CLEAR, subject=SubjectKind.PERSON) == "CLEAR"


def test_a_procedures_own_words_are_shown_where_the_catalogue_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    own = replace(BOTH.procedures[0], texts=(("step.mask", Words("wear \x1b[31ma mask", "pakai masker")),))
    of = plan([own])
    assert checklist.code_words(of, "step.mask") == "wear a mask"
    monkeypatch.setattr(checklist, "language", lambda: "id")
    assert checklist.code_words(of, "step.mask") == "pakai masker"
    assert checklist.code_words(of, "step.count") == "step.count"


def test_what_cannot_be_told_says_why() -> None:
    silent = Unjudged("a", "1", text("condition.no-value", names="health_actions"), (Authority.HEALTH,))
    other = replace(silent, id="b", number="5")
    broken = Unjudged("c", "9", text("plan.not-signed", agencies="customs"))
    told = checklist.unjudged_line(Plan((), (), (silent, other, broken)), 80)
    assert told is not None
    assert told.plain.strip() == "? SOP 9: plan.not-signed · SOP 1, 5 waits for health"
    many = tuple(replace(silent, id=str(n), number=str(n)) for n in range(9))
    also = replace(other, waits_for=(Authority.CUSTOMS, Authority.HEALTH))
    told = checklist.unjudged_line(Plan((), (), (*many, also)), 80)
    assert told is not None
    assert told.plain.strip() == "? 10 procedures wait for customs, health"
    assert checklist.unjudged_line(BOTH, 80) is None


def test_progress_of_another_plan_is_not_taken() -> None:
    other = plan([procedure("z", step("other"))])
    assert checklist.progress_of(panels(other, far(did("mask", Did.DONE))), other).plan == other


def test_procedures_are_not_loaded_with_the_first_screen() -> None:
    script = (
        "import sys, counter_tui.tui.screens.desk; "
        "sys.exit(any(m.startswith(('counter_tui.domain.procedures', 'counter_tui.domain.risk')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, env=dict(os.environ)).returncode == 0
