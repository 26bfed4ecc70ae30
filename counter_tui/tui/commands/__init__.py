"""What a person can do at a screen: one object gives the key, the footer entry, the palette entry and the help line."""

from .command import Command, State, Where
from .registry import COMMANDS, commands_of, get_command, key_table

__all__ = ["COMMANDS", "Command", "State", "Where", "commands_of", "get_command", "key_table"]
