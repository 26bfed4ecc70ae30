"""What has to be seen first on a paper: that it is a copy, or of an exercise."""

from collections.abc import Sequence

from .blocks import Mark
from .wording import Wording


def marks(wording: Wording, languages: Sequence[str], copy: int, *, training: bool) -> tuple[Mark, ...]:
    """Each in all the languages of the paper; what reads the same is said once."""
    found = []
    if training:
        found.append(" / ".join(dict.fromkeys(wording.say("mark.training", one) for one in languages)))
    if copy:
        found.append(" / ".join(dict.fromkeys(wording.say("mark.copy", one, n=copy) for one in languages)))
    return tuple(Mark(text) for text in found)
