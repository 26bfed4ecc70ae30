"""States as a word first, a sign second, a colour third; the colour is a theme token."""

from typing import NamedTuple

from ...domain.sections import Subject
from ...domain.words import AGENCY_OF, PANEL_OF, Agency, Authority, Band, DeliveryState, Outcome, SubjectKind, Verdict
from ..words import _


class Sign(NamedTuple):
    """A state for the eye: `word` in the language that is on, `sign` one cell, `style` a token."""

    word: str
    sign: str
    style: str

    @property
    def text(self) -> str:
        """Word and sign."""
        return f"{self.word} {self.sign}"


SEIZED = frozenset({SubjectKind.GOODS, SubjectKind.CASH})
STYLES = {
    Outcome.CLEAR: ("✓", "$clear"),
    Outcome.CLEAR_COND: ("✓", "$attention"),
    Outcome.PENDING: ("…", "$unknown"),
    Outcome.REFER: ("▲", "$attention"),
    Outcome.HOLD: ("■", "$stop"),
    Outcome.REFUSE: ("■", "$stop"),
    Outcome.HANDOVER: ("■", "$stop"),
    Outcome.PROTECT: ("■", "$stop"),
    Outcome.CONSULT: ("▲", "$attention"),
    Outcome.ESCORTED_CARE: ("▲", "$attention"),
}


def of_outcome(outcome: Outcome, subject: Subject | None = None) -> Sign:
    """A joint outcome; goods and cash are not refused but seized: an animal or a vehicle may go back."""
    words = {
        Outcome.CLEAR: _("CLEAR"),
        Outcome.CLEAR_COND: _("COND"),
        Outcome.PENDING: _("PENDING"),
        Outcome.REFER: _("REFER"),
        Outcome.HOLD: _("HOLD"),
        Outcome.REFUSE: _("SEIZE") if subject is not None and subject.kind in SEIZED else _("REFUSE"),
        Outcome.HANDOVER: _("HANDOVER"),
        Outcome.PROTECT: _("PROTECT"),
        Outcome.CONSULT: _("CONSULT"),
        Outcome.ESCORTED_CARE: _("CARE"),
    }
    return Sign(words[outcome], *STYLES[outcome])


def of_verdict(verdict: Verdict, subject: Subject | None = None) -> Sign:
    """One authority's verdict."""
    return of_outcome(Outcome(verdict.name), subject)


def not_checked() -> Sign:
    """Nobody answered, and nothing is held: never green."""
    return Sign(_("NOT CHECKED"), "?", "$unknown")


def of_band(band: Band) -> Sign:
    """The joint risk band."""
    words = {Band.GREEN: _("GREEN"), Band.AMBER: _("AMBER"), Band.RED: _("RED")}
    signs = {Band.GREEN: ("✓", "$clear"), Band.AMBER: ("▲", "$attention"), Band.RED: ("■", "$stop")}
    return Sign(words[band], *signs[band])


def of_delivery(state: DeliveryState) -> Sign:
    """How far an entry has come."""
    words = {
        DeliveryState.RECORDED: (_("recorded"), "·", "$attention"),
        DeliveryState.SENT: (_("sent"), "→", "$attention"),
        DeliveryState.RECEIVED: (_("received"), "✓", "$clear"),
        DeliveryState.SEEN: (_("seen by the agency"), "✓", "$clear"),
        DeliveryState.REFUSED: (_("refused"), "■", "$stop"),
    }
    return Sign(*words[state])


def panel(authority: Authority) -> int:
    """The number of the panel, and the key, of an authority: 1 to 4."""
    return PANEL_OF[AGENCY_OF[authority]]


def authority_name(authority: Authority) -> str:
    """An authority in running text."""
    return {
        Authority.IMMIGRATION: _("immigration"),
        Authority.CUSTOMS: _("customs"),
        Authority.HEALTH: _("health"),
        Authority.ANIMAL_PLANT: _("animal/plant"),
        Authority.SECURITY: _("security"),
    }[authority]


def agency_name(agency: Agency) -> str:
    """An agency in running text."""
    return {
        Agency.IMMIGRATION: _("immigration"),
        Agency.CUSTOMS: _("customs"),
        Agency.QUARANTINE: _("quarantine"),
        Agency.SECURITY: _("security"),
    }[agency]


def subject_name(subject: Subject | SubjectKind) -> str:
    """What a verdict is about; the subject's own label is added by whoever has room for it."""
    kind = subject.kind if isinstance(subject, Subject) else subject
    return {
        SubjectKind.PERSON: _("person"),
        SubjectKind.DOCUMENT: _("document"),
        SubjectKind.GOODS: _("goods"),
        SubjectKind.ANIMAL: _("animal"),
        SubjectKind.VEHICLE: _("vehicle"),
        SubjectKind.CASH: _("cash"),
    }[kind]
