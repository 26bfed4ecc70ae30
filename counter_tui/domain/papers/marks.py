"""What has to be seen first on a paper: that it is a copy, or of an exercise."""

from collections.abc import Sequence

from .blocks import Mark
from .wording import Wording


def marks(wording: Wording, languages: Sequence[str], copy: int, *, training: bool) -> tuple[Mark, ...]:
    """Each in all the languages of the paper; what reads the same is said once."""
    said: list[dict[str, None]] = []
    if training:
        said += [dict.fromkeys(wording.of("mark.training", one) for one in languages)]
    if copy:
        said += [dict.fromkeys(wording.of("mark.copy", one, n=copy) for one in languages)]
    return tuple(Mark(" / ".join(one)) for one in said)
