"""Why an authority is not checked, and how its link stands: in few words for its panel, whole for its own screen."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ...domain.agency_links import AgencyLink, Grade, Standing
from ...domain.texts import text
from ...domain.words import Authority
from ..words import _
from .cells import spoken
from .times import hh_mm, local, old, when

if TYPE_CHECKING:
    from ...workstation.news import Status

REFUSED = "agency.refused"
SLOW = "agency.too-slow"
NO_ANSWER = "agency.no-answer"


@dataclass(frozen=True, slots=True)
class Sources:
    """How the ways to the agencies stand: this counter's own to the single window, and the links behind that.

    `down_since`: None while the single window answers, or where nothing is known of it.
    """

    down_since: datetime | None = None
    links: tuple[AgencyLink, ...] = ()

    def link(self, authority: Authority) -> AgencyLink | None:
        """An authority's link; None where nothing was told of it."""
        return next((one for one in self.links if one.authority is authority), None)


UNKNOWN = Sources()


def sources_of(status: "Status | None") -> Sources:
    """How they stand by this status."""
    if status is None:
        return UNKNOWN
    return Sources(status.down_since, tuple(one.link for one in status.sources if one.link is not None))


def why_not_checked(authority: Authority, sources: Sources, now: datetime, zone: str) -> str:
    """Why nothing is known of a traveller, in few words; "" where nothing is known of why."""
    link = sources.link(authority)
    if link is not None and link.grade is Grade.NONE:
        return _("no link to its system")
    if sources.down_since is not None:
        return _("link down since {time}").format(time=_at(sources.down_since, now, zone))
    if link is None or link.grade is not Grade.FILE:
        return _failing(link, now, zone) if link is not None else ""
    if link.last_answer is None:
        return _("by file: none has come")
    return _("not in its file, {age}").format(age=old(link.last_answer, now, zone))


def _failing(link: AgencyLink, now: datetime, zone: str) -> str:
    """What a link fails in, and since when; "" where it answers."""
    if link.standing is Standing.ANSWERING:
        return ""
    if link.standing is Standing.LATE:
        words = _("slow since {time}, may still come")
    else:
        words = {
            REFUSED: _("refuses ({status}) since {time}"),
            SLOW: _("too slow since {time}"),
            NO_ANSWER: _("no answer since {time}"),
            "": _("no answer since {time}"),
        }.get(_code(link)[0], _("answers unusable since {time}"))
    return words.format(status=_code(link)[1] or "?", time=_at(link.since, now, zone))


def _at(at: datetime, now: datetime, zone: str) -> str:
    """The time, with its day where that is not today's."""
    return hh_mm(at, zone) if local(at, zone).date() == local(now, zone).date() else when(at, now, zone).strip()


def _code(link: AgencyLink) -> tuple[str, str]:
    """The code of what went wrong, and the status that was answered."""
    code, _blank, status = link.why.partition(" ")
    return code, status


def by_file(authority: Authority, sources: Sources) -> bool:
    """Whether what is known of an authority came by file."""
    link = sources.link(authority)
    return link is not None and link.grade is Grade.FILE


def link_words(authority: Authority, sources: Sources, now: datetime, zone: str) -> list[str]:
    """How the way to an authority stands, in sentences for its own screen; none where there is nothing to say."""
    said = []
    if sources.down_since is not None:
        since = _at(sources.down_since, now, zone)
        said.append(_("this counter's link to the single window: down since {time}").format(time=since))
    link = sources.link(authority)
    return said if link is None or link.ordinary else [*said, *_whole(link, now, zone)]


def _whole(link: AgencyLink, now: datetime, zone: str) -> list[str]:
    last = old(link.last_answer, now, zone) if link.last_answer is not None else _("never")
    if link.grade is Grade.NONE:
        return [_("its link: none; its system is never asked")]
    if link.grade is Grade.FILE:
        said = [_("its link: by file, last {last}").format(last=last)]
        return [*said, _("a later file is not taken")] if link.why and link.last_answer is not None else said
    if link.standing is Standing.ANSWERING:
        return [_("its link: asked while a traveller stands here; last answer {last}").format(last=last)]
    said = [_("its link: {failing}; last answer {last}").format(failing=_failing(link, now, zone), last=last)]
    if link.standing is Standing.RESTING and link.until is not None and link.until > now:
        said[0] += _(", asked again {time}").format(time=_at(link.until, now, zone))
    code, status = _code(link)
    return [*said, spoken(text(code, authority=link.authority.value, status=status))] if code else said
