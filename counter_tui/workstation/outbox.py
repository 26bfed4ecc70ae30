"""The outbox and the last decisions, in words that a person can check against the traveller."""

from ..domain.entries import DECISION, DecisionBody, circumstances_then, read_decision
from ..domain.outcome import joint_outcome
from ..domain.posts import Post
from ..domain.words import DeliveryState, Direction, Outcome, SubjectKind
from ..errors import CounterError
from .news import OutboxLine
from .ports import EntryLine, Ledger
from .records import moment
from .seen import SeenEntries

LET_IN = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND, Outcome.ESCORTED_CARE})


def lines(ledger: Ledger, post: Post, limit: int, seen: SeenEntries | None = None) -> tuple[OutboxLine, ...]:
    """The newest entries with their states, newest first."""
    return tuple(line(ledger, post, entry, seen) for entry in ledger.lines(limit))


def line(ledger: Ledger, post: Post, entry: EntryLine, answers: SeenEntries | None = None) -> OutboxLine:
    """One entry in words; one whose body is erased or unreadable still has its state."""
    seen = answers.find(entry.sequence) if answers is not None else None
    state = DeliveryState(entry.state)
    reason = entry.reason
    if seen is not None and state is DeliveryState.RECEIVED:  # what waits, waits, whoever has seen it before
        state = DeliveryState.SEEN if seen.complete else DeliveryState.REFUSED if seen.refused else state
        reason = ", ".join(f"{answer.authority.value}: {answer.refused}" for answer in seen.refused)
    body = decision_of(ledger, entry.sequence) if entry.kind == DECISION else None
    return OutboxLine(
        sequence=entry.sequence,
        kind=entry.kind,
        at=moment(entry.recorded_at),
        who=body.crossing.document.display_name if body else "",
        nationality=body.crossing.document.nationality if body else "",
        outcome=outcome_of(body, post) if body else None,
        judgements=body.judgements if body else (),
        state=state,
        reason=reason,
        group=body.crossing.group.id if body and body.crossing.group else "",
        seen=seen,
    )


def decision_of(ledger: Ledger, sequence: int) -> DecisionBody | None:
    """The decision in an entry, if it holds one that reads."""
    entry = ledger.find(sequence)
    if entry is None or entry.body is None:
        return None
    try:
        return read_decision(entry.body)
    except CounterError:
        return None


def outcome_of(body: DecisionBody, post: Post) -> Outcome | None:
    """The outcome for the person that the verdicts of one decision give by themselves."""
    outcome = joint_outcome(body.judgements, circumstances_then(body, post.country))
    persons = [o for subject, o in outcome if subject.kind is SubjectKind.PERSON]
    return next(iter(persons or [o for _, o in outcome]), None)


def entered(body: DecisionBody, post: Post) -> bool:
    """Whether these verdicts let the person into the country, by themselves."""
    return body.crossing.direction is Direction.ENTRY and outcome_of(body, post) in LET_IN
