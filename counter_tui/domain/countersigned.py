"""A decision that two people sign: all that its entry says, under a tag of its own."""

from dataclasses import dataclass, replace
from typing import Final

from .acts import Means, Second
from .entries import DecisionBody
from .two_persons import digest_of, tagged

NAMES_SECOND: Final = b'"second":{'
"""What stands in the bytes of a decision that names a second person: few do, and the others need not be read."""
_TAG: Final = b"counter-tui decision 1\n"


@dataclass(frozen=True, slots=True, repr=False)
class DecisionStatement:
    """What both people sign of a decision, as `two_persons.Statement`: all of it, but for the signature itself."""

    counter: str
    body: DecisionBody
    second: str
    means: Means = Means.BESIDE

    def __repr__(self) -> str:
        """Without the traveller."""
        return f"DecisionStatement({self.counter}, {self.means.value})"

    @property
    def first(self) -> str:
        """Who records it."""
        return self.body.officer

    @property
    def training(self) -> bool:
        """Whether it is an exercise."""
        return self.body.training

    def signed_bytes(self) -> bytes:
        """What the second person's key signs."""
        named = replace(self.body, second=Second(self.second, self.means))
        return tagged(_TAG + self.counter.encode() + b"\n", named)

    @property
    def digest(self) -> str:
        """The decision's own name, 32 hex digits."""
        return digest_of(self.signed_bytes())


@dataclass(frozen=True, slots=True, repr=False)
class SignedDecision:
    """A decision with the second person's signature, as `two_persons.Countersigned`."""

    statement: DecisionStatement
    certificate: str
    signature: str

    def __repr__(self) -> str:
        """Without the traveller."""
        return f"SignedDecision({self.statement!r})"


def signed_decision(counter: str, body: DecisionBody) -> SignedDecision | None:
    """The decision of an entry of this counter as two signed it beside each other; None where they did not."""
    second = body.second
    if second is None or second.means is not Means.BESIDE:
        return None
    statement = DecisionStatement(counter, body, second.officer)
    return SignedDecision(statement, second.certificate, second.signature)
