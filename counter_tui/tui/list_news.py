"""What the last line says of lists: what comes in, what is in force, what was refused and why."""

from typing import Protocol

from ..workstation.news import ListLoaded, ListLoading, ListRefused, News
from .paint.cells import spoken
from .words import N_

MANY = 5_000
"""A shorter list is loaded before anybody reads that it is."""


class Tell(Protocol):
    """Puts a sentence on the last line."""

    def __call__(self, sentence: str, tone: str = "", **params: str | int) -> None: ...  # noqa: D102


def tell_of_lists(tell: Tell, news: News) -> bool:
    """Tell it, if it is of lists; whether it is."""
    if isinstance(news, ListLoading):
        if news.total >= MANY:
            tell(N_("loading {title}: {done} of {total}"), title=news.title, done=news.done, total=news.total)
    elif isinstance(news, ListLoaded):
        told = N_("list in force: {title}, version {version}, {count} entries")
        tell(told, title=news.title, version=news.version, count=news.count)
    elif isinstance(news, ListRefused):
        tell(N_("A list was refused, what was held stays: {why}"), "attention", why=spoken(news.why))
    else:
        return False
    return True
