"""`counter explain`: the joint risk of what was decided, worked out again under the rules of that version."""

from collections.abc import Iterator
from typing import TextIO

from ..domain.entries import DECISION, DecisionBody, versions
from ..domain.posts import Post
from ..domain.recomputing import recompute
from ..domain.risk import JointRisk
from ..domain.sections import Contribution
from ..errors import CounterError
from ..settings_risk import get_risk
from ..tui import words
from ..tui.words import _
from ..workstation.outbox import decision_of
from .catalogues import catalogue
from .offline import opened_ledger

NOT_SO = 1


def explain(language: str, crossing: str, *, demo: bool, out: TextIO) -> int:
    """Explain every decision on a crossing, or the one in an entry (its number), to `out`.

    1 where there is none, where one cannot be worked out again, or where it comes out otherwise than recorded.
    """
    words.use(catalogue(language))
    code, told = 0, 0
    with opened_ledger(demo=demo) as (ledger, identity, _vault):
        asked = [int(crossing)] if crossing.isascii() and crossing.isdigit() else ledger.of_group(crossing)
        for sequence in asked:
            entry, body = ledger.find(sequence), decision_of(ledger, sequence)
            if entry is None or entry.kind != DECISION or body is None:
                continue
            told += 1
            print(_("entry {n}, {at}, {rules}").format(n=sequence, at=entry.recorded_at, rules=body.rules), file=out)
            lines, same = _explained(body, identity.post)
            print("\n".join(f"  {words.clean(line)}" for line in lines), file=out)
            code = code if same else NOT_SO
    if not told:
        print(_("no decision is found under {crossing}").format(crossing=words.clean(crossing)), file=out)
    return code if told else NOT_SO


def _explained(body: DecisionBody, post: Post) -> tuple[list[str], bool]:
    try:
        risk = recompute(body, get_risk(versions(body.rules).get("risk", "")), post.country)
    except CounterError as error:
        return [words.say(error)], False
    assert body.joint is not None, "it was worked out from it"
    same = (risk.score, risk.band) == (body.joint.score, body.joint.band)
    recorded = f"{_(body.joint.band.name)} {body.joint.score}"
    said = _("as it was recorded") if same else _("DIFFERS from what was recorded: {band}").format(band=recorded)
    return [f"{_(risk.band.name)} {risk.score}, {said}", *_reasons(risk)], same


def _reasons(risk: JointRisk) -> Iterator[str]:
    for reason in risk.reasons:
        yield f"{_weight(reason, risk):>7}  {_(reason.authority.value)}: {_what(reason, risk)}"
    for authority in risk.not_checked:
        yield f"{_('NOT CHECKED')}: {_(authority.value)}"
    for authority in risk.stale:
        yield f"{_('too old')}: {_(authority.value)}"
    for unjudged in risk.unjudged:
        yield _("rule {name} cannot be evaluated: {why}").format(name=unjudged.id, why=words.say(unjudged.why))
    if risk.loading:
        yield _("risk rules are loading")


def _weight(reason: Contribution, risk: JointRisk) -> str:
    points = risk.counted(reason)
    return _(reason.band_floor.name) if points is None else f"{points:+d}"


def _what(reason: Contribution, risk: JointRisk) -> str:
    row = risk.find_row(reason.id)
    if row is not None:
        return f"{words.say(row.words)} ({row.legal_basis})"
    return _("sealed") if reason.points is None else words.say(f"action.{reason.action}")
