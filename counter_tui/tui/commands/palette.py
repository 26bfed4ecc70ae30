"""The command palette's entries: the commands of the screen below, by name; what does not work says why."""

from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from ..screens.frame import Framed
from ..words import _, say
from . import Command, commands_of


class CommandSource(Provider):
    """Finds commands by their help line."""

    def _commands(self) -> list[tuple[str, Command, str]]:
        screen = self.screen
        if not isinstance(screen, Framed):
            return []
        state = screen.state()
        shown = [c for c in commands_of(state.where) if c.id != "palette"]
        return [(f"{c.key}  {_(c.help)}", c, c.enabled(state) or "") for c in shown]

    def _run(self, command: Command) -> None:
        screen: Framed[Any] = self.screen  # type: ignore[assignment] # _commands has seen to it
        screen.counter.perform(command.id, screen, command.keys[0])

    async def discover(self) -> Hits:
        """All of them."""
        for words, command, why in self._commands():
            yield DiscoveryHit(words, partial(self._run, command), help=say(why) if why else None)

    async def search(self, query: str) -> Hits:
        """Those that what was typed fits."""
        matcher = self.matcher(query)
        for words, command, why in self._commands():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, matcher.highlight(words), partial(self._run, command), help=say(why) if why else None)
