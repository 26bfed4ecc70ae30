"""What opens over the inspection: why the band is what it is, and one panel in full."""

from rich.cells import cell_len
from textual.content import Content

from ...domain.sections import Contribution, Section
from ...domain.words import AUTHORITIES_OF, PANEL_OF, Authority, SourceState, Verdict
from ..words import _, clean
from .cells import EMPTY, Lines, left, line, spoken, spread, wrap
from .following import against_words, subject_words
from .joint import band_words, find_finding, sealed_words, sum_line, unjudged_words, weight, what_would_change
from .panels import CHANGED, SEALED, Panels, finding_words, is_sealed, state_of
from .signs import agency_name, authority_name, of_band, of_verdict, panel
from .sources import link_words
from .times import HOUR, day, local, source_age, when

INDENT = "   "


def why(panels: Panels, width: int) -> Lines:
    """Every reason with its points and owner, how the score comes about, and what would change it."""
    view = panels.view
    lines = [line((_("WHY"), "bold"), "  ", band_words(view)), EMPTY]
    lines += reason_lines(panels, width)
    if len(lines) == 2:
        lines.append(line(_("nothing stands against this traveller")))
    lines += [EMPTY, *wrapped(sum_line(view).plain, width), *wrapped(sources_words(panels), width)]
    against = list(against_words(view, panels.officer))
    if against:
        lines += [EMPTY, line((_("WHY ONE KEY DOES NOT CLEAR"), "bold"))]
        lines += [part for words in against for part in wrapped(words, width)]
    would = what_would_change(view)
    if would:
        lines += [EMPTY, line((_("WHAT WOULD CHANGE IT"), "bold"))]
        lines += [part for content in would for part in wrapped(content.plain, width)]
    return lines


def sources_words(panels: Panels) -> str:
    """How old what each authority said is."""
    ages = ((s.authority, panels.age(s)) for s in panels.view.sections)
    said = (f"{panel(a)} {authority_name(a)} {age or _('NOT CHECKED')}" for a, age in ages)
    return _("sources: {ages}").format(ages=" · ".join(said))


def reason_lines(panels: Panels, width: int) -> Lines:
    """Each reason of the band: what it weighs, what it is, whose it is."""
    risk = panels.view.risk
    room = max((cell_len(weight(c, panels.view)) for c in risk.reasons), default=0) + 2
    lines = [part for c in risk.reasons for part in _reason(c, panels, width, room)]
    for word, style, authorities in (
        (_("NOT CHECKED"), "$unknown", risk.not_checked),
        (_("too old"), "$attention", risk.stale),
    ):
        lines += [spread(line(("? ", style), (word, style)), owner_words(a), width) for a in authorities]
    return lines + _in_vain(panels, width)


def _in_vain(panels: Panels, width: int) -> Lines:
    """Rules of risk that say nothing yet, or could not be evaluated."""
    risk = panels.view.risk
    said = [_("risk rules are loading")] * risk.loading + [unjudged_words(unjudged) for unjudged in risk.unjudged]
    rows = [("? " if at == 0 else "  ", part) for words in said for at, part in enumerate(wrap(words, width - 2))]
    return [line((sign + part, "$unknown")) for sign, part in rows]


def _reason(contribution: Contribution, panels: Panels, width: int, room: int) -> Lines:
    finding = find_finding(contribution, panels.view)
    row = panels.view.risk.find_row(contribution.id)
    weighs_only = row is not None and contribution.verdict is Verdict.CLEAR
    sign = of_band(contribution.band_floor) if weighs_only else of_verdict(contribution.verdict, contribution.subject)
    owner = owner_words(contribution.authority)
    said = finding_words(contribution, finding)
    if contribution.points is None:
        call = spoken(finding.text) if finding is not None and finding.text is not None else ""
        words = (sealed_words(contribution.authority, panels.view), call, spoken(f"action.{contribution.action}"))
        said = " · ".join(filter(None, words))
    if row is not None:
        said += f" ({clean(row.legal_basis)})"
    first, *rest = wrap(said, width - room - owner.cell_length - 4)
    head = line((f"{sign.sign} ", sign.style), left(weight(contribution, panels.view), room), (first, sign.style))
    return [spread(head, owner, width), *[line(" " * (room + 2), (part, sign.style)) for part in rest]]


def owner_words(authority: Authority) -> Content:
    """`3 animal/plant`."""
    return line((f"{panel(authority)} {authority_name(authority)}", "$muted"))


def wrapped(text: str, width: int, indent: str = "") -> Lines:
    """A text in as many lines as it takes."""
    return [line(indent, part) for part in wrap(text, width - len(indent))]


def one_panel(panels: Panels, number: int, width: int) -> Lines:
    """One panel in full: each authority's state, findings, facts, provenance, age, versions of its lists."""
    agency = next(a for a, n in PANEL_OF.items() if n == number)
    lines: Lines = [line((f"{number} {agency_name(agency).upper()}", "bold"))]
    for authority in AUTHORITIES_OF[agency]:
        lines += [EMPTY, *_authority(panels, panels.view.section(authority), width)]
    return lines


def _authority(panels: Panels, section: Section, width: int) -> Lines:
    sign = state_of(panels.view, section, panels.officer)
    lines: Lines = [
        line(
            (f"{authority_name(section.authority)}  ", "bold"),
            (sign.text, f"bold {sign.style}"),
            (f" {SEALED}" if is_sealed(section) else "", "bold $sealed"),
            f"   {provenance(panels, section)}",
        )
    ]
    for words in link_words(section.authority, panels.sources, panels.now, panels.zone):
        lines += [line((part.plain, "$muted")) for part in wrapped(words, width, INDENT)]
    said_of_link = len(lines)
    for contribution in section.contributions:
        lines += _contribution(panels, section, contribution, width)
    for finding in section.findings:
        if finding.text is not None and all(c.id != finding.id for c in section.contributions):
            lines += wrapped(spoken(finding.text), width, INDENT)
    for fact in section.facts:
        lines += wrapped(spoken(fact), width, INDENT)
    if len(lines) == said_of_link:
        lines.append(line((INDENT + _("nothing more is said"), "$muted")))
    if is_sealed(section):
        lines += _sealed(section, width)
    from .fields import record_lines  # once a panel is looked at in full

    lines += record_lines(panels, section, width)
    versions = " · ".join(f"{clean(name)} {clean(version)}" for name, version in section.versions)
    if versions:
        lines += [
            line((part.plain, "$muted"))
            for part in wrapped(_("lists: {versions}").format(versions=versions), width, INDENT)
        ]
    return lines


def provenance(panels: Panels, section: Section) -> str:
    """Where a section comes from and of when it is."""
    if section.source is SourceState.NOT_CHECKED:
        return _("nothing held here") if panels.why_not(section) else _("no answer, and nothing held here")
    age = source_age(section, panels.now, panels.zone)
    if section.as_of is None:
        return age
    time = when(section.as_of, panels.now, panels.zone)
    if section.source is SourceState.LIVE:
        return _("{live}, as of {time}").format(live=age, time=time)
    if panels.by_file(section):
        return _("by file, as of {time}").format(time=time)
    held = _("held here, as of {time}").format(time=time)
    return held if panels.now - section.as_of < HOUR else f"{held} ({age})"


def _contribution(panels: Panels, section: Section, contribution: Contribution, width: int) -> Lines:
    finding = next((f for f in section.findings if f.id == contribution.id), None)
    sign = of_verdict(contribution.verdict, contribution.subject)
    mark = CHANGED if contribution.id in panels.changed else " "
    words = wrap(finding_words(contribution, finding), width - len(INDENT))
    lines = [line((f" {mark} " if at == 0 else INDENT, "bold"), (part, sign.style)) for at, part in enumerate(words)]
    about = f"{sign.text} · {subject_words(contribution.subject)} · {weight(contribution, panels.view)}"
    if finding is not None and (finding.text is not None and finding.sealed is None):
        about += f" · {spoken(f'action.{contribution.action}')}"
    if contribution.expires is not None:
        about += " · " + _("ends by law {day}").format(day=day(local(contribution.expires, panels.zone).date()))
    return lines + [line((part.plain, "$muted")) for part in wrapped(about, width, INDENT + "  ")]


def _sealed(section: Section, width: int) -> Lines:
    here = any(f.sealed is not None and f.sealed.ciphertext for f in section.findings)
    words = _("u: two people unseal it for one view, one of them its owner's; the owner sees who looked.")
    if not here:
        words = _("It cannot be unsealed at this counter.")
    return [line((part.plain, "$sealed")) for part in wrapped(words, width, INDENT)]
