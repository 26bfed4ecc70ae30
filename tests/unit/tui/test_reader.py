"""A reader is told from a person by its speed alone; no time passes in these tests but what they say."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.documents import compose_mrz
from counter_tui.tui.reader import LONGEST, Act, Forward, Kind, Reader, Scan, Stroke, TakeBack, Typed, Void

FAST, SLOW = 0.002, 0.2
TD3 = compose_mrz(
    "TD3", "P", "IDN", "X1234567", "IDN", "SURYADI", "BUDI", "M", date(1984, 3, 2), date(2031, 5, 4), "DEMO"
)
TD1 = compose_mrz(
    "TD1", "ID", "IDN", "X1234567", "IDN", "SURYADI", "BUDI", "M", date(1984, 3, 2), date(2031, 5, 4), "DEMO"
)
TD2 = compose_mrz(
    "TD2", "ID", "IDN", "X1234567", "IDN", "SURYADI", "BUDI", "M", date(1984, 3, 2), date(2031, 5, 4), "DEMO"
)
NAMES = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x02": "ctrl+b", "\x03": "ctrl+c"}


class Hand:
    """Types into a reader, on a clock of its own."""

    def __init__(self, *, field: bool = False) -> None:
        self.reader = Reader()
        self.field = field
        self.now = 100.0
        self.acts: list[Act] = []

    def kind(self, character: str) -> Kind:
        if character == "\r":
            return Kind.VERDICT
        if not character.isprintable():
            return Kind.OTHER
        if self.field:
            return Kind.FIELD
        if character in "hxsc":
            return Kind.VERDICT
        if character in "aipv":
            return Kind.TEXT
        return Kind.COMMAND if character.islower() else Kind.TEXT

    def type(self, text: str, step: float = FAST) -> list[Act]:
        acts: list[Act] = []
        for character in text:
            self.now += step
            acts += self.reader.feed(Stroke(NAMES.get(character, character), character, self.now, self.kind(character)))
        self.acts += acts
        return acts

    def press(self, key: str, step: float = SLOW) -> list[Act]:
        self.now += step
        acts = self.reader.feed(Stroke(key, None, self.now, Kind.OTHER))
        self.acts += acts
        return acts

    def wait(self, seconds: float) -> list[Act]:
        self.now += seconds + 1e-6
        acts = self.reader.tick(self.now)
        self.acts += acts
        return acts


def keys(acts: Iterable[Act]) -> list[str]:
    return [act.stroke.key for act in acts if isinstance(act, Forward)]


def scans(acts: Iterable[Act]) -> list[Scan]:
    return [act for act in acts if isinstance(act, Scan)]


@pytest.mark.parametrize("lines", [TD3, TD1, TD2], ids=["TD3", "TD1", "TD2"])
@pytest.mark.parametrize("between", ["", "\r", "\r\n", "\n", "\t"], ids=repr)
@pytest.mark.parametrize("field", [False, True])
def test_every_zone_is_read_at_its_last_character_however_lines_end(
    lines: tuple[str, ...], between: str, field: bool
) -> None:
    hand = Hand(field=field)
    acts = hand.type(between.join(lines))
    assert [s.lines for s in scans(acts)] == [lines]
    assert all(s.whole and not s.after for s in scans(acts))
    hand.type(between or "\r")
    hand.wait(1)
    assert len(scans(hand.acts)) == 1
    assert not any(isinstance(act, Typed) for act in hand.acts)


def test_no_key_acts_in_a_burst_and_no_verdict_for_150_ms_after_it() -> None:
    hand = Hand()
    hand.type("\x02" + "\r".join(TD3) + "\r\x03")
    assert keys(hand.acts) == ["ctrl+b"]
    late = hand.type("\r", 0.140)
    assert [act.why for act in late if isinstance(act, Void)] == ["guard"]
    assert keys(hand.type("\r", 0.4) + hand.wait(0.03)) == ["enter"]


def test_enter_right_before_a_burst_is_part_of_it() -> None:
    hand = Hand()
    hand.type("\r\n" + "".join(TD3))
    hand.wait(1)
    assert keys(hand.acts) == []
    assert len(scans(hand.acts)) == 1


def test_a_verdict_key_waits_one_gap_and_no_longer() -> None:
    hand = Hand()
    assert hand.type("\r") == []
    assert hand.reader.due == pytest.approx(hand.now + 0.030)
    assert hand.wait(0.028) == []
    assert keys(hand.wait(0.003)) == ["enter"]
    assert hand.reader.due is None


@pytest.mark.parametrize("key", ["h", "x", "s", "c", "1", "4"])
def test_verdict_letters_and_digits_wait_too(key: str) -> None:
    hand = Hand()
    assert hand.type(key) == []
    assert keys(hand.wait(0.03)) == [key]


def test_other_commands_fire_at_once() -> None:
    assert keys(Hand().type("w")) == ["w"]


def test_a_verdict_key_is_void_if_more_follows_at_once() -> None:
    hand = Hand()
    hand.type("\rA")
    acts = hand.wait(0.03)
    assert keys(acts) == []
    assert [act.why for act in acts if isinstance(act, Void)] == ["burst"]
    assert [act.text for act in acts if isinstance(act, Typed)] == ["A"]


def test_a_digit_followed_at_once_by_more_is_no_command() -> None:
    hand = Hand()
    hand.type("12")
    acts = hand.wait(0.03)
    assert keys(acts) == []
    assert [act.text for act in acts if isinstance(act, Typed)] == ["12"]


def test_a_key_held_down_is_taken_once() -> None:
    hand = Hand()
    hand.type("\r")
    hand.wait(0.03)
    repeats = hand.type("\r" * 10, 0.033)
    repeats += hand.wait(1)
    assert keys(hand.acts) == ["enter"]
    assert [act.why for act in repeats if isinstance(act, Void)] == ["repeat"] * 10


def test_a_key_that_repeats_faster_than_a_gap_gives_no_verdict() -> None:
    hand = Hand()
    hand.type("\r\r\r", 0.01)
    hand.wait(1)
    assert keys(hand.acts) == []
    assert any(isinstance(act, Void) for act in hand.acts)


def test_a_field_echoes_at_once_and_takes_back_when_it_was_a_burst() -> None:
    hand = Hand(field=True)
    acts = hand.type(TD3[0][:5])
    assert keys(acts) == list(TD3[0][:5])
    assert [act.first for act in acts if isinstance(act, Forward)] == [True, False, False, False, False]
    assert isinstance(hand.type(TD3[0][5])[0], TakeBack)
    assert keys(hand.type(TD3[0][6:] + TD3[1])) == []
    assert len(scans(hand.acts)) == 1


def test_a_person_who_types_is_no_reader() -> None:
    hand = Hand(field=True)
    acts = hand.type("SURYADI BUDI", 0.05)
    assert keys(acts) == list("SURYADI BUDI")
    assert all(act.first for act in acts if isinstance(act, Forward))
    assert not any(isinstance(act, TakeBack | Scan | Typed) for act in acts + hand.wait(1))


def test_a_pin_that_comes_in_one_piece_is_typed_and_its_enter_taken() -> None:
    hand = Hand(field=True)
    assert keys(hand.type("140326\r")) == list("140326")
    assert keys(hand.wait(0.03)) == ["enter"]


def test_text_in_one_piece_goes_back_to_the_field_without_its_enter() -> None:
    hand = Hand(field=True)
    hand.type("SITI AMINAH\r")
    acts = hand.wait(0.3)
    assert [act.text for act in acts] == ["SITI AMINAH"]  # type: ignore[union-attr]
    assert "enter" not in keys(hand.acts)


def test_half_a_scan_or_one_that_lost_a_character_says_how_much_is_missing() -> None:
    hand = Hand()
    hand.type(TD3[0] + "\r" + TD3[1][:20])
    (scan,) = scans(hand.wait(0.3))
    assert (scan.whole, scan.size, scan.expected, scan.after) == (False, 64, 88, False)
    assert scan.lines == (TD3[0], TD3[1][:20])
    hand = Hand()
    hand.type(TD3[0][:30] + TD3[0][31:] + "\r" + TD3[1])
    (scan,) = scans(hand.wait(0.3))
    assert (scan.whole, scan.size, scan.expected) == (False, 87, 88)


def test_a_doubled_scan_is_told_twice_the_second_as_after() -> None:
    hand = Hand()
    hand.type(("\r".join(TD3) + "\r") * 2)
    assert [(s.lines, s.after) for s in scans(hand.acts)] == [(TD3, False), (TD3, True)]


def test_what_comes_behind_a_document_is_told() -> None:
    hand = Hand()
    hand.type("".join(TD3) + "ABC")
    (rest,) = scans(hand.wait(0.3))
    assert (rest.whole, rest.size, rest.after) == (False, 3, True)


def test_a_flood_is_counted_not_kept() -> None:
    hand = Hand()
    hand.type("<" * 5000)
    (scan,) = scans(hand.wait(0.3))
    assert scan.size == 5000
    assert sum(map(len, scan.lines)) <= LONGEST


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize("torn", [(1,), (3,), (5,), (1, 2, 4), (2, 5)])
def test_a_beginning_that_was_torn_off_is_joined_again(field: bool, torn: tuple[int, ...]) -> None:
    hand = Hand(field=field)
    whole = "\r".join(TD3)
    for number, character in enumerate(whole):
        hand.type(character, 0.08 if number in torn else FAST)
    assert [s.lines for s in scans(hand.acts)] == [TD3]
    taken = [act.runs for act in hand.acts if isinstance(act, TakeBack)]
    assert taken == ([len(torn) + 1] if field else [])


def test_what_was_typed_long_before_or_is_no_beginning_stays_where_it_is() -> None:
    for before, wait in (("P<I", 0.4), ("SU", 0.1)):
        hand = Hand(field=True)
        hand.type(before)
        hand.now += wait
        hand.type("\r".join(TD3))
        assert [s.lines for s in scans(hand.acts)] == [TD3]
        assert [act.runs for act in hand.acts if isinstance(act, TakeBack)] == [1]


def test_the_key_of_a_command_right_before_a_scan_is_no_part_of_it() -> None:
    hand = Hand()
    acts = hand.type("w" + "\r".join(TD3))
    assert keys(acts) == ["w"]
    assert [s.lines for s in scans(acts)] == [TD3]


def test_a_scan_in_pieces_over_a_slow_line_is_one_scan_and_guards_longer() -> None:
    hand = Hand()
    whole = "\r".join(TD3)
    hand.type(whole[:40])
    hand.type(whole[40:41], 0.2)
    hand.type(whole[41:])
    assert len(scans(hand.acts)) == 1
    assert keys(hand.type("\r", 0.2) + hand.wait(0.1)) == []


def test_a_command_after_half_a_scan_ends_it_and_acts() -> None:
    hand = Hand()
    hand.type(TD3[0])
    acts = hand.type("k", 0.1)
    assert [type(act) for act in acts] == [Scan, Forward]


def test_a_lower_case_reader_is_a_reader() -> None:
    hand = Hand(field=True)
    hand.type("".join(TD3).lower())
    assert [s.lines for s in scans(hand.acts)] == [tuple(line.lower() for line in TD3)]


@pytest.mark.parametrize("lines", [TD3, TD1, TD2], ids=["TD3", "TD1", "TD2"])
@pytest.mark.parametrize("between", ["", "\r"], ids=repr)
def test_a_lower_case_reader_gives_no_command_where_no_field_is(lines: tuple[str, ...], between: str) -> None:
    hand = Hand()
    hand.type(between.join(lines).lower())
    hand.wait(1)
    assert keys(hand.acts) == []
    assert len(scans(hand.acts)) == 1


@pytest.mark.parametrize("step", [0.00001, 0.001, 0.010, 0.025])
@pytest.mark.parametrize("between", ["", "\r", "\t"], ids=repr)
@pytest.mark.parametrize("field", [False, True])
def test_a_reader_is_told_at_any_speed_below_the_gap(step: float, between: str, field: bool) -> None:
    hand = Hand(field=field)
    hand.type(between.join(TD3) + between, step)
    hand.wait(1)
    assert [s.lines for s in scans(hand.acts)] == [TD3]
    assert "enter" not in keys(hand.acts)


@pytest.mark.parametrize("field", [False, True])
@pytest.mark.parametrize("step", [0.035, 0.060, 0.120, 0.250])
def test_the_enter_of_a_reader_slower_than_the_gap_gives_no_verdict(step: float, field: bool) -> None:
    hand = Hand(field=field)
    for line in TD3:
        hand.type(line + "\r", step)
    hand.wait(1)
    assert "enter" not in keys(hand.acts)
    assert {act.why for act in hand.acts if isinstance(act, Void)} == {"slow"}
    assert keys(hand.type("\r", 0.4) + hand.wait(0.03)) == ["enter"]


def test_two_digits_and_enter_are_a_persons_however_quick() -> None:
    hand = Hand()
    hand.type("12\r", 0.06)
    hand.wait(1)
    assert keys(hand.acts) == ["1", "2", "enter"]


@pytest.mark.parametrize("frame", [("\x02", "\x03"), ("]L0", "\r"), ("\x02]X0", "\t")])
def test_what_a_reader_puts_around_a_zone_is_left_out(frame: tuple[str, str]) -> None:
    hand = Hand()
    hand.type(frame[0] + "\r".join(TD3) + frame[1])
    hand.wait(1)
    assert [(s.lines, s.after) for s in scans(hand.acts)] == [(TD3, False)]


@pytest.mark.parametrize("stand_in", [*";,>.\\"])
def test_a_reader_of_another_keyboard_layout_is_a_reader(stand_in: str) -> None:
    hand = Hand()
    lines = tuple(line.replace("<", stand_in) for line in TD3)
    hand.type("\r".join(lines))
    assert [s.lines for s in scans(hand.acts)] == [lines]


def test_two_documents_within_a_second_are_two_scans() -> None:
    hand = Hand()
    hand.type("\r".join(TD3) + "\r")
    hand.wait(0.35)
    hand.type("\r".join(TD1) + "\r")
    assert [(s.lines, s.after) for s in scans(hand.acts)] == [(TD3, False), (TD1, False)]


def test_escape_goes_through_even_in_a_burst() -> None:
    hand = Hand()
    hand.type(TD3[0])
    assert keys(hand.press("escape", FAST)) == ["escape"]


def test_a_paste_of_a_zone_is_a_scan_and_guards() -> None:
    hand = Hand()
    scan = hand.reader.paste("\n".join(TD3) + "\n", hand.now)
    assert scan is not None
    assert scan.lines == TD3
    assert [act.why for act in hand.type("\r") if isinstance(act, Void)] == ["guard"]


@pytest.mark.parametrize("text", ["SITI AMINAH", "A < B", "", "P<IDN", "x" * 3000])
def test_another_paste_is_text(text: str) -> None:
    assert Reader().paste(text, 0) is None


def test_half_a_zone_pasted_is_half_a_scan() -> None:
    scan = Reader().paste(TD3[0], 0)
    assert scan is not None
    assert (scan.whole, scan.size, scan.expected) == (False, 44, 88)


@given(
    st.lists(
        st.tuples(st.sampled_from("P<IDN0123abhxw\r\n\t "), st.sampled_from([0.001, 0.02, 0.04, 0.2, 0.5])), max_size=60
    )
)
def test_whatever_comes_no_verdict_is_forwarded_that_had_a_neighbour_within_a_gap(
    typed: list[tuple[str, float]],
) -> None:
    hand = Hand()
    times: list[tuple[float, str]] = []
    for character, step in typed:
        hand.type(character, step)
        times.append((hand.now, character))
    hand.wait(1)
    assert hand.reader.due is None
    for act in hand.acts:
        if isinstance(act, Forward) and act.stroke.kind is Kind.VERDICT:
            near = [at for at, _ in times if at != act.stroke.time and 0 < at - act.stroke.time < 0.03]
            assert near == []


@given(st.text("P<IDN0123456789ABC", min_size=1, max_size=120), st.booleans())
def test_nothing_that_was_typed_fast_is_lost_without_a_word(text: str, field: bool) -> None:
    hand = Hand(field=field)
    hand.type(text)
    hand.wait(1)
    taken_back = any(isinstance(act, TakeBack) for act in hand.acts)
    told = any(isinstance(act, Scan | Typed) for act in hand.acts)
    forwarded = len(keys(hand.acts))
    assert told or (forwarded == len(text) and not taken_back)
