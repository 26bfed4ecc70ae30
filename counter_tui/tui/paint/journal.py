"""The outbox: every entry with how far it has come, and whether the journal's chain holds."""

from datetime import datetime
from typing import Final

from textual.content import Content

from ...domain.outcome import Judgement
from ...domain.words import Authority, Basis, DeliveryState, SubjectKind
from ...workstation.news import JournalCheck, OutboxLine, Status
from ..words import _, clean, ngettext
from .cells import Lines, left, left_name, line, right, spoken, wrap
from .signs import authority_name, of_delivery, of_outcome, of_verdict, subject_name
from .times import about, hh_mm_ss, rate_words, when

ENTRY, NATIONALITY, OUTCOME, STATE = 5, 3, 10, 22
APART = "  "
LOSS_SHOWN = 0.01
MIN_JUDGED = 24
REFUSALS: Final = {
    "not-written": "agency.refusal.not-written",
    "not-entitled": "agency.refusal.not-entitled",
    "unspecified": "agency.refusal.unspecified",
    "REAL_RECORD": "agency.refusal.real-record",
    "KEY_HAS_OTHER_CONTENT": "agency.refusal.other-content",
}
"""Codes that have words; an agency's own codes are shown as they are."""


def delivery(entry: OutboxLine) -> Content:
    """The state of an entry, in the five words; a refusal with its reason, which says more than a sign."""
    sign = of_delivery(entry.state)
    seen = entry.seen
    if seen is not None and seen.answers and entry.state is DeliveryState.RECEIVED:
        counts = {"n": len(seen.answers), "all": len(seen.told)}
        return line((_("seen by {n} of {all}").format(**counts) + " …", "$attention"))
    if entry.state is DeliveryState.REFUSED and entry.reason:
        return line((_("refused because {reason}").format(reason=refusal(entry)), f"bold {sign.style}"))
    return line((sign.text, sign.style))


def refusal(entry: OutboxLine) -> str:
    """Why an entry was refused: by the single window, or by which agency's system."""
    refused = entry.seen.refused if entry.seen is not None else ()
    if not refused:
        return spoken(entry.reason)
    return ", ".join(f"{authority_name(answer.authority)}: {_refusal(answer.refused)}" for answer in refused)


def _refusal(code: str) -> str:
    known = REFUSALS.get(code)
    return spoken(known) if known else clean(code)


def outbox_header(width: int) -> Content:
    """The names of the columns."""
    names = (right(_("no."), ENTRY), left(_("time"), _time(width)), left(_("who"), _who(width)), " " * NATIONALITY)
    return line((APART.join([*names, left(_("outcome"), OUTCOME), _("state")]), "$muted"))


def outbox_row(entry: OutboxLine, now: datetime, zone: str, width: int) -> Content:
    """One entry in one line."""
    who = clean(entry.who).upper() or kind_words(entry.kind)
    sign = of_outcome(entry.outcome) if entry.outcome is not None else None
    return line(
        APART.join([right(str(entry.sequence), ENTRY), left(when(entry.at, now, zone), _time(width)), ""]),
        (left_name(who, _who(width)), "" if entry.who else "$muted"),
        f"{APART}{left(clean(entry.nationality), NATIONALITY)}{APART}",
        (left(sign.text if sign else "", OUTCOME), sign.style if sign else ""),
        APART,
        delivery(entry),
    ).truncate(width, ellipsis=True)


def _time(width: int) -> int:
    """The time of today; with room, of another day too."""
    return 8 if width < 100 else 12


def _who(width: int) -> int:
    return max(12, min(44, width - ENTRY - _time(width) - NATIONALITY - OUTCOME - STATE - 5 * len(APART)))


def kind_words(kind: str) -> str:
    """What an entry is that is no verdict."""
    known = {
        "session": _("sign-in"),
        "identity": _("hit decided by two"),
        "group": _("group"),
        "unseal": _("unsealed by two"),
        "lookup": _("looked up, without the document"),
        "note": _("note"),
        "case": _("case"),
        "whereabouts": _("whereabouts"),
        "statement": _("what they said"),
        "emergency": _("emergency"),
        "paper": _("paper given"),
        "admission": _("stay and stamp"),
    }
    return known.get(kind, clean(kind))


def outbox_detail(entry: OutboxLine, now: datetime, zone: str, width: int) -> Lines:
    """What an entry decided, judgement by judgement, and which agency has seen it, for the one that is pointed at."""
    lines = [line((part, "bold $stop")) for part in wrap(delivery(entry).plain, width, 2)] if entry.reason else []
    told: set[Authority] = set()
    for judgement in entry.judgements:
        answer = Content("") if judgement.authority in told else answered(entry, judgement.authority, now, zone)
        told.add(judgement.authority)
        lines.append(_beside(_judged(judgement), answer, width))
    return lines


def _beside(judged: Content, answer: Content, width: int) -> Content:
    """A verdict, and at the right what its agency's system said; where both do not fit the verdict is cut."""
    if not answer.plain:
        return judged.truncate(width, ellipsis=True)
    room = max(MIN_JUDGED, width - answer.cell_length - len(APART))
    shown = judged.truncate(room, ellipsis=True, pad=True)
    return line(shown, APART, answer).truncate(width, ellipsis=True)


def answered(entry: OutboxLine, authority: Authority, now: datetime, zone: str) -> Content:
    """What an agency's own system said of an entry; nothing where it did not have to be told."""
    seen = entry.seen
    if seen is None or authority not in seen.told:
        return Content("")
    answer = seen.find(authority)
    if answer is None:
        return line((_("not seen yet …"), "$attention"))
    at = when(answer.at, now, zone)
    if answer.refused:
        return line((_("refused {time}: {code}").format(time=at, code=_refusal(answer.refused)) + " ■", "bold $stop"))
    words = _("seen {time} {reference}").format(time=at, reference=clean(answer.reference))
    hand = " " + _("(by file)") if answer.by_hand else ""
    return line((f"{words}{hand} ✓", "$clear"))


def _judged(judgement: Judgement) -> Content:
    sign = of_verdict(judgement.verdict, judgement.subject)
    basis = {
        Basis.RULE: _("by rule"),
        Basis.OFFICER: _("by the officer"),
        Basis.DELEGATED: _("under a delegation"),
    }[judgement.basis]
    about = "" if judgement.subject.kind is SubjectKind.PERSON else f" {subject_name(judgement.subject)}"
    reason = f" {spoken(f'reason.{judgement.reason}')}" if judgement.reason and judgement.basis is Basis.OFFICER else ""
    return line(
        f"{authority_name(judgement.authority)}{about} ", (sign.text, sign.style), (f" {basis}{reason}", "$muted")
    )


def summary(entries: tuple[OutboxLine, ...]) -> Content:
    """How many entries stand in each state."""
    words = []
    for state in DeliveryState:
        count = sum(entry.state is state for entry in entries)
        if count:
            words.append(f"{count} {of_delivery(state).text}")
    return line("   ".join(words) or _("the journal is empty"))


def chain(check: JournalCheck | None, at: datetime, zone: str) -> Content:
    """Whether the journal's chain holds, and when that was looked at."""
    if check is None:
        return line((_("verifying the chain…"), "$muted"))
    entries = ngettext("chain of {n} entry", "chain of {n} entries", check.count).format(n=check.count)
    time = hh_mm_ss(at, zone)
    if not check.problems:
        return line((_("{chain} verified {time}").format(chain=entries, time=time) + " ✓", "$clear"))
    problems = ", ".join(spoken(code) for code in check.problems[:3])
    words = _("{chain} does NOT hold ({time}): {problems}").format(chain=entries, time=time, problems=problems)
    return line((f"■ {words}", "bold $stop"))


def way(status: Status | None) -> Content:
    """What the link can do, and when the outbox is empty; nothing is said that is not known."""
    if status is None or status.link == "starting":
        return line((_("link starting"), "$muted"))
    if status.down_since is not None:
        if not status.waiting:
            return line((_("no link; nothing waits for it"), "$offline"))
        return line((_("no link: entries wait on this counter's disk; when they go is not known"), "$offline"))
    known = status.quality
    said = [rate_words(known.rate if known else None)]
    if known is not None and known.round_trip is not None:
        said.append(_("round trip {n} ms").format(n=max(10, round(known.round_trip * 100) * 10)))
    if known is not None and known.loss >= LOSS_SHOWN:
        said.append(_("{n} % unanswered").format(n=round(known.loss * 100)))
    if status.empty_in is not None:
        said.append(_("empty in {time}").format(time=about(status.empty_in)))
    return line("   ".join(said))
