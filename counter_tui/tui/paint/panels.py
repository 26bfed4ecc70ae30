"""What stands against the traveller: the four numbered panels, panel 3 with its two authorities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...domain.decisions import covered
from ...domain.posts import Officer
from ...domain.sections import Contribution, Finding, Section
from ...domain.words import AGENCY_OF, AUTHORITIES_OF, PANEL_OF, Authority, Band, Basis, SourceState, Verdict
from ..words import _, clean
from .cells import MARGIN, Lines, cut, left, line, spoken, wrap
from .signs import Sign, agency_name, authority_name, not_checked, of_verdict, panel
from .sources import UNKNOWN, Sources, by_file, why_not_checked
from .times import source_age

if TYPE_CHECKING:
    from ...domain.procedures.progress import Progress
    from ...domain.view import MergedView

CHANGED = "●"
SEALED = "◆"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a panel says: words that are safe to show, their style, and the sign of a state that is not CLEAR."""

    text: str
    style: str = ""
    verdict: Verdict = Verdict.CLEAR


@dataclass(frozen=True, slots=True)
class Columns:
    """The width in cells of a panel row's columns; `text` is what is left.

    `filed`: an age says that it came by file.
    """

    name: int
    state: int
    age: int
    text: int
    filed: bool = True


def state_of(view: MergedView, section: Section, officer: Officer) -> Sign:
    """The state of an authority: what stands of it; CLEAR by absence only where this officer's one key covers it."""
    standing = [j for j in view.standing if j.authority is section.authority]
    given = any(j.basis is not Basis.RULE for j in standing)
    worst = max((j.verdict for j in standing), default=Verdict.PENDING)
    subject = next((j.subject for j in standing if j.verdict is worst), None)
    if section.source is SourceState.NOT_CHECKED and not given:
        return not_checked()
    ours = covered(section, officer) or section.authority in view.delegated
    if worst is Verdict.PENDING and section.clean and ours and not given:
        return of_verdict(Verdict.CLEAR)
    return of_verdict(worst, subject)


def is_sealed(section: Section) -> bool:
    """Whether anything in a section is sealed by its owner."""
    return any(f.sealed for f in section.findings)


def items(view: MergedView, section: Section, officer: Officer, why: str = "") -> list[Item]:
    """What a section says, the worst first; never empty: silence is put in words too.

    `why`: why it is not checked, where that is known.
    """
    by_id = {f.id: f for f in section.findings}
    ranked = sorted(section.contributions, key=lambda c: (-c.verdict, -c.band_floor, -(c.points or 0), c.id))
    said = [Item(finding_words(c, by_id.get(c.id)), _style(c), c.verdict) for c in ranked]
    contributed = {c.id for c in ranked}
    if section.authority in view.risk.stale:
        said.append(Item(_("▲ too old to rely on: AMBER until it answers"), "$attention", Verdict.PENDING))
    delegation = view.delegated.get(section.authority)
    if delegation is not None and section.source is not SourceState.LIVE:
        words = _("delegated to you until {day}: {id}").format(day=delegation.ends.isoformat(), id=clean(delegation.id))
        said.append(Item(words, "$attention"))
    said += [Item(spoken(f.text)) for f in section.findings if f.text and f.id not in contributed]
    if section.facts:
        said.append(Item(" · ".join(spoken(fact) for fact in section.facts)))
    if why:
        said.append(Item(why, "$muted"))
    return said or [Item(_silence(section, officer), "$muted")]


def _silence(section: Section, officer: Officer) -> str:
    if section.source is SourceState.NOT_CHECKED:
        return _("no answer, and nothing held here")
    if section.source is SourceState.LIVE:
        return _("nothing found")
    if covered(section, officer):
        return _("nothing found then; yours to confirm")
    return _("nothing found then; theirs to confirm")


def finding_words(contribution: Contribution, finding: Finding | None) -> str:
    """What is found, in words; where it is withheld or sealed, what to do, and not what it is."""
    action = spoken(f"action.{contribution.action}")
    if finding is not None and finding.sealed is not None:
        if finding.text is None:
            return _("sealed: {action}").format(action=action)
        return _("sealed: {call}; {action}").format(call=spoken(finding.text), action=action)
    if finding is None or finding.text is None:
        return _("withheld: {action}").format(action=action)
    words = spoken(finding.text)
    return _("{finding} (hit, not verified)").format(finding=words) if finding.candidate else words


def short_words(contribution: Contribution, view: MergedView, width: int = 22) -> str:
    """A finding in a few words: as far as its first comma, colon or dot."""
    section = view.section(contribution.authority)
    finding = next((f for f in section.findings if f.id == contribution.id), None)
    if finding is not None and finding.sealed is not None:
        return _("sealed")
    words = spoken(
        finding.text if finding is not None and finding.text is not None else f"action.{contribution.action}"
    )
    return few_words(words, width)


def few_words(words: str, width: int) -> str:
    """As far as the first comma, colon or dot."""
    for mark in (": ", ", ", " · ", " (", "; "):
        words = words.partition(mark)[0]
    return cut(words, width)


def _style(contribution: Contribution) -> str:
    if contribution.verdict >= Verdict.HOLD or contribution.band_floor is Band.RED:
        return "$stop"
    if contribution.verdict >= Verdict.PENDING or contribution.band_floor is Band.AMBER:
        return "$attention"
    return ""


@dataclass(frozen=True, slots=True)
class Panels:
    """The four panels of one view as one officer sees them: what each painter below needs to know.

    `progress` is how far the steps of its plan are, where anything was recorded of them; `sources` how the ways to the
    agencies stand.
    """

    view: MergedView
    officer: Officer
    now: datetime
    zone: str
    changed: frozenset[str] = frozenset()
    progress: Progress | None = None
    sources: Sources = UNKNOWN

    def why_not(self, section: Section) -> str:
        """Why a section is not checked; "" where it is, or nothing is known of why."""
        if section.source is not SourceState.NOT_CHECKED:
            return ""
        return why_not_checked(section.authority, self.sources, self.now, self.zone)

    def said(self, section: Section) -> list[Item]:
        """What a section says, as `items`."""
        return items(self.view, section, self.officer, self.why_not(section))

    def by_file(self, section: Section) -> bool:
        """Whether a section came by file."""
        return section.source is SourceState.CACHED and by_file(section.authority, self.sources)

    def age(self, section: Section, *, filed: bool = True) -> str:
        """How old a section is, as `source_age`; with `filed`, of one that came by file also that: `file 05:02`."""
        age = source_age(section, self.now, self.zone)
        return _("file {age}").format(age=age) if filed and self.by_file(section) else age

    def rows(self, width: int, most: int) -> Lines:
        """All panels under each other, at most `most` rows an authority; the two of panel 3 have one row each."""
        columns = self.columns(width)
        rows: Lines = []
        for agency, authorities in AUTHORITIES_OF.items():
            for at, authority in enumerate(authorities):
                name = f"{PANEL_OF[agency]} {agency_name(agency).upper()}" if at == 0 else ""
                rows += self._authority(authority, name, columns, most if len(authorities) == 1 else 1)
        return rows

    def columns(self, width: int, *, filed: bool = True) -> Columns:
        """Columns as wide as the states and ages need in the language that is on; text has the rest."""
        narrow = width < 100
        known = [(self._state(s), self.age(s, filed=filed)) for s in self.view.sections]
        state = max([11 if narrow else 14, *(cell_len(word) + 1 for word, age in known if age)])
        age = max([8 if narrow else 10, *(cell_len(age) + 1 for _word, age in known)])
        age += max([0, *(cell_len(word) + 1 - state - age for word, _age in known)])
        name = 15 if narrow else 17
        return Columns(name, state, age, max(10, width - name - state - age - 2 * MARGIN), filed)

    def _state(self, section: Section) -> str:
        seal = f" {SEALED}" if is_sealed(section) else ""
        return state_of(self.view, section, self.officer).text + seal

    def _authority(self, authority: Authority, name: str, columns: Columns, most: int) -> Lines:
        section = self.view.section(authority)
        shared = len(AUTHORITIES_OF[AGENCY_OF[authority]]) > 1
        prefix = authority_name(authority) if shared else ""
        said = told(self.said(section), prefix, panel(authority), columns.text, most)
        indent = " " * (columns.name + columns.state + columns.age + MARGIN)
        return [line(self.head(section, name, columns) if at == 0 else indent, text) for at, text in enumerate(said)]

    def head(self, section: Section, name: str, columns: Columns) -> Content:
        """Mark of change, number and name, state word and sign, age."""
        sign = state_of(self.view, section, self.officer)
        seal = f" {SEALED}" if is_sealed(section) else ""
        age = self.age(section, filed=columns.filed)
        mark = CHANGED if section.authority.value in self.changed else " "
        stale = "$attention" if section.authority in self.view.risk.stale else "$muted"
        return line(
            (mark, "bold"),
            (left(name, columns.name - 1) + " ", "bold"),
            (sign.text, f"bold {sign.style}"),
            (seal, "bold $sealed"),
            _gap(sign.text + seal, age, columns),
            (age, stale),
        ).truncate(MARGIN + columns.name + columns.state + columns.age, pad=True)


def _gap(state: str, age: str, columns: Columns) -> str:
    """Blanks up to the age; a state that is too long for its column goes on into it."""
    return " " * max(1 if age else 0, columns.state - cell_len(state))


def told(said: Sequence[Item], prefix: str, number: int, width: int, most: int) -> Lines:
    """An authority's items in at most `most` lines; what does not fit is counted, with the key that shows it."""
    words = [_named(prefix, item.text) for item in said]
    if len(said) == 1 and most > 1:
        return [line((part, said[0].style)) for part in wrap(words[0], width, most)]
    hidden = len(said) - most
    lines = [line((cut(text, width), item.style)) for text, item in zip(words[:most], said, strict=False)]
    if hidden > 0:
        more = f"  {_('+{n} more ({key})').format(n=hidden, key=number)}"
        kept = cut(words[most - 1], width - cell_len(more))
        lines[-1] = line((kept, said[most - 1].style), (more, "bold"))
    return lines


def _named(authority: str, words: str) -> str:
    """Words behind the authority's name, unless they begin with it themselves."""
    return words if not authority or words.casefold().startswith(authority.casefold()) else f"{authority}: {words}"
