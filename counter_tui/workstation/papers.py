"""Papers at this counter: made of whom is in hand, printed, saved, and recorded; a copy takes a second person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ..domain.acts import act_id
from ..domain.joint.history import History
from ..domain.joint.state import LETS_GO
from ..domain.papers.blocks import Paper, PaperKind
from ..domain.papers.deeds import PAPER, PaperDeed, Way, copies
from ..domain.papers.drawn import Drawn
from ..domain.papers.facts import notice_facts
from ..domain.papers.hand_over import hand_over
from ..domain.papers.letter import letter
from ..domain.papers.notice import Bearer, notice
from ..domain.papers.plain import plain
from ..domain.papers.rules import Format
from ..domain.papers.slip import slip
from ..domain.papers.wording import LANGUAGES
from ..domain.two_persons import Matter
from ..errors import DecisionError
from .admissions import Admissions, bound
from .records import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.cases.case import Case
    from ..domain.papers.hand_over import HandOver
    from ..domain.papers.letter import ClosedCase
    from ..domain.telephone import Challenge
    from ..domain.words import Outcome
    from .acts import Acts
    from .at_work import AtWork
    from .current import Current
    from .paper_ports import PaperParts
    from .parts import Parts
    from .ports import JournalEntry
    from .seconding import Needed
    from .sign_in import Session
    from .signed_acts import SignedActs
    from .two_persons import By
    from .two_persons import Way as Signer

_COPY: Final[Needed] = ((Matter.REPRINT_NOTICE, None),)


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A paper as it would be given now: `roll` is its text for 80 mm. `paper.copy` above 0 takes a second person."""

    paper: Paper
    drawn: Drawn
    roll: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """A paper that was given: its entry, how, where it lies if it was saved, which copy it is."""

    sequence: int
    at: datetime
    way: Way
    copy: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """How papers leave this counter: what the printer is given, and the codes for why not; "" where they do."""

    format: Format
    print: str
    save: str


class Papers:
    """All of it runs on the backstage loop; `paper` codes of DecisionError say why something cannot be done."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        signed: SignedActs,
        work: AtWork,
    ) -> None:
        """`signed` are acts that two people sign."""
        self._parts, self._acts, self._signed, self._now = parts, acts, signed, work.now
        self._signed_in, self._in_hand, self._recorded = work.signed_in, work.in_hand, work.recorded
        self.admissions = Admissions(parts, acts, work)

    @property
    def bound(self) -> PaperParts:
        """Rules, renderer, printer and folder. Raises ConfigError; DecisionError `paper.off`."""
        return bound(self._parts)

    # -- making -----------------------------------------------------------------------------------------------------

    async def make(self, kind: PaperKind, languages: tuple[str, ...] = LANGUAGES) -> Made:
        """The notice or the slip of whom is in hand. Raises DecisionError for why there is none."""
        current = self._in_hand()
        if kind is PaperKind.NOTICE:
            return self._notice(current, languages)
        if kind is PaperKind.SLIP:
            return self._slip(current, languages)
        raise DecisionError("paper.of-a-case")

    def _notice(self, current: Current, languages: tuple[str, ...]) -> Made:
        view, rules = current.view(), self.bound.rules
        if not current.decided and all(outcome in LETS_GO for _, outcome in view.outcome):
            raise DecisionError("paper.not-decided")
        facts = notice_facts(view, current.opened(), rules.sayable, decided=current.decided)
        drawn = self._drawn(PaperKind.NOTICE, current.crossing.id, facts, view.digest)
        bearer = self._bearer(current)
        return self._made(drawn, lambda copy: notice(facts, bearer, drawn, rules.wording, languages, copy))

    def _slip(self, current: Current, languages: tuple[str, ...]) -> Made:
        stay = self.admissions.stay()
        if isinstance(stay, str):
            raise DecisionError(f"paper.{stay}")
        if not current.decided:
            raise DecisionError("paper.not-decided")
        if stay.until is None:
            raise DecisionError("paper.not-admitted")
        drawn = self._drawn(PaperKind.SLIP, current.crossing.id, stay, current.view().digest)
        bearer, words = self._bearer(current), self.bound.rules.wording
        return self._made(drawn, lambda copy: slip(stay, bearer, drawn, words, languages, copy))

    async def make_of_case(
        self, kind: PaperKind, case: Case, outcomes: Mapping[str, Outcome], languages: tuple[str, ...]
    ) -> Made:
        """The hand-over record, or the letter once it is closed. Raises DecisionError for why there is none."""
        from ..domain.papers.of_case import CaseFile, closed_case_of, crossings_of, hand_over_of

        own, wording, language = self._acts.of(case.id), self.bound.rules.wording, languages[0]
        documents = crossings_of([act for crossing in case.crossings for act in self._acts.of(crossing)])
        file = CaseFile(case, own, self._parts.roster, documents, outcomes, self._parts.place.post)
        if kind is PaperKind.HAND_OVER:
            return await self.make_hand_over(hand_over_of(file, wording, language), case.id, language)
        letter_of = closed_case_of(file, "", self._now(), wording, language)
        return await self.make_letter(letter_of, case.id, language)

    async def make_hand_over(self, record: HandOver, thread: str, language: str = "id") -> Made:
        """The hand-over record of a case (its id is the thread)."""
        drawn = self._drawn(PaperKind.HAND_OVER, thread, record, "")
        return self._made(drawn, lambda copy: hand_over(record, drawn, self.bound.rules.wording, language, copy))

    async def make_letter(self, case: ClosedCase, thread: str, language: str = "id") -> Made:
        """The official letter of a closed case (its id is the thread)."""
        drawn = self._drawn(PaperKind.LETTER, thread, replace(case, written=case.closed), "")
        return self._made(drawn, lambda copy: letter(case, drawn, self.bound.rules.wording, language, copy))

    def _drawn(self, kind: PaperKind, thread: str, said: object, digest: str) -> Drawn:
        heads = History([act for act in self._acts.of(thread) if not isinstance(act.deed, PaperDeed)]).heads
        rules = f"{self._parts.rules().book.version}, {self.bound.rules.version}"
        return Drawn(kind, self._parts.place.counter.id, thread, said, heads, digest, rules)

    def _made(self, drawn: Drawn, draw: Callable[[int], Paper]) -> Made:
        paper = draw(copies(self._acts.of(drawn.thread), drawn.code))
        return Made(paper, drawn, plain(paper, ascii_only=self.bound.rules.printing.ascii_only), self._now())

    def _bearer(self, current: Current) -> Bearer:
        document, post = current.crossing.document, self._parts.place.post
        return Bearer(
            name=document.display_name,
            document=f"{document.issuing_state} {document.number}",
            post=post.name,
            contact=self.bound.rules.contact,
            at=self._now().astimezone(ZoneInfo(post.zone)),
            training=current.crossing.training,
        )

    # -- giving -----------------------------------------------------------------------------------------------------

    def by_two(self, made: Made) -> tuple[Signer, ...]:
        """How a second person may sign for a copy with who is signed in."""
        return self._signed.ways(self._deed(made, Way.PRINTED, ""), _COPY)

    def ask(self, made: Made, way: Way, reason: str, second: str) -> Challenge:
        """The challenge to read out to a second person (id) who signs for a copy that is to leave so."""
        self._check(made)
        return self._signed.ask(PAPER, made.drawn.thread, self._deed(made, way, reason), _COPY, second)

    async def ways(self) -> Ways:
        """How papers leave this counter, and why not."""
        printing, save = self.bound.rules.printing, self.bound.save
        return Ways(printing.format, "" if printing.command else "paper.print-off", save.why_not())

    async def print(self, made: Made, reason: str = "", by: By | None = None) -> Given:
        """Print it; a copy for a reason, signed by a second person. It is recorded first, and if nothing came out too.

        Raises DecisionError `paper.print-off`, `paper.changed` (another was given meanwhile), `act.second-needed`,
        `paper.print-failed`, `paper.print-late`, and as `SignedActs.sign`; SignInError for the second person's PIN.
        """
        if not self.bound.rules.printing.command:
            raise DecisionError("paper.print-off")
        body = self._body(made, self.bound.rules.printing.format)
        session = self._signed_in()
        entry = self._record(made, Way.PRINTED, reason, by)
        try:
            await self.bound.print(body)
        except DecisionError:
            self._failed(made, entry, session)
            raise
        return Given(entry.sequence, moment(entry.recorded_at), Way.PRINTED, made.paper.copy)

    async def save(self, made: Made, reason: str = "", by: By | None = None) -> Given:
        """Save it as PDF in the post's folder. Raises as `print`; `paper.save-` codes."""
        why = self.bound.save.why_not()
        if why:
            raise DecisionError(why)
        body = self._body(made, Format.PDF)
        session = self._signed_in()
        entry = self._record(made, Way.SAVED, reason, by)
        name = f"{made.paper.kind.value}-{made.paper.reference.replace(' ', '-')}-{entry.sequence}.pdf"
        try:
            path = self.bound.save(name, body)
        except DecisionError:
            self._failed(made, entry, session)
            raise
        return Given(entry.sequence, moment(entry.recorded_at), Way.SAVED, made.paper.copy, path)

    def _body(self, made: Made, as_format: Format) -> bytes:
        if as_format is Format.PDF:
            return self.bound.pdf(made.paper, made.at)
        return made.roll.encode("ascii" if self.bound.rules.printing.ascii_only else "utf-8")

    def _record(self, made: Made, way: Way, reason: str, by: By | None) -> JournalEntry:
        self._check(made)
        deed, thread = self._deed(made, way, reason), made.drawn.thread
        if deed.needs_second() and by is not None:
            entry = self._signed.sign(PAPER, thread, deed, _COPY, by)
        else:
            entry = self._acts.record(PAPER, thread, deed, self._signed_in())
        self._recorded()
        return entry

    def _check(self, made: Made) -> None:
        """Raises DecisionError `paper.changed` where another was given since this one was shown."""
        if copies(self._acts.of(made.drawn.thread), made.drawn.code) != made.paper.copy:
            raise DecisionError("paper.changed")

    @staticmethod
    def _deed(made: Made, way: Way, reason: str) -> PaperDeed:
        drawn = made.drawn
        return PaperDeed(drawn.kind, way, drawn.code, made.paper.copy, drawn.acts, drawn.digest, drawn.rules, reason)

    def _failed(self, made: Made, entry: JournalEntry, session: Session) -> None:
        """It did not come out: it does not count, and the next one is not a copy of it."""
        of, drawn = act_id(entry.counter, entry.sequence), made.drawn
        deed = PaperDeed(drawn.kind, Way.FAILED, drawn.code, made.paper.copy, of=of)
        self._acts.record(PAPER, drawn.thread, deed, session)
        self._recorded()

    def given(self, thread: str) -> tuple[Act, ...]:
        """What papers were given on a thread, as acts."""
        return tuple(act for act in self._acts.of(thread) if isinstance(act.deed, PaperDeed))
