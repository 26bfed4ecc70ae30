"""What a health pass calls for: that of this journey; of two that may both be the newest, the one that says worse."""

from datetime import UTC, timedelta

from ..limits import Limits
from ..ports import Inquiry
from ..reporting import Report
from .questionnaire import COLOURS, HealthPass
from .spans import possibly_newest

AHEAD = timedelta(days=1)
"""How far in the future a pass may have been filled in: days begin elsewhere sooner."""
_WORST_FIRST = (*COLOURS[:-1], None, COLOURS[-1])
"""None: nobody can tell its colour."""


def judge_pass(report: Report, limits: Limits, passes: list[HealthPass], inquiry: Inquiry) -> HealthPass | None:
    """Report what the pass calls for, and give it; one of an earlier journey is none."""
    ours = [one for one in passes if one.of_pass]
    answers = _find_current(limits, ours, inquiry)
    if answers is None:
        if ours:
            report.fact("health.pass-old")
        else:
            report.fact("health.no-pass")
        return None
    zone = inquiry.at.tzinfo or UTC
    dated = answers.authored is not None and answers.authored.earliest(zone) <= inquiry.at + AHEAD
    if not dated or not answers.trusted:
        report.find("health.pass-unreadable")
    if answers.colour not in (None, "green"):
        report.find(f"health.pass-{answers.colour}")
    elif dated and answers.colour == "green":
        report.fact("health.pass-green")
    if answers.contact:
        report.find("health.contact")
    return answers


def _find_current(limits: Limits, ours: list[HealthPass], inquiry: Inquiry) -> HealthPass | None:
    """The newest of this journey; one without a date only where there is no other."""
    zone, oldest = inquiry.at.tzinfo or UTC, inquiry.at - timedelta(days=limits.pass_days)
    spans = [(one.authored.earliest(zone), one.authored.latest(zone), one) for one in ours if one.authored is not None]
    current = possibly_newest(span for span in spans if span[1] >= oldest)
    undated = [one for one in ours if one.authored is None]
    return min(current or undated, key=lambda one: _WORST_FIRST.index(one.colour), default=None)
