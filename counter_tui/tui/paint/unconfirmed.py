"""What of a traveller somebody elsewhere is to confirm: a line that cannot be overlooked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ..words import _, clean
from .cells import Lines, cut, line
from .following import subject_words
from .signs import of_verdict
from .times import hh_mm

if TYPE_CHECKING:
    from ...domain.view import MergedView


def unconfirmed(view: MergedView, now: datetime, zone: str, width: int) -> Lines:
    """A line for each verdict of this traveller whose second person is elsewhere and has not confirmed it.

    Who confirms it, and until when; past that time it counts as one person's. Overrides have a line of their own.
    """
    verdicts = {one.act: one.judgement for one in view.joint.standing if one.act}
    head, lines = " " + _("BY TWO ▲") + " ", []
    for one in view.joint.waiting:
        judged = verdicts.get(one.act)
        if judged is None:
            continue
        told = _("not confirmed by {who} in time: it counts as not signed by two")
        if not one.late:
            told = _("TO BE CONFIRMED by {who} until {time}")
        by = datetime.fromisoformat(one.by)
        time = hh_mm(by, zone) if by - now < timedelta(hours=24) else by.date().isoformat()
        about = f"{of_verdict(judged.verdict, judged.subject).word}, {subject_words(judged.subject)}"
        words = f"{about} · " + told.format(who=clean(one.confirmer), time=time)
        said = (" " + cut(words, width - len(head) - 2), "bold $attention")
        lines.append(line((head, "bold reverse $attention"), said))
    return lines
