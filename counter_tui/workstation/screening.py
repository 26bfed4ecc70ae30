"""Every traveller is screened when opened: the lists are asked on a thread of their own, and answer to the booth.

One thread, never the screen's nor the one backstage: it opens the indexes, asks them and closes them. What it needs is
imported there, when somebody has signed in.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

from ..domain.screening.model import ListAnswer, ListedKind, Sought
from ..domain.texts import Text, text
from ..errors import ConfigError, CounterError, StoreError
from .news import ListLoaded, ListLoading, ListRefused, ListState

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from ..domain.crossings import Crossing
    from ..domain.screened import ScreeningRules
    from ..domain.screening.lists import ListRule
    from .list_ports import HeldList, ListDraft, ListStore, OpenList
    from .news import News
    from .screen_blind import BlindScreen
    from .screen_names import ListScreen

    Screen = ListScreen | BlindScreen

T = TypeVar("T")
PERSONS: Final = frozenset({ListedKind.PERSON})
KEPT: Final = 256
"""Answers from elsewhere that are kept; the oldest goes first."""


class Screens:
    """The lists at one booth. Its methods belong to the loop backstage; none of them computes there."""

    def __init__(
        self,
        store: Callable[[], ListStore],
        rules: Callable[[], ScreeningRules],
        now: Callable[[], datetime],
        translated: Callable[[Exception], Exception],
    ) -> None:
        """`store` is made at `start`; `rules` raise ConfigError for a wrong file; `translated` is as of `Backstage`."""
        self._make_store = store
        self._rules = rules
        self._now = now
        self._translated = translated
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="screening")
        self._open: dict[str, tuple[OpenList, Screen]] = {}
        self._elsewhere: dict[tuple[str, str], ListAnswer] = {}
        self._started = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._hear: Callable[[News], None] = lambda _: None
        self._changed: Callable[[], None] = lambda: None

    def listen(self, hear: Callable[[News], None], changed: Callable[[], None]) -> None:
        """News go to `hear`; `changed` is called where a traveller who is open is to be screened anew."""
        self._hear, self._changed = hear, changed

    # -- what is held -----------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Open what is held, then look for new versions. Until it is open, whoever asks waits."""
        self._store = self._make_store()
        try:
            for held in self._store.start():
                await self._take_up(held)
        finally:
            self._started.set()
        self._changed()
        self.look()

    async def _take_up(self, held: HeldList) -> None:
        try:
            self._open[held.list] = await self._at_work(lambda: _ready(self._store.open(held)))
        except CounterError as error:
            self._store.is_damaged(held, _why(error))

    def look(self, *, on: bool | None = True) -> bool:
        """Look for new versions beside what else is done, or stop that and leave nothing half; whether it looks now.

        None: whichever it is not doing.
        """
        looking = self._looking is not None and not self._looking.done()
        wanted = not looking if on is None else on
        if wanted and not looking:
            self._looking = asyncio.get_running_loop().create_task(self.load())
        elif self._looking is not None and not wanted:
            self._looking.cancel()
        return wanted

    async def load(self) -> None:
        """Put each new version in force once it is whole and open."""
        async for draft in self._store.drafts(self._progress):
            try:
                await self._put_in_force(draft)
            except CounterError as error:
                self._hear(ListRefused(self._title(draft.list), _why(error)))
        for refused in self._store.refused():
            self._hear(ListRefused(self._title(refused.list), refused.why))
        self._changed()

    async def _put_in_force(self, draft: ListDraft) -> None:
        fresh = await self._at_work(lambda: _ready(draft.open()))
        try:
            held = draft.put_in_force()
        except BaseException:
            await self._at_work(fresh[0].close)
            raise
        earlier = self._open.get(draft.list)
        self._open[draft.list] = fresh
        if earlier is not None:
            await self._at_work(earlier[0].close)
        self._hear(ListLoaded(self._title(held.list), held.version, held.count))
        self._changed()

    def _progress(self, list_id: str, done: int, total: int) -> None:
        self._hear(ListLoading(self._title(list_id), done, total))

    def _title(self, list_id: str) -> str:
        rule = self._rules().lists.get(list_id)
        return rule.title if rule else ""

    def states(self) -> tuple[ListState, ...]:
        """Every list in use here, in the order of the configuration; none before `start`."""
        if not self._started.is_set():
            return ()
        refused = {r.list: r.why for r in self._store.refused()}
        try:
            rules = self._rules().lists
        except ConfigError:  # whoever opens a traveller is told
            return ()
        return tuple(self._state(rule, refused.get(rule.id)) for rule in rules.values())

    def _state(self, rule: ListRule, refused: Text | None) -> ListState:
        at_booth = rule.screened.at_booth
        if rule.id not in self._open:
            return ListState(rule.id, rule.title, at_booth, refused=refused)
        held = self._open[rule.id][0].held
        stale = rule.is_stale(held.as_of, self._now())
        return ListState(rule.id, rule.title, at_booth, held.version, held.as_of, held.count, stale, refused)

    async def close(self) -> None:
        """Let go of the files, and of the thread."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        for opened, _ in self._open.values():
            self._worker.submit(opened.close)
        self._open.clear()
        await asyncio.to_thread(self._worker.shutdown)

    # -- who is asked about -----------------------------------------------------------------------------------------

    async def answers(self, crossing: Crossing, only: AbstractSet[str] | None = None) -> tuple[ListAnswer, ...]:
        """What each list that applies says of this traveller; one that is screened elsewhere is pending until it does.

        A list that should be held here and is not says that it was not checked: version 0, and as of no time. `only`
        these lists are asked where they are named.
        """
        await self._started.wait()
        rules = self._rules()
        document = crossing.document
        sought = Sought(document.display_name, document.birth, document.nationality, document.number)
        asked = [rule for rule in rules.on(crossing.direction) if only is None or rule.id in only]
        return tuple([await self._answer(rule, sought, crossing, rules) for rule in asked])

    async def _answer(self, rule: ListRule, sought: Sought, crossing: Crossing, rules: ScreeningRules) -> ListAnswer:
        if not rule.screened.at_booth:
            waiting = ListAnswer(rule.id, rule.title, 0, None, pending=True)
            return self._elsewhere.get((crossing.id, rule.id), waiting)
        try:
            return await self._at_work(lambda: self._ask(rule, sought, rules.threshold))
        except CounterError:
            return ListAnswer(rule.id, rule.title, 0, None)  # it holds the list, and cannot read it: not checked

    def _ask(self, rule: ListRule, sought: Sought, threshold: float) -> ListAnswer:
        """On the thread of the lists."""
        known = self._open.get(rule.id)
        if known is None:
            return ListAnswer(rule.id, rule.title, 0, None)
        opened, screen = known
        held = opened.held
        found = screen.screen(sought, threshold=threshold, kinds=PERSONS)
        stale = rule.is_stale(held.as_of, self._now())
        return ListAnswer(rule.id, rule.title, held.version, held.as_of, found.hits, found.below, stale=stale)

    def answer(self, crossing_id: str, answer: ListAnswer) -> None:
        """A list that is screened at the post or by its owner has answered on a crossing."""
        self._elsewhere[crossing_id, answer.list] = answer
        while len(self._elsewhere) > KEPT:
            del self._elsewhere[next(iter(self._elsewhere))]
        self._changed()

    async def _at_work(self, work: Callable[[], T]) -> T:
        """Run on the thread of the lists; whatever goes wrong there comes out as an error of our own."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        except Exception as error:  # noqa: BLE001 (as backstage: where the parts' errors become our own)
            ours = self._translated(error)
            raise (ours if isinstance(ours, CounterError) else StoreError("store.unknown")) from None


def _why(error: CounterError) -> Text:
    return text(error.code, **error.params)


def _ready(opened: OpenList) -> tuple[OpenList, Screen]:
    try:
        if opened.blind_key:
            from .screen_blind import BlindScreen  # numpy and rapidfuzz: not before somebody has signed in

            return opened, BlindScreen(opened.held.list, opened.segments, opened.blind_key)
        from .screen_names import ListScreen

        return opened, ListScreen(opened.held.list, opened.segments)
    except BaseException:
        opened.close()
        raise
