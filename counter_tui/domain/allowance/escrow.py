"""The single window's half: it hands a resident's allowance out in shares, none of it to two counters.

A share is a promise kept on its disk before it is answered. It ends with the counter's own acts, which say what of it
was used and what was given back; also one whose answer got lost is given back, by a counter that never had it. So a
counter that never speaks again keeps its share until the month is over, and nobody else is given it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from .balance import Balance, balance
from .deeds import ALLOWANCE, What

if TYPE_CHECKING:
    from ..acts import Act
    from .terms import Terms


LONGEST: Final = 128


class Reply(StrEnum):
    """A share, or why there is none.

    All is used or held elsewhere; the counter's own acts have not all arrived yet; the month is another; the question
    was answered otherwise before.
    """

    SHARE = "share"
    NONE = "none"
    BEHIND = "behind"
    MONTH = "month"
    STALE = "stale"


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """A counter asks for a share. `number` is greater than any it asked with before, also after it was killed.

    `said` is how many acts it has recorded of the resident in this month. `agency_used` is what the agency's own record
    says is used (sen).
    """

    resident: str
    month: str
    counter: str
    number: int
    said: int = 0
    agency_used: int = 0
    also: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError where it is out of bounds."""
        words = (self.resident, self.month, self.counter, self.also)
        amounts = (self.number, self.said, self.agency_used)
        if max(map(len, words)) > LONGEST or not all(0 <= n < 1 << 53 for n in amounts):
            raise ValueError("bounds")

    @property
    def share(self) -> str:
        """What the share is called that this question may bring."""
        return f"{self.counter}/{self.number}"


@dataclass(frozen=True, slots=True)
class Answer:
    """`sen` of a share by that id; `used` by what has arrived, `elsewhere` held by others; `outside` as in acts."""

    reply: Reply
    month: str
    share: str = ""
    sen: int = 0
    used: int = 0
    elsewhere: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class Handed:
    """A share that was handed out."""

    share: str
    counter: str
    sen: int
    outside: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Kept of a resident and month beside the acts: what was handed out, and the last question of each counter."""

    handed: tuple[Handed, ...] = ()
    asked: tuple[tuple[str, int], ...] = ()

    def joined(self, other: Account) -> Account:
        """Both, where two keys turn out to be one person's."""
        asked = dict(other.asked)
        for counter, number in self.asked:
            asked[counter] = max(number, asked.get(counter, 0))
        return Account((*self.handed, *other.handed), tuple(sorted(asked.items())))


def hand_out(account: Account, acts: Iterable[Act], ask: Ask, terms: Terms, month: str) -> tuple[Account, Answer]:
    """The account afterwards, to be kept before the answer goes, and the answer. `month` is the single window's own."""
    held = tuple(acts)
    now = balance(held, month)
    if ask.month != month:
        return account, Answer(Reply.MONTH, month, used=now.used)
    own = next((one for one in _open(account, held) if one.counter == ask.counter), None)
    if ask.number <= dict(account.asked).get(ask.counter, 0):
        same = own is not None and own.share == ask.share
        return account, _answer(Reply.SHARE if same else Reply.STALE, account, held, now, ask, own if same else None)
    account = replace(account, asked=_noted(account, ask))
    if said(held, ask.counter, month) < ask.said:
        return account, _answer(Reply.BEHIND, account, held, now, ask)
    if own is not None:
        return account, _answer(Reply.SHARE, account, held, now, ask, own)
    outside = _outside(account, now, ask)
    sen = max(0, min(terms.allowance - reserved(account, held, now) - (outside - now.outside), terms.draw))
    share = Handed(ask.share, ask.counter, sen, outside)
    if not sen:
        return account, replace(_answer(Reply.NONE, account, held, now, ask), outside=outside)
    account = replace(account, handed=(*account.handed, share))
    return account, _answer(Reply.SHARE, account, held, now, ask, share)


def reserved(account: Account, acts: Iterable[Act], now: Balance) -> int:
    """What nobody else may be given: used, held in shares, or handed out and not heard of since."""
    return now.committed + sum(_unheard(account, acts, now).values())


def _unheard(account: Account, acts: Iterable[Act], now: Balance) -> dict[Handed, int]:
    """Shares of which it was not said yet that they were drawn, and what may have been granted from each.

    What was given back may be told before the rest: acts do not come in their order.
    """
    heard, back, missed = {share.id for share in now.shares}, _told(acts, What.RETURNED), _told(acts, What.MISSED)
    return {
        one: one.sen - back.get(one.share, 0)
        for one in account.handed
        if one.share not in heard and one.share not in missed
    }


def _told(acts: Iterable[Act], what: What) -> dict[str, int]:
    """The amounts that were told of shares, by share; only its own counter says so."""
    return {
        act.deed.share: act.deed.sen
        for act in acts
        if act.kind == ALLOWANCE and act.deed.what is what and act.deed.share.startswith(f"{act.counter}/")
    }


def _open(account: Account, acts: Iterable[Act]) -> tuple[Handed, ...]:
    """What was handed out and has not come to its end, as far as is known."""
    over = {**_told(acts, What.RETURNED), **_told(acts, What.MISSED)}
    return tuple(one for one in account.handed if one.share not in over)


def _outside(account: Account, now: Balance, ask: Ask) -> int:
    """What the agency counts beside what is granted here: the most that was ever seen.

    All that the agency was told of has come through here, so that what it was not told of yet makes this too small for
    a while, and never too great.
    """
    return max(now.outside, ask.agency_used - now.told, *(one.outside for one in account.handed), 0)


def said(acts: Iterable[Act], counter: str, month: str) -> int:
    """How many acts of a counter are among these."""
    return len({a.id for a in acts if a.kind == ALLOWANCE and a.counter == counter and a.deed.month == month})


def _noted(account: Account, ask: Ask) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((dict(account.asked) | {ask.counter: ask.number}).items()))


def _answer(
    reply: Reply, account: Account, acts: tuple[Act, ...], now: Balance, ask: Ask, share: Handed | None = None
) -> Answer:
    elsewhere = sum(one.kept - one.granted for one in now.shares if one.counter != ask.counter)
    elsewhere += sum(sen for one, sen in _unheard(account, acts, now).items() if one.counter != ask.counter)
    if share is None:
        return Answer(reply, now.month, used=now.used, elsewhere=elsewhere, outside=now.outside)
    return Answer(reply, now.month, share.share, share.sen, now.used, elsewhere, max(now.outside, share.outside))
