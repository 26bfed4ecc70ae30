"""Domain values for tests, made by the domain's own functions."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from counter_tui.domain.acts import Act
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DecisionBody
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.reading import decision_act
from counter_tui.domain.outcome import Circumstances, Judgement
from counter_tui.domain.posts import Officer, Post
from counter_tui.domain.procedures import NONE
from counter_tui.domain.risk import RiskRules
from counter_tui.domain.sections import Contribution, Section, Subject
from counter_tui.domain.view import MergedView, Rulebook, merge
from counter_tui.domain.words import Agency, Authority, Band, Direction, Role, SourceState, SubjectKind, Verdict

NOW = datetime(2026, 11, 21, 5, 14, tzinfo=UTC)
POST = Post("ID-ENTIKONG", "ENTIKONG", "IDN", "Asia/Pontianak")
PERSON = Subject(SubjectKind.PERSON, "person")
GOODS = Subject(SubjectKind.GOODS, "goods")
RISK = RiskRules("1", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),))
RULES = Rulebook(RISK, NONE, "1")


def document(nationality: str = "MYS", *, birth: date = date(1990, 5, 1), number: str = "A1234567") -> Document:
    lines = compose_mrz(
        "TD3", "P", nationality, number, nationality, "RAHMAN", "ABDUL", "M", birth, date(2030, 1, 1), "DEMO"
    )
    read = read_mrz(lines, today=NOW.date()).document
    assert read is not None
    return read


def crossing(
    nationality: str = "MYS", direction: Direction = Direction.ENTRY, *, birth: date = date(1990, 5, 1)
) -> Crossing:
    return Crossing("c1", direction, "A", document(nationality, birth=birth), NOW, training=True)


def officer(*agencies: Agency, role: Role = Role.OFFICER) -> Officer:
    acts_for = frozenset(agencies or Agency)
    return Officer("o1", "WIJAYA S.", min(acts_for), role, acts_for)


def contribution(
    authority: Authority,
    verdict: Verdict = Verdict.REFER,
    points: int | None = 20,
    *,
    subject: Subject = PERSON,
    floor: Band = Band.GREEN,
    action: str = "refer",
) -> Contribution:
    key = f"{authority}/{action}/{subject.id}"
    return Contribution(key, authority, subject, verdict, floor, action, "1", points)


def section(
    authority: Authority,
    *contributions: Contribution,
    source: SourceState = SourceState.LIVE,
    age: timedelta = timedelta(0),
) -> Section:
    as_of = None if source is SourceState.NOT_CHECKED else NOW - age
    return Section(authority, source, as_of, contributions)


def sections(**given: Section) -> tuple[Section, ...]:
    return tuple(given.get(a.value, section(a)) for a in Authority)


def view(
    *contributions: Contribution,
    nationality: str = "MYS",
    direction: Direction = Direction.ENTRY,
    given: tuple[Judgement, ...] = (),
    **changed: Section,
) -> MergedView:
    by_authority = {a.value: section(a, *[c for c in contributions if c.authority is a]) for a in Authority} | changed
    return merge(
        crossing(nationality, direction), tuple(by_authority.values()), acted(given, *contributions), POST, RULES, NOW
    )


def acted(given: Iterable[Judgement], *known: Contribution) -> tuple[Act, ...]:
    """One decision with these verdicts, given knowing of these contributions; none without any."""
    judged = tuple(given)
    if not judged:
        return ()
    body = DecisionBody(crossing(), "", judged, "", (), "1", training=True, leaned=known)
    return (decision_act("ENT-3/1", NOW, body),)


def in_force(sections: Iterable[Section], given: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The verdicts that stand once these are given, knowing of all that the sections say."""
    held = tuple(sections)
    known = [c for s in held for c in s.contributions]
    return fold(acted(given, *known), held, Circumstances(Direction.ENTRY), NOW).judgements
