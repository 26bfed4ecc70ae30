"""`counter explain`: a crossing retold, act by act; and its joint risk, worked out again under the rules of then."""

from collections.abc import Iterator
from typing import TextIO

from ..domain.acts import act_id
from ..domain.entries import DECISION, DecisionBody, versions
from ..domain.joint.reading import ACTS, read_any
from ..domain.posts import Post
from ..domain.recomputing import recompute
from ..domain.risk import JointRisk
from ..domain.sections import Contribution
from ..errors import CounterError
from ..settings import load_law
from ..settings_risk import get_risk
from ..tui import words
from ..tui.words import _
from ..workstation.outbox import decision_of
from .catalogues import catalogue
from .identity import Identity
from .offline import opened_ledger
from .paper_codes import find_thread
from .retelling import Retelling
from .storage import BoundLedger

NOT_SO = 1


def explain(language: str, crossing: str, *, demo: bool, out: TextIO) -> int:
    """Explain every decision on a crossing, the one in an entry (its number), or what a paper came from, to `out`.

    1 where there is none, where one cannot be worked out again, or where it comes out otherwise than recorded.
    """
    words.use(catalogue(language))
    code, told = 0, 0
    with opened_ledger(demo=demo) as (ledger, identity, _vault):
        thread = find_thread(ledger, crossing) or crossing
        asked = [int(thread)] if thread.isascii() and thread.isdigit() else ledger.of_group(thread)
        for sequence in asked[:1]:
            told, holds = retell(ledger, identity, sequence, out)
            code = code if holds else NOT_SO
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


def retell(ledger: BoundLedger, identity: Identity, sequence: int, out: TextIO) -> tuple[int, bool]:
    """Retell the thread that an entry belongs to: how many acts it has, and whether every signature in it holds.

    What other counters recorded is sealed on this machine, and told by its ids.
    """
    entry = ledger.find(sequence)
    if entry is None or not entry.group:
        return 0, True
    counter = identity.counter.id
    found = {act_id(counter, n): ledger.find(n) for n in ledger.of_group(entry.group)}
    acts = [
        read_any(one.kind, id_, one.body, one.recorded_at)
        for id_, one in found.items()
        if one is not None and one.body is not None and one.kind in ACTS
    ]
    wrong = (problem.rpartition(":") for problem in ledger.verify().problems)
    faults = {act_id(counter, int(n)): code for code, _colon, n in wrong if n.isdigit()}
    told = Retelling(
        acts, identity.post, load_law(demo=identity.realm == "demo"), lambda id_: _name(identity, id_), faults
    )
    print("\n".join(told.lines()), file=out)
    return len(acts), told.holds


def _name(identity: Identity, officer: str) -> str:
    return next((person.officer.name for person in identity.known(officer)), officer)


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
