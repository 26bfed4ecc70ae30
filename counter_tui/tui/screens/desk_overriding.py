"""Overrides at the desk: `m` shows what holds the traveller back by rule, and a supervisor sets one aside, by two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...errors import CounterError
from ..paint.cells import spoken
from ..paint.overriding import hours_choices, hours_offered, overridable_choices, reason_words, rule_words
from ..widgets.ask_drawer import Asking
from ..widgets.second_drawer import Signing
from ..words import N_, _, clean, say
from .desk_judging import DeskJudging

if TYPE_CHECKING:
    from ...domain.overriding import OverrideReason
    from ...domain.posts import Officer
    from ...workstation.overriding import Chosen, Overridable
    from ...workstation.two_persons import By, Way

SHORTEST = 20


class DeskOverriding(DeskJudging):
    """The desk with overrides."""

    def do_override(self) -> None:
        """What holds the traveller back, and what of it may be set aside."""
        self.counter.ask(self._offer_override(), "override")

    async def _offer_override(self) -> None:
        offered, reasons = await self.counter.desk.overriding.offered()
        if self._view is None:
            return
        if not offered:
            self.counter.tell(N_("No rule holds this traveller back: there is nothing to override."), "attention")
            return
        which = Asking(
            lambda: _("OVERRIDE"),
            self._who(),
            lambda: _("which result? number or arrows"),
            partial(overridable_choices, self._view, offered),
        )
        self._ask_first(which, lambda number, _words: self._take_override(offered[number - 1], reasons))

    def _take_override(self, one: Overridable, reasons: tuple[OverrideReason, ...]) -> None:
        if one.why_not:
            self._asker.tell(say(one.why_not))
            return
        hours = Asking(
            lambda: _("OVERRIDE"), self._who(), lambda: _("for how long?"), partial(hours_choices, one.hours)
        )

        def begin(number: int, _words: str) -> None:
            self.counter.ask(self._sign_override(one, hours_offered(one.hours)[number - 1], reasons), "override")

        self._ask_first(hours, begin)

    async def _sign_override(self, one: Overridable, hours: int, reasons: tuple[OverrideReason, ...]) -> None:
        try:
            ways = await self.counter.desk.overriding.ways(one.contribution.id)
        except CounterError as error:
            self._asker.tell(say(error))
            raise
        self._asker.close()
        chosen = partial(_chosen, one, hours, reasons)
        if self._view is not None:
            self.ask_second(
                self._override_signing(one, hours, reasons, ways),
                lambda reason, note, by: self._record_override(chosen(reason, note), by),
                lambda reason, note, second: self.counter.desk.overriding.ask(chosen(reason, note), second.id),
            )

    def _override_signing(
        self, one: Overridable, hours: int, reasons: tuple[OverrideReason, ...], ways: tuple[Way, ...]
    ) -> Signing:
        beside, *others = ways
        return Signing(
            what=lambda: _("OVERRIDE for {n} h").format(n=hours),
            about=self._who(),
            reasons=partial(reason_words, reasons),
            noted=frozenset(range(1, len(reasons) + 1)),
            seconds=beside.seconds,
            sentence=partial(self._override_sentence, one, hours, reasons),
            elsewhere=tuple(others),
            alone=partial(spoken, "solo.leave-rule"),
            shortest=SHORTEST,
        )

    def _override_sentence(
        self, one: Overridable, hours: int, reasons: tuple[OverrideReason, ...], number: int, second: Officer
    ) -> str:
        """What both sign."""
        view, first = self._view, self.counter.desk.officer
        assert view is not None
        assert first is not None
        told = _("{second} signs with {first}: {rule} is set aside for {name} for {n} h: {reason}.")
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            rule=rule_words(view, one.contribution),
            name=self._who(),
            n=hours,
            reason=spoken(f"override.reason.{reasons[number - 1].code}"),
        )

    async def _record_override(self, chosen: Chosen, by: By) -> None:
        async with self._one_at_a_time:
            sequence = await self.counter.desk.overriding.sign(chosen, by)
        self._second.close()
        self._put(self.counter.desk.view or self._view, self._recorded)
        self.counter.tell(N_("OVERRIDE recorded, entry {n}: the rule stands again by itself"), "attention", n=sequence)


def _chosen(one: Overridable, hours: int, reasons: tuple[OverrideReason, ...], reason: int, note: str) -> Chosen:
    from ...workstation.overriding import Chosen

    return Chosen(one.contribution.id, reasons[reason - 1].code, note, hours)
