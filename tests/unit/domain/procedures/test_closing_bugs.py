"""Bugs planted in the rules of sign-offs, one at a time: the tests of the rules catch each of them."""

import inspect
import sys
import types
from typing import Any

import pytest

from counter_tui.domain.procedures import closing

from . import test_closing

rules: Any = test_closing

BUGS = {
    "signs-before-its-steps-are-finished": ("return enough and not self.open", "return enough"),
    "one-is-two": ("len(self.by) >= self.persons", "len(self.by) >= 1"),
    "two-officers-are-a-supervisor": ("(self.supervised or self.role is not Role.SUPERVISOR)", "True"),
    "anybody-is-a-supervisor": ("any(act.deed.supervisor for act in good)", "bool(good)"),
    "an-old-word-serves": ("all(history.knew(act.id, id_) for id_ in said)", "True"),
    "a-step-said-later-does-not-count": ("if act.kind == STEP:", "if False:"),
    "what-others-say-is-its-own": ("AGENCY_OF[deed.authority] is agency and", "True and"),
    "another-agency-signs-for-it": ("act.kind == SIGN_OFF and act.deed.agency is one.agency", "act.kind == SIGN_OFF"),
    "a-signature-for-one-serves-all": ("if set(one.of) <= set(act.deed.procedures)", "if True"),
    "who-was-named-has-signed": ("act.second is not None and by_two(act, by_others)", "act.second is not None"),
    "two-logins-are-two-people": ("elif not any(_near(act, other) for other in found.values()):", "else:"),
    "a-person-twice-is-two": (
        "found.setdefault(act.officer, act)\n    return",
        "found.setdefault(act.id, act)\n    return",
    ),
    "the-milder-counts": ("persons = max(sign.persons, one.persons if one else 1)", "persons = 1"),
    "only-the-last-procedure": ("of = tuple(sorted({procedure.id, *(one.of if one else ())}))", "of = (procedure.id,)"),
    "a-batch-is-asked-one-by-one": ("if not sign.once", "if True"),
    "an-officer-signs-for-another-agency": ("self.agency not in one.acts_for for one in both", "False for one in both"),
    "a-trainer-signs": ("one.role not in SIGNERS for one in both", "False for one in both"),
    "alone-with-themselves": ("(why := why_not_two(first, second))", "(why := '')"),
    "no-supervisor-is-asked-for": ("lacks = self.supervisor and", "lacks = False and"),
    "the-last-need-not-be-the-supervisor": ("len(self.by) + len(both) >= self.persons and not", "False and not"),
    "decided-anew-changes-nothing": ("if not any(history.knew(other.id, act.id) for other in decided)", "if True"),
    "said-apart-the-first-counts": ("for act in last for name in", "for act in last[:1] for name in"),
    "whatever-the-day": ("named(acts, void) & procedures.on(crossing.opened_at.date())", "named(acts, void)"),
    "nothing-is-missing": ("if not one.given)", "if False)"),
}


def test_each_planted_bug_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    source = inspect.getsource(closing)
    unnoticed = []
    for name, (piece, becomes) in BUGS.items():
        assert source.count(piece) == 1, name
        planted = types.ModuleType(closing.__name__)
        planted.__package__ = closing.__package__
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, closing.__name__, planted)
            exec(compile(source.replace(piece, becomes), name, "exec"), planted.__dict__)
            patched.setattr(rules, "closing", planted)
            if not _caught():
                unnoticed.append(name)
    assert unnoticed == []


def _caught() -> bool:
    for name, test in vars(rules).items():
        if name.startswith("test_") and name != "test_a_signature_goes_to_the_disk_and_back":
            cases = [mark.args[1] for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"] or [[()]]
            for case in cases[0]:
                try:
                    test(*_planted(case))
                except (AssertionError, KeyError):
                    return True
    return False


def _planted(case: tuple[object, ...]) -> tuple[object, ...]:
    """The arguments of a case, with the deed as the planted module makes it."""
    if not case:
        return ()
    deed, *rest = case
    assert isinstance(deed, closing.SignOffDeed)
    return (rules.closing.SignOffDeed(deed.agency, deed.procedures, deed.supervisor, deed.persons), *rest)
