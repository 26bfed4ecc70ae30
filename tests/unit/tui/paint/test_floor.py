"""What is attested under NEXT: what is missing, what was said, what it leans on, and why it does not reach."""

from dataclasses import replace
from datetime import timedelta

from counter_tui import settings
from counter_tui.domain.floor import Attest, floor
from counter_tui.domain.mode import NORMAL, ModeState
from counter_tui.domain.view import MergedView, merge
from counter_tui.domain.words import Authority, SourceState
from counter_tui.settings_floor import load_floor
from counter_tui.tui.paint.following import against_words, following
from counter_tui.tui.paint.panels import Panels
from counter_tui.tui.words import use
from counter_tui.workstation.news import Recorded

from .travellers import JOINT, NOW, POST, RULEBOOK, ZONE, Words, passport, section
from .travellers import crossing as crossing_of

RULES = load_floor(settings.load_documents())
DECLARED = ModeState(("ENT-3/1",), NOW, "link", reaches=True)


def old(
    hours: float, mode: ModeState = NORMAL, attested: frozenset[Attest] = frozenset(), state: str = "IDN"
) -> MergedView:
    """A citizen, or somebody else, of whom everything is so old."""
    sections = [section(a, source=SourceState.CACHED, age=timedelta(hours=hours)) for a in Authority]
    risk = replace(RULEBOOK.risk, stale_after=tuple((a, timedelta(hours=1)) for a in Authority))
    found = merge(crossing_of(passport(state=state)), sections, (), POST, replace(RULEBOOK, risk=risk), NOW)
    return replace(found, floor=floor(found, RULES, NOW, mode, attested))


def told(shown: MergedView, width: int = 80, room: int = 6) -> list[str]:
    use(Words())
    panels = Panels(shown, JOINT, NOW, ZONE)
    return [line.plain for line in following(panels, None, width, room)]


def test_what_is_to_be_attested_stands_with_its_key() -> None:
    lines = told(old(3))
    assert "Attest what you saw, then clear" in lines[0]
    assert "j document and face · thermal check · oral declaration" in lines[1]
    assert "leans on" in lines[2]
    assert "3 h old (1, 2, 3, 4)" in lines[2]
    assert all(len(line) <= 80 for line in lines)


def test_what_was_attested_stands_beside_the_one_key() -> None:
    lines = told(old(3, attested=frozenset(Attest)))
    assert "Clear all four" in lines[0]
    assert "by you: document and face" in lines[1]


def test_what_only_degraded_mode_reaches_says_so_and_names_the_panels() -> None:
    lines = "\n".join(told(old(10)))
    assert "not live: only degraded mode reaches (" in lines
    assert "Attest what you saw" in "\n".join(told(old(10, DECLARED)))


def test_what_nothing_reaches_is_decided_with_a_reason() -> None:
    lines = "\n".join(told(old(100, DECLARED, state="MYS")))
    assert "not live: nothing reaches (1, 4)" in lines


def test_why_it_does_not_reach_is_wordspanel_by_panel() -> None:
    use(Words())
    words = against_words(old(10), JOINT)
    assert "1 floor.cap.section · degraded mode reaches so far" in words


def test_what_was_recorded_in_the_mode_bears_its_stamp() -> None:
    use(Words())
    shown = old(10, DECLARED, frozenset(Attest))
    recorded = Recorded(118, NOW, shown.crossing, shown.outcome, complete=True, waiting=0)
    lines = following(Panels(shown, JOINT, NOW, ZONE), recorded, 80, 6)
    assert "entry 118 · M" in lines[0].plain
    assert "· M" not in following(Panels(old(3), JOINT, NOW, ZONE), recorded, 80, 6)[0].plain
