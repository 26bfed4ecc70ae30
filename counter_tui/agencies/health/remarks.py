"""What a reader has to say of a resource beside its content: what not to trust, what to know, why it is unused."""

from dataclasses import dataclass, field

from ...domain.texts import Text


@dataclass(slots=True)
class Remarks:
    """Of one resource. `problems`: what in it is not to be trusted; `notes`: what changes nothing, and should be known.

    `unused`: why nothing of it counts, where that is so.
    """

    problems: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    unused: Text | None = None
