"""What the doctor says of the links from the single window to the agencies' systems, as this counter was told last."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Literal

from offline_cache import Records

from ..domain.agency_links import AgencyLink, Grade, Standing, read_link
from ..errors import AgencyError
from ..workstation.records import LINK
from .catalogues import in_words

Line = tuple[Literal["ok", "warn", "fail"], str, str]


def examine_links(records: Records, now: datetime, _: Callable[[str], str], language: str) -> Iterator[Line]:
    """A line for each link of which there is something to tell; the others answer, as far as is known here."""
    for record in records.all(LINK):
        link = read_link(record.body)
        if link is not None and not link.ordinary:
            resting = link.standing is Standing.RESTING or link.grade is Grade.NONE
            yield "warn" if resting else "ok", link.authority.value, _told(link, now, _, language)


def _told(link: AgencyLink, now: datetime, _: Callable[[str], str], language: str) -> str:
    last = _shown(link.last_answer) if link.last_answer else _("never")
    if link.grade is Grade.NONE:
        return _("no link: every section of it reads NOT CHECKED")
    if link.standing is Standing.RESTING:
        until = _shown(link.until) if link.until is not None and link.until > now else _("any moment")
        code, _blank, status = link.why.partition(" ")
        why = in_words(language, AgencyError(code, authority=link.authority.value, status=status)) if code else ""
        return _("rests since {since}, asked again {until}, last answer {last}. {why}").format(
            since=_shown(link.since), until=until, last=last, why=why
        )
    if link.standing is Standing.LATE:
        return _("answers late since {since}: its answers are in the cache, not in time").format(
            since=_shown(link.since)
        )
    if link.grade is Grade.FILE:
        return _("by file, last {last}").format(last=last)
    return _("asked while a traveller stands here, last answer {last}").format(last=last)


def _shown(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
